"""The form of a year to fill in: its rows, the years before, what stands there now.

A Vietnamese document always. Sent back as it is, it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles import Side as Line
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import User
from common.numbers import table_marks
from imports.book import MARKS_SHEET, TEMPLATE_VERSION
from imports.contract import ORDER
from imports.conversion import unmistakable
from indicators.actions import content_of
from indicators.entry import sheet as entry
from indicators.entry.sheet import EntryRow, Section
from indicators.imported import columns, comparing
from indicators.imported.contents import said
from indicators.models import Figure, Precision, State, Status

PAPER = "vi"
EXAMPLE, HEADING = 3, 4  # rows; what is filled in follows
_WIDTHS = {columns.NAME: 48, columns.UNIT: 13, columns.NOTE: 40, columns.SOURCE: 22}
_FILLED_IN = (columns.PLAN, columns.ACTUAL)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_TYPED = PatternFill("solid", fgColor="FFE699")
_PAST = PatternFill("solid", fgColor="F2F2F2")
_PALE = Font(italic=True, color="7F7F7F")
_THIN = Line(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBER = "#,##0.######"


def workbook(year: int, by: User) -> bytes:
    """The rows this person may enter, in the order of the entry screen."""
    with translation.override(PAPER):
        loaded = entry.load(year, by, today=timezone.localdate())
        book = Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        page.title = _("Figures of %(year)s") % {"year": year}
        fields = _fields(year)
        _head(page, year, fields)
        if loaded is not None:
            _rows(page, loaded.sections, fields)
            _example(page, loaded, fields)
        _finish(page, year, fields)
        _mark(book, page.title, year)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _fields(year: int) -> list[str]:
    past = [columns.past_name(before) for before in range(year - columns.YEARS_BEFORE, year)]
    return [
        *(columns.CODE, ORDER.name, columns.NAME, columns.UNIT),
        *(*past, columns.PLAN, columns.ACTUAL),
        *(columns.STATUS, columns.PRECISION, columns.SOURCE, columns.PAGE, columns.NOTE),
    ]


def _head(page: Worksheet, year: int, fields: Sequence[str]) -> None:
    page.append([])
    title = page.cell(1, 2, _("Figures of %(year)s") % {"year": year})
    title.font = Font(bold=True, size=14)
    marks = table_marks()
    page.cell(
        2,
        2,
        _(
            "Fill in plan and actual (yellow). Nothing happened: %(nil)s; no data yet: "
            "%(missing)s; not applicable: %(na)s. What is left empty stays as it is. Row "
            "%(example)s is an example and is not imported."
        )
        % {
            "nil": marks.nil,
            "missing": marks.missing,
            "na": marks.not_applicable,
            "example": EXAMPLE,
        },
    ).font = Font(italic=True)
    labels = {field.name: capfirst(str(field.label)) for field in columns.of(year)}
    for place, name in enumerate(fields, start=1):
        cell = page.cell(HEADING, place, labels[name])
        cell.font, cell.border = Font(bold=True), _BORDER
        cell.fill = _TYPED if name in _FILLED_IN else _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _example(page: Worksheet, loaded: entry.Sheet, fields: Sequence[str]) -> None:
    """Above the headings, where nothing is read from: a row as it may be filled in."""
    row = next((row for row in loaded.rows if _is_own(row)), None)
    if row is None:
        return
    said: dict[str, Any] = {
        ORDER.name: _("Example"),
        columns.NAME: str(row.indicator.label),
        columns.UNIT: str(row.indicator.measure.label),
        columns.PLAN: 120,
        columns.ACTUAL: 115,
        columns.STATUS: str(Status.ESTIMATE.label),
        columns.PRECISION: str(Precision.ABOUT.label),
        columns.SOURCE: "12/BC-UBND",
        columns.PAGE: "3",
        columns.NOTE: _("As reported by the districts"),
    }
    for place, name in enumerate(fields, start=1):
        cell = page.cell(EXAMPLE, place, said.get(name))
        cell.font, cell.fill, cell.border = _PALE, _PAST, _BORDER
        cell.alignment = Alignment(vertical="top", wrap_text=True)


def _is_own(row: EntryRow) -> bool:
    return any(cell.is_mine for cell in row.cells)


def _rows(page: Worksheet, sections: Sequence[Section], fields: Sequence[str]) -> None:
    number = HEADING + 1
    for section in sections:
        rows = [row for row in section.rows if _is_own(row)]
        if not rows:
            continue
        page.cell(number, fields.index(columns.NAME) + 1, f"{section.number}. {section.label}")
        page.cell(number, fields.index(columns.NAME) + 1).font = Font(bold=True)
        for row in rows:
            number += 1
            _row(page, number, row, fields)
        number += 1


def _row(page: Worksheet, number: int, row: EntryRow, fields: Sequence[str]) -> None:
    values = dict(_values(row))
    for place, name in enumerate(fields, start=1):
        cell = page.cell(number, place)
        value = values.get(name)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula
            cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
        elif name in _FILLED_IN or value is not None:
            cell.number_format = _NUMBER
        cell.border = _BORDER
        cell.alignment = Alignment(vertical="top", wrap_text=name in _WIDTHS)
        if name.startswith("actual_"):
            cell.fill = _PAST
        if name == columns.NAME and row.indicator.child_of:
            cell.alignment = Alignment(vertical="top", wrap_text=True, indent=1)


def _values(row: EntryRow) -> Iterator[tuple[str, Any]]:
    indicator, actual = row.indicator, row.actual.figure
    yield columns.CODE, indicator.code
    yield ORDER.name, row.number
    yield columns.NAME, str(indicator.label)
    yield columns.UNIT, str(indicator.measure.label)
    for past in row.past:
        yield columns.past_name(past.year), _past(past.text)
    yield columns.PLAN, _number(row.plan.figure, with_words=True)
    yield columns.ACTUAL, _number(actual, with_words=False)
    if actual is not None:
        yield columns.STATUS, actual.get_status_display() if actual.status else None
        yield columns.PRECISION, actual.get_precision_display() if actual.precision else None
        yield columns.SOURCE, _source(actual)
        yield columns.PAGE, actual.source_page or None
        yield columns.NOTE, actual.note or None


def _number(figure: Figure | None, *, with_words: bool) -> Decimal | str | None:
    """A number as a number; with the words that belong to it, as text."""
    if figure is None:
        return None
    if figure.state != State.VALUE or figure.value is None:
        return said(content_of(figure))
    if with_words and figure.precision:
        return f"{figure.get_precision_display()} {unmistakable(figure.value)}"
    return figure.value.normalize()


def _past(text: str) -> Decimal | str | None:
    """The years before stand there to be looked at: a number where it is nothing else."""
    number = comparing.read(text)
    return text or None if number is None or text[:1].isalpha() else number


def _source(figure: Figure) -> str | None:
    document = figure.source
    return None if document is None else document.citation


def _finish(page: Worksheet, year: int, fields: Sequence[str]) -> None:
    known = {field.name: field for field in columns.of(year)}
    for place, name in enumerate(fields, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = _WIDTHS.get(name, 12)
        choices = known[name].choices
        if choices is not None:
            rule = DataValidation(type="list", formula1=f'"{",".join(choices())}"')
            page.add_data_validation(rule)
            rule.add(f"{letter}{HEADING + 1}:{letter}{max(page.max_row, HEADING + 1)}")
    page.column_dimensions["A"].hidden = True
    page.row_dimensions[HEADING].height = 36
    page.print_title_rows = f"{HEADING}:{HEADING}"
    page.freeze_panes = page.cell(HEADING + 1, fields.index(columns.UNIT) + 1)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _mark(book: Workbook, title: str, year: int) -> None:
    """Which form this is, and of which version, in a sheet nobody sees."""
    marks = book.create_sheet(MARKS_SHEET)
    for name, value in (
        ("source", f"so-lieu-{year}"),
        ("version", str(TEMPLATE_VERSION)),
        ("sheet", title),
    ):
        marks.append([name, value])
    marks.sheet_state = "veryHidden"
