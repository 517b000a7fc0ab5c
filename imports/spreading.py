"""Tables whose headings say what elsewhere a column says: exports and imports side by side.

A source declares it (``SideBySide``); from that follow columns of its own, "value –
exports", which are found, matched and asked about like all others, and beside them
those that are a check ("Tổng") or left out ("Cùng kỳ", "So sánh (%)"). What becomes
of their rows says ``imports.unpivoting``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_of
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from imports.book import Sheet, address
from imports.fields import Field, Proposed, Spread, brought_by
from imports.headings import JOINER, heading_key, shown, unnumbered

if TYPE_CHECKING:
    from imports.layout import Layout

SUM, PAST, SHARE = "sum", "past", "share"
_PAST = ("cùng kỳ", "năm trước", "kỳ trước", "same period", "last year", "previous year")
_SHARE = ("so sánh", "so với", "%", "tỷ lệ", "tỷ trọng", "tăng giảm", "chênh lệch", "đạt",
          "compared", "comparison", "change", "share")  # fmt: skip
_SUM = ("tổng", "tổng cộng", "tổng số", "cộng", "total", "sum")
_SILENT = ("thực hiện", "ước thực hiện", "thực tế", "ước", "th", "actual", "năm", "tháng", "đầu",
           "trong", "year", "month", "tính", "đơn vị", "đvt", "unit", "in", "triệu", "tr", "nghìn",
           "ngàn", "tỷ", "usd", "us", "đô la", "mỹ", "vnd", "đồng", "million", "thousand",
           "billion")  # fmt: skip
_NUMBERS = re.compile(r"\b\d+\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GROUPS = ("trong đó", "bao gồm", "of which")


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """``field`` is said by headings: each of its ``choices`` in some words.

    Below stand cells of the fields ``values``; one of them, the first, needs no word. The
    headings may say ``others`` as well ("Kế hoạch năm": of that column the kind is "plan").
    ``both`` are words for all choices together. In the column of ``key`` a row of ``groups``
    is a sum of others. ``once`` says what is asked once of such a file, and what its words
    (titles, headings) propose for it.
    """

    field: str
    choices: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    others: Sequence[tuple[Mapping[str, str], tuple[str, ...]]] = ()
    both: tuple[str, ...] = ()
    key: str = ""
    groups: Callable[[], Iterable[str]] = tuple
    once: Callable[[Sequence[str]], Mapping[str, Proposed]] = made_of(default=lambda _texts: {})


def fields(own: Sequence[Field], declared: SideBySide | None) -> list[Field]:
    """The fields of a source with the columns its headings may spread them over."""
    if declared is None:
        return list(own)
    known = {one.name: one for one in own}
    words, others = _Words(declared), [({}, ()), *declared.others]
    named = dict(known[declared.field].shared())
    made: list[Field] = []
    for (at, (says, _words)), name in product(enumerate(others), declared.values):
        for choice in declared.choices:
            meant = _Meant(choice, name, at)
            label = _labelled(known, name, {declared.field: named.get(choice, choice), **says})
            said = Spread(name, {declared.field: choice, **says}, words.knows(meant))
            made.append(_cells_of(known[name], f"{name}@{choice}{at or ''}", label, said))
        label = _labelled(known, name, {declared.field: _("total"), **says})
        total = Spread(name, says, words.knows(_Meant(SUM, name, at)))
        made.append(Field(name=f"{name}@{SUM}{at or ''}", label=label, is_silent=True,
                          is_compared=True, spread=total))  # fmt: skip
    for name, label in ((PAST, _("Same period of the year before")), (SHARE, _("Comparison"))):
        left_out = Spread("", {}, words.knows(_Meant(name)))
        made.append(Field(name=f"@{name}", label=label, is_silent=True, spread=left_out))
    groups = frozenset(map(group_key, (*_GROUPS, *declared.groups())))
    return [replace(one, groups=groups) if one.name == declared.key else one for one in own] + made


def _labelled(known: Mapping[str, Field], name: str, said: Mapping[str, Any]) -> Any:
    """ "Value (USD) – exports"; another field's choice in its words: "– plan of the year"."""
    parts = [dict(known[one].shared()).get(code, code) for one, code in said.items()]
    return format_lazy("{} – {}" + ", {}" * (len(parts) - 1), known[name].label, *parts)


def _cells_of(own: Field, name: str, label: Any, said: Spread) -> Field:
    """A column of cells of a field that may be empty: then nothing is said of that choice."""
    accept = own.accept
    return replace(
        own,
        name=name,
        label=label,
        also=(),
        required=False,
        is_key=False,
        accept=None if accept is None else lambda found: None if found is None else accept(found),
        spread=said,
    )


# --- what a heading says -----------------------------------------------------------------


@dataclass(frozen=True)
class _Meant:
    """A choice, SUM, PAST or SHARE; the field of the cells; which of the others is said."""

    what: str
    value: str = ""
    other: int = 0


