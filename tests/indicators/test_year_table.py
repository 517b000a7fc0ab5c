"""The year table: a fixed number of queries, and only what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from indicators import year_table
from indicators.computed import computations
from indicators.declarations import indicators
from indicators.entry import words
from indicators.models import Assignment, Figure, Origin
from indicators.rows import Row
from reference.models import Period
from reference.periods import open_year, period, span

pytestmark = pytest.mark.django_db

Put = Callable[..., Figure]


@pytest.fixture
def put(agencies: dict[str, Agency]) -> Put:
    """Stores a figure as it was published: ``put("TRADE.TOTAL", 2019, "4750")``."""

    def store(code: str, year: int, value: str | None, **fields: object) -> Figure:
        declared = indicators()[code]
        fields.setdefault("side", "actual")
        fields.setdefault("state", "value" if value is not None else "missing")
        fields.setdefault("agency", agencies.get(declared.agency, agencies["SNGV"]))
        if "period" not in fields:
            kind = Period.Kind.YEAR_TO_DATE
            fields["period"] = period(kind, year, 12, on=declared.calendar)
        number = None if value is None else Decimal(value)
        return Figure.objects.create(indicator=code, value=number, **fields)

    return store


def _queries(years: list[int], viewer: User) -> int:
    viewer = User.objects.get(pk=viewer.pk)  # rights are read anew
    with CaptureQueriesContext(
        connection,
    ) as captured:
        table = year_table.build(years, viewer)
        for year in years:
            for row in table.rows(year):
                _ = row.plan_ratio, row.difference, table.parts_gap(row)
    return len(captured)


def test_queries_grow_with_neither_years_nor_indicators(put: Put, desk: User):
    put("TRADE.TOTAL", 2019, "4750")
    few = _queries([2019], desk)
    for year in range(2006, 2021):
        for code in ("TRADE.TOTAL", "TRADE.EXPORT", "DELEG.OUT.COUNT", "BORDER.VIOLATION"):
            if (code, year) != ("TRADE.TOTAL", 2019):
                put(code, year, "10")
    many = _queries(list(range(2006, 2021)), desk)

    # Besides, each register asks once for each kind of what it adds up.
    assert many == few <= 4 + 3 * len(computations())


def test_a_row_compares_with_its_plan_and_last_year(put: Put, desk: User):
    put("TRADE.EXPORT", 2018, "2955", origin=Origin.INFERRED, precision="about")
    put("TRADE.EXPORT", 2019, "3150", side="plan")
    put("TRADE.EXPORT", 2019, "2550", status="estimate")

    row = year_table.build([2019], desk).row("TRADE.EXPORT", 2019)

    assert round(row.plan_ratio, 1) == Decimal("81.0")
    assert (row.difference.amount, row.difference.direction) == (Decimal("13.7"), "down")
    assert row.tone == "bad"
    assert row.last.is_inferred and not row.actual.is_inferred


def test_an_indicator_nobody_entered_has_an_empty_row(desk: User, year_2019: object):
    row = year_table.build([2019], desk).row("TRADE.EXPORT", 2019)

    assert row.is_empty
    assert (row.plan_ratio, row.difference) == (None, None)


def test_an_officer_sees_the_own_agency_only(put: Put, officer: User, desk: User):
    put("TRADE.TOTAL", 2019, "4750")
    put("DELEG.OUT.COUNT", 2019, "53")

    own = year_table.build([2019], officer)

    assert own.row("TRADE.TOTAL", 2019).actual is not None
    assert own.row("DELEG.OUT.COUNT", 2019).actual is None
    assert year_table.build([2019], desk).row("DELEG.OUT.COUNT", 2019).actual is not None


@pytest.mark.parametrize("codes", [("SCT", "SNGV"), ("SNGV", "SCT")])
def test_of_several_agencies_the_responsible_one_counts(
    codes: tuple[str, str], put: Put, agencies: dict[str, Agency], desk: User
):
    for code, value in zip(codes, ("1", "2"), strict=True):
        put("TRADE.TOTAL", 2019, value, agency=agencies[code])

    actual = year_table.build([2019], desk).row("TRADE.TOTAL", 2019).actual
    assert actual.agency == "SCT"


@pytest.mark.parametrize("code", [code for code, row in indicators().items() if row.yearly])
def test_a_row_without_a_plan_ratio_has_none_while_typing(code: str):
    row = Row(indicator=indicators()[code], year=2019)

    assert words.preview_rule(row)["ratio"] is row.has_plan_ratio
    assert row.has_plan_ratio is (row.indicator.kind not in ("rate", "rank", "growth"))


def test_somebody_without_a_role_sees_nothing(put: Put, person: Callable[..., User]):
    put("TRADE.TOTAL", 2019, "4750")

    assert year_table.build([2019], person()).row("TRADE.TOTAL", 2019).is_empty


def test_values_on_different_standards_are_not_compared(put: Put, desk: User):
    row = indicators()["SOC.POVERTY_RATE"]
    first, _name = row.standards[-1]
    for year in (first - 1, first, first + 1):
        put(row.code, year, "10")

    table = year_table.build([first, first + 1], desk)

    assert table.row(row.code, first).difference is None
    assert table.row(row.code, first + 1).difference is not None


def test_two_rough_figures_are_not_compared(put: Put, desk: User):
    put("TRADE.TOTAL", 2016, "4000", precision="nearly")
    put("TRADE.TOTAL", 2017, "5000", precision="nearly")

    assert year_table.build([2017], desk).row("TRADE.TOTAL", 2017).difference is None


def test_a_span_of_years_is_no_year(put: Put, desk: User):
    open_year(2010)
    put("TRADE.TOTAL", 2010, "7000", period=span(2006, 2010))
    put("TRADE.TOTAL_AVG", 2010, "1.4", period=span(2006, 2010))

    table = year_table.build([2010], desk)

    assert table.row("TRADE.TOTAL", 2010).actual is None
    assert table.row("TRADE.TOTAL_AVG", 2010).actual.value == Decimal("1.4")
    assert "TRADE.TOTAL_AVG" not in {row.indicator.code for row in table.rows(2010)}


def test_a_figure_on_the_other_calendar_is_not_joined(put: Put, desk: User):
    other = period(Period.Kind.YEAR_TO_DATE, 2019, 12, on="calendar")
    put("TRADE.TOTAL", 2019, "4700", period=other)

    assert year_table.build([2019], desk).row("TRADE.TOTAL", 2019).actual is None


def test_of_two_agencies_the_assigned_one_counts(put: Put, desk: User, agencies: dict[str, Agency]):
    put("TRADE.TOTAL", 2019, "4750")
    put("TRADE.TOTAL", 2019, "4800", agency=agencies["CTK"])

    assert year_table.build([2019], desk).row("TRADE.TOTAL", 2019).actual.value == 4750
    Assignment.objects.create(indicator="TRADE.TOTAL", year=2019, agency=agencies["CTK"])
    assert year_table.build([2019], desk).row("TRADE.TOTAL", 2019).actual.value == 4800


def test_missing_is_no_zero(put: Put, desk: User):
    put("BORDER.VIOLATION", 2018, "0", state="zero")
    put("BORDER.VIOLATION", 2019, None)

    row = year_table.build([2019], desk).row("BORDER.VIOLATION", 2019)

    assert row.last.number == 0
    assert row.actual.number is None
    assert row.difference is None


def test_a_table_of_some_indicators_reads_no_others(put: Put, desk: User):
    put("TRADE.TOTAL", 2019, "4750")
    put("TRADE.EXPORT", 2019, "2550")

    table = year_table.build([2019], desk, codes=["TRADE.TOTAL"])

    assert table.row("TRADE.TOTAL", 2019).actual.value == 4750
    assert table.row("TRADE.EXPORT", 2019).actual is None
