"""Lists that people take away: XLSX and CSV of exactly what is filtered.

Written row by row, whatever the length, in the columns of the register's
resource: the same file comes back through the importer and says "unchanged".
A text that a spreadsheet would run as a formula leaves as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from registers.sheets.cells import Cell, NumberCell
from registers.sheets.columns import RecordField
from registers.sheets.neutral import is_risky, neutral, printable
from registers.sheets.resources import RecordResource

XLSX_ROWS = 50_000  # a workbook is made while somebody waits; CSV has no such bound
SHEET_NAME = 31
LINES = Alignment(wrap_text=True, vertical="top")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def as_csv(found: QuerySet, resource: RecordResource, *, with_demo: bool) -> Iterator[str]:
    """Lines of a CSV file that a Vietnamese spreadsheet opens as it is."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    columns = resource.exported(with_demo=with_demo)
    yield "\ufeff"
    yield writer.writerow([str(column.label) for column in columns])
    for record in resource.records(found):
        yield writer.writerow([_said(column.cell, record) for column in columns])


def _said(cell: Cell, record: Any) -> str:
    value = cell.of(record)
    said = cell.written(value)
    is_number = isinstance(cell, NumberCell) or isinstance(value, (int, Decimal))
    return said if is_number else neutral(said)


def as_xlsx(found: QuerySet, resource: RecordResource, *, with_demo: bool) -> IO[bytes]:
    columns = resource.exported(with_demo=with_demo)
    rows = ([column.export(record) for column in columns] for record in resource.records(found))
    return workbook(str(resource.register.label), columns, rows)


def workbook(
    name: str, columns: Sequence[RecordField], lines: Iterable[Sequence[Any]]
) -> IO[bytes]:
    """A workbook in a temporary file, read from its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(name))
    for place, column in enumerate(columns, 1):
        width = max(14, min(len(str(column.label)) + 4, 40))
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, column) for column in columns])
    formats = [column.cell.number_format for column in columns]
    for row in lines:
        sheet.append([_cell(sheet, *pair) for pair in zip(row, formats, strict=True)])
    # Closed by the answer that sends it.
    made = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(made)
    made.seek(0)
    return made


def _heading(sheet: Any, column: RecordField) -> WriteOnlyCell:
    made = _cell(sheet, str(column.label))
    made.font = Font(bold=True)
    if order := getattr(column.cell, "order", ""):
        made.comment = Comment(order, "")  # what stands between the bars
    return made


def _cell(sheet: Any, value: Any, number_format: str = "") -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, None)
    if isinstance(value, str):
        made.value = printable(neutral(value, in_workbook=True))
        made.data_type = "s"  # also what begins with "=": never a formula
        made.quotePrefix = is_risky(value)
        if "\n" in value:
            made.alignment = LINES
    else:
        made.value = value
    if number_format:
        made.number_format = number_format
    elif isinstance(value, dt.date):
        made.number_format = "dd/mm/yyyy"
    elif isinstance(value, (Decimal, int)):
        made.number_format = "#,##0" if value == value // 1 else "#,##0.######"
    return made


def _sheet_name(label: str) -> str:
    return "".join(letter for letter in label if letter not in r"[]:*?/\\")[:SHEET_NAME]
