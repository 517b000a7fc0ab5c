"""Cells whose values are chosen: from a fixed list, or out of another table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from common.contracts import Label
from common.text import search_key
from imports.contract import FieldKind, Wrong
from registers.sheets.cells import Cell, said
from registers.sheets.tables import Table

SEVERAL = "; "
_PARTS = re.compile(r"[;\n]")
_COMMAS = re.compile(r",| và | and ")


class ChoiceCell(Cell):
    """One of a fixed list, by its label in any language of the portal, by another word the
    register declares for it, or by its code."""

    others: Mapping[str, tuple[Label, ...]] = {}

    def __deepcopy__(self, memo: Any) -> Cell:
        made = super().__deepcopy__(memo)
        made.others = self.others
        return made

    @cached_property
    def _pairs(self) -> list[tuple[Any, Any]]:
        pairs = list(self.field.flatchoices)
        has_empty = any(value == "" for value, _label in pairs)
        if has_empty or not self.field.blank:
            return pairs
        return [*pairs, ("", "")]

    @cached_property
    def _known(self) -> dict[str, Any]:
        """What may stand in a cell → the code."""
        known: dict[str, Any] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for value, label in self._pairs:
                    known.setdefault(_bare(str(label)), value)
                for value, words in self.others.items():
                    known |= {_bare(str(word)): value for word in words} | known
        return {_bare(str(value)): value for value, _label in self._pairs} | known

    def _label(self, value: Any) -> str:
        return next((str(label) for code, label in self._pairs if code == value), str(value))

    def written(self, value: Any) -> str:
        return "" if value is None else self._label(value)

    def nothing(self) -> Any:
        """An empty cell is the empty choice, where there is one; else it must be filled in."""
        if "" in self._known.values() and not self.required:
            return "" if not self.field.null else None
        if self.field.null:
            return super().nothing()
        raise Wrong(_("This must not be empty: choose one of: %(list)s.") % {"list": self._list})

    def read(self, value: Any) -> Any:
        key = _bare(value if isinstance(value, str) else said(value))
        if key not in self._known:
            raise Wrong(
                _("“%(text)s” is not in the list. Choose one of: %(list)s.")
                % {"text": str(said(value))[:80], "list": self._list}
            )
        return self._known[key]

    @property
    def _list(self) -> str:
        return SEVERAL.join(self.choices)

    @property
    def choices(self) -> Sequence[str]:
        return [str(label) for _value, label in self._pairs if label]

    @property
    def shared(self) -> Sequence[tuple[str, str]]:
        """A choice without a code is said in words: an empty answer is none."""
        return [(str(value or label), str(label)) for value, label in self._pairs if label]


class ChoicesCell(ChoiceCell):
    """Several of a fixed list."""

    empty: Any = []

    @cached_property
    def _pairs(self) -> list[tuple[Any, Any]]:
        return list(self.field.base_field.flatchoices)

    shared = ()

    def json(self, value: Any) -> list[str]:
        return self._in_order(value or ())

    def _in_order(self, values: Iterable[str]) -> list[str]:
        wanted = set(values)
        return [code for code, _label in self._pairs if code in wanted]

    def written(self, value: Any) -> str:
        return SEVERAL.join(self._label(one) for one in value or ())

    def nothing(self) -> list[str]:
        return list(Cell.nothing(self) or ())

    def read(self, value: Any) -> list[str]:
        one = super().read
        return self._in_order(_each(str(value), one))


class RowCell(Cell):
    """A row of another table, by what people write for it."""

    kind = FieldKind.KEY

    @property
    def table(self) -> Table:
        return self.tables.of(self.field.remote_field.model)

    def written(self, value: Any) -> str:
        return "" if value is None else self.table.label(value)

    def read(self, value: Any) -> Any:
        found = self.table.find(value if isinstance(value, str) else said(value))
        return found[0] if len(found) == 1 else found

    def put(self, record: Any, value: Any) -> None:
        setattr(record, self.field.attname, value)
        row = None if value is None else self.table.rows[value]
        self.field.set_cached_value(record, row)

    def same(self, given: Any, stored: Any) -> bool:
        return given == stored or (isinstance(given, list) and stored in given)

    def is_open(self, value: Any) -> bool:
        return isinstance(value, list)

    def settle(self, value: Any, day: dt.date | None) -> Any:
        return self._one_of(value, day) if isinstance(value, list) else value

    def chosen(self, value: Any) -> Sequence[int]:
        """The rows that are chosen."""
        return () if value is None else (value,)

    def _one_of(self, found: list[int], day: dt.date | None) -> int:
        """Of rows with the same name, the one that existed on the record's day."""
        then = found if day is None else [key for key in found if self.table.existed(key, day)]
        if len(then) == 1:
            return then[0]
        raise Wrong(
            _("Several are called so: %(names)s. Write one of these.")
            % {"names": SEVERAL.join(self.table.label(key) for key in (then or found)[:5])}
        )

    @property
    def choices(self) -> Sequence[str]:
        """Rows of today, where they are few enough to be offered."""
        today = dt.date.today()  # noqa: DTZ011  # of names alone
        keys = [key for key in self.table.rows if self.table.existed(key, today)]
        return [self.table.label(key) for key in keys] if len(keys) <= 400 else ()

    @property
    def shared(self) -> Sequence[tuple[str, str]]:
        return [(label, label) for label in self.choices]


