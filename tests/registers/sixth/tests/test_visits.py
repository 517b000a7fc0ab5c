"""What the throw-away register has and none of ours has yet: lines, sums, several choices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from visits.models import Visit

from indicators import year_table
from indicators.computed import Span, compute
from reference.periods import open_year
from registers.declarations import registers
from registers.timeline import timeline
from tests.registers.samples import samples


@pytest.fixture
def visit(agencies, desk):
    sample = samples()["visits"]
    sample.needs()
    return sample.record(agencies["SNGV"], desk)


def test_numbers_are_read_the_vietnamese_way(visit):
    assert (visit.persons, visit.cost) == (1200, Decimal("4750.5"))


def test_figures_add_up_over_spans_that_overlap(visit):
    year = Span(0, dt.date(2018, 12, 15), dt.date(2019, 12, 14))
    month = Span(1, dt.date(2019, 3, 1), dt.date(2019, 3, 31))
    before = Span(2, dt.date(2017, 12, 15), dt.date(2018, 12, 14))
    found = compute([year, month, before])
    for key in (0, 1):
        assert found["VISIT.COUNT", key] == 1
        assert found["VISIT.PERSONS", key] == 1200
        assert found["VISIT.COUNTRIES", key] == 2
    assert not [code for code, key in found if key == 2]  # no record is not a zero


def test_the_year_table_prints_what_nobody_typed(visit, desk):
    open_year(2019)
    row = year_table.build([2019], desk).row("VISIT.PERSONS", 2019)
    assert (row.actual.number, row.actual.is_computed, row.register_gap) == (1200, True, None)


def test_lines_are_added_changed_and_removed_with_their_record(visit, agencies, desk, client_of):
    sample, client = samples()["visits"], client_of(desk)
    host = visit.hosts.get()
    change = reverse("registers:change", args=["chuyen-tham", visit.pk])
    data = sample.data(agencies["SNGV"], visit, seen="1") | {
        "hosts-TOTAL_FORMS": "2",
        "hosts-0-line": str(host.pk),
        "hosts-0-persons": "5",
        "hosts-1-name": "Sở Thương vụ",
        "hosts-1-persons": "2",
    }
    assert client.post(change, data).status_code == 302
    assert list(visit.hosts.order_by("pk").values_list("pk", "persons")) == [
        (host.pk, 5),
        (host.pk + 1, 2),
    ]
    assert client.post(change, data | {"seen": "2", "hosts-0-DELETE": "on"}).status_code == 302
    assert visit.hosts.get().name == "Sở Thương vụ"
    told = " ".join(one.about for one in timeline(registers()["visits"], visit))
    assert "Sở Thương vụ" in told and "Văn phòng Ngoại sự" in told


def test_a_line_too_few_or_twice_is_refused(visit, agencies, desk, client_of):
    sample, client = samples()["visits"], client_of(desk)
    change = reverse("registers:change", args=["chuyen-tham", visit.pk])
    data = sample.data(agencies["SNGV"], visit, seen="1")
    assert client.post(change, data | {"hosts-TOTAL_FORMS": "0"}).status_code == 422
    twice = {"hosts-TOTAL_FORMS": "2", "hosts-1-name": data["hosts-0-name"], "hosts-1-persons": "1"}
    assert client.post(change, data | twice).status_code == 422
    assert Visit.objects.get().version == 1


def test_somebody_elses_lines_can_be_taken(visit, agencies, desk, client_of):
    sample, client = samples()["visits"], client_of(desk)
    change = reverse("registers:change", args=["chuyen-tham", visit.pk])
    data = sample.data(agencies["SNGV"], visit, seen="1")
    assert client.post(change, data | {"hosts-0-name": "Của người khác"}).status_code == 302
    ours = data | {"hosts-0-name": "Của mình"}
    page = client.post(change, ours)
    assert page.status_code == 409 and "Của người khác" in page.content.decode()
    assert client.post(change, ours | {"seen": "2", "hosts_own": "0"}).status_code == 302
    assert visit.hosts.get().name == "Của người khác"


def test_totals_stand_below_the_list(visit, desk, client_of):
    page = client_of(desk).get("/so/chuyen-tham/").content.decode()
    assert "4.750,5" in page.split("<tfoot>")[1]
