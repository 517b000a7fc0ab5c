"""Where the table stands in a file: sheet, headings, first and last row, what is not data.

Nothing is left out in silence: every row below the headings that holds anything
and is not read is in ``totals``, ``sections`` or ``skipped``, with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from imports.book import Book, Row, Sheet
from imports.fields import Field
from imports.header import Header, find_header
from imports.linekinds import Lines
from imports.matching import Names

MOST_TITLES, LONGEST_TITLE = 10, 300
_UNIT_NOTE = re.compile(
    r"\(?\s*(?:đơn vị tính|đơn vị|đvt|dvt|đv tính|unit)\s*[:\-]\s*([^()]+?)\s*\)?",
    re.IGNORECASE,
)


class NoHeader(ValueError):
    """No table can be made out; ``message`` says what was looked for."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class NoRows(NoHeader):
    """There are headings and nothing below them."""


@dataclass(frozen=True)
class Layout:
    """Rows are numbered as the spreadsheet does, columns from 0."""

    sheet: str
    header_rows: tuple[int, ...]
    first: int  # of the data
    last: int
    titles: dict[int, str]  # column → its heading, rows joined by headings.JOINER
    totals: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()  # blank, numbering, repeated headings, notes
    candidates: tuple[str, ...] = ()  # sheets to choose from where it is unclear
    sections: tuple[int, ...] = ()  # headings inside the table: "I. Xuất khẩu"
    hidden: tuple[int, ...] = ()  # hidden rows that are read like the others
    unit_notes: tuple[str, ...] = ()  # "Đơn vị tính: triệu USD" above the headings
    notes: tuple[int, ...] = ()  # those of the skipped rows that hold words
    above: tuple[str, ...] = ()  # what stands above the headings: titles, periods

    def as_json(self) -> dict[str, Any]:
        found = asdict(self)
        found["titles"] = {str(column): title for column, title in self.titles.items()}
        return found

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Layout:
        found: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stored.items()
        }
        found["titles"] = {int(column): title for column, title in stored["titles"].items()}
        return cls(**found)

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows of data, in order."""
        left_out = {*self.totals, *self.skipped, *self.sections}
        for row in sheet:
            if self.first <= row.number <= self.last and row.number not in left_out:
                yield row

    def section_titles(self, sheet: Sheet) -> dict[int, str]:
        """What stands in the rows of sections, by their numbers."""
        wanted = set(self.sections)
        return {row.number: _text(row) for row in sheet if row.number in wanted}


def find(
    book: Book,
    fields: Sequence[Field],
    sheet: str = "",
    remembered: Mapping[str, str] | None = None,
) -> Layout:
    """The table for these fields, in ``sheet`` where one was chosen; raises NoHeader."""
    names = Names(fields, remembered)
    headers = _headers(book, names, sheet or book.marks.get("sheet", ""))
    if not headers:
        raise NoHeader(_no_header(book, fields, sheet))
    filled = [(one, header) for one, header in headers if _has_rows(one, header)]
    if not filled:
        raise NoRows(_no_rows(*headers[0]))
    best = max(header.rank for _one, header in filled)
    chosen = [(one, header) for one, header in filled if header.rank == best]
    table, header = chosen[0]
    lines = Lines(table, header, names.assign(header.titles), names.fields)
    lines.read()
    if not lines.data:
        raise NoRows(_no_rows(table, header))
    return Layout(
        sheet=table.name,
        header_rows=header.rows,
        first=lines.first,
        last=lines.last,
        titles=header.titles,
        totals=tuple(lines.totals),
        skipped=tuple(lines.skipped),
        sections=tuple(lines.sections),
        hidden=tuple(lines.hidden),
        notes=tuple(lines.notes),
        candidates=tuple(one.name for one, _header in chosen) if len(chosen) > 1 else (),
        unit_notes=tuple(_unit_notes(table, header.rows[0])),
        above=tuple(_above(table, header.rows[0])),
    )


def _headers(book: Book, names: Names, wanted: str) -> list[tuple[Sheet, Header]]:
    """The headings of each sheet that has any; hidden sheets only where no other has."""
    named = [one for one in book.sheets if one.name == wanted]
    visible = [one for one in book.sheets if not one.is_hidden]
    for sheets in [named] if named else [visible, book.sheets]:
        found = [(one, header) for one in sheets if (header := find_header(one, names))]
        if found:
            return found
    return []


def _has_rows(sheet: Sheet, header: Header) -> bool:
    below = header.rows[-1]
    return any(not row.is_blank for row in sheet if row.number > below)


def _no_header(book: Book, fields: Sequence[Field], sheet: str) -> str | Promise:
    if all(row.is_blank for one in book.sheets for row in one):
        return _("The file is empty: no cell of it holds anything.")
    wanted = [str(field.label) for field in fields if not field.is_silent]
    listed = ", ".join(f'"{label}"' for label in wanted[:6]) + ("…" if len(wanted) > 6 else "")
    message = _(
        "No row of headings was found{place}. Expected are headings such as {labels}. Put them in"
        " one row above the data, or start from the template."
    )
    place = format_lazy(_(' in sheet "{sheet}"'), sheet=sheet) if sheet else ""
    return format_lazy(message, place=place, labels=listed)


def _no_rows(sheet: Sheet, header: Header) -> str | Promise:
    message = _("There are headings in row {row} and no data below them.")
    if sheet.name:  # a CSV has none
        message = _('Sheet "{sheet}" has headings in row {row} and no data below them.')
    return format_lazy(message, sheet=sheet.name, row=header.rows[-1])


def _unit_notes(sheet: Sheet, header: int) -> Iterator[str]:
    for row in sheet:
        if row.number >= header:
            return
        for cell in row.cells:
            if isinstance(cell, str) and (found := _UNIT_NOTE.fullmatch(cell.strip())):
                yield found[1]


def _above(sheet: Sheet, header: int) -> list[str]:
    rows = takewhile(lambda row: row.number < header, sheet)
    return [text[:LONGEST_TITLE] for row in rows if (text := _text(row))][-MOST_TITLES:]


def _text(row: Row) -> str:
    return " ".join(str(cell).strip() for cell in row.cells if cell not in (None, ""))
