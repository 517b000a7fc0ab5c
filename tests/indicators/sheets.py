"""Sheets of figures as offices write them, read as the portal reads a file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from accounts.models import User
from imports import questions
from imports.book import Book, FileKind, Merged, Row, Sheet, Value
from imports.contract import Checked, Parsed
from imports.layout import find
from imports.matching import match
from imports.models import Upload
from imports.staging import stage
from imports.values import Reader
from indicators.importing import FigureSource
from reference.models import ReportingYear

Grid = Sequence[Sequence[Any]]


def book(grid: Grid, merged: Sequence[Merged] = ()) -> Book:
    """The cells of a file: numbers as a workbook has them, texts as texts."""
    rows = tuple(
        Row(number, tuple(_cell(value) for value in cells))
        for number, cells in enumerate(grid, start=1)
    )
    return Book(FileKind.XLSX, (Sheet("Bieu 02", rows, merged=tuple(merged)),))


def _cell(value: Any) -> Value:
    return Decimal(str(value)) if isinstance(value, (int, float)) else value


def parsed(source: FigureSource, read: Book, upload: Upload) -> list[Parsed]:
    fields = source.fields()
    layout = find(read, fields)
    upload.layout = layout.as_json()
    upload.save()
    sheet = read.sheets[0]
    matching = match(layout.titles, fields)
    asked = {one.key: "vi" for one in questions.find(sheet, layout, matching, fields)}
    assert all(key.startswith("number:") for key in asked), asked
    answers = asked | questions.settled(sheet, layout, matching, fields)
    reader = Reader(fields, answers)
    return list(reader.parse(layout.rows(sheet), matching, sections=layout.section_titles(sheet)))


def source_of(year: int) -> FigureSource:
    return FigureSource(ReportingYear.objects.get(year=year))


def upload_of(by: User, year: int = 2019) -> Upload:
    return Upload.objects.create(
        source=f"so-lieu-{year}", by=by, file_name="bieu02_SCT.xlsx", size=1, sha256="0" * 64
    )


def checked(grid: Grid, by: User, year: int = 2019, merged: Sequence[Merged] = ()) -> list[Checked]:
    source, upload = source_of(year), upload_of(by, year)
    rows = parsed(source, book(grid, merged), upload)
    return list(source.check(rows, by=by, upload=upload))


def imported(grid: Grid, by: User, year: int = 2019, merged: Sequence[Merged] = ()) -> Upload:
    """Checked, staged and written, as the worker does it; all rows have to be good."""
    source, upload = source_of(year), upload_of(by, year)
    rows = parsed(source, book(grid, merged), upload)
    counts = stage(upload, source.check(rows, by=by, upload=upload))
    faults = [fault for row in upload.rows.all() for fault in row.faults]
    assert faults == []
    assert source.write(upload, by=by) == counts.get("new", 0) + counts.get("changed", 0)
    return upload
