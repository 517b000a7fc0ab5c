"""What the readers of all formats hand on: sheets of cells, and notes about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from imports.book import MOST_COLUMNS, address
from imports.reading import cells
from imports.reading.cells import PERCENT, Cell, Reason, Refused

Line = tuple[int, list[Cell]]  # a row's number as the spreadsheet counts, and its cells from A


@dataclass
class Notes:
    """What stands beside the values of a sheet; rows from 1, columns from 0."""

    hidden: set[int] = field(default_factory=set)
    broken: dict[int, dict[int, list[str]]] = field(default_factory=dict)
    percents: dict[int, int] = field(default_factory=dict)  # row → a bit for each such column
    formulas: int = 0

    def show_percent(self, row: int, column: int) -> None:
        self.percents[row] = self.percents.get(row, 0) | 1 << column

    def mark(self, row: int, column: int, cell: list[str]) -> None:
        self.broken.setdefault(row, {})[column] = cell


@dataclass
class Found:
    """One sheet. ``lines`` is read once, and only then are ``notes`` complete."""

    name: str
    lines: Iterable[Line]
    notes: Notes = field(default_factory=Notes)
    is_hidden: bool = False
    merged: list[list[int]] = field(default_factory=list)  # first row, column, last row, column


def marked(lines: Iterable[Line], notes: Notes) -> Iterator[Line]:
    """The lines with the broken cells put in, also where nothing else stands."""
    rest = dict(notes.broken)
    last = 0
    for number, row in lines:
        last = number
        if number in notes.percents:
            row = _in_percent(row, notes.percents[number])
        if number in rest:
            row = _with(row, rest.pop(number))
        yield number, row
    for number in sorted(rest):
        if number > last:
            yield number, _with([], rest[number])


def _with(row: list[Cell], broken: dict[int, list[str]]) -> list[Cell]:
    row = row + [None] * (max(broken) + 1 - len(row))
    for column, cell in broken.items():
        row[column] = cell
    return row


def _in_percent(row: list[Cell], columns: int) -> list[Cell]:
    return [
        [PERCENT, cell] if columns >> column & 1 and type(cell) in (int, float) else cell
        for column, cell in enumerate(row)
    ]


class Measure:
    """How much has been handed on; refuses what is more than anybody needs."""

    def __init__(self) -> None:
        self.cells = 0
        self.bytes = 0

    def trimmed(self, found: Found) -> Iterator[Line]:
        """Without blank cells at the end of a row and blank rows at the end of the sheet."""
        blank: list[int] = []
        for number, row in marked(found.lines, found.notes):
            while row and row[-1] is None:
                row.pop()
            if not row:
                blank.append(number)
                continue
            if number > cells.MOST_ROWS:
                raise Refused(Reason.MANY_ROWS, f"{found.name}!{number}")
            if len(row) > MOST_COLUMNS:
                raise Refused(Reason.MANY_COLUMNS, f"{found.name}!{address(len(row) - 1, number)}")
            if blank:
                yield from ((gap, []) for gap in blank)
                blank.clear()
            self.cells += len(row)
            if self.cells > cells.MOST_CELLS:
                raise Refused(Reason.MANY_CELLS)
            yield number, row

    def weigh(self, answer: bytes) -> bytes:
        self.bytes += len(answer)
        if self.bytes > cells.MOST_TEXT:
            raise Refused(Reason.MANY_CELLS)
        return answer
