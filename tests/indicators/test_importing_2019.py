"""The published figures of 2019, back from a workbook as an office would send it."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import Any

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook

from accounts.models import User
from common.dates import roman
from common.numbers import format_number
from imports import pipeline, questions, tokens
from imports.book import MARKS_SHEET, Book
from imports.contract import Outcome
from imports.layout import find
from imports.matching import match
from imports.models import Upload
from imports.opening import open_book
from imports.staging import stage
from imports.values import Reader
from indicators import year_table
from indicators.declarations import groups
from indicators.importing import FigureSource
from indicators.models import Figure
from indicators.rows import Row, Value
from jobs import actions as jobs
from reference.models import ReportingYear
from tests.indicators.sheets import source_of, upload_of

pytestmark = pytest.mark.django_db

WORDS = {"over": "trên", "about": "khoảng", "nearly": "gần"}
STATUSES = {"estimate": "ước", "projected": "dự kiến"}
SHORT = {
    "Tổng kim ngạch xuất nhập khẩu": "Tổng KNXNK qua địa bàn",
    "Kim ngạch xuất khẩu": "- Xuất khẩu",
    "Kim ngạch nhập khẩu": "- Nhập khẩu",
    "Số đoàn ra": "Đoàn ra",
    "Vụ do phía Trung Quốc vi phạm": "+ Phía Trung Quốc",
}


def told(value: Value | None) -> Any:
    """A number as an office writes it: with its words, else as a number."""
    if value is None:
        return None
    if value.value is None:
        return {"missing": "...", "not_applicable": "x"}[value.state]
    words = [STATUSES.get(value.status or value.plan_stage, ""), WORDS.get(value.precision, "")]
    if not any(words):
        return value.value
    return " ".join([*filter(None, words), format_number(value.value)])


def office_workbook(rows: list[Row], sources: dict[int, str]) -> bytes:
    book = Workbook()
    page = book.active
    page.title = "Bieu 02"
    book.create_sheet("Ghi chép").append(["số điện thoại", "0205"])
    page.append(["UBND TỈNH LẠNG SƠN"])
    page.append(["BIỂU TỔNG HỢP SỐ LIỆU ĐỐI NGOẠI NĂM 2019"])
    page.append([])
    page.append(
        ["TT", "Chỉ tiêu", "ĐVT", "TH 2018", "Năm 2019", None]
        + ["So sánh (%)", None, "Nguồn", "Ghi chú"]
    )
    page.append([None] * 4 + ["KH", "TH", "TH/KH", "2019/2018"])
    page.append([f"({number})" for number in range(1, 11)])
    for area in ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "G4:H4", "I4:I5", "J4:J5"):
        page.merge_cells(area)
    for place, (group, members) in enumerate(groupby(rows, lambda row: row.indicator.group), 1):
        page.append([roman(place), str(groups()[group].label).upper()])
        for number, row in enumerate(members, 1):
            _append(page, number, row, sources)
    page.append([])
    page.append([None, "Người lập biểu", None, None, None, "Thủ trưởng đơn vị"])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _append(page: Any, number: int, row: Row, sources: dict[int, str]) -> None:
    label = str(row.indicator.label)
    if row.indicator.child_of and label == "Kim ngạch xuất khẩu":
        page.append([None, "Trong đó:"])
    main = row.actual or row.plan
    figure = Figure.objects.get(pk=main.figure_id)
    page.append(
        [number, SHORT.get(label, label), str(row.indicator.measure.label), told(row.last)]
        + [told(row.plan), told(row.actual)]
        + [row.plan_ratio and round(row.plan_ratio, 1), row.difference and row.difference.signed]
        + [sources.get(main.source_id), figure.note or None]
    )


def read(content: bytes, source: FigureSource) -> tuple[Book, list]:
    book = open_book(ContentFile(content), "bieu02_SCT.xlsx")
    fields = source.fields()
    layout = find(book, fields)
    sheet = next(sheet for sheet in book.sheets if sheet.name == layout.sheet)
    matching = match(layout.titles, fields)
    assert "" not in matching.values()
    answers = {one.key: "vi" for one in questions.find(sheet, layout, matching, fields)}
    answers |= questions.settled(sheet, layout, matching, fields)
    rows = Reader(fields, answers).parse(
        layout.rows(sheet), matching, sections=layout.section_titles(sheet)
    )
    return book, list(rows)


def told_table(by: User) -> dict[tuple[str, str], tuple]:
    """Everything readers see of a year, but who entered it and how."""
    table = year_table.build([2019], by)
    return {
        (row.indicator.code, side): (
            value.state, value.value, value.status, value.plan_stage, value.precision,
            value.agency, value.source_id, row.plan_ratio, row.difference,
            Figure.objects.get(pk=value.figure_id).note,
        )
        for row in table.rows(2019)
        for side in ("plan", "actual")
        if (value := row.of(side)) is not None and value.figure_id
    }  # fmt: skip


def rows_of(by: User) -> list[Row]:
    table = year_table.build([2019], by)
    return [row for row in table.rows(2019) if not row.is_empty]


def test_an_office_workbook_of_2019_gives_the_same_year(compiler: User):
    before = told_table(compiler)
    figures = Figure.objects.select_related("source").exclude(source=None)
    sources = {figure.source_id: figure.source.citation for figure in figures}
    workbook = office_workbook(rows_of(compiler), sources)
    Figure.objects.filter(period__year=2019).delete()
    assert told_table(compiler) == {}

    source, upload = source_of(2019), upload_of(compiler)
    _book, rows = read(workbook, source)
    counts = stage(upload, source.check(rows, by=compiler, upload=upload))
    assert [fault for row in upload.rows.all() for fault in row.faults] == []
    remarks = [row.shown["check"][1] for row in upload.rows.all() if "check" in row.shown]
    assert [text.partition(",")[0] for text in remarks] == ["Tổng 583"]  # as it was published
    assert source.write(upload, by=compiler) == counts["new"]

    after = told_table(compiler)
    plan_notes = {key for key, told in before.items() if key[1] == "plan" and told[-1]}
    for key in before:
        if key in plan_notes and (key[0], "actual") in before:  # one cell for both notes
            assert after[key][:-1] == before[key][:-1]
        else:
            assert after[key] == before[key]
    assert after.keys() == before.keys()
    assert set(Figure.objects.filter(period__year=2019).values_list("origin")) == {("imported",)}


def test_a_file_goes_all_the_way_through_and_back(compiler: User):
    """Uploaded, checked, confirmed, undone: as the worker does it."""
    workbook = office_workbook(rows_of(compiler), {})
    Figure.objects.filter(period__year=2019).delete()

    def worked(upload: Upload) -> Upload:
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job").get(pk=upload.pk)

    file = ContentFile(workbook, name="bieu02_SNGV.xlsx")
    upload = worked(pipeline.receive(file, source=source_of(2019), by=compiler))
    assert (upload.state, upload.sheet) == (Upload.State.READY, "Bieu 02")
    assert set(upload.counts) == {"new", "unchanged"}  # "137,5" says how numbers are written
    upload = worked(pipeline.confirm(upload, by=compiler, token=tokens.sign(upload, compiler)))
    assert (upload.state, upload.written_rows) == (Upload.State.DONE, upload.counts["new"])
    assert Figure.objects.current().filter(indicator="TRADE.EXPORT", side="actual").exists()
    upload = worked(pipeline.undo(upload, by=compiler))
    assert (upload.state, upload.undone_rows) == (Upload.State.UNDONE, upload.counts["new"])
    assert not Figure.objects.current().filter(period__year=2019).exists()


def test_the_form_of_a_year_sent_back_changes_nothing(compiler: User):
    source = source_of(2019)
    book, rows = read(source.template(by=compiler), source)
    upload = upload_of(compiler)
    checked = list(source.check(rows, by=compiler, upload=upload))
    assert [fault for row in checked for fault in row.faults] == []
    assert {row.outcome for row in checked} == {Outcome.UNCHANGED}
    assert [row.shown for row in checked if row.shown] == []
    assert book.marks["source"] == "so-lieu-2019"


def test_the_form_of_an_agency_has_its_rows_and_the_years_before(published, person):
    from accounts.models import Agency

    officer = person("data_entry", agency=Agency.objects.get(code="SCT"))
    page = load_workbook(BytesIO(source_of(2019).template(by=officer)))
    assert page.sheetnames == ["Số liệu năm 2019", MARKS_SHEET]
    assert page[MARKS_SHEET].sheet_state == "veryHidden"
    rows = {row[0]: row for row in page.worksheets[0].iter_rows(min_row=5, values_only=True)}
    assert rows["TRADE.EXPORT"][2:9] == (
        "Kim ngạch xuất khẩu", "triệu USD", None, None, "khoảng 2.955", "khoảng 3150", 2550
    )  # fmt: skip
    assert "DELEG.OUT.COUNT" not in rows
    first = page.worksheets[0]
    example = dict(
        zip((cell.value for cell in first[4]), (cell.value for cell in first[3]), strict=True)
    )
    assert [example[name] for name in ("TT", "Kế hoạch 2019", "Thực hiện 2019")] == [
        "Ví dụ", 120, 115
    ]  # fmt: skip
    assert "Dòng 3 là ví dụ" in first["B2"].value
    offered = {str(rule.sqref)[0]: rule.formula1 for rule in first.data_validations.dataValidation}
    assert "Ước" in offered["J"] and "khoảng" in offered["K"]
    assert (first.print_title_rows, first.freeze_panes) == ("$4:$4", "D5")
    assert ReportingYear.objects.get(year=2019).locked_on is None
