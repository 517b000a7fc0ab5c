"""The sample records of 2018 and 2019 add up to what the province published."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from accounts.loading import load_agencies
from benchmarks.rows.delegations import fill
from delegations.demo import write
from delegations.models import Delegation, Inbound, Meeting, Outbound
from indicators.computed import Span, compute
from registers.demo import Writer

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
YEARS = (2018, 2019)
# By both ways of counting a year: 15/12 to 14/12, and 1/1 to 31/12.
SPANS = [
    *(Span(year, dt.date(year - 1, 12, 15), dt.date(year, 12, 14)) for year in YEARS),
    *(Span(-year, dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in YEARS),
]


@pytest.fixture
def found(reference_data):
    load_agencies(FIXTURES / "reference" / "agencies.csv")
    writer = Writer("delegations")
    write(writer)
    writer.store()
    return {key: value for key, value in compute(SPANS).items() if key[0].startswith("DELEG.")}


def published():
    with (FIXTURES / "published" / "figures.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            code, period = row["indicator"], row["period"]
            if code.startswith("DELEG.") and period in ("2018", "2019"):
                yield code, int(period), Decimal(row["value"])


def test_every_published_figure_is_met_but_the_people_who_came_in_2019(found):
    gaps = {
        (code, year): found[code, sign * year] - value
        for code, year, value in published()
        for sign in (1, -1)
        if found[code, sign * year] != value
    }
    assert gaps == {("DELEG.IN.PERSONS", 2019): 148}
    assert len(list(published())) == 14


def test_the_parts_of_the_people_who_came_add_up_to_731(found):
    parts = [found[f"DELEG.IN.{mode}.PERSONS", 2019] for mode in ("HOSTED", "GUEST", "PRESS")]
    assert parts == [524, 162, 45]
    assert found["DELEG.IN.PERSONS", 2019] == sum(parts) == 731


def test_the_samples_break_no_rule_of_the_form(found):
    for record in Delegation.objects.all():
        record.full_clean(exclude=["search_text"])


def test_some_were_cancelled_some_are_planned_and_some_reports_are_late(found):
    today = dt.date(2020, 1, 31)
    for model in (Outbound, Inbound):
        assert model.objects.filter(status="cancelled").exists()
        assert model.objects.planned().filter(began_on__year=2020).exists()
    assert Outbound.objects.report_overdue(today).count() == 3


def test_rows_of_the_benchmark_break_no_rule(reference_data):
    load_agencies(FIXTURES / "reference" / "agencies.csv")
    with connection.cursor() as cursor:
        fill(cursor, 60)
    assert (Outbound.objects.count(), Inbound.objects.count(), Meeting.objects.count()) == (60,) * 3
    for record in [*Outbound.objects.took_place(), *Inbound.objects.took_place()]:
        record.full_clean(exclude=["search_text"])
        assert record.countries.exists()