class RowsCell(RowCell):
    """Several rows of another table, in a list with semicolons or line breaks."""

    kind = FieldKind.TEXT
    empty: Any = []
    shared = ()

    def of(self, record: Any) -> list[int]:
        return sorted(row.pk for row in getattr(record, self.field.name).all())

    def written(self, value: Any) -> str:
        return SEVERAL.join(self._label(key) for key in value or ())

    def _label(self, key: int) -> str:
        label = self.table.label(key)
        return f"#{key}" if _PARTS.search(label) else label

    def nothing(self) -> list[int]:
        return list(super().nothing() or ())

    def read(self, value: Any) -> list[Any]:
        found = _each(str(value), super().read)
        known = [one for one in found if not isinstance(one, list)]
        return [*sorted(set(known)), *(one for one in found if isinstance(one, list))]

    def put(self, record: Any, value: Any) -> None:
        hold(record, self.field.name, self.table.model, [self.table.rows[key] for key in value])

    def same(self, given: Any, stored: Any) -> bool:
        """A name several rows have means the one that is there."""
        meant = [one if isinstance(one, list) else [one] for one in given]
        return len(meant) == len(stored) and all(set(stored) & set(one) for one in meant)

    def is_open(self, value: Any) -> bool:
        return any(isinstance(one, list) for one in value)

    def settle(self, value: Any, day: dt.date | None) -> list[int]:
        return sorted({RowCell.settle(self, one, day) for one in value})

    def chosen(self, value: Any) -> Sequence[int]:
        return value


def hold(record: Any, name: str, model: Any, rows: Sequence[Any]) -> None:
    """Give a record what belongs to it as if it had been fetched with it."""
    found = model._default_manager.all()
    found._result_cache, found._prefetch_done = list(rows), True
    if not hasattr(record, "_prefetched_objects_cache"):
        record._prefetched_objects_cache = {}
    record._prefetched_objects_cache[name] = found


def _each(text: str, read: Callable[[str], Any]) -> list[Any]:
    """The parts of a list; a part nobody knows may be one with commas."""
    found: list[Any] = []
    for part in filter(None, (part.strip() for part in _PARTS.split(text))):
        try:
            found.append(read(part))
        except Wrong:
            smaller = [one.strip() for one in _COMMAS.split(part) if one.strip()]
            if len(smaller) < 2:
                raise
            found += [read(one) for one in smaller]
    return found


def _bare(text: str) -> str:
    return " ".join(search_key(text).split())
