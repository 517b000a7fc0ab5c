"""A year's figures out of office sheets: understood, shown, written, taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from documents.models import SourceDocument
from imports import pipeline, tokens
from imports.book import Merged, Percent
from imports.contract import Changed, Checked, Outcome
from imports.declarations import open_to
from imports.layout import find
from imports.matching import match
from imports.models import Upload
from imports.opening import Refused
from imports.staging import stage
from indicators.actions import Cell, Content, record
from indicators.imported import columns
from indicators.models import Figure
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal, open_year
from tests.indicators.sheets import book, checked, imported, parsed, source_of, upload_of

pytestmark = pytest.mark.django_db

HEADS = ("TT", "Chỉ tiêu", "ĐVT", "TH 2018", "KH 2019", "Ước TH 2019", "So sánh (%)", "Ghi chú")


def sheet(*rows):
    """The rows under the headings and titles of an office form."""
    return [["SỞ CÔNG THƯƠNG"], ["BIỂU SỐ LIỆU NĂM 2019"], [], list(HEADS), *rows]


@pytest.fixture
def year(agencies: dict[str, Agency]) -> ReportingYear:
    open_year(2018)
    return open_year(2019)


def put(code: str, value: str, agency: Agency, side="actual", year=2019, **fields) -> Figure:
    return Figure.objects.create(
        indicator=code,
        period=Period.objects.full_year(year),
        agency=agency,
        side=side,
        state="value",
        value=Decimal(value),
        **fields,
    )


def now(code: str, side="actual") -> Figure | None:
    return Figure.objects.current().filter(indicator=code, side=side, period__year=2019).first()


def only(rows: list[Checked]) -> Checked:
    (row,) = rows
    return row


# --- understanding ----------------------------------------------------------------------


def test_an_office_sheet_is_understood(year, officer):
    rows = checked(
        sheet(
            ["I", "KIM NGẠCH XUẤT NHẬP KHẨU"],
            [1, "Tổng KNXNK", "Tr. USD", 4855, 5230, 4750, "90,8", "qua địa bàn"],
            [None, "Trong đó:"],
            ["", "- Xuất khẩu", "Tr. USD", 2955, "khoảng 3.150", 2550, 81],
            ["", "- Nhập khẩu", "Tr. USD", 1900, 2080, "trên 2.200", 105.8],
        ),
        officer,
    )
    assert [row.outcome for row in rows] == [
        Outcome.NEW, Outcome.UNCHANGED, Outcome.NEW, Outcome.NEW
    ]  # fmt: skip
    assert [row.title for row in rows] == [
        "Tổng KNXNK → Tổng kim ngạch xuất nhập khẩu",
        "Trong đó:",
        "Xuất khẩu → Kim ngạch xuất khẩu",
        "Nhập khẩu → Kim ngạch nhập khẩu",
    ]
    total, _heading, exports, imports = rows
    assert total.shown == {
        "plan": ["", "5.230"],
        "actual": ["", "4.750 (ước)"],
        "note": ["", "qua địa bàn"],
    }
    assert exports.shown["plan"] == ["", "khoảng 3.150"]
    assert imports.shown["actual"] == ["", "trên 2.200 (ước)"]


def test_a_share_below_a_comparison_is_no_value_of_last_year(year, officer):
    grid = [
        ["TT", "Chỉ tiêu", "ĐVT", "Năm 2019", None, "So sánh (%)", None],
        [None, None, None, "KH", "TH", "KH", "Cùng kỳ"],
        [1, "Tổng KNXNK", "Tr. USD", 5230, 4750, "90,8", "97,8"],
    ]
    merged = [Merged(0, 3, 0, 4), Merged(0, 5, 0, 6)]
    merged += [Merged(0, column, 1, column) for column in range(3)]
    row = only(checked(grid, officer, merged=merged))
    assert row.shown == {"plan": ["", "5.230"], "actual": ["", "4.750"]}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("So sánh (%) › KH", "plan_ratio"),
        ("So sánh (%) › Cùng kỳ", "change"),
        ("Năm 2019 › So sánh (%) › Cùng kỳ", "change"),
        ("So sánh (%) › Năm 2018", "change"),
        ("So sánh (%) với › CK", "change"),
        ("Tỷ lệ (%) › TH/KH", "plan_ratio"),
        ("Cùng kỳ", "actual_2018"),
        ("Năm trước › Cùng kỳ", "actual_2018"),
        ("Mức tăng (%) › Cùng kỳ", ""),  # asked, not taken for a value
    ],
)
def test_what_a_comparison_is_with_stands_below_it(heading, field):
    fields = columns.of(2019)
    assert match({0: heading}, fields)[0] == field


def test_two_rows_of_merged_headings_are_read_together(year, officer):
    grid = [
        ["BIỂU 02"],
        ["TT", "Chỉ tiêu", "ĐVT", "Năm 2018", None, "Năm 2019", None, "So sánh (%)", None],
        [None, None, None, "KH", "TH", "KH", "TH", "TH/KH", "2019/2018"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        [1, "Kim ngạch xuất khẩu", "triệu USD", 3000, 2955, 3150, 2550, 81, -13.7],
        ["Tổng cộng", None, None, 3000, 2955, 3150, 2550],
    ]
    merged = [Merged(2, 3, 2, 4), Merged(2, 5, 2, 6), Merged(2, 7, 2, 8)]
    merged += [Merged(2, column, 3, column) for column in range(3)]
    row = only(checked(grid, officer, merged=merged))
    assert row.shown == {"plan": ["", "3.150"], "actual": ["", "2.550"]}
    assert row.outcome == Outcome.NEW


def test_a_number_in_another_unit_is_converted_and_kept_as_it_was_given(year, officer):
    imported(sheet(["", "KNXK", "USD", "", "", 2550000000]), officer)
    figure = now("TRADE.EXPORT")
    assert (figure.value, figure.value_given, figure.unit_given) == (2550, "2.550.000.000", "USD")


def test_the_unit_may_stand_behind_the_number(year, desk):
    rows = [["", "Đoàn ra", "", "", "", "53 đoàn"], ["", "KNXK", "", "", "", "2,55 tỷ USD"]]
    assert [row.shown["actual"][1] for row in checked(sheet(*rows), desk)] == [
        "53 (ước)",
        "2.550 (ước)",
    ]


@pytest.mark.parametrize("written", ["53 vụ", "53 bộ", "53 abc"])
def test_another_unit_behind_the_number_is_a_fault_at_its_cell(year, desk, written):
    row = only(checked(sheet(["", "Đoàn ra", "đoàn", "", "", written]), desk))
    assert [(fault.cell, fault.value) for fault in row.faults] == [("F5", written)]


def test_a_number_in_a_foreign_unit_is_a_fault_at_its_cell(year, officer):
    row = only(checked(sheet(["", "KNXK", "tỷ đồng", "", "", 2550]), officer))
    assert [(fault.cell, fault.value) for fault in row.faults] == [("C5", "tỷ đồng")]


def test_a_unit_above_the_table_or_its_column_holds_for_rows_that_name_none(year, desk):
    grid = [
        ["BIỂU 02"],
        ["(ĐVT: 1.000 USD)"],
        ["Chỉ tiêu", "KH 2019 (tỷ USD)", "TH 2019"],
        ["KNXK", 3, 2550000],
        ["Đoàn ra", None, 53],
        ["GRDP giá hiện hành", None, 30000],
    ]
    exports, delegations, product = checked(grid, desk)
    assert exports.shown == {"plan": ["", "3.000"], "actual": ["", "2.550"]}
    assert delegations.shown == {"actual": ["", "53"]}
    assert [fault.cell for fault in product.faults] == ["C6"]


@pytest.mark.parametrize(
    ("mark", "state"), [("-", "zero"), ("...", "missing"), ("x", "not_applicable"), (0, "zero")]
)
def test_marks_of_a_table_are_states(year, officer, mark, state):
    imported(sheet(["", "KNXK", "triệu USD", "", 3150, mark]), officer)
    assert now("TRADE.EXPORT").state == state


def test_an_empty_cell_leaves_what_stands_there(year, officer, agencies):
    put("TRADE.EXPORT", "2550", agencies["SCT"])
    imported(sheet(["", "KNXK", "", "", 3150, None]), officer)
    assert now("TRADE.EXPORT").value == 2550
    assert now("TRADE.EXPORT", "plan").value == 3150


def test_an_unknown_row_is_a_fault_that_names_what_may_be_meant(year, officer):
    row = only(checked(sheet(["", "Kim ngạch xuất khâủ hàng", "", "", "", 5]), officer))
    assert row.outcome == Outcome.FAULTY
    assert row.faults[0].cell == "B5"
    assert "Kim ngạch xuất khẩu" in row.faults[0].message


def test_the_same_indicator_twice_is_a_fault_that_names_the_first_row(year, officer):
    rows = checked(sheet(["", "KNXK", "", "", "", 5], ["", "Xuất khẩu", "", "", "", 6]), officer)
    assert rows[1].outcome == Outcome.FAULTY


def test_a_cell_that_cannot_stand_is_a_fault_with_the_rule(year, officer, desk):
    negative = only(checked(sheet(["", "KNXK", "", "", "", -15]), officer))
    assert "không thể âm" in negative.faults[0].message
    half = only(checked(sheet(["", "Số đoàn ra", "", "", "", 1.5]), desk))
    assert half.faults[0].cell == "F5"


def test_words_belong_to_their_side(year, officer):
    plan = only(checked(sheet(["", "KNXK", "", "", "dự kiến 3.150", ""]), officer))
    assert plan.values["cells"]["plan"]["content"]["plan_stage"] == "projected"
    wrong = only(checked(sheet(["", "KNXK", "", "", "ước 3.150", ""]), officer))
    assert wrong.faults[0].cell == "E5"


# --- comparing ----------------------------------------------------------------------------


def test_columns_the_portal_computes_are_compared_and_not_imported(year, officer, agencies):
    put("TRADE.EXPORT", "2955", agencies["SCT"], year=2018)
    good = only(checked(sheet(["", "KNXK", "", 2955, 3150, 2550, "81"]), officer))
    assert "check" not in good.shown
    odd = only(checked(sheet(["", "KNXK", "", 2900, 3150, 2550, 91]), officer))
    assert odd.outcome == Outcome.NEW
    assert "2018" in odd.shown["check"][1] and "2.900" in odd.shown["check"][1]
    assert "91" in odd.shown["check"][1] and "81%" in odd.shown["check"][1]


@pytest.mark.parametrize("written", ["giảm 13,7%", -13.7, "86,3", Decimal("0.863"), "-405", ""])
def test_a_change_may_be_written_in_many_ways(year, officer, agencies, written):
    put("TRADE.EXPORT", "2955", agencies["SCT"], year=2018)
    grid = sheet(["", "KNXK", "", "", "", 2550, written])
    grid[3][6] = "So với cùng kỳ"
    assert "check" not in only(checked(grid, officer)).shown


def test_a_number_a_thousand_times_too_large_is_pointed_at(year, officer, agencies):
    for before in (2016, 2017, 2018):
        open_year(before)
        put("TRADE.EXPORT", "2955", agencies["SCT"], year=before)
    row = only(checked(sheet(["", "KNXK", "", "", "", 2550000]), officer))
    assert row.outcome == Outcome.NEW
    assert "Có phải 2.550" in row.shown["check"][1]


# --- rights and periods ---------------------------------------------------------------------


def test_another_agencys_cell_is_a_fault_unless_it_stays(year, officer, desk, agencies):
    put("DELEG.OUT.COUNT", "53", agencies["SNGV"])
    row = only(checked(sheet(["", "Số đoàn ra", "", "", "", 54]), officer))
    assert (row.outcome, row.faults[0].cell) == (Outcome.FAULTY, "F5")
    assert "Sở Ngoại vụ" in row.faults[0].message
    same = [["Chỉ tiêu", "TH 2019"], ["Số đoàn ra", 53]]
    assert only(checked(same, desk)).outcome == Outcome.UNCHANGED


def test_only_who_may_import_and_enter_is_offered_years(year, officer, desk, leader, clerk):
    assert {"so-lieu-2019", "so-lieu-2018"} <= set(open_to(officer))
    assert not any(code.startswith("so-lieu") for code in (*open_to(leader), *open_to(clerk)))
    ReportingYear.objects.filter(year=2018).update(locked_on=dt.date(2018, 12, 20))
    assert "so-lieu-2018" not in open_to(desk)


def test_a_year_that_has_not_begun_takes_plans_only(year, officer):
    open_year(2099)
    grid = [["Chỉ tiêu", "KH 2099", "TH 2099"], ["KNXK", 9000, None], ["KNNK", None, 8000]]
    plan, actual = checked(grid, officer, year=2099)
    assert plan.outcome == Outcome.NEW
    assert [fault.cell for fault in actual.faults] == ["C3"]


# --- writing --------------------------------------------------------------------------------


def test_what_was_shown_is_written_as_new_versions(year, officer, agencies):
    old = put("TRADE.EXPORT", "2500", agencies["SCT"], status="official", precision="about")
    imported(
        sheet(
            ["", "KNXK", "triệu USD", "", 3150, 2550],
            ["", "KNNK", "triệu USD", "", 2080, "gần 2.200"],
        ),
        officer,
    )
    figure = now("TRADE.EXPORT")
    assert (figure.value, figure.version, figure.origin) == (2550, old.version + 1, "imported")
    assert (figure.status, figure.precision, figure.entered_by) == ("estimate", "", officer)
    figure = now("TRADE.IMPORT")
    assert (figure.value, figure.precision, figure.value_given) == (2200, "nearly", "gần 2.200")
    assert now("TRADE.IMPORT", "plan").agency == agencies["SCT"]


def test_the_same_file_again_changes_nothing(year, officer):
    grid = sheet(["", "KNXK", "triệu USD", "", "khoảng 3.150", 2550, "", "số sơ bộ"])
    imported(grid, officer)
    assert only(checked(grid, officer)).outcome == Outcome.UNCHANGED


def test_the_same_number_keeps_its_words_and_source(year, officer, agencies):
    source = SourceDocument.objects.create(subject="Báo cáo", number="12/BC-SCT")
    put("TRADE.EXPORT", "2550", agencies["SCT"], precision="over", source=source, note="a")
    grid = [["Chỉ tiêu", "TH 2019"], ["KNXK", 2550]]
    assert only(checked(grid, officer)).outcome == Outcome.UNCHANGED
    grid = [["Chỉ tiêu", "TH 2019", "Ghi chú"], ["KNXK", 2550, "b"]]
    imported(grid, officer)
    figure = now("TRADE.EXPORT")
    assert (figure.precision, figure.source, figure.note) == ("over", source, "b")


def test_another_number_does_not_inherit_the_source_of_the_one_before(year, officer, agencies):
    source = SourceDocument.objects.create(subject="Báo cáo", number="12/BC-SCT")
    other = SourceDocument.objects.create(subject="Công văn", number="34/CV-SCT")
    put("TRADE.EXPORT", "2550", agencies["SCT"], source=source, source_page="2")
    imported([["Chỉ tiêu", "TH 2019"], ["KNXK", 2560]], officer)
    assert (now("TRADE.EXPORT").source, now("TRADE.EXPORT").source_page) == (None, "")
    imported([["Chỉ tiêu", "TH 2019", "Nguồn"], ["KNXK", 2570, "34/cv-sct"]], officer)
    assert now("TRADE.EXPORT").source == other
    unknown = [["Chỉ tiêu", "TH 2019", "Nguồn"], ["KNXK", 2580, "56/CV"]]
    assert only(checked(unknown, officer)).faults[0].cell == "C2"


def test_eleven_months_make_the_december_of_a_year(year, officer):
    grid = [
        ["Chỉ tiêu", "KH 2019", "TH 11 tháng", "Ước TH năm 2019"],
        ["KNXK", 3150, 2310, 2550],
    ]
    imported(grid, officer)
    figure = now("TRADE.EXPORT")
    assert (figure.eleven_months, figure.december_estimate) == (2310, 240)
    assert (figure.computed_part, figure.status) == ("december_estimate", "estimate")
    assert only(checked(grid, officer)).outcome == Outcome.UNCHANGED
    grid[1][2] = 2600
    assert only(checked(grid, officer)).faults


def test_nothing_is_written_where_a_cell_changed_after_the_preview(year, officer, agencies):
    grid = [["Chỉ tiêu", "TH 2019"], ["KNXK", 2550], ["KNNK", 2200]]
    source, upload = source_of(2019), upload_of(officer)
    stage(upload, source.check(parsed(source, book(grid), upload), by=officer, upload=upload))
    put("TRADE.IMPORT", "2199", agencies["SCT"])
    with pytest.raises(Changed), transaction.atomic():
        source.write(upload, by=officer)
    assert now("TRADE.EXPORT") is None


# --- undoing --------------------------------------------------------------------------------


def test_undoing_writes_back_what_stood_before(year, officer, agencies):
    before = put("TRADE.EXPORT", "2500", agencies["SCT"], status="official", note="cũ")
    upload = imported(sheet(["", "KNXK", "", "", 3150, 2550], ["", "KNNK", "", "", "", 3]), officer)
    undone = source_of(2019).undo(upload, by=officer)
    assert (undone.undone, undone.kept) == (2, ())
    figure = now("TRADE.EXPORT")
    assert (figure.value, figure.status, figure.note) == (2500, "official", "cũ")
    assert (figure.origin, figure.version) == (before.origin, 3)
    assert now("TRADE.EXPORT", "plan") is None
    assert now("TRADE.IMPORT") is None


def test_undoing_keeps_what_people_changed_since(year, officer, agencies):
    upload = imported(sheet(["", "KNXK", "", "", 3150, 2550]), officer)
    cell = Cell(
        indicator="TRADE.EXPORT",
        period=Period.objects.full_year(2019),
        agency=agencies["SCT"],
        side="actual",
    )
    record(cell, Content(value=Decimal(2560)), by=officer, seen_version=1)
    undone = source_of(2019).undo(upload, by=officer)
    assert [row.title for row in undone.kept] == ["Kim ngạch xuất khẩu – thực hiện"]
    assert now("TRADE.EXPORT").value == 2560
    assert now("TRADE.EXPORT", "plan") is None


def test_what_would_be_kept_is_told_before(year, officer, agencies):
    before = put("TRADE.EXPORT", "2500", agencies["SCT"])
    upload = imported(sheet(["", "KNXK", "", "", 3150, 2550]), officer)
    foreseen = source_of(2019).foresee(upload, by=officer)
    assert (foreseen.undone, foreseen.kept) == (1, ())
    assert now("TRADE.EXPORT").version == before.version + 1


def done(upload):
    Upload.objects.filter(pk=upload.pk).update(state="done", confirmed_at=timezone.now())
    upload.refresh_from_db()
    return upload


def test_imports_over_the_same_cells_are_undone_one_after_the_other(year, officer, agencies):
    put("TRADE.EXPORT", "2500", agencies["SCT"])
    source = source_of(2019)
    uploads = [
        done(imported(sheet(["", "KNXK", "", "", 3150 + n, 2550 + n]), officer)) for n in range(3)
    ]
    kept = source.foresee(uploads[0], by=officer).kept
    assert {row.later for row in kept} == {uploads[-1].pk}
    for upload in reversed(uploads):
        assert source.undo(upload, by=officer).kept == ()
        Upload.objects.filter(pk=upload.pk).update(state="undone")
    assert now("TRADE.EXPORT").value == 2500
    assert now("TRADE.EXPORT", "plan") is None


def test_a_year_closed_since_is_refused_in_words_and_its_import_can_be_seen(
    year, officer, client_of
):
    waiting, written = (
        upload_of(officer),
        done(imported(sheet(["", "KNXK", "", "", 3150, 2]), officer)),
    )
    Upload.objects.filter(pk=waiting.pk).update(state="ready", counts={"new": 1})
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))
    assert "so-lieu-2019" not in open_to(officer)
    client = client_of(officer)
    for upload in (waiting, written):
        assert client.get(reverse("imports:show", args=[upload.pk])).status_code == 200
    page = client.get(reverse("imports:undo", args=[written.pk])).content.decode()
    assert "đã chốt" in page and '<button class="btn btn-danger' not in page
    waiting.refresh_from_db()
    with pytest.raises(Refused, match="đã chốt"):
        pipeline.confirm(waiting, by=officer, token=tokens.sign(waiting, officer))
    with pytest.raises(Refused, match="đã chốt"):
        pipeline.undo(written, by=officer)


def test_a_closed_year_is_not_undone(year, officer):
    upload = imported(sheet(["", "KNXK", "", "", 3150, 2550]), officer)
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))
    with pytest.raises(PeriodRefusal):
        source_of(2019).undo(upload, by=officer)


def test_an_import_is_written_for_the_person_who_confirms(year, desk: User, agencies):
    imported([["Chỉ tiêu", "TH 2019"], ["KNXK", 2550]], desk)
    assert now("TRADE.EXPORT").agency == agencies["SCT"]
    assert now("TRADE.EXPORT").entered_by == desk


# --- shares -----------------------------------------------------------------------------


def share(cell) -> list:
    return sheet(["", "Tỷ lệ hộ nghèo (chuẩn nghèo đa chiều)", "%", "", "", cell])


POVERTY = "SOC.POVERTY_RATE"


@pytest.mark.parametrize("cell", [Percent(Decimal("0.081")), "8,1%", "8,1 %", "ước 8,1%", 8.1])
def test_a_share_is_in_percent_however_its_cell_shows_it(year, desk, cell):
    row = only(checked(share(cell), desk))
    assert row.values["cells"]["actual"]["content"]["value"] == "8.1"
    assert "check" not in row.shown


def test_a_fraction_without_a_percent_sign_is_not_taken_in_silence(year, desk):
    row = only(checked(share(0.081), desk))
    assert row.shown["actual"] == ["", "0,081 (ước)"]
    assert "8,1%" in row.shown["check"][1]
    row = only(checked(share(Percent(Decimal("0.0081"))), desk))
    assert "check" not in row.shown


@pytest.mark.parametrize("cell", [Percent(Decimal("0.81")), "81%"])
def test_a_share_in_a_row_of_amounts_is_a_fault(year, officer, cell):
    row = only(checked(sheet(["", "KNXK", "triệu USD", "", "", cell]), officer))
    assert [(fault.cell, fault.value) for fault in row.faults] == [("F5", "81%")]


@pytest.mark.parametrize("cell", [Percent(Decimal("0.8095")), "81%", 81, 0.8095, "80,95%"])
def test_a_comparison_agrees_in_percent_and_as_a_fraction(year, officer, cell):
    row = only(checked(sheet(["", "KNXK", "triệu USD", "", 3150, 2550, cell]), officer))
    assert "check" not in row.shown


def test_a_comparison_shown_in_percent_that_is_wrong_is_told(year, officer):
    grid = sheet(["", "KNXK", "triệu USD", "", 3150, 2550, Percent(Decimal("0.9"))])
    assert "90%" in only(checked(grid, officer)).shown["check"][1]


# --- sources and remarks ------------------------------------------------------------------


def test_the_document_of_a_file_may_be_named_once_for_all_its_numbers(year, officer, agencies):
    document = SourceDocument.objects.create(number="12/BC-SCT", subject="Báo cáo năm 2019")
    put("TRADE.EXPORT", "2000", agencies["SCT"])
    source, upload = source_of(2019), upload_of(officer)
    grid = sheet(["", "KNXK", "triệu USD", "", 3150, 2550], ["", "KNNK", "triệu USD", "", "", 2200])
    rows = parsed(source, book(grid), upload)
    read = replace(book(grid), has_macros=True)  # it cannot be kept as a document itself
    (offer,) = source.offer(upload, read, find(read, source.fields()))
    assert (offer.key, offer.options[0][0]) == ("offer:source", "")
    assert not offer.is_open(None)

    stage(upload, source.check(rows, by=officer, upload=upload))
    assert [text.split()[0] for text in source.told(upload)] == ["3"]
    upload.answers = {offer.key: offer.options[1][0]}
    upload.rows.all().delete()
    stage(upload, source.check(rows, by=officer, upload=upload))
    assert list(source.told(upload)) == []
    shown = upload.rows.order_by("number").first().shown
    assert shown["source"] == ["", document.citation]
    source.write(upload, by=officer)
    figures = Figure.objects.current()
    assert {figure.source for figure in figures} == {document}


def test_a_total_is_held_against_the_parts_of_the_same_file(year, officer, agencies):
    put("TRADE.EXPORT", "1", agencies["SCT"])
    total, *_parts = checked(
        sheet(
            ["", "Tổng KNXNK", "triệu USD", "", "", 4760],
            ["", "KNXK", "triệu USD", "", "", 2550],
            ["", "KNNK", "triệu USD", "", "", 2200],
        ),
        officer,
    )
    assert "4.750" in total.shown["check"][1] and "10" in total.shown["check"][1]
    agreeing = checked(
        sheet(
            ["", "Tổng KNXNK", "triệu USD", "", "", 4750],
            ["", "KNXK", "triệu USD", "", "", 2550],
            ["", "KNNK", "triệu USD", "", "", 2200],
        ),
        officer,
    )
    assert not any("check" in row.shown for row in agreeing)
