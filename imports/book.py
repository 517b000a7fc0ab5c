"""What a file holds once it has been read: sheets of cells as they stand in it.

Nothing is interpreted here: a text stays a text, also where it looks like a
number. A number of a workbook is exact (the fifteen digits a spreadsheet
keeps); a CSV holds texts only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

MOST_COLUMNS = 200
# The sheet of a template that holds its marks, a name and a value in each row; never handed out.
MARKS_SHEET = "_portal"
TEMPLATE_VERSION = 1  # raised when what a template asks for, or its headings, change


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    ODS = "ods"


class Flaw(StrEnum):
    """Why a cell holds no value although something stands in it."""

    ERROR = "error"  # #N/A, #REF! …
    NOT_CALCULATED = "not_calculated"  # a formula whose value was never stored
    TOO_LONG = "too_long"
    CONTROL = "control"  # NUL or other characters no text has


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that cannot be used: ``text`` is what is shown of it."""

    flaw: Flaw
    text: str = ""


@dataclass(frozen=True, slots=True)
class Percent:
    """A number its cell shows in percent: ``stored`` is 0.81 where 81% is to be seen."""

    stored: Decimal

    @property
    def number(self) -> Decimal:
        return self.stored * 100


Value = str | Decimal | Percent | dt.date | bool | Broken | None


def column_letter(index: int) -> str:
    """0 → "A", 27 → "AB"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(column: int, row: int) -> str:
    """The name of a cell as spreadsheets write it: (5, 12) → "F12"."""
    return f"{column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet: ``number`` as the spreadsheet counts (the first is 1)."""

    number: int
    cells: tuple[Value, ...]  # from column A on; what is missing at the end is empty
    is_hidden: bool = False

    def __getitem__(self, column: int) -> Value:
        return self.cells[column] if column < len(self.cells) else None

    @property
    def is_blank(self) -> bool:
        return all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were made one: rows from 1, columns from 0, all included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    merged: tuple[Merged, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(frozen=True)
class Book:
    """A whole file. ``marks`` are the portal's own of a template: code and version."""

    kind: FileKind
    sheets: tuple[Sheet, ...]
    encoding: str = ""  # of a CSV, or "tcvn3" / "vni" where such text was found
    delimiter: str = ""
    formulas: int = 0  # cells whose stored result is used
    has_macros: bool = False
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def is_old_template(self) -> bool:
        """A template handed out before the one of today; it is read like any file."""
        version = self.marks.get("version", "")
        return version.isdecimal() and int(version) < TEMPLATE_VERSION