class _Words:
    """Reads headings made of words whose order is free: "Năm 2019 › Xuất khẩu › Số xe"."""

    def __init__(self, declared: SideBySide) -> None:
        self._first = next(iter(declared.values))
        groups: list[tuple[Any, Iterable[str]]] = [
            (("", ""), _SILENT),
            (("what", SUM), _SUM),
            (("both", SUM), declared.both),
            (("left", PAST), _PAST),
            (("left", SHARE), _SHARE),
            *((("what", choice), said) for choice, said in declared.choices.items()),
            *((("value", name), said) for name, said in declared.values.items()),
            *((("other", at), said) for at, (_says, said) in enumerate(declared.others, 1)),
        ]
        self._meaning = {heading_key(word): about for about, words in groups for word in words}
        longest = sorted(self._meaning, key=len, reverse=True)
        self._phrases = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest))})(?!\S)")
        self.read = lru_cache(maxsize=1024)(self._read)

    def knows(self, meant: _Meant) -> Callable[[str], bool]:
        return lambda title: self.read(title) == meant

    def _read(self, title: str) -> _Meant | None:
        text = heading_key(" ".join(map(unnumbered, title.split(JOINER))).replace("%", " % "))
        said: dict[str, set[Any]] = {}
        for phrase in self._phrases.findall(text):
            kind, meaning = self._meaning[phrase]
            said.setdefault(kind, set()).add(meaning)
        for left_out in (SHARE, PAST):
            if left_out in said.get("left", ()):
                return _Meant(left_out)
        if _NUMBERS.sub(" ", self._phrases.sub(" ", text)).strip():
            return None  # other words are there as well: nobody knows what they change
        choices = said.get("what", set()) - {SUM} or said.get("what", set()) | said.get(
            "both", set()
        )
        values, others = said.get("value", {self._first}), said.get("other", {0})
        if len(choices) != 1 or len(values) != 1 or len(others) != 1:
            return None
        return _Meant(choices.pop(), next(iter(values)), next(iter(others)))


def group_key(text: str) -> str:
    return heading_key(unnumbered(text)).removeprefix("cac ")


def years_in(title: str) -> set[str]:
    return set(_YEAR.findall(heading_key(title)))


# --- the columns of a sheet --------------------------------------------------------------

Read = dict[int, tuple[str, bool]]


def together(titles: Mapping[int, str], alone: Read, fields: Mapping[str, Field]) -> Read:
    """The fields of headings, and whether all their words say so: as each is read ``alone``,
    unless at least two say what elsewhere a column says."""
    spread = {name: one.spread for name, one in fields.items() if one.spread}
    found = {column: name for column, (name, is_sure) in alone.items() if is_sure}
    for column, title in titles.items():
        if column not in found:
            names = (name for name, said in spread.items() if said.knows(title))
            found[column] = next(names, "")
    side_by_side = columns(found, fields.values())
    if len({tuple(one.spread.says.items()) for one in side_by_side.values() if one.spread}) < 2:
        return alone
    taken = _said_by_columns(fields.values())
    read: Read = {}
    for column, name in found.items():
        own = name or alone[column][0]
        read[column] = ("", False) if own in taken else (own, bool(name))
    return read | {column: (f"@{PAST}", True) for column in _older(titles, side_by_side)}


def _older(titles: Mapping[int, str], side_by_side: Mapping[int, Field]) -> Iterator[int]:
    """Of columns alike but for their years ("Năm 2018", "Năm 2019") those that are not the last."""
    alike: dict[str, dict[int, str]] = {}
    for column, one in side_by_side.items():
        alike.setdefault(one.name, {})[column] = max(years_in(titles[column]), default="")
    for years in alike.values():
        if len({*years.values()}) == len(years) and all(years.values()):
            yield from (column for column, year in years.items() if year < max(years.values()))


def columns(matching: Mapping[Any, str], fields: Iterable[Field]) -> dict[Any, Field]:
    """Of a matching, the columns that stand side by side and are imported."""
    spread = {one.name: one for one in fields if one.spread and not one.is_silent}
    return {column: spread[name] for column, name in matching.items() if name in spread}


def clashing(matching: Mapping[Any, str], fields: Sequence[Field]) -> dict[Any, Field]:
    """Columns said to hold, for all rows of a line, what stands side by side beside them."""
    if not columns(matching, fields):
        return {}
    taken, known = _said_by_columns(fields), {one.name: one for one in fields}
    return {column: known[name] for column, name in matching.items() if name in taken}


def _said_by_columns(fields: Iterable[Field]) -> set[str]:
    """What a single column cannot say beside columns side by side: "Số xe", but of which?"""
    spread = [one for one in fields if one.spread and not one.is_silent]
    return brought_by(spread)


def words_of(
    sheet: Sheet, layout: Layout, side_by_side: Iterable[int]
) -> Iterator[tuple[str, str]]:
    """What stands above the table, as its name and above these columns: cell and text."""
    for row in sheet:
        if row.number >= layout.header_rows[0]:
            break
        filled = [(column, shown(cell)) for column, cell in enumerate(row.cells) if shown(cell)]
        if filled:
            yield address(filled[0][0], row.number), " ".join(text for _column, text in filled)
    yield "", layout.sheet
    for column in sorted(side_by_side):
        yield address(column, layout.header_rows[0]), layout.titles[column]
