""" "Việc của tôi": what waits for whom, and that every thing is one click away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import Agency, User
from dashboards import my_work
from indicators import remarks
from indicators.assigning import assignable
from indicators.models import Assignment, Figure
from jobs import actions as job_actions
from jobs.models import Job
from reference.at_work import periods_at_work
from reference.models import Period, ReportingYear
from reference.periods import open_year, period
from reports.models import Report
from reports.runs import request_run

pytestmark = pytest.mark.django_db
ADDRESS = "/viec-cua-toi/"
BEFORE_DUE = dt.date(2019, 12, 12)


@pytest.fixture
def put(agencies: dict[str, Agency], year_2019: ReportingYear) -> Callable[..., Figure]:
    def store(code: str = "TRADE.EXPORT", value: str = "2550", **fields: Any) -> Figure:
        fields.setdefault("agency", agencies["SCT"])
        fields.setdefault("period", Period.objects.full_year(2019, assignable()[code].calendar))
        fields.setdefault("side", "actual")
        return Figure.objects.create(indicator=code, state="value", value=Decimal(value), **fields)

    return store


def work(user: User, today: dt.date = BEFORE_DUE) -> my_work.MyWork:
    with translation.override("vi"):
        return my_work.build(User.objects.get(pk=user.pk), today)


def owed_by(code: str) -> int:
    return sum(row.agency == code for row in assignable().values())


# --- figures to enter -------------------------------------------------------------------


def test_a_period_is_a_card_with_what_is_left_and_until_when(officer, put):
    put()
    (task,) = work(officer).open_tasks

    total = owed_by("SCT")
    assert (task.title, str(task.owed.agency)) == ("Số liệu năm 2019", "Sở Công Thương")
    assert (task.owed.empty, task.owed.total) == (total - 1, total)
    assert (task.due, task.left, task.pace) == (
        dt.date(2019, 12, 17),
        "còn 3 ngày làm việc",
        "soon",
    )
    assert task.address == "/so-lieu/2019/?chi=trong"


def test_what_is_entered_in_full_is_told_with_thanks(client_of, officer, put):
    for code, row in assignable().items():
        if row.agency == "SCT":
            put(code, "1")
    found = work(officer)
    assert found.is_done and not found.open_tasks
    assert [task.owed.empty for task in found.done_tasks] == [0]


def test_two_decades_of_open_years_are_not_somebodys_work(officer, agencies):
    for year in range(2006, 2021):
        open_year(year)
    assert [task.title for task in work(officer).tasks] == ["Kế hoạch năm 2020", "Số liệu năm 2019"]
    later = work(officer, dt.date(2020, 2, 1)).tasks
    assert [(task.owed.period.year, task.pace) for task in later] == [(2019, "late"), (2020, "")]
    assert later[0].left == "quá hạn 46 ngày"
    assert [task.owed.period.year for task in work(officer, dt.date(2020, 5, 4)).tasks] == [2020]


def test_a_closed_year_does_not_appear(officer, desk, put):
    remarks.give_back([put().pk], "Thiếu tháng 12", by=desk)
    ReportingYear.objects.update(locked_on=dt.date(2019, 12, 20))
    found = work(officer)
    assert found.is_done and not found.tasks and not found.returned


def test_the_first_six_months_are_asked_for_when_they_end(officer, agencies, year_2019):
    assert [row.months for row in periods_at_work(dt.date(2019, 5, 20))] == [12]
    assert [row.months for row in periods_at_work(dt.date(2019, 6, 14))] == [6, 12]
    assert [row.months for row in periods_at_work(dt.date(2019, 8, 1))] == [12]
    task = work(officer, dt.date(2019, 6, 14)).tasks[0]
    assert (task.title, task.address) == (
        "Số liệu 6 tháng đầu năm 2019", "/so-lieu/2019/6-thang/?chi=trong",
    )  # fmt: skip


def test_a_month_is_asked_for_once_it_has_a_day_of_its_own(officer, agencies, year_2019):
    may = period(Period.Kind.MONTH, 2019, 5)
    today = dt.date(2019, 5, 13)
    assert may not in periods_at_work(today)
    Period.objects.filter(pk=may.pk).update(due_on=dt.date(2019, 5, 20))
    assert periods_at_work(today)[0] == may
    assert work(officer, today).tasks[0].address == "/so-lieu/2019/thang-5/?chi=trong"


def test_assignments_decide_who_owes_a_cell(officer, other_officer, agencies, put):
    put("TRADE.EXPORT")
    Assignment.objects.create(indicator="TRADE.TOTAL", year=2019, agency=agencies["SNNMT"])
    Assignment.objects.create(indicator="TRADE.EXPORT", year=2019, agency=agencies["SNNMT"])
    mine, theirs = work(officer).tasks[0].owed, work(other_officer).tasks[0].owed
    # what stands there belongs to who gave it, what is empty to who owes it
    assert mine.total == owed_by("SCT") - 1
    assert theirs.total == owed_by("SNNMT") + 2  # they do not see the figure of the other agency


def test_a_successor_has_the_cells_of_the_agency_before_it(person, agencies, year_2019):
    before = Agency.objects.create(
        code="SKHDT", name="Sở KH&ĐT", kind="department", valid_to=dt.date(2019, 12, 1)
    )
    after = Agency.objects.create(code="STC2", name="Sở Tài chính", kind="department")
    after.succeeds.add(before)
    Assignment.objects.create(indicator="TRADE.TOTAL", year=2019, agency=before)
    (task,) = work(person("data_entry", agency=after)).tasks
    assert (task.owed.agency, task.owed.empty) == (before, 1)


# --- remarks ------------------------------------------------------------------------------


def test_returned_cells_lead_to_the_cell(client_of, officer, desk, put):
    remarks.give_back([put().pk], "Thiếu tháng 12", by=desk)

    (item,) = work(officer).returned
    assert item.address == "/so-lieu/2019/?chi=tra-lai#TRADE.EXPORT.actual"
    assert (item.title, item.value) == ("Kim ngạch xuất khẩu, thực hiện 2019", "2.550 triệu USD")
    page = client_of(officer).get(ADDRESS).content.decode()
    assert "Thiếu tháng 12" in page and str(desk) in page and "Xem ý kiến" in page


def test_a_returned_cell_of_the_first_months_leads_to_their_sheet(officer, desk, put):
    six = period(Period.Kind.YEAR_TO_DATE, 2019, 6)
    remarks.give_back([put(period=six).pk], "Thiếu", by=desk)
    assert work(officer).returned[0].address.startswith("/so-lieu/2019/6-thang/?chi=tra-lai#")


def test_questions_to_an_agency_are_answered_where_they_stand(client_of, officer, leader, put):
    remark = remarks.ask(put(), "Gồm tạm nhập chưa?", by=leader)
    assert [item.remark for item in work(officer).questions] == [remark]
    assert [item.remark for item in work(leader).waiting] == [remark]
    assert (
        f'action="/y-kien/{remark.pk}/tra-loi/"' in client_of(officer).get(ADDRESS).content.decode()
    )

    remarks.answer(remark.pk, "Đã gồm.", by=officer)

    assert not work(officer).questions
    assert [item.remark.answer for item in work(leader).answered] == ["Đã gồm."]
    assert "Đã gồm." in client_of(leader).get(ADDRESS).content.decode()


def test_nobody_learns_of_questions_to_others(client_of, other_officer, officer, leader, put):
    remarks.ask(put(), "Gồm tạm nhập chưa?", by=leader)
    found = work(other_officer)
    assert not (found.questions or found.waiting or found.returned)
    assert "Gồm tạm nhập" not in client_of(other_officer).get(ADDRESS).content.decode()


def test_a_leader_sees_own_questions_only(leader, approver, put):
    remarks.ask(put(), "Gồm tạm nhập chưa?", by=approver)
    assert not work(leader).waiting


# --- the desk -----------------------------------------------------------------------------


def test_the_desk_sees_who_still_owes_what(client_of, desk, leader, put):
    figure = put()
    remarks.give_back([figure.pk], "Thiếu tháng 12", by=desk)
    remarks.ask(figure, "Gồm tạm nhập chưa?", by=leader)

    found = work(desk)
    (board,) = found.boards
    line = next(line for line in board.lines if line.owed.agency.code == "SCT")
    assert (line.owed.empty, line.returned, line.questions) == (owed_by("SCT") - 1, 1, 1)
    assert line.address == "/so-lieu/2019/?thay=SCT&chi=trong"
    assert {item.remark.kind for item in found.waiting} == {"return", "question"}
    assert [str(task.owed.agency) for task in found.tasks] == ["Sở Ngoại vụ"]  # their own


def test_officers_and_leaders_have_no_board(officer, leader, put):
    put()
    assert not work(officer).boards and not work(leader).boards


# --- jobs -----------------------------------------------------------------------------------


def test_printings_are_watched_here(client_of, compiler, report_2019: Report):
    run = request_run(report_2019, by=compiler)
    Job.objects.filter(pk=run.job.pk).update(state="running", stage="drawing", progress=40)
    page = client_of(compiler).get(ADDRESS).content.decode()
    assert f"/bao-cao/lan-xuat/{run.pk}/" in page and 'value="40"' in page
    assert "/viec-cua-toi/viec-may/" in page  # asks again while it runs

    Job.objects.filter(pk=run.job.pk).update(state="done", progress=100, finished_at=timezone.now())
    part = client_of(compiler).get("/viec-cua-toi/viec-may/").content.decode()
    assert "status-done" in part and "hx-trigger" not in part


def test_jobs_of_others_and_old_ones_are_not_mine(compiler, leader, report_2019: Report):
    run = request_run(report_2019, by=compiler)
    assert not work(leader).jobs
    Job.objects.filter(pk=run.job.pk).update(requested_at=timezone.now() - dt.timedelta(days=9))
    assert not work(compiler).jobs


def test_a_job_nobody_shows_is_left_out(desk):
    job_actions.request("nobody.knows", by=desk, parameters={})
    assert not my_work.jobs_of(desk)


# --- the page -------------------------------------------------------------------------------


def test_staff_land_here_and_leaders_on_the_overview(client_of, everyone):
    landing = {role: client_of(user).get("/").url for role, user in everyone.items()}
    assert {role for role, url in landing.items() if url == ADDRESS} == {
        "data_entry", "agency_head", "desk",
    }  # fmt: skip
    assert landing["leader"] == "/tong-quan/"


def test_nothing_to_do_is_said_kindly(client_of, officer, agencies):
    page = client_of(officer).get(ADDRESS).content.decode()
    assert "Không có việc nào đang chờ" in page


def test_queries_do_not_grow_with_the_work(client_of, desk, leader, put):
    def queries(user: User) -> int:
        client = client_of(user)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        return len(captured)

    first = put()
    remarks.give_back([first.pk], "Một", by=desk)
    few = queries(desk)
    for code in assignable():
        if code != "TRADE.EXPORT":
            remarks.ask(put(code, "1"), "Hai", by=leader)
    assert queries(desk) == few <= 22
