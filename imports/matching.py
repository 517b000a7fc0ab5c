"""Which column holds which field, by what stands above it.

Accents, case, punctuation and brackets do not matter; where two fields answer
to the same words, neither is taken: the person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.contracts import Label
from imports import spreading
from imports.book import column_letter
from imports.fields import Field
from imports.headings import Heading, heading_key


class DoubledHeading(ValueError):
    """Two columns have the same heading: which one is meant cannot be known."""

    def __init__(self, message: str | Promise, field: str, columns: tuple[int, ...]) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.columns = columns


class Names:
    """The words a source's fields are known by, in both languages; made once per file."""

    def __init__(self, fields: Sequence[Field], remembered: Mapping[str, str] | None = None):
        self.fields = {field.name: field for field in fields}
        self._remembered = {
            heading_key(heading): name
            for heading, name in (remembered or {}).items()
            if not name or name in self.fields
        }
        self._by_key: dict[str, str] = {}
        # Labels before other names before what is left of them without unit or brackets.
        self._learn((heading_key(text), field) for field in fields for text in labels(field))
        self._learn((heading_key(text), field) for field in fields for text in _others(field))
        self._learn(
            (key, field)
            for field in fields
            for text in (*labels(field), *_others(field))
            for key in Heading(text).keys
        )

    def _learn(self, names: Iterable[tuple[str, Field]]) -> None:
        claims: dict[str, list[str]] = {}
        for key, field in names:
            if key and key not in self._by_key:
                claims.setdefault(key, []).append(field.name)
        for key, claimed in claims.items():
            self._by_key[key] = claimed[0] if len(set(claimed)) == 1 else ""

    def field_of(self, title: str) -> tuple[str, bool]:
        """The field of a heading by itself, or "", and whether the whole heading says so."""
        if heading_key(title) in self._remembered:
            return self._remembered[heading_key(title)], True
        heading = Heading(title)
        for key in heading.keys:
            if name := self._by_key.get(key):
                return name, heading.is_sure(key)
        return "", False

    def read(self, titles: Mapping[int, str]) -> dict[int, tuple[str, bool]]:
        """``field_of`` each heading of a table, where columns stand side by side among them."""
        alone = {column: self.field_of(title) for column, title in titles.items()}
        return spreading.together(titles, alone, self.fields)

    def assign(self, titles: Mapping[int, str]) -> dict[int, str]:
        """A field per column; where several columns claim one, only a surer one has it."""
        found = self.read(titles)
        claims: dict[str, list[int]] = {}
        for column, (name, _is_sure) in found.items():
            if name:
                claims.setdefault(name, []).append(column)
        assigned = dict.fromkeys(titles, "")
        for name, columns in claims.items():
            sure = [column for column in columns if found[column][1]] or columns
            if len(sure) == 1 or self.fields[name].is_silent:
                assigned.update(
                    dict.fromkeys(columns if self.fields[name].is_silent else sure, name)
                )
        return assigned


def labels(field: Field) -> tuple[str, ...]:
    """The label in Vietnamese and English."""
    return _in_both(field.label)


def _others(field: Field) -> tuple[str, ...]:
    return (field.name.replace("_", " "), field.name, *field.also)


def _in_both(label: Label) -> tuple[str, ...]:
    texts = []
    for language in ("vi", "en"):
        with override(language):
            texts.append(str(label))
    return tuple(dict.fromkeys(texts))


def match(
    titles: Mapping[int, str],
    fields: Sequence[Field],
    remembered: Mapping[str, str] | None = None,
) -> dict[int, str]:
    """The field of each column, "" where the person has to say; raises DoubledHeading."""
    names = Names(fields, remembered)
    found = names.read(titles)
    by_key: dict[str, list[int]] = {}
    for column, title in titles.items():
        if key := heading_key(title):
            by_key.setdefault(key, []).append(column)
    for columns in by_key.values():
        name, _is_sure = found[columns[0]]
        if len(columns) > 1 and name and not names.fields[name].is_silent:
            raise _doubled(titles[columns[0]], name, tuple(columns))
    return names.assign(titles)


def refuse_doubles(
    matching: Mapping[int, str], titles: Mapping[int, str], fields: Sequence[Field]
) -> None:
    """A field that is read has one column, also where a person matched them; or several that
    stand side by side."""
    read = {field.name for field in fields if not field.is_silent}
    by_field: dict[str, list[int]] = {}
    for column, name in sorted(matching.items()):
        if name in read:
            by_field.setdefault(name, []).append(column)
    for name, columns in by_field.items():
        if len(columns) > 1:
            raise _doubled(titles.get(columns[0], ""), name, tuple(columns))
    for column, field in spreading.clashing(matching, fields).items():
        raise DoubledHeading(clash(field), field.name, (column,))


def clash(field: Field) -> str | Promise:
    return format_lazy(
        _(
            'A column holds "{field}", and columns that stand side by side hold it as well. Leave'
            " out that column, or say of which of them it is."
        ),
        field=field.label,
    )


def _doubled(title: str, name: str, columns: tuple[int, ...]) -> DoubledHeading:
    message = _(
        'Columns {columns} hold the same, "{title}". Rename or remove all but one of them, then'
        " upload the file again."
    )
    letters = ", ".join(map(column_letter, columns))
    return DoubledHeading(format_lazy(message, columns=letters, title=title[:80]), name, columns)
