"""Lists that come back through the import and say "unchanged"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from common.contracts import Label
from imports.fields import Field
from imports.templates import sheet_name


def workbook(label: Label, fields: Sequence[Field], rows: Iterable[Sequence[Any]]) -> bytes:
    """A sheet with a row of headings; a cell for each field that is not silent."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet_name(str(label)))
    shown = [field for field in fields if not field.is_silent]
    for place, field in enumerate(shown, 1):
        width = max(14, min(len(str(field.label)) + 4, 40))
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"
    head = [_cell(page, str(field.label)) for field in shown]
    for cell in head:
        cell.font = Font(bold=True)
    page.append(head)
    for row in rows:
        page.append([_cell(page, value) for value in row])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(page: Any, value: Any) -> WriteOnlyCell:
    made = WriteOnlyCell(page, None)
    made.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, dt.date):
        made.number_format = "dd/mm/yyyy"
    elif isinstance(value, str):
        made.data_type = "s"  # also what begins with "=": text, never a formula
        made.number_format, made.quotePrefix = "@", True
    return made
