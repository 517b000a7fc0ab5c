"""What a computed number stands on: its records, the samples among them, who changed them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency
from border.models import Incident, Kind, Side
from dashboards import overview
from indicators import year_table
from indicators.ledger import Ledger
from indicators.models import Figure
from reference.models import Period
from reference.periods import open_year
from reference.places import Place
from registers.models import RecordUse
from reports.annex import SAMPLE_NOTE
from reports.compose import compose
from reports.issue import Issue
from reports.printing import note_records
from reports.runs import request_run

CODE = "BORDER.VIOLATION"


@pytest.fixture
def incident(agencies):
    open_year(2019)
    guard, _new = Agency.objects.get_or_create(
        code="BDBP", defaults={"name": "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "kind": "agency"}
    )
    place = Place(name="xã Tân Thanh", kind="commune", is_on_border=True)
    place.save()

    def make(**fields):
        record = Incident(
            agency=guard,
            place=place,
            kind=Kind.GRAZING,
            description="Chăn thả gia súc",
            **{"happened_on": dt.date(2019, 5, 2), "side": Side.CHINA, "breaks_agreement": True}
            | fields,
        )
        record.save()
        return record

    return make


def value(viewer, code=CODE, year=2019):
    return year_table.build([year], viewer).row(code, year).computed


def test_a_sum_that_counts_a_sample_says_so(incident, desk):
    incident()
    assert not value(desk).is_sample
    incident(is_demo=True)
    assert value(desk).is_sample


def test_a_sample_of_another_year_or_kind_does_not_touch_a_sum(incident, desk):
    incident()
    incident(is_demo=True, happened_on=dt.date(2017, 5, 2))
    incident(is_demo=True, side=Side.VIETNAM, breaks_agreement=False)
    assert not value(desk).is_sample
    incident(is_demo=True, side=Side.VIETNAM)
    assert value(desk).is_sample
    assert not value(desk, "BORDER.VIOLATION_CN").is_sample


def test_a_removed_sample_leaves_the_sum(incident, desk):
    incident()
    sample = incident(is_demo=True)
    Incident.objects.filter(pk=sample.pk).update(
        deleted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), deletion_reason="thử"
    )
    assert not value(desk).is_sample


def test_samples_stand_in_only_where_nobody_typed_from_their_register(incident, desk, agencies):
    Figure.objects.filter(indicator__startswith=CODE).delete()
    incident(is_demo=True, happened_on=dt.date(2018, 5, 2))

    def row(year):
        return year_table.build([2018, 2019], desk).row(CODE, year)

    assert row(2018).actual.number == 1
    Figure.objects.create(
        indicator="BORDER.VIOLATION_CN",
        period=Period.objects.full_year(2019),
        agency=agencies["BDBP"],
        side="actual",
        state="value",
        value=7,
    )
    assert row(2018).actual is None and row(2018).computed.number == 1
    incident(happened_on=dt.date(2018, 6, 2))
    Incident.objects.filter(is_demo=True).delete()
    assert row(2018).actual.number == 1, "real records stand in all the same"


def test_samples_cost_one_query_for_each_register_whatever_their_number(incident, desk):
    def queries():
        with CaptureQueriesContext(connection) as found:
            year_table.build(range(2010, 2020), desk)
        return [one["sql"] for one in found]

    incident(is_demo=True)
    queries()  # rights are read once
    few = queries()
    for number in range(30):
        incident(is_demo=True, happened_on=dt.date(2010 + number % 9, 5, 2))
    many = queries()
    assert len(many) == len(few)
    assert len([sql for sql in many if '"border_incident"' in sql and '"is_demo"' in sql]) == 1


def test_the_panel_names_the_register_its_records_and_the_last_change(incident, desk, client_of):
    incident(changed_by=desk, is_demo=True)
    incident(breaks_agreement=False)
    page = client_of(desk).get(f"/nguon-so-lieu/so/{CODE}/2019/").content.decode()
    assert "1 vụ" in page and "1 bản ghi" in page
    assert 'href="/so/vu-viec-bien-gioi/?year=2019&amp;breaks_agreement=1"' in page
    assert str(desk) in page
    assert "Dữ liệu minh họa: 1 bản ghi được tính là giả định." in page
    assert "15/12/2018 – 14/12/2019" in page


def test_the_panel_counts_what_a_label_hides_and_says_so(incident, admin_user, desk, client_of):
    incident(data_class="restricted")
    address = f"/nguon-so-lieu/so/{CODE}/2019/"
    hidden = "1 bản ghi không hiển thị với tài khoản này."
    assert hidden not in client_of(desk).get(address).content.decode()
    page = client_of(admin_user).get(address).content.decode()
    assert "1 vụ" in page and hidden in page


def test_a_month_has_a_panel_of_its_own(incident, desk, client_of):
    incident()
    incident(happened_on=dt.date(2019, 8, 1))
    page = client_of(desk).get(f"/nguon-so-lieu/so/{CODE}/2019/thang-5/").content.decode()
    assert "1 vụ" in page and "15/04/2019 – 14/05/2019" in page


@pytest.mark.parametrize("address", [f"{CODE}/2018/", "NO.SUCH/2019/", "DELEG.IN.CHANGE/2019/"])
def test_there_is_no_panel_where_no_record_counts(incident, desk, client_of, address):
    incident()
    assert client_of(desk).get(f"/nguon-so-lieu/so/{address}").status_code == 404


def test_who_may_not_read_the_figure_has_no_panel(incident, officer, client_of):
    incident()
    assert client_of(officer).get(f"/nguon-so-lieu/so/{CODE}/2019/").status_code == 404


@pytest.fixture
def printed(published, incident):
    """The 2019 report where the violations are a sum of records."""
    Figure.objects.filter(indicator__startswith=CODE).delete()
    incident(is_demo=True)
    return incident


@pytest.fixture
def agencies(published):
    return {agency.code: agency for agency in Agency.objects.all()}


def test_a_report_marks_a_sum_of_samples_and_says_what_the_mark_means(
    printed, report_2019, compiler
):
    composed = compose(report_2019, compiler)
    texts = {entry.text for entry in composed.ledger.entries if entry.sampled}
    assert "1\u00a0(**)" in texts
    assert SAMPLE_NOTE in composed.annex.notes


def test_a_report_of_published_figures_speaks_of_no_samples(incident, report_2019, compiler):
    incident(is_demo=True)
    composed = compose(report_2019, compiler)
    assert not [entry for entry in composed.ledger.entries if entry.sampled]
    assert SAMPLE_NOTE not in composed.annex.notes


def test_the_overview_says_that_a_sum_counts_samples(printed, compiler):
    found = overview.build(2019, compiler, "vi")
    row = year_table.build([2019], compiler).row(CODE, 2019)
    entry = Ledger(year_table.build([2019], compiler)).value(row.actual, "test")
    assert entry.sampled and entry.records == f"/nguon-so-lieu/so/{CODE}/2019/"
    shown = [card for card in (*found.cards, *found.context) if card.value.indicator == CODE]
    assert found.has_samples is bool(shown)


def test_an_issued_report_holds_the_records_it_counted(printed, report_2019, clerk, compiler):
    record = Incident.objects.get()
    composed = compose(report_2019, compiler)
    note_records(request_run(report_2019, by=compiler), composed)
    assert not RecordUse.objects.exists()  # a draft counts anew each time
    issue = Issue("12", dt.date(2020, 1, 6), "Nguyễn Văn A")
    run = request_run(report_2019, by=clerk, issue=issue)
    note_records(run, composed)
    use = RecordUse.objects.of("border", record.pk).get()
    assert use.is_frozen and "12" in use.label
