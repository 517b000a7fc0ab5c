"""The totals a sheet carries, held against the sums of its rows: a check, never imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.numbers import format_number
from imports.book import Sheet, address
from imports.contract import Parsed
from imports.fields import Field, FieldKind, Number
from imports.layout import Layout
from imports.values import Reader

MOST_SENTENCES = 20
MOST_CELLS = 5  # named in one sentence


@dataclass(frozen=True)
class Total:
    """One cell of a totals row; ``sum`` is the nearest of the sums it may stand for."""

    cell: str
    label: str
    written: Decimal
    sum: Decimal
    unread: tuple[str, ...] = ()  # cells of the column that are faulty: their sum says nothing

    @property
    def agrees(self) -> bool:
        return self.written == self.sum


def compare(
    sheet: Sheet,
    layout: Layout,
    matching: Mapping[int, str],
    fields: Sequence[Field],
    answers: Mapping[str, str],
) -> list[str]:
    """One sentence for each total that is not the sum of its rows, or cannot be compared with it;
    nothing where all agree."""
    found = totals(sheet, layout, matching, fields, answers)
    return [_sentence(total) for total in found if not total.agrees][:MOST_SENTENCES]


def totals(
    sheet: Sheet,
    layout: Layout,
    matching: Mapping[int, str],
    fields: Sequence[Field],
    answers: Mapping[str, str],
) -> Iterator[Total]:
    """Every number of the totals rows that can be read, with the sum of its column."""
    numbers = {
        field.name: replace(field, accept=None, required=False)
        for field in fields
        if field.kind is FieldKind.NUMBER and not field.is_silent
    }
    columns = {column: name for column, name in matching.items() if name in numbers}
    if not layout.totals or not columns:
        return
    reader = Reader(list(numbers.values()), answers)
    data = _Sums(reader.parse(layout.rows(sheet), columns), layout)
    rows = [row for row in sheet if row.number in set(layout.totals)]
    for parsed in reader.parse(rows, columns):
        for column, name in columns.items():
            written = parsed.values[name]
            if isinstance(written, Number):
                candidates = data.sums(parsed.number, name)
                nearest = min(candidates, key=lambda one: abs(one - written.value))
                yield Total(
                    cell=address(column, parsed.number),
                    label=layout.titles.get(column, name),
                    written=written.value,
                    sum=nearest,
                    unread=tuple(data.unread.get(name, ())),
                )


class _Sums:
    """Sums of each column, cut at the rows of totals and sections."""

    def __init__(self, rows: Iterator[Parsed], layout: Layout) -> None:
        self._cuts = sorted({*layout.totals, *layout.sections})
        self._totals = layout.totals
        self._pieces: dict[int, dict[str, Decimal]] = {}  # cut above (0: none) → sums below it
        self.unread: dict[str, list[str]] = {}  # column → cells that could not be read
        cuts, above = iter([*self._cuts, layout.last + 1]), 0
        following = next(cuts)
        for row in rows:
            while row.number > following:
                above, following = following, next(cuts)
            piece = self._pieces.setdefault(above, {})
            for fault in row.faults:
                self.unread.setdefault(fault.field, []).append(fault.cell)
            for name, value in row.values.items():
                if isinstance(value, Number):
                    piece[name] = piece.get(name, Decimal(0)) + value.value

    def sums(self, total: int, name: str) -> list[Decimal]:
        """What a total may be: of all rows, of the piece above or below it, of all above it
        since the total before."""
        above = max((cut for cut in self._cuts if cut < total), default=0)
        before = max((row for row in self._totals if row < total), default=0)
        pieces = {cut: sums.get(name, Decimal(0)) for cut, sums in self._pieces.items()}
        return [
            sum(pieces.values(), Decimal(0)),
            *(pieces[cut] for cut in (above, total) if cut in pieces),  # an empty one is no sum
            sum((value for cut, value in pieces.items() if before <= cut < total), Decimal(0)),
            sum((value for cut, value in pieces.items() if cut < total), Decimal(0)),
        ]


def _sentence(total: Total) -> str:
    if total.unread:
        listed = ", ".join(total.unread[:MOST_CELLS])
        return ngettext(
            "Cell %(cell)s (%(label)s): the total was not compared yet, for %(cells)s is faulty.",
            "Cell %(cell)s (%(label)s): the total was not compared yet, for %(cells)s are faulty.",
            len(total.unread),
        ) % {
            "cell": total.cell,
            "label": total.label,
            "cells": f"{listed}…" if len(total.unread) > MOST_CELLS else listed,
        }
    language = get_language() or "vi"
    numbers = {
        "written": format_number(total.written, language),
        "sum": format_number(total.sum, language),
        "difference": format_number(abs(total.written - total.sum), language),
    }
    return _(
        "Cell %(cell)s (%(label)s): the total says %(written)s, the rows add up to %(sum)s, a"
        " difference of %(difference)s."
    ) % {"cell": total.cell, "label": total.label, **numbers}
