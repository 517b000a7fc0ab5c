"""A block copied from Excel or Word into the entry screen: shown as a diff, then written whole.

Either its rows have names, with or without headings above them, and go where
these say; or it is numbers only, and goes where the cursor stands, downwards
over the rows of the screen.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from common.text import nfc
from imports import numbertext, questions
from imports.book import Book, FileKind, Row, Sheet
from imports.contract import Changed, Checked, Outcome, Parsed
from imports.layout import Layout, NoHeader, find
from imports.matching import DoubledHeading, Names, match
from imports.values import Reader
from indicators.actions import Refused
from indicators.declarations import groups
from indicators.entry.cells import language
from indicators.imported import columns, writing
from indicators.imported.checking import Checker, readable
from indicators.imported.contents import Carried, with_source
from indicators.imported.names import Names as RowNames
from indicators.imported.units import FileUnits
from indicators.models import Origin, Side
from indicators.spans import WHOLE_YEAR, Span

MOST_CHARACTERS = 200_000
MOST_ROWS = 500
_SIDES = {Side.PLAN: (columns.PLAN, columns.ACTUAL), Side.ACTUAL: (columns.ACTUAL,)}
_HEADING_ROWS = 4

Laid = tuple[list[Parsed], FileUnits]


@dataclass(frozen=True)
class Block:
    """What was copied, and where it was pasted: ``rows`` are the codes from there downwards.

    Into a month or a part of the year go actual numbers alone, and no headings: those speak
    of years.
    """

    text: str
    rows: Sequence[str]
    side: str
    carried: Mapping[str, Any] = field(default_factory=dict)
    span: Span = WHOLE_YEAR

    @property
    def sides(self) -> tuple[str, ...]:
        """The columns from the cursor on."""
        if not self.span.is_full_year:
            return (columns.ACTUAL,)
        return _SIDES[Side(self.side)]


@dataclass(frozen=True)
class Diff:
    """What the block would change; ``digest`` stands for exactly this."""

    rows: list[Checked]
    labels: Mapping[str, str]

    @property
    def digest(self) -> str:
        told = [(row.outcome, row.values, row.before, len(row.faults)) for row in self.rows]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_good(self) -> bool:
        return not self.count(Outcome.FAULTY)

    @property
    def written(self) -> list[Mapping[str, Any]]:
        return [row.values for row in self.rows if row.outcome in writing.WRITTEN]

    def as_json(self) -> dict[str, Any]:
        return {
            "digest": self.digest,
            "counts": {outcome.value: self.count(outcome) for outcome in Outcome},
            "unsourced": with_source(self.written, None),
            "rows": [
                {
                    "title": row.title,
                    "cells": [
                        [self.labels[name], *words]
                        for name, words in row.shown.items()
                        if name != columns.CHECK
                    ],
                    "note": row.shown.get(columns.CHECK, ["", ""])[1],
                    "faults": [
                        [fault.value, str(fault.message), self.labels.get(fault.field, "")]
                        for fault in row.faults
                    ],
                }
                for row in self.rows
                if row.outcome != Outcome.UNCHANGED or columns.CHECK in row.shown
            ],
        }


def diff(year: int, block: Block, by: User) -> Diff:
    """Nothing is written. Raises Refused where the block cannot be laid over the table."""
    rows, file_units = _parsed(year, block, by)
    checker = Checker(
        year,
        by,
        file_units=file_units,
        origin=Origin.TYPED,
        carried=Carried(block.carried),
        span=block.span,
    )
    labels = {one.name: capfirst(str(one.label)) for one in columns.of(year)}
    if not block.span.is_full_year:
        labels[columns.ACTUAL] = block.span.entry_title(year)
    return Diff(checker.check_all(rows), labels)


def write(year: int, block: Block, by: User, digest: str) -> list[dict[str, int | None]]:
    """Write the block if it still does exactly what was shown; raises Changed, Refused.

    For each row the figures that were made, by side.
    """
    with transaction.atomic():
        shown = diff(year, block, by)
        if shown.digest != digest:
            raise Changed
        if not shown.is_good:
            raise Refused(_("The block has cells that cannot be written. Correct them first."))
        return list(writing.write_rows(year, shown.written, by, block.span))


# --- reading -------------------------------------------------------------------------------


def _parsed(year: int, block: Block, by: User) -> Laid:
    lines = _lines(block.text)
    if len(lines) > MOST_ROWS:
        raise Refused(_too_many())
    fields = columns.of(year)
    if _has_headings(lines, Names(fields)):
        if not block.span.is_full_year:
            raise Refused(
                _(
                    "The headings of the block speak of whole years. Copy the names and one "
                    "column of numbers without them."
                )
            )
        return _with_headings(lines, year)
    names = RowNames(readable(by), {code: one.label for code, one in groups().items()})
    place = next((at for at in range(2) if _are_names(lines, at, names)), None)
    if place is None:
        return _placed(lines, block, year)
    return _named(lines, place, block, year)


def _lines(text: str) -> list[list[str]]:
    """Cells by tab; a cell with line breaks stands in quotation marks."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(_too_many())
    plain = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    lines = [line.split("\t") for line in plain.split("\n")]
    if '"' in plain:
        with suppress(csv.Error):  # quotation marks of the text itself
            lines = list(csv.reader(io.StringIO(plain), delimiter="\t", strict=True))
    cells = [[cell.strip().replace("\u00a0", " ") for cell in line] for line in lines]
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((at + 1 for line in cells for at, cell in enumerate(line) if cell), default=0)
    return [(line + [""] * width)[:width] for line in cells]


