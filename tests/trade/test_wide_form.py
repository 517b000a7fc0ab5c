"""The customary form of turnover is read as a file: a row for each flow of each gate."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from imports import pipeline
from imports.contract import Choice
from imports.forms import AnswerForm
from imports.models import Upload
from jobs import actions as jobs
from tests.trade.wide import HEAD, ROWS, Office, workbook
from trade.choices import Flow, Kind
from trade.models import Turnover

pytestmark = pytest.mark.django_db
State = Upload.State

TOP = ("TT", "Cửa khẩu", "Kế hoạch năm 2019", None, "Thực hiện 2019", None, None,
       "Cùng kỳ 2018", None, None, "So sánh (%)")  # fmt: skip
BELOW = (None, None, "Xuất khẩu", "Nhập khẩu", "Xuất khẩu", "Nhập khẩu", "Tổng", "XK", "NK", "Tổng")
YEAR = (
    (None, "Tổng cộng", 300, 200, 270, 170, 440, 200, 100, 300, "147%"),
    (None, "Trong đó:"),
    ("I", "Cửa khẩu quốc tế", 200, 150, 180, 120, 300, 150, 50, 200, "150%"),
    (1, "Hữu Nghị", 200, 150, 180, 120, 300, 150, 50, 200, "150%"),
    ("II", "Các cửa khẩu chính", 100, 50, 90, 50, 140, 50, 50, 100, "140%"),
    (1, "Chi Ma", 100, 50, 90, 50, 140, 50, 50, 100, "140%"),
    (2, "Tân Thanh"),
)
MERGED = ("A5:A6", "B5:B6", "C5:D5", "E5:G5", "H5:J5", "K5:K6")
VEHICLES = (
    ("TT", "Tên cửa khẩu", "Xuất khẩu", None, "Nhập khẩu", None, "Tổng kim ngạch XNK",
     "Tổng số xe"),
    (None, None, "Kim ngạch (triệu USD)", "Số xe", "Kim ngạch (triệu USD)", "Số xe"),
)  # fmt: skip


@pytest.fixture
def office(desk: User) -> Office:
    return Office(desk)


def rows(upload: Upload) -> list[tuple[Any, ...]]:
    """Line, outcome, kind, flow and value of each staged row."""
    found = upload.rows.order_by("number", "part")
    said = ("kind", "flow", "value")
    return [(row.number, row.outcome, *(row.values.get(name) for name in said)) for row in found]


def faults(upload: Upload) -> list[tuple[str, str]]:
    found = upload.rows.order_by("number", "part")
    return [(fault["cell"], fault["field"]) for row in found for fault in row.faults]


def stored() -> dict[tuple[str, str, str], Decimal]:
    return {
        (row.gate.name, row.flow, row.kind): row.value
        for row in Turnover.objects.alive().select_related("gate")
    }


def test_a_month_goes_the_whole_way_and_back(office: Office):
    upload = office.upload(workbook())
    assert upload.state == State.ASKING
    matched = {upload.layout["titles"][at]: name for at, name in upload.matching.items()}
    assert matched == {
        "TT": "order", "Cửa khẩu": "gate", "Tổng": "value@sum",
        "Xuất khẩu": "value@export", "Nhập khẩu": "value@import",
    }  # fmt: skip

    upload = office.agreed(upload, scope="report")
    assert (upload.state, upload.counts) == (State.READY, {"new": 5})
    assert rows(upload)[:2] == [
        (7, "new", "month", "export", "120500000.00"),
        (7, "new", "month", "import", "98200000.00"),
    ]
    said = " ".join(upload.recognised)
    assert "tối đa 2 bản ghi theo các cột C, D" in said
    assert "lệch" not in said

    upload = office.confirm(upload)
    assert (upload.state, upload.written_rows) == (State.DONE, 5)
    assert stored() == {
        ("Hữu Nghị", Flow.EXPORT, Kind.MONTH): Decimal("120500000"),
        ("Hữu Nghị", Flow.IMPORT, Kind.MONTH): Decimal("98200000"),
        ("Chi Ma", Flow.EXPORT, Kind.MONTH): Decimal("12500000"),
        ("Chi Ma", Flow.IMPORT, Kind.MONTH): Decimal("8200000"),
        ("Tân Thanh", Flow.EXPORT, Kind.MONTH): Decimal("30000000"),
    }
    assert {row.period for row in Turnover.objects.all()} == {"tháng 5 năm 2019"}

    upload = office.undo(upload)
    assert (upload.state, upload.undone_rows, stored()) == (State.UNDONE, 5, {})


def test_what_the_title_says_is_proposed_with_its_cell_and_waits_for_a_person(office: Office):
    upload = office.upload(workbook())
    asked = {one["field"]: one for one in upload.questions}
    assert [*asked] == ["kind", "month", "scope", "regime", "commodity", "is_local"]
    assert (asked["kind"]["proposed"], asked["month"]["proposed"]) == ("month", "05/2019")
    assert asked["month"]["samples"] == [["A3", "Tháng 5 năm 2019"]]
    assert (asked["scope"]["proposed"], upload.answers) == ("", {})
    assert not office.form(upload).is_valid()  # nobody said which scope


def test_no_period_is_made_up(office: Office):
    upload = office.upload(workbook(title="Quý I năm 2019"))
    asked = {one["field"]: one["proposed"] for one in upload.questions}
    assert (asked["kind"], asked["month"]) == ("", "")


def test_plan_and_actual_are_rows_of_their_own_and_the_rest_is_no_row(office: Office):
    upload = office.upload(workbook(YEAR, TOP, BELOW, title="Năm 2019", merged=MERGED))
    assert {upload.matching[at] for at in ("7", "8", "9")} == {"@past"}
    assert upload.matching["10"] == "@share"
    upload = office.agreed(upload, scope="report")
    assert (upload.state, upload.counts) == (State.READY, {"new": 8})
    assert upload.layout["totals"] == [8, 9, 10, 12]
    said = " ".join(upload.recognised)
    assert "lệch" not in said
    assert "Dòng 14" in said  # of Tân Thanh there is no number
    office.confirm(upload)
    assert stored()["Chi Ma", Flow.IMPORT, Kind.PLAN] == Decimal("50000000")
    assert stored()["Chi Ma", Flow.EXPORT, Kind.TO_DATE] == Decimal("90000000")
    assert {row.period for row in Turnover.objects.all()} == {"năm 2019", "kế hoạch năm 2019"}


def test_vehicles_stand_beside_the_value_of_their_flow(office: Office):
    lines = [(1, "Cửa khẩu Hữu Nghị", 12, "1.250", 3, 40, 15, "1.290"), (2, "Chi Ma", 4, None)]
    merged = ("C5:D5", "E5:F5")
    upload = office.upload(
        workbook(lines, *VEHICLES, title="06 tháng đầu năm 2019", unit="", merged=merged)
    )
    upload = office.agreed(upload, scope="gates", number="vi")
    assert upload.state == State.READY, upload.questions
    office.confirm(upload)
    found = {(row.gate.name, row.flow): row for row in Turnover.objects.all()}
    huu_nghi = found["Hữu Nghị", Flow.EXPORT]
    assert (huu_nghi.value, huu_nghi.vehicles) == (Decimal(12_000_000), 1250)
    assert found["Hữu Nghị", Flow.IMPORT].vehicles == 40
    assert (found["Chi Ma", Flow.EXPORT].vehicles, len(found)) == (None, 3)
    assert {row.period for row in found.values()} == {"6 tháng đầu năm 2019"}


def test_faults_name_the_cells_of_the_file(office: Office):
    lines = (
        (1, "Hữu Nghị", "nhiều", "98,2", None),
        (2, "Chi Ma", 12.5, "ít", None),
        (3, "Ở đâu", "không rõ", 5, None),
        (4, "Tân Thanh", -1, 2, None),
    )
    upload = office.agreed(office.upload(workbook(lines)), scope="report")
    assert faults(upload) == [
        ("C7", "value"),
        ("D8", "value"),
        ("B9", "gate"), ("C9", "value"),  # one row: nobody knows what it is about
        ("C10", "value"),
    ]  # fmt: skip
    assert upload.counts == {"new": 3, "faulty": 4}

    marked = pipeline.mark(upload, by=office.user)
    assert marked.job is not None
    jobs.run(marked.job.pk)
    marked.refresh_from_db()
    page = load_workbook(io.BytesIO(marked.file.read()))["Biểu 01"]
    noted = [cell.coordinate for line in page for cell in line if cell.comment]
    assert noted == ["C7", "D8", "B9", "C9", "C10"]


def test_vehicles_of_nobody_knows_which_flow_are_not_given_to_both(office: Office):
    lines = [(1, "Chi Ma", 1, 2, 30)]
    upload = office.upload(workbook(lines, ("TT", "Cửa khẩu", "Xuất khẩu", "Nhập khẩu", "Số xe")))
    assert upload.matching["4"] == ""
    matched = office.form(upload, scope="report").data | {"column-4": "vehicles"}
    form = AnswerForm(matched, upload=upload, source=office.source)
    assert "đứng cạnh nhau" in str(form.errors)
    upload = office.worked(pipeline.answer(upload, by=office.user, matching={4: "vehicles"}))
    assert upload.state == State.REFUSED
    said = office.agreed(office.upload(workbook(lines), name="khac.xlsx"), scope="report")
    assert said.counts == {"new": 2}


def test_vehicles_without_a_value_are_a_fault_of_the_value(office: Office):
    upload = office.upload(workbook([(1, "Chi Ma", None, 7, 5, 9)], *VEHICLES,
                                    merged=("C5:D5", "E5:F5")))  # fmt: skip
    upload = office.agreed(upload, scope="report")
    assert faults(upload) == [("C8", "value")]


def test_sums_that_do_not_agree_are_told_across_and_down(office: Office):
    lines = ((1, "Hữu Nghị", 120.5, 98.2, 219), (2, "Chi Ma", 12.5, 8.2, 20.7),
             (None, "Tổng cộng", 133, 100, 233))  # fmt: skip
    upload = office.agreed(office.upload(workbook(lines)), scope="report")
    assert upload.state == State.READY
    across, down = [one for one in upload.recognised if "lệch" in one]
    assert "Ô E7" in across
    assert "cột C, D" in across
    assert "300.000" in across
    assert "Ô D9" in down


def test_the_same_file_again_changes_nothing_and_a_corrected_one_what_differs(office: Office):
    office.confirm(office.agreed(office.upload(workbook()), scope="report"))
    again = office.agreed(office.upload(workbook()), scope="report")
    assert again.counts == {"unchanged": 5}
    mended = ((1, "Hữu Nghị", 120.5, 99, 219.5), *ROWS[1:])
    upload = office.upload(workbook(mended), corrects=again)
    assert upload.state == State.READY, "answered as the first was"
    assert upload.counts == {"unchanged": 4, "changed": 1}
    office.confirm(upload)
    assert stored()["Hữu Nghị", Flow.IMPORT, Kind.MONTH] == Decimal(99_000_000)


def test_a_gate_that_stands_there_twice_is_told(office: Office):
    upload = office.upload(workbook((ROWS[0], ROWS[0], (3, "Hữu Nghị", 1, None, 1))))
    upload = office.agreed(upload, scope="report")
    assert upload.counts == {"new": 2, "duplicate": 2, "faulty": 1}
    assert "Dòng 7" in upload.rows.get(number=9).faults[0]["message"]
    assert pipeline.choose(upload, by=office.user, choice=Choice.SKIP, rows=[8]) == 2


def test_exports_alone_are_counted_as_local_goods(office: Office):
    upload = office.agreed(office.upload(workbook()), scope="report", is_local="yes")
    assert upload.counts == {"new": 3, "faulty": 2}


def test_a_column_of_another_year_is_left_out_and_said(office: Office):
    head = ("TT", "Cửa khẩu", "Xuất khẩu năm 2019", "Nhập khẩu năm 2019", "KH năm 2020 › XK")
    upload = office.upload(workbook(((1, "Chi Ma", 1, 2, 9),), head))
    upload = office.agreed(upload, scope="report")
    assert rows(upload) == [
        (7, "new", "month", "export", "1000000.00"),
        (7, "new", "month", "import", "2000000.00"),
    ]
    assert any("Cột E" in one and "2020" in one for one in upload.recognised)


def test_of_two_years_side_by_side_the_last_one_is_meant(office: Office):
    head = ("TT", "Cửa khẩu", "XK 2018", "NK 2018", "XK 2019", "NK 2019")
    upload = office.upload(workbook(((1, "Chi Ma", 1, 2, 3, 4),), head, title="Năm 2019"))
    upload = office.agreed(upload, scope="report")
    assert [row[-1] for row in rows(upload)] == ["3000000.00", "4000000.00"]
    assert "C (Cùng kỳ năm trước)" in " ".join(upload.recognised)


def test_a_csv_with_english_headings_is_read_as_well(office: Office):
    text = "Turnover 5/2019\nFirst 5 months of 2019\nBorder gate;Exports;Imports;Total\n" + (
        "Chi Ma;1,5;2;3,5\n"
    )
    upload = office.upload(text.encode(), name="turnover.csv")
    asked = {one["field"]: one["proposed"] for one in upload.questions}
    assert asked["month"] == "05/2019"
    upload = office.agreed(upload, scope="report", unit="1000000", number="vi")
    assert [row[-1] for row in rows(upload)] == ["1500000.00", "2000000.00"]


def test_headings_nobody_understands_are_led_to_the_entry_table(office: Office, client_of):
    head = ("TT", "Cửa khẩu", "Tháng 4 › Xuất khẩu", "Tháng 4 › Nhập khẩu",
            "Tháng 5 › Xuất khẩu", "Tháng 5 › Nhập khẩu")  # fmt: skip
    upload = office.upload(workbook(((1, "Chi Ma", 1, 2, 3, 4),), head))
    page = client_of(office.user).get(reverse("imports:show", args=[upload.pk])).content.decode()
    assert reverse("trade:table") + "?kind=month&amp;month=05%2F2019" in page
    understood = office.upload(workbook(), name="khac.xlsx")
    page = client_of(office.user).get(reverse("imports:show", args=[understood.pk]))
    assert reverse("trade:table") not in page.content.decode()


def test_a_tall_file_with_a_column_without_a_heading_keeps_its_rows(office: Office):
    book = workbook(
        [("05/2019", "Chi Ma", "Xuất khẩu", 1), ("05/2019", "Chi Ma", "Nhập khẩu", 2)],
        ("Tháng", "Cửa khẩu", None, "Giá trị (USD)"),
    )
    upload = office.upload(book)
    assert not [name for name in upload.matching.values() if "@" in name]
    assert (upload.layout["first"], upload.layout["last"]) == (7, 8)


def test_the_command_reads_it_as_the_page_does(office: Office, tmp_path: Path, capsys):
    file = tmp_path / "kim-ngach.xlsx"
    file.write_bytes(workbook())
    said = {"kind": "month", "month": "05/2019", "scope": "report", "is_local": "no"}
    said |= {"regime": "không tách loại hình", "commodity": "không tách mặt hàng"}
    answers = json.dumps({f"fill:{name}": text for name, text in said.items()})
    how = {"username": office.user.username, "answers": answers, "confirm": True}
    call_command("import_file", "kim-ngach", str(file), **how)
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["written"], told["counts"]["new"]) == ("done", 5, 5)
    assert told["columns"]["C"] == "value@export"


def test_the_template_has_no_columns_side_by_side(office: Office):
    page = load_workbook(io.BytesIO(office.source.template(by=office.user))).active
    headings = [str(cell.value) for cell in page[4]]
    assert not [text for text in headings if "–" in text]
    assert HEAD[2] not in headings
