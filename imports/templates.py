"""A workbook to fill in: headings of a source, an example, lists to choose from, a mark.

A Vietnamese document always. The example stands above the headings, where
nothing is ever read from; lists and marks stand in a sheet nobody sees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from common.contracts import Label
from imports.book import MARKS_SHEET, TEMPLATE_VERSION
from imports.fields import Field, FieldKind

PAPER = "vi"
TITLE, HINT, EXAMPLE, HEADING = 1, 2, 3, 4  # the rows; what is filled in follows
ROOM = 1000  # rows that offer lists
_LISTS = 4  # the first column of lists in the sheet of marks
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_NEEDED = PatternFill("solid", fgColor="FFE699")
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_PAST = Font(italic=True, color="7F7F7F")
_FORMATS = {
    FieldKind.TEXT: "@",  # 0123 stays 0123
    FieldKind.KEY: "@",
    FieldKind.DATE: "dd/mm/yyyy",
    FieldKind.MONTH: "mm/yyyy",
    FieldKind.NUMBER: "#,##0.######",
}


def workbook(
    code: str, label: Label, fields: Sequence[Field], example: Mapping[str, Any] | None = None
) -> bytes:
    """The template of a source; ``example`` says what a filled cell of a field looks like."""
    with translation.override(PAPER):
        book = Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        page.title = sheet_name(str(label))
        marks = book.create_sheet(MARKS_SHEET)
        _mark(marks, code, page.title)
        shown = [field for field in fields if not field.is_silent]
        _head(page, str(label), shown, example or {})
        for place, field in enumerate(shown, 1):
            _offer(page, marks, place, field)
        _finish(page, shown)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _mark(marks: Worksheet, code: str, title: str) -> None:
    """Which template this is, and of which version."""
    for mark in (("source", code), ("version", str(TEMPLATE_VERSION)), ("sheet", title)):
        marks.append(mark)
    marks.sheet_state = "veryHidden"


def _head(page: Worksheet, label: str, fields: Sequence[Field], example: Mapping[str, Any]) -> None:
    first = 1 + next((place for place, field in enumerate(fields) if not field.is_identity), 0)
    page.cell(TITLE, first, label).font = Font(bold=True, size=14)
    page.cell(
        HINT,
        first,
        _(
            "Row %(example)s is an example and is not imported. Columns in yellow must be filled "
            "in. Fill in from row %(first)s on."
        )
        % {"example": EXAMPLE, "first": HEADING + 1},
    ).font = Font(italic=True)
    for place, field in enumerate(fields, 1):
        said = page.cell(EXAMPLE, place)
        _put(said, example.get(field.name))
        said.font, said.alignment = _PAST, Alignment(vertical="top", wrap_text=True)
        head = page.cell(HEADING, place, str(field.label))
        head.font, head.border = Font(bold=True), _BORDER
        head.fill = _NEEDED if field.required else _HEAD
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if field.help:
            head.comment = Comment(str(field.help), "", width=320, height=120)


def _put(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
    elif isinstance(value, dt.date):
        cell.number_format = "dd/mm/yyyy"


def _offer(page: Worksheet, marks: Worksheet, place: int, field: Field) -> None:
    """A list to choose from; something else may be typed, the portal says what is wrong with it."""
    choices = list(field.choices()) if field.choices else []
    if not choices:
        return
    column = marks.max_column + 1 if marks.max_column >= _LISTS else _LISTS
    for number, choice in enumerate(choices, 1):
        _put(marks.cell(number, column), choice)
    letter = get_column_letter(column)
    rule = DataValidation(
        type="list",
        formula1=f"'{MARKS_SHEET}'!${letter}$1:${letter}${len(choices)}",
        allow_blank=True,
        showErrorMessage=False,
    )
    page.add_data_validation(rule)
    own = get_column_letter(place)
    rule.add(f"{own}{HEADING + 1}:{own}{HEADING + ROOM}")


def _finish(page: Worksheet, fields: Sequence[Field]) -> None:
    for place, field in enumerate(fields, 1):
        column = page.column_dimensions[get_column_letter(place)]
        column.width = max(12, min(len(str(field.label)) + 4, 32))
        column.number_format = _FORMATS.get(field.kind, "General")
        column.hidden = field.is_identity
    for place, field in enumerate(fields, 1):
        if field.kind in (FieldKind.DATE, FieldKind.MONTH):
            page.cell(EXAMPLE, place).number_format = _FORMATS[field.kind]
    page.row_dimensions[HEADING].height = 36
    page.print_title_rows = f"{HEADING}:{HEADING}"
    page.freeze_panes = page.cell(HEADING + 1, 1)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def sheet_name(label: str) -> str:
    """The label as a spreadsheet takes it for the name of a sheet."""
    return "".join(letter for letter in label if letter not in r"[]:*?/\\")[:31]