def _too_many() -> str:
    return _("The block is too large: at most %(rows)s rows. Import it as a file instead.") % {
        "rows": MOST_ROWS
    }


def _has_headings(lines: Sequence[Sequence[str]], names: Names) -> bool:
    for line in lines[:_HEADING_ROWS]:
        known = {names.field_of(cell)[0] for cell in line if cell}
        if columns.NAME in known and len(known - {"", columns.NAME}) > 0:
            return True
    return False


def _are_names(lines: Sequence[Sequence[str]], place: int, names: RowNames) -> bool:
    cells = [line[place] for line in lines if place < len(line) and line[place]]
    return any(names.candidates(cell) for cell in cells)


def _with_headings(lines: list[list[str]], year: int) -> Laid:
    fields = columns.of(year)
    book = Book(FileKind.CSV, (_sheet(lines),))
    try:
        layout = find(book, fields)
        matching = match(layout.titles, fields)
    except (NoHeader, DoubledHeading) as problem:
        raise Refused(str(problem.message)) from problem
    return _read(book.sheets[0], layout, matching, year)


def _named(lines: list[list[str]], place: int, block: Block, year: int) -> Laid:
    """Names, perhaps a unit, and numbers for the columns from the cursor on."""
    matching = {place: columns.NAME}
    width = len(lines[0]) if lines else 0
    filled = [at for at in range(place + 1, width) if any(line[at] for line in lines)]
    if filled and not any(_is_number(line[filled[0]]) for line in lines):
        matching[filled.pop(0)] = columns.UNIT
    sides = block.sides
    if not filled or len(filled) > len(sides):
        raise Refused(
            _("It is not clear which column is which. Copy the row of headings with the block.")
        )
    matching |= dict(zip(filled, sides, strict=False))
    return _read(_sheet(lines), _whole(lines), matching, year)


def _placed(lines: list[list[str]], block: Block, year: int) -> Laid:
    """Numbers alone: the rows of the screen, downwards and to the right."""
    sides = block.sides
    width = len(lines[0]) if lines else 0
    if not width:
        raise Refused(_("There is nothing to paste."))
    if width > len(sides):
        raise Refused(
            _(
                "The block has %(columns)s columns; from this cell on there is room for %(room)s. "
                "Copy the names and headings with it, or fewer columns."
            )
            % {"columns": width, "room": len(sides)}
        )
    if len(lines) > len(block.rows):
        raise Refused(
            _(
                "The block has %(rows)s rows; from this cell down there are %(room)s. Copy fewer "
                "rows, or show all rows of the table."
            )
            % {"rows": len(lines), "room": len(block.rows)}
        )
    coded = [[code, *line] for code, line in zip(block.rows, lines, strict=False)]
    matching = {0: columns.CODE} | dict(enumerate(sides[:width], start=1))
    return _read(_sheet(coded), _whole(coded), matching, year)


def _sheet(lines: Sequence[Sequence[str]]) -> Sheet:
    rows = enumerate(lines, start=1)
    return Sheet(
        "", tuple(Row(number, tuple(cell or None for cell in line)) for number, line in rows)
    )


def _whole(lines: Sequence[Sequence[str]]) -> Layout:
    return Layout(sheet="", header_rows=(0,), first=1, last=len(lines), titles={})


def _read(sheet: Sheet, layout: Layout, matching: dict[int, str], year: int) -> Laid:
    """As the entry screen reads what is typed, unless the block itself says otherwise."""
    fields = columns.of(year)
    asked = questions.find(sheet, layout, matching, fields)
    answers = {one.key: language() for one in asked if one.kind == questions.QuestionKind.NUMBER}
    answers |= questions.settled(sheet, layout, matching, fields)
    reader = Reader(fields, answers)
    titles = layout.section_titles(sheet)
    rows = reader.parse(layout.rows(sheet), matching, sections=titles)
    return list(rows), FileUnits.of(layout)


def _is_number(text: str) -> bool:
    return bool(numbertext.mark_of(text)) or any(letter.isdigit() for letter in text)
