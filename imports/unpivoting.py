"""A line of a table whose columns stand side by side becomes a row for each of them.

Every value keeps its place: a fault of the exports of a gate names C7, of its imports D7.
A cell with nothing in it says nothing, so there is no row for it. What the sheet adds up
across ("Tổng") is held against its parts, and said where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.numbers import format_number
from imports import filling
from imports.ambiguity import ask_unit
from imports.asking import Column, Survey
from imports.book import Sheet, address, column_letter
from imports.contract import Fault, Parsed
from imports.conversion import required
from imports.fields import Field, FieldKind, Number
from imports.layout import Layout
from imports.spreading import columns, years_in
from imports.values import Reader

MOST_SENTENCES = 20
MOST_NUMBERS = 12


@dataclass(frozen=True)
class Group:
    """Columns whose headings say the same: ``cells`` are their fields with their columns."""

    said: Mapping[str, Any]
    cells: Mapping[str, tuple[str, int]]  # field → the field of its column, its column
    needed: tuple[Field, ...]  # of these fields, what a row cannot do without


def groups(
    matching: Mapping[int, str],
    fields: Sequence[Field],
    titles: Mapping[int, str],
    filled: Mapping[str, Any],
) -> list[Group]:
    """What each line becomes, in the order of the columns; columns of another year are left out."""
    known = {one.name: one for one in fields}
    other = of_another_year(matching, fields, titles, filled)
    found: dict[tuple[tuple[str, str], ...], dict[str, tuple[str, int]]] = {}
    for column, one in sorted(columns(matching, fields).items()):
        if one.spread and column not in other:
            cells = found.setdefault(tuple(one.spread.says.items()), {})
            cells[one.spread.of] = (one.name, column)
    return [
        Group(
            {name: filling.read(known[name], said) for name, said in says},
            cells,
            tuple(known[name] for name in cells if known[name].required),
        )
        for says, cells in found.items()
    ]


def of_another_year(
    matching: Mapping[int, str],
    fields: Sequence[Field],
    titles: Mapping[int, str],
    filled: Mapping[str, Any],
) -> dict[int, str]:
    """Columns whose heading names one year while all rows are said to be of another."""
    months = [one.name for one in fields if one.kind is FieldKind.MONTH and not one.spread]
    said = {str(filled[name])[:4] for name in months if filled.get(name)}
    named = {column: years_in(titles.get(column, "")) for column in columns(matching, fields)}
    return {
        column: years.pop()
        for column, years in named.items()
        if said and len(years) == 1 and not years & said
    }


def rows(parsed: Iterable[Parsed], side_by_side: Sequence[Group]) -> Iterator[Parsed]:
    """Of each line a row for every group that has something to say; one where it is faulty."""
    spread = {name for group in side_by_side for name, _column in group.cells.values()}
    places: list[Mapping[str, int]] = []
    for line in parsed:
        if not places:
            shared = {name: at for name, at in line.columns.items() if "@" not in name}
            places = [
                shared | {name: column for name, (_own, column) in group.cells.items()}
                for group in side_by_side
            ]
        found = [
            _row(line, group, place, at)
            for at, (group, place) in enumerate(zip(side_by_side, places, strict=True), 1)
            if _says_something(line, group)
        ]
        common = [fault for fault in line.faults if fault.field not in spread]
        if common and found:
            # Nobody can tell what the line is about: it is one faulty row, and all is said of it.
            faults = [fault for row in found for fault in row.faults if fault not in common]
            found = [replace(found[0], faults=[*common, *faults], part=0)]
        yield from found


def _says_something(line: Parsed, group: Group) -> bool:
    names = {name for name, _column in group.cells.values()}
    return any(line.values[name] is not None for name in names) or any(
        fault.field in names for fault in line.faults
    )


def _row(line: Parsed, group: Group, places: Mapping[str, int], part: int) -> Parsed:
    own = {name: of for of, (name, _column) in group.cells.items()}
    values = {name: value for name, value in line.values.items() if name in places}
    raw = {name: value for name, value in line.raw.items() if name in places}
    values |= group.said
    for name, of in own.items():
        values[of], raw[of] = line.values[name], line.raw[name]
    faults = [
        replace(fault, field=own.get(fault.field, fault.field))
        for fault in line.faults
        if fault.field in places or fault.field in own
    ]
    wrong = {fault.field for fault in faults}
    faults += [
        _required(field, places, line.number)
        for field in group.needed
        if values[field.name] is None and field.name not in wrong
    ]
    return Parsed(line.number, values, raw, faults, places, line.section, line.filled, part)


def _required(field: Field, places: Mapping[str, int], number: int) -> Fault:
    cell = address(places[field.name], number)
    return Fault(field.name, cell, "", str(required(field).args[0]), "required")


# --- what is said of the sheet -----------------------------------------------------------


def sentences(
    sheet: Sheet,
    layout: Layout,
    matching: Mapping[int, str],
    fields: Sequence[Field],
    answers: Mapping[str, str],
    filled: Mapping[str, Any],
) -> Iterator[str]:
    """Columns that are left out, lines that say nothing, and sums across that do not agree."""
    side_by_side = groups(matching, fields, layout.titles, filled)
    for column, year in of_another_year(matching, fields, layout.titles, filled).items():
        yield _(
            "Column %(column)s (%(label)s) is of %(year)s, not of the period that was said: it is"
            " not imported."
        ) % {
            "column": column_letter(column),
            "label": layout.titles[column],
            "year": year,
        }
    yield from _empty(sheet, layout, side_by_side)
    differ = _sums(sheet, layout, matching, fields, answers)
    yield from islice(differ, MOST_SENTENCES)


def _empty(sheet: Sheet, layout: Layout, side_by_side: Sequence[Group]) -> Iterator[str]:
    cells = [column for group in side_by_side for _name, column in group.cells.values()]
    silent = [
        row.number
        for row in layout.rows(sheet)
        if all(row[column] is None or not str(row[column]).strip() for column in cells)
    ]
    if silent:
        listed = ", ".join(map(str, silent[:MOST_NUMBERS]))
        yield ngettext(
            "Row %(rows)s holds no value: nothing is imported of it.",
            "Rows %(rows)s hold no value: nothing is imported of them.",
            len(silent),
        ) % {"rows": f"{listed}…" if len(silent) > MOST_NUMBERS else listed}


def _sums(
    sheet: Sheet,
    layout: Layout,
    matching: Mapping[int, str],
    fields: Sequence[Field],
    answers: Mapping[str, str],
) -> Iterator[str]:
    """Each cell of a column "Tổng" that is not the sum of those it is the total of."""
    known = {one.name: one for one in fields}
    wanted = {row.number for row in layout.rows(sheet)} | {*layout.totals}
    lines = [row for row in sheet if row.number in wanted]
    side_by_side = columns(matching, fields)
    for column, total in totals(matching, fields).items():
        parts = {at: one for at, one in side_by_side.items() if total.spread and _adds(total, one)}
        if len(parts) < 2 or total.spread is None:
            continue
        numbers = [
            replace(known[total.spread.of], name=one.name, accept=None, required=False)
            for one in (total, *parts.values())
        ]
        names = {column: total.name} | {at: one.name for at, one in parts.items()}
        said = _as_its_parts(column, min(parts), layout, numbers[0], answers)
        for line in Reader(numbers, said).parse(lines, names):
            written = line.values[total.name]
            found = [line.values[one.name] for one in parts.values()]
            if isinstance(written, Number) and not line.faults:
                sums = sum((one.value for one in found if isinstance(one, Number)), Decimal(0))
                if written.value != sums:
                    yield _differ(address(column, line.number), written.value, sums, parts)


def totals(matching: Mapping[int, str], fields: Iterable[Field]) -> dict[int, Field]:
    """The columns that are sums across."""
    found = {one.name: one for one in fields if one.spread and one.is_compared}
    return {column: found[name] for column, name in sorted(matching.items()) if name in found}


def _adds(total: Field, one: Field) -> bool:
    """Whether a column is a part of this total: of the same field, with the same said of it."""
    if total.spread is None or one.spread is None or total.spread.of != one.spread.of:
        return False
    says = total.spread.says
    return all(one.spread.says.get(name) == said for name, said in says.items()) and (
        len(one.spread.says) == len(says) + 1
    )


def _as_its_parts(
    column: int, part: int, layout: Layout, number: Field, answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers with those of the total: its numbers are meant like those it adds up, but for
    a unit its own heading names."""
    here, there = column_letter(column), column_letter(part)
    said = {
        f"{key.partition(':')[0]}:{here}": value
        for key, value in answers.items()
        if key.endswith(f":{there}")
    }
    own = Survey()
    ask_unit(Column(column, number, layout.titles[column]), layout.unit_notes, own)
    return {**answers, **said, **own.answers}


def _differ(cell: str, written: Decimal, found: Decimal, parts: Iterable[int]) -> str:
    language = get_language() or "vi"
    return _(
        "Cell %(cell)s says %(written)s, columns %(columns)s of the row add up to %(sum)s, a"
        " difference of %(difference)s."
    ) % {
        "cell": cell,
        "written": format_number(written, language),
        "columns": ", ".join(map(column_letter, sorted(parts))),
        "sum": format_number(found, language),
        "difference": format_number(abs(written - found), language),
    }
