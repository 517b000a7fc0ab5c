"""Lists that people take away: XLSX and CSV of exactly what is filtered.

Written row by row, whatever the length. A text that a spreadsheet would run
as a formula leaves as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registers.contract import Column, Register
from registers.showing import shown, text

XLSX_ROWS = 50_000  # a workbook is made while somebody waits; CSV has no such bound
CHUNK = 2000
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
SHEET_NAME = 31


def columns_of(register: Register) -> list[Column]:
    """The list's columns and those only exports have."""
    return list(register.columns)


def heads(columns: Sequence[Column], *, with_demo: bool) -> list[str]:
    return [str(column.label) for column in columns] + ([_("Note")] if with_demo else [])


def values(record: Any, columns: Sequence[Column], *, with_demo: bool) -> list[Any]:
    """A row: dates and numbers as they are, everything else in words."""
    row = [cell_value(record, column) for column in columns]
    if with_demo:
        row.append(_("sample data") if record.is_demo else "")
    return row


def cell_value(record: Any, column: Column) -> Any:
    if column.value:
        value = column.value(record)
    elif hasattr(record, f"get_{column.name}_display"):
        return shown(record, column.name)
    else:
        value = getattr(record, column.name)
    if isinstance(value, (dt.date, Decimal, int)) and not isinstance(value, bool):
        return value
    return text(value) if column.value else shown(record, column.name)


def rows(found: QuerySet, register: Register, *, with_demo: bool) -> Iterator[list[Any]]:
    columns = columns_of(register)
    for record in found.iterator(chunk_size=CHUNK):
        yield values(record, columns, with_demo=with_demo)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def as_csv(found: QuerySet, register: Register, *, with_demo: bool) -> Iterator[str]:
    """Lines of a CSV file that a Vietnamese spreadsheet opens as it is."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    yield writer.writerow(heads(columns_of(register), with_demo=with_demo))
    for row in rows(found, register, with_demo=with_demo):
        yield writer.writerow([_harmless(value) for value in row])


def _harmless(value: Any) -> str:
    said = text(value)
    return f"'{said}" if isinstance(value, str) and said.startswith(RISKY) else said


def as_xlsx(found: QuerySet, register: Register, *, with_demo: bool) -> IO[bytes]:
    titles = heads(columns_of(register), with_demo=with_demo)
    return workbook(str(register.label), titles, rows(found, register, with_demo=with_demo))


def workbook(name: str, titles: Sequence[str], lines: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A workbook in a temporary file, read from its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(name))
    for place, title in enumerate(titles, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, min(len(title) + 4, 40))
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, bold=True) for title in titles])
    for row in lines:
        sheet.append([_cell(sheet, value) for value in row])
    # Closed by the answer that sends it.
    made = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(made)
    made.seek(0)
    return made


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, None)
    if isinstance(value, str):
        made.value = _printable(value)
        made.data_type = "s"  # also what begins with "=": never a formula
        made.quotePrefix = value.startswith(RISKY)
    else:
        made.value = value
    if isinstance(value, dt.date):
        made.number_format = "dd/mm/yyyy"
    elif isinstance(value, (Decimal, int)):
        made.number_format = "#,##0" if value == value // 1 else "#,##0.######"
    if bold:
        made.font = Font(bold=True)
    return made


def _printable(value: str) -> str:
    """Without control characters, which a workbook cannot hold; at most one cell long."""
    kept = (letter for letter in value if letter in "\n\t" or ord(letter) >= 32)
    return "".join(kept)[:32_000]


def _sheet_name(label: str) -> str:
    return "".join(letter for letter in label if letter not in r"[]:*?/\\")[:SHEET_NAME]
