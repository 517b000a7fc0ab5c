"""The template of a register: filled in and sent back, its rows are new records."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from django.core.files.base import ContentFile
from django.utils import translation

from imports.book import MARKS_SHEET
from imports.book import TEMPLATE_VERSION as VERSION
from imports.contract import Outcome
from imports.layout import find
from imports.matching import match
from imports.models import Upload
from imports.opening import open_book
from imports.questions import settled
from imports.recognised import sentences
from imports.templates import HEADING
from imports.values import Reader
from registers.importing import RecordSource
from registers.sheets.resources import resource_of


def test_a_filled_template_makes_a_record(sample, agencies, desk):
    record = sample.record(agencies["SCT"], desk)
    with translation.override("vi"):
        source = RecordSource(sample.of, desk)
        workbook = openpyxl.load_workbook(io.BytesIO(source.template(by=desk)))
        page = workbook.worksheets[0]
        assert workbook[MARKS_SHEET].sheet_state == "veryHidden"
        assert page.column_dimensions["A"].hidden  # the record's own number
        titles = {cell.value: cell.column for cell in page[HEADING]}
        for name, column in resource_of(sample.register)().taken_in.items():
            value = column.export(record)
            assert str(column.label) in titles, name
            page.cell(HEADING + 1, titles[str(column.label)], value)
        filled = io.BytesIO()
        workbook.save(filled)
        type(record).objects.all().update(deleted_at=record.created_at, deletion_reason="thử")

        book = open_book(ContentFile(filled.getvalue()), "mau.xlsx")
        assert book.marks["source"] == source.code
        fields = source.fields()
        layout = find(book, fields)
        sheet = next(sheet for sheet in book.sheets if sheet.name == layout.sheet)
        matching = match(layout.titles, fields, {})
        answers = settled(sheet, layout, matching, fields)
        parsed = Reader(fields, answers).parse(layout.rows(sheet), matching)
        (row,) = source.check(parsed, by=desk, upload=Upload(by=desk))
    assert (row.number, row.outcome, row.faults) == (HEADING + 1, Outcome.NEW, [])


def test_a_template_of_before_is_recognised_and_read(sample, agencies, desk):
    source = RecordSource(sample.of, desk)
    workbook = openpyxl.load_workbook(io.BytesIO(source.template(by=desk)))
    assert [cell.value for cell in workbook[MARKS_SHEET][2]][:2] == ["version", str(VERSION)]
    workbook[MARKS_SHEET]["B2"] = str(VERSION - 1)
    page = workbook.worksheets[0]
    page.delete_cols(page.max_column)  # a column that came later
    page.cell(HEADING + 1, 2, "x")
    filled = io.BytesIO()
    workbook.save(filled)
    with translation.override("vi"):
        book = open_book(ContentFile(filled.getvalue()), "mau.xlsx")
        layout = find(book, source.fields())
        matching = match(layout.titles, source.fields(), {})
        said = " ".join(sentences(book, layout, matching, source.fields()))
    assert "phiên bản cũ" in said
    assert set(matching.values()) >= {field.name for field in source.fields()[1:4]}


def test_a_template_offers_lists_and_an_example(sample, agencies, desk):
    page = openpyxl.load_workbook(
        io.BytesIO(RecordSource(sample.of, desk).template(by=desk))
    ).worksheets[0]
    assert page.data_validations.dataValidation
    example = [cell.value for cell in page[HEADING - 1]]
    day = [cell.value for cell in page[HEADING - 1] if isinstance(cell.value, dt.datetime)]
    assert day and len([value for value in example if value is not None]) > 5
