"""Delegations: what is counted, where, and what a form refuses; the report afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from common.dates import short_date
from delegations.models import Delegation, Inbound, Outbound
from indicators import year_table
from indicators.computed import Span, compute
from reference.models import ReportingYear
from reference.partners import Country
from reference.periods import PeriodRefusal, open_year
from registers import actions
from registers.declarations import registers
from registers.models import Attachment
from tests.registers.samples import samples

YEAR = Span(2019, dt.date(2018, 12, 15), dt.date(2019, 12, 14))
CALENDAR_YEAR = Span(1, dt.date(2019, 1, 1), dt.date(2019, 12, 31))
LIST_OUT, LIST_IN = "/so/doan-ra/", "/so/doan-vao/"
OUT_CODES = ("OUT.COUNT", "OUT.PERSONS", "OUT.COUNTRIES")


def maker(register, agencies, desk):
    sample = samples()[register]
    sample.needs()
    return lambda **other: sample.record(agencies["SNGV"], desk, **other)


@pytest.fixture
def out(agencies, desk):
    """Makes delegations out: ``out(persons="3")``."""
    return maker("delegations_out", agencies, desk)


@pytest.fixture
def inbound(agencies, desk):
    return maker("delegations_in", agencies, desk)


def day(days_from_today):
    return short_date(timezone.localdate() + dt.timedelta(days=days_from_today))


def counted(*codes, span=YEAR):
    """What is counted under each code; -1 where nothing is known."""
    found = compute([span])
    return tuple(int(found.get((f"DELEG.{code}", span.key), -1)) for code in codes)


def only(iso2):
    return [str(Country.objects.get(iso2=iso2).pk)]


# --- what is counted ----------------------------------------------------------------


def test_a_delegation_counts_once_in_the_period_of_its_first_day(out):
    out(began_on="30/3/2019", ended_on="02/4/2019")
    march = Span(3, dt.date(2019, 3, 1), dt.date(2019, 3, 31))
    april = Span(4, dt.date(2019, 4, 1), dt.date(2019, 4, 30))
    assert counted(*OUT_CODES, span=march) == (1, 12, 2)
    assert counted(*OUT_CODES, span=april) == (-1, -1, -1)
    assert counted(*OUT_CODES) == (1, 12, 2)


def test_only_what_took_place_is_counted(out):
    out()
    out(status="under_way")
    for status in ("planned", "decided", "cancelled"):
        out(status=status)
    assert counted(*OUT_CODES) == (2, 24, 2)


def test_a_register_of_plans_alone_is_no_zero(out):
    out(status="planned")
    assert counted(*OUT_CODES) == (-1, -1, -1)


def test_the_middle_of_december_belongs_to_the_next_administrative_year(out):
    out(began_on="15/12/2018", ended_on="16/12/2018", decided_on="")
    out(began_on="14/12/2019", ended_on="20/12/2019")
    out(began_on="15/12/2019", ended_on="16/12/2019")
    assert counted("OUT.COUNT") == (2,)
    assert counted("OUT.COUNT", span=CALENDAR_YEAR) == (2,)


def test_a_country_visited_twice_is_one_country(out):
    out()
    out(countries=only("CN"))
    assert counted(*OUT_CODES) == (2, 24, 2)


def test_delegations_in_are_counted_by_their_reception(inbound):
    inbound()
    inbound(reception="hosted", persons="4")
    inbound(reception="press", persons="3", countries=only("JP"))
    modes = ("", "HOSTED.", "GUEST.", "PRESS.")
    codes = [f"IN.{mode}{what}" for mode in modes for what in ("COUNT", "PERSONS")]
    assert counted(*codes) == (3, 27, 2, 24, 0, 0, 1, 3)
    assert counted("IN.COUNTRIES", "OUT.COUNT") == (2, -1)


def test_each_direction_has_its_own_records(out, inbound):
    away, here = out(), inbound()
    assert [row.pk for row in Outbound.objects.all()] == [away.pk]
    assert [row.pk for row in Inbound.objects.all()] == [here.pk]
    assert Delegation.objects.count() == 2


def test_the_plan_of_a_year_lists_what_is_still_to_come(out):
    first, second = out(status="planned"), out(status="decided")
    out()
    out(status="cancelled")
    out(status="planned", began_on="05/3/2020", ended_on="", decided_on="")
    planned = Outbound.objects.publishable().planned().in_days(YEAR.first, YEAR.last)
    assert set(planned) == {first, second}


def test_the_year_table_prints_the_sums_where_nobody_typed(out, inbound, desk):
    open_year(2019)
    out()
    inbound()
    table = year_table.build([2019], desk)
    for code, number in (("OUT.PERSONS", 12), ("OUT.COUNTRIES", 2), ("IN.HOSTED.PERSONS", 20)):
        actual = table.row(f"DELEG.{code}", 2019).actual
        assert (actual.number, actual.is_computed) == (number, True)


def test_the_sum_is_a_link_to_exactly_the_records_in_it(out, inbound, desk, client_of):
    open_year(2019)
    counted_one, planned = out(), out(status="planned")
    page = client_of(desk).get(f"{LIST_OUT}?year=2019&status=took_place").content.decode()
    assert f"{LIST_OUT}{counted_one.pk}/" in page and f"{LIST_OUT}{planned.pk}/" not in page


def test_all_indicators_cost_four_questions_whatever_the_years(
    out, inbound, django_assert_num_queries
):
    out()
    inbound()
    spans = [
        Span(year, dt.date(year - 1, 12, 15), dt.date(year, 12, 14)) for year in range(2000, 2027)
    ]
    codes = {f"DELEG.{code}" for code in (*OUT_CODES, "IN.COUNT", "IN.COUNTRIES")}
    with django_assert_num_queries(4):
        compute(spans, codes)


def test_totals_leave_out_who_stayed_at_home_and_count_a_country_once(out, desk, client_of):
    out()
    out(countries=only("CN"), persons="8")
    out(status="cancelled", persons="100")
    foot = client_of(desk).get(LIST_OUT).content.decode().split("<tfoot>")[1]
    assert ">20<" in foot and "2 quốc gia, vùng lãnh thổ" in foot


# --- what cannot be -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"began_on": "30/02/2019"}, "không phải"),
        ({"ended_on": "04/3/2019"}, "Ngày cuối (04/03/2019) trước ngày đầu (05/03/2019)."),
        ({"began_on": day(3), "ended_on": day(5)}, "chưa đến: chọn “dự kiến”"),
        ({"began_on": day(-3), "ended_on": day(5)}, "chưa đến: chọn “đang thực hiện”"),
        ({"ended_on": ""}, "phải có ngày cuối"),
        ({"persons": "-3"}, "nhỏ hơn 0"),
        ({"persons": "0"}, "ít nhất 1 người"),
        ({"persons": ""}, "ít nhất 1 người"),
        ({"persons": "mười"}, "mười"),
        ({"cost": "-1"}, "Không nhập số âm."),
        ({"status": "decided", "decision_number": ""}, "Ghi số quyết định"),
        ({"decided_on": "09/3/2019"}, "Ngày quyết định sau ngày về."),
        ({"reported_on": "04/3/2019"}, "Ngày nộp báo cáo trước ngày đi."),
        ({"reported_on": day(1)}, "Ngày này chưa đến."),
        ({"report_due_on": "07/3/2019"}, "Hạn báo cáo trước ngày về."),
        ({"countries": ["987654"]}, "Chọn trong danh sách"),
        ({"countries": []}, "Chưa nhập ô này."),
        ({"lead_agency": "987654"}, "Chọn trong danh sách"),
    ],
)
def test_what_cannot_be_is_refused_in_words(out, agencies, desk, client_of, typed, said):
    data = samples()["delegations_out"].data(agencies["SNGV"], **typed)
    page = client_of(desk).post(reverse("registers:add", args=["doan-ra"]), data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Delegation.objects.exists()


def test_an_agency_that_was_not_there_yet_is_refused(out, agencies, desk, client_of):
    data = samples()["delegations_out"].data(
        agencies["SNGV"], began_on="01/3/2004", ended_on="02/3/2004", decided_on=""
    )
    page = client_of(desk).post(f"{LIST_OUT}them/", data)
    assert page.status_code == 422
    assert "không tồn tại vào ngày 01/03/2004" in page.content.decode()


def test_a_delegation_in_needs_its_mode_of_reception(
    inbound, agencies, desk, admin_user, client_of
):
    data = samples()["delegations_in"].data(agencies["SNGV"], reception="")
    page = client_of(desk).post(f"{LIST_IN}them/", data)
    assert page.status_code == 422 and "Chưa nhập ô này." in page.content.decode()
    page = client_of(admin_user).post(reverse("admin:delegations_inbound_add"), data)
    assert page.status_code == 200 and "Chưa nhập ô này." in page.content.decode()


@pytest.mark.parametrize(
    "impossible",
    [
        {"persons": 0},
        {"ended_on": dt.date(2019, 1, 1)},
        {"reception": "hosted"},
        {"cost": -1},
    ],
)
def test_the_database_refuses_it_as_well(out, impossible):
    record = out()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=record.pk).update(**impossible)


def test_the_same_decision_twice_is_asked_about(out, agencies, desk, client_of):
    out()
    data = samples()["delegations_out"].data(
        agencies["SNGV"], title="Tên khác", began_on="06/3/2019", persons="5"
    )
    page = client_of(desk).post(f"{LIST_OUT}them/", data)
    assert page.status_code == 422 and "Giống bản ghi đã có" in page.content.decode()


# --- the report afterwards ----------------------------------------------------------


def test_the_report_is_due_as_configured_unless_a_day_is_given(out, settings):
    settings.POST_TRIP_REPORT_DAYS = 10
    assert out().report_due_on == dt.date(2019, 3, 18)
    assert out(report_due_on="30/3/2019").report_due_on == dt.date(2019, 3, 30)


def test_a_delegation_in_owes_a_report_only_when_a_day_is_given(inbound):
    assert inbound().report_due_on is None
    assert inbound(report_due_on="30/6/2019").report_due_on == dt.date(2019, 6, 30)


@pytest.mark.parametrize(
    ("given", "after"), [("", dt.date(2019, 3, 24)), ("30/3/2019", dt.date(2019, 3, 30))]
)
def test_a_journey_that_is_moved_takes_its_usual_day_with_it(
    out, agencies, desk, client_of, given, after
):
    record = out(report_due_on=given)
    sent = samples()["delegations_out"].data(
        agencies["SNGV"],
        record,
        seen="1",
        ended_on="09/3/2019",
        report_due_on=short_date(record.report_due_on),
    )
    assert client_of(desk).post(f"{LIST_OUT}{record.pk}/sua/", sent).status_code == 302
    assert Outbound.objects.get().report_due_on == after


def test_overdue_reports_are_told_of_and_found(out, desk, client_of):
    late = out()
    on_time = out(reported_on="15/3/2019")
    waiting = out(began_on=day(-3), ended_on=day(-2))
    out(status="cancelled")
    client = client_of(desk)
    page = client.get(LIST_OUT).content.decode()
    assert "1 đoàn quá hạn nộp báo cáo kết quả." in page
    assert "đã nộp 15/03/2019" in page and "quá hạn từ 23/03/2019" in page
    found = client.get(f"{LIST_OUT}?attention=report_overdue").content.decode()
    assert f"{LIST_OUT}{late.pk}/" in found
    for other in (on_time, waiting):
        assert f"{LIST_OUT}{other.pk}/" not in found


def test_plans_whose_day_has_gone_by_are_told_of(out, desk, client_of):
    out(status="planned")
    client = client_of(desk)
    assert "1 bản ghi đã qua ngày bắt đầu" in client.get(LIST_OUT).content.decode()
    assert "Đoàn công tác" in client.get(f"{LIST_OUT}?attention=not_updated").content.decode()


def test_nobody_hears_of_what_they_may_not_see(out, officer, client_of):
    out()  # of another agency
    assert "1 đoàn quá hạn" not in client_of(officer).get(LIST_OUT).content.decode()


def test_a_report_comes_in_after_the_year_was_closed_and_nothing_else_does(
    out, agencies, desk, client_of
):
    record, client = out(), client_of(desk)
    open_year(2019)
    ReportingYear.objects.filter(year=2019).update(locked_on=timezone.localdate())
    change = f"{LIST_OUT}{record.pk}/sua/"

    def data(**typed):
        seen = str(Outbound.objects.get().version)
        return samples()["delegations_out"].data(
            agencies["SNGV"], record, seen=seen, report_due_on="23/3/2019", **typed
        )

    for typed in ({"persons": "13"}, {"head": "Đồng chí B"}, {"countries": only("CN")}):
        page = client.post(change, data(**typed))
        assert page.status_code == 422 and "đã chốt" in page.content.decode()
    paper = {"reported_on": "20/3/2019", "report_number": "12/BC", "results": "Đạt yêu cầu"}
    assert client.post(change, data(**paper)).status_code == 302
    assert Outbound.objects.get().reported_on == dt.date(2019, 3, 20)
    files = {"files": SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 report")}
    client.post(reverse("registers:attach", args=["doan-ra", record.pk]), files)
    assert Attachment.objects.count() == 1
    with pytest.raises(PeriodRefusal):
        actions.delete(
            registers()["delegations_out"], Outbound.objects.get(), by=desk, seen=2, reason="thử"
        )


# --- one record ---------------------------------------------------------------------


def test_the_page_of_a_record_names_the_figures_it_counts_in(inbound, desk, client_of):
    record = inbound(reception="press")
    page = client_of(desk).get(f"{LIST_IN}{record.pk}/").content.decode()
    assert "Số đoàn vào" in page and "Đoàn phóng viên, chuyên gia" in page
    assert "Đoàn khách quốc tế được đón" not in page


def test_history_tells_countries_that_were_added_and_taken_away(out, agencies, desk, client_of):
    record = out()
    sent = samples()["delegations_out"].data(
        agencies["SNGV"], record, seen="1", report_due_on="23/3/2019", countries=only("CN")
    )
    client = client_of(desk)
    assert client.post(f"{LIST_OUT}{record.pk}/sua/", sent).status_code == 302
    page = client.get(f"{LIST_OUT}{record.pk}/").content.decode()
    assert "quốc gia, vùng lãnh thổ: Nhật Bản" in page
