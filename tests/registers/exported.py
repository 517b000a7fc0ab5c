"""Exported lists as tables of cells, and what the importer says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from imports.book import Book, FileKind, Row, Sheet
from imports.contract import Checked
from imports.layout import find
from imports.matching import match
from imports.models import Upload
from imports.opening import open_book
from imports.questions import find as ask
from imports.questions import settled, still_open
from imports.values import Reader
from registers.contract import Register
from registers.importing import RecordSource
from registers.sheets.export import as_csv, as_xlsx
from registers.sheets.resources import resource_of

Table = list[list[Any]]


def exported(register: Register, kind: str) -> Table:
    """Heading and rows as the reader of files finds them in an export."""
    resource = resource_of(register.code)()
    found = register.model._default_manager.alive().order_by("pk")
    if kind == "csv":
        data = "".join(as_csv(found, resource, with_demo=True)).encode()
    else:
        with as_xlsx(found, resource, with_demo=True) as file:
            data = file.read()
    return cells(data, kind)


def cells(data: bytes, kind: str) -> Table:
    book = open_book(ContentFile(data), f"xuat.{kind}")
    return [list(row.cells) for row in book.sheets[0]]


def changed_cell(register: Register, table: Table, name: str, value: Any, row: int = 1) -> Table:
    """The table with one cell edited."""
    names = [column.name for column in resource_of(register.code)().columns]
    made = [list(line) for line in table]
    made[row][names.index(name)] = value
    return made


def checked(register: Register, by: User, table: Table) -> list[Checked]:
    """What the importer says of each row below the heading; it asks nothing first."""
    source = RecordSource(register, by)
    fields = source.fields()
    rows = tuple(Row(number, tuple(line)) for number, line in enumerate(table, 1))
    sheet = Sheet("Sheet", rows)
    layout = find(Book(FileKind.XLSX, (sheet,)), fields)
    matching = match(layout.titles, fields, {})
    assert all(matching.values()), matching
    questions = still_open(ask(sheet, layout, matching, fields), {})
    assert not questions, questions
    answers = settled(sheet, layout, matching, fields)
    parsed = Reader(fields, answers).parse(layout.rows(sheet), matching)
    found = list(source.check(parsed, by=by, upload=Upload(by=by)))
    for row in found:
        row.shown = dict(source.shown(row))
    return found


def outcomes(rows: Sequence[Checked]) -> list[str]:
    return [row.outcome.value for row in rows]
