"""Annexes that list records: what stands in them, on what paper, and what is told beside."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Agency
from border.models import Incident
from delegations.models import Delegation
from reference.partners import Country
from registers import actions, demo
from registers.actions import Refused
from registers.annexes import annexes
from registers.models import RecordUse
from reports import record_annexes
from reports.issue import Issue
from reports.models import Run
from reports.outlines import outlines
from reports.printing import note_lists, print_report
from tests.paper import Paper
from tests.registers.samples import samples

A4, A4_ON_ITS_SIDE = pytest.approx((595, 842), abs=1), pytest.approx((842, 595), abs=1)


@pytest.fixture
def made(published, compiler):
    """Makes records the way the form does: ``made("border", side="vn")``."""
    known: set[str] = set()

    def make(register, **other):
        sample = samples()[register]
        if register not in known:
            sample.needs()
            known.add(register)
        return sample.record(Agency.objects.get(code="SCT"), compiler, **other)

    return make


@pytest.fixture
def listed(report_2019, compiler):
    """The annex of one code, as the 2019 report would list it."""

    def collect(code):
        (annex,) = record_annexes.collect(report_2019, (code,), compiler)
        return annex

    return collect


@pytest.fixture
def printed(report_2019, compiler):
    def run(issue=None):
        return print_report(
            report_2019, report_2019.office, compiler, issue or Issue(), lambda stage, percent: None
        )

    return run


def cells(annex):
    return [line.cells for line in annex.table.lines if not line.kind]


def planned(title, began_on, status="planned", **other):
    made = Delegation.objects.create(
        agency=Agency.objects.get(code="SNGV"),
        direction="out",
        title=title,
        began_on=began_on,
        persons=5,
        status=status,
        **other,
    )
    made.countries.add(Country.objects.get_or_create(name="Lào", iso2="LA")[0])
    return made


def test_outlines_ask_for_annexes_that_are_declared():
    asked = {code for outline in outlines().values() for code in outline.annexes}
    assert asked == set(annexes())


def test_an_annex_fills_the_width_of_its_page():
    for annex in annexes().values():
        assert sum(one.width_mm for one in annex.headings) == 244, annex.code


def test_agreements_of_the_period_are_listed_as_they_stood_on_its_last_day(made, listed):
    made("agreements", signed_on="14/12/2018", effective_on="")
    made("agreements", title="Bản thứ hai", signed_on="01/06/2019", effective_on="")
    made("agreements")
    annex = listed("agreements")
    assert annex.title == "Thỏa thuận quốc tế ký trong năm 2019"
    first, second = cells(annex)
    assert first[:3] == ("1", samples()["agreements"].form["title"], "cấp tỉnh")
    assert first[7] == "từ 01/03/2019 đến 28/02/2024"  # the extension came later
    assert (first[10], second[1]) == ("còn hiệu lực", "Bản thứ hai")


def test_a_restricted_incident_is_never_listed_and_that_is_told(made, listed):
    made("border", description="Được in")
    made("border", description="Không được in", data_class="restricted")
    annex = listed("border")
    assert [row[7] for row in cells(annex)] == ["Được in"]
    assert list(record_annexes.warnings([annex])) == [
        "Phụ lục “Vụ việc biên giới năm 2019” không in 1 bản ghi nội bộ – hạn chế."
    ]


def test_an_annex_of_incidents_says_that_it_may_list_fewer_than_were_counted(made, listed):
    made("border", description="Được in")
    assert listed("border").table.notes == [record_annexes.ORDINARY_ONLY]


def test_who_may_not_see_restricted_records_is_not_told_of_them(made, report_2019, leader):
    made("border", data_class="restricted")
    (annex,) = record_annexes.collect(report_2019, ("border",), leader)
    assert (annex.records, annex.held_back) == ([], 0)


def test_only_delegations_that_left_are_listed_and_added_up(made, listed):
    planned("Đã đi", dt.date(2019, 5, 1), "ended")
    planned("Đang đi", dt.date(2019, 6, 1), "under_way")
    planned("Hoãn", dt.date(2019, 7, 1), "cancelled")
    planned("Chưa đi", dt.date(2019, 8, 1))
    annex = listed("delegations_out")
    assert [row[1] for row in cells(annex)] == ["Đã đi", "Đang đi"]
    total = annex.table.lines[-1]
    assert total.kind == "total"
    assert total.cells[1:5] == ("Cộng: 2 đoàn", "", "10", "1 quốc gia, vùng lãnh thổ")


def test_what_is_planned_for_the_next_year_stands_in_the_plan(made, listed):
    planned("Năm nay", dt.date(2019, 8, 1))
    planned("Năm sau", dt.date(2020, 3, 1), "decided")
    planned("Năm sau nữa", dt.date(2021, 3, 1))
    annex = listed("plan")
    assert annex.title == "Kế hoạch đoàn ra, đoàn vào, hội nghị năm 2020"
    assert [line.cells[0] for line in annex.table.lines if line.kind == "group"] == ["Đoàn ra"]
    assert [row[1] for row in cells(annex)] == ["Năm sau"]


def test_sample_records_are_marked(made, listed):
    record = made("agreements")
    assert not listed("agreements").has_samples
    type(record).objects.update(is_demo=True)
    annex = listed("agreements")
    assert annex.has_samples
    assert cells(annex)[0][1].endswith(" (**)")


def test_turnover_is_listed_by_gate_and_adds_up(reference_data, published, listed):
    demo.load()
    annex = listed("turnover")
    gates = {line.cells[1]: line.cells[2:5] for line in annex.table.lines}
    assert gates["Hữu Nghị"] == ("2.442,0", "1.122,0", "1.320,0")
    total = annex.table.lines[-1]
    assert total.kind == "total"
    assert total.cells[1:5] == ("Cộng", "4.750,0", "2.550,0", "2.200,0")
    assert total.cells[6] == "90,8"  # percent of the plan, as published
    assert total.cells[8:10] == ("-2,2%", "137,5")  # 2018 was kept in part by quarters
    assert "dữ liệu minh họa" in annex.intro


def test_annexes_without_records_are_not_printed_but_told(printed):
    done = printed()
    assert "THỎA THUẬN QUỐC TẾ KÝ" not in Paper(done.pdf.content).whole
    (told,) = [warning for warning in done.warnings if "không in" in warning]
    assert told.startswith("Phụ lục chưa có bản ghi, không in: Đoàn ra năm 2019; Đoàn vào")


def test_records_are_listed_on_pages_on_their_side_behind_the_figures(made, printed):
    incident = made("border")
    Incident.objects.filter(pk=incident.pk).update(is_demo=True)
    paper = Paper(printed().pdf.content)
    figures = paper.first_page_of("Phụ lục I TỔNG HỢP CHỈ TIÊU NĂM 2019")
    list_page = paper.first_page_of("Phụ lục II VỤ VIỆC BIÊN GIỚI NĂM 2019")
    assert figures < list_page == len(paper.pages) - 1
    sizes = [(float(page.width), float(page.height)) for page in paper.pages]
    assert all(size == A4 for size in sizes[:list_page])
    assert sizes[list_page] == A4_ON_ITS_SIDE
    assert paper.page_number(list_page) == ""
    assert "dữ liệu minh họa" in paper.text(list_page)
    assert "Thả trâu qua đường biên" in " ".join(paper.text(list_page).split())


def test_the_same_records_give_the_same_bytes(made, printed):
    made("agreements")
    assert printed().pdf.sha256 == printed().pdf.sha256


def test_drafts_note_what_they_list_once_and_an_issued_copy_for_good(
    made, printed, report_2019, compiler
):
    incident, other = made("border"), made("border", happened_on="06/3/2019")
    draft = Run.objects.create(report=report_2019, office=report_2019.office, requested_by=compiler)
    for _time in range(2):
        note_lists(draft, printed())
    assert set(RecordUse.objects.values_list("record_id", "is_frozen")) == {
        (incident.pk, False),
        (other.pk, False),
    }
    register = samples()["border"].of
    actions.delete(register, other, by=compiler, seen=1, reason="nhập trùng")
    note_lists(draft, printed())
    use = RecordUse.objects.get()
    assert use.address == reverse("reports:detail", args=[report_2019.pk])

    issue = Issue("7", dt.date(2020, 1, 8), "Nguyễn Văn Ất")
    copy = Run.objects.create(
        report=report_2019,
        office=report_2019.office,
        requested_by=compiler,
        number="7",
        issued_on=issue.issued_on,
    )
    note_lists(copy, printed(issue))
    with pytest.raises(Refused, match="Kết quả công tác đối ngoại 2019 07/BC-SNgV"):
        actions.delete(register, incident, by=compiler, seen=1, reason="thử")
