"""The rows of headings of a sheet: those whose words are known, else those shaped like one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from imports.book import Percent, Row, Sheet
from imports.headings import JOINER, heading_key, shown
from imports.matching import Names

SEARCHED_ROWS = 100
MOST_HEADER_ROWS = 4
FURTHER = 10
LONGEST_HEADING = 300


@dataclass(frozen=True)
class Header:
    """``rank`` compares sheets: known fields that matter, then the silent ones."""

    rows: tuple[int, ...]
    titles: dict[int, str]
    rank: tuple[int, int]


class Top:
    """The first rows of a sheet with merged cells filled."""

    def __init__(self, sheet: Sheet) -> None:
        rows = [row for row in sheet.rows[: SEARCHED_ROWS * 2] if row.number <= SEARCHED_ROWS]
        self.rows = [row for row in rows if not row.is_blank]
        self.numbers = [row.number for row in self.rows]
        self.width = max((len(row.cells) for row in self.rows), default=0)
        self._texts = {
            row.number: [_one_line(shown(cell)) for cell in row.cells]
            + [""] * (self.width - len(row.cells))
            for row in self.rows
        }
        self.merged = [area for area in sheet.merged if area.first_row <= SEARCHED_ROWS]
        for area in self.merged:
            self._spread(area.first_row, area.first_column, area.last_row, area.last_column)

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        line = self._texts.get(top)
        if line is None or left >= self.width:
            return
        for number in range(top, min(bottom, SEARCHED_ROWS) + 1):
            if number in self._texts:
                for column in range(left, min(right + 1, self.width)):
                    self._texts[number][column] = line[left]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """The headings of these rows, by column, from the top down, each text once."""
        lines = [self._texts[number] for number in numbers]
        if not any(
            area.last_row >= numbers[0] and area.first_row <= numbers[-1] for area in self.merged
        ):
            lines = _spread_by_eye(lines)
        titles = {}
        for column in range(self.width):
            parts = dict.fromkeys(line[column] for line in lines if line[column])
            if parts:
                titles[column] = JOINER.join(parts)
        return titles

    def known(self, names: Names) -> set[int]:
        """The rows some cell of which is the heading of a field by itself."""
        return {
            row.number
            for row in self.rows
            if any(
                names.field_of(text)[0]
                for text in set(self._texts[row.number])
                if text and len(text) <= LONGEST_HEADING
            )
        }

    def whole(self, numbers: Sequence[int]) -> list[int]:
        """The rows with those that merged cells tie to them, above and below."""
        first, last = numbers[0], numbers[-1]
        for area in self.merged:
            if area.first_row <= last and area.last_row >= first:
                first, last = min(first, area.first_row), max(last, area.last_row)
        tied = [number for number in self.numbers if first <= number <= last]
        return tied if len(tied) <= MOST_HEADER_ROWS else list(numbers)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _spread_by_eye(lines: list[list[str]]) -> list[list[str]]:
    """A file without merged cells: a heading reaches over the blanks at its right
    as long as something stands under them."""
    spread = [line.copy() for line in lines]
    for upper, lower in zip(spread, spread[1:], strict=False):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1]:
                upper[column] = upper[column - 1]
    return spread


def find_header(sheet: Sheet, names: Names) -> Header | None:
    """The rows that name the most fields; of equals the fewest, highest rows."""
    top = Top(sheet)
    wanted = sum(not (field.is_silent or field.spread) for field in names.fields.values())
    known = top.known(names)
    best: tuple[tuple[int, int, int], list[int]] | None = None
    for index in range(len(top.numbers)):
        if best and best[0][0] * 2 > wanted and index > top.numbers.index(best[1][0]) + FURTHER:
            break  # found; below stands the data
        for count in range(1, MOST_HEADER_ROWS + 1):
            numbers = top.numbers[index : index + count]
            if len(numbers) < count or numbers[-1] - numbers[0] >= count:
                break
            if known.isdisjoint(numbers):
                continue
            rank = (*_rank(top.titles(numbers), names), -count)
            if rank[0] and (best is None or rank > best[0]):
                best = rank, numbers
    if best is None or best[0][0] < min(2, wanted):
        shaped = _by_shape(top)
        if shaped is None:
            return None
        best = (0, 0, 0), [shaped]
    numbers = top.whole(best[1])
    titles = top.titles(numbers)
    return Header(tuple(numbers), titles, _rank(titles, names))


def _rank(titles: dict[int, str], names: Names) -> tuple[int, int]:
    fields = {name for name, _is_sure in names.read(titles).values() if name}
    silent = sum(names.fields[name].is_silent for name in fields)
    return len(fields) - silent, silent


def _by_shape(top: Top) -> int | None:
    """Where no word is known: the first row of words that is as wide as the table."""
    widths = [sum(cell not in (None, "") for cell in row.cells) for row in top.rows]
    for index, row in enumerate(top.rows[:-1]):
        below = max(widths[index + 1 : index + 20])
        if widths[index] >= 2 and widths[index] * 5 >= below * 4 and _is_words(row):
            return row.number
    return None


def _is_words(row: Row) -> bool:
    """Only words, all different; a year may stand among them."""
    cells = [cell for cell in row.cells if cell not in (None, "")]
    words = [cell for cell in cells if not isinstance(cell, (Decimal, Percent, dt.date, bool))]
    years = [cell for cell in cells if isinstance(cell, Decimal) and 1900 < cell < 2100]
    keys = [heading_key(shown(cell)) for cell in words]
    return len(words) >= 2 and len(words) + len(years) == len(cells) and len(set(keys)) == len(keys)
