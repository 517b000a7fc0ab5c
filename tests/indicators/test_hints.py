"""Hints: slips are seen, the real figures are left in peace, nothing is refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from common.contracts import Kind
from common.units import UNITS
from indicators import hints, year_table
from indicators.declarations import indicators
from indicators.entry import hinting
from indicators.hints import Context, Known, OtherUnit, Outlier, OverPlan, Thousandfold
from indicators.models import Explanation

TURNOVER = ("4855", "5000", "4000")
Asked = Explanation.Kind


def _context(
    past: Sequence[str] = (), unit: str = "million_usd", kind: Kind = Kind.IN_PERIOD, **more: Any
) -> Context:
    known = tuple(Known(Decimal(text), 2018 - back) for back, text in enumerate(past))
    plan = more.pop("plan", None)
    plan = None if plan is None else Decimal(plan)
    return Context(kind=kind, unit=UNITS[unit], past=known, plan=plan, **more)


def _find(value: str, context: Context) -> list[hints.Finding]:
    found = hints.find(Decimal(value), context)
    return [] if found is None else [found]


# --- slips -------------------------------------------------------------------------


def test_three_zeros_too_many_are_a_thousandfold_slip():
    (found,) = _find("4750000", _context(TURNOVER))

    assert isinstance(found, Thousandfold)
    assert found.fix == 4750
    assert found.known == Known(Decimal(4855), 2018)


def test_a_thousandth_is_the_same_slip_the_other_way():
    (found,) = _find("583", _context(["606000"], "usd"))

    assert isinstance(found, Thousandfold) and found.fix == 583000


@pytest.mark.parametrize(
    ("value", "unit", "past", "looks_like", "fix"),
    [
        ("4750000000", "million_usd", "4855", "usd", "4750"),
        ("4.75", "million_usd", "4855", "billion_usd", "4750"),
        ("0.9", "usd", "900000", "million_usd", "900000"),
        ("3400000", "billion_vnd", "3300", "million_vnd", "3400"),
        ("3400000000000", "billion_vnd", "3300", "vnd", "3400"),
        ("7.2", "million_vnd", "7100", "billion_vnd", "7200"),
    ],
)
def test_a_number_in_another_unit_says_which(value, unit, past, looks_like, fix):
    (found,) = _find(value, _context([past], unit))

    assert isinstance(found, OtherUnit)
    assert found.unit is not None and found.unit.code == looks_like
    assert found.fix == Decimal(fix)


def test_a_share_written_as_a_fraction_is_seen():
    (found,) = _find("0.0588", _context(["6.2"], "percent", Kind.RATE))

    assert isinstance(found, OtherUnit) and found.unit is None
    assert found.fix == Decimal("5.88")


def test_without_a_history_the_plan_tells_of_a_slip():
    (found,) = _find("5230000", _context(plan="5230"))

    assert isinstance(found, Thousandfold) and found.known.year is None


def test_half_of_a_delegation_is_no_proposal():
    assert not any(
        isinstance(found, Thousandfold) for found in _find("54500", _context(["69"], "delegation"))
    )


@given(
    base=st.decimals("0.01", "1000000", places=2),
    drift=st.decimals("0.25", "4", places=2),
    power=st.sampled_from([3, -3]),
)
def test_any_number_near_the_last_one_is_found_again_behind_its_slip(base, drift, power):
    meant = base * drift
    context = Context(kind=Kind.IN_PERIOD, unit=UNITS["million_usd"], past=(Known(base, 2018),))
    found = hints.find(meant.scaleb(power), context)
    assert isinstance(found, Thousandfold | OtherUnit)
    assert found.fix == meant


# --- far outside the row's history -----------------------------------------------------


def test_five_times_as_much_is_far_outside():
    assert _find("23750", _context(TURNOVER)) == [Outlier(_context(TURNOVER).past)]
    assert _find("950", _context(TURNOVER)) == [Outlier(_context(TURNOVER).past)]


@pytest.mark.parametrize("value", ["2809", "4750", "7200", "9600"])
def test_a_bad_or_a_good_year_is_no_question(value: str):
    assert _find(value, _context(TURNOVER)) == []


def test_a_row_that_doubles_every_year_may_double_again():
    past = ("16", "8", "4", "2", "1")
    assert _find("32", _context(past)) == []
    assert _find("160", _context(past)) != []


def test_coming_back_to_an_earlier_level_is_no_question():
    assert _find("100", _context(["20", "100", "105", "98"])) == []


def test_an_old_mistake_in_the_history_hides_nothing():
    past = ("4855", "5000", "4000000", "4100")
    assert _find("23750", _context(past)) != []


def test_small_counts_move_by_chance():
    assert _find("8", _context(["4"], "incident")) == []
    assert _find("5", _context(["1", "1", "1"], "incident")) == []
    assert _find("10", _context(["2"], "agreement")) == []
    assert _find("350", _context(["54", "69"], "delegation")) != []


def test_ranks_and_growth_move_in_places_and_points():
    assert _find("15", _context(["36"], "rank", Kind.RANK)) == []
    assert _find("60", _context(["15", "14", "16"], "rank", Kind.RANK)) != []
    assert _find("-3.1", _context(["7.22", "6.67"], "percent", Kind.GROWTH)) == []
    assert _find("72.2", _context(["6.67"], "percent", Kind.GROWTH)) != []


def test_a_share_above_the_whole_is_a_question_even_without_a_history():
    assert _find("120", _context(unit="percent", kind=Kind.RATE)) == [Outlier(())]
    assert _find("0.9", _context(["0.2"], "percent", Kind.RATE)) == []


def test_nil_in_the_period_is_said_on_purpose():
    assert _find("0", _context(TURNOVER)) == []


_past = st.lists(st.decimals("100", "150", places=1), min_size=1, max_size=6)


@given(past=_past, share=st.decimals(0, 1, places=2))
def test_five_times_the_largest_is_always_caught_and_the_rows_own_range_never(past, share):
    low, high = min(past), max(past)
    context = Context(
        kind=Kind.IN_PERIOD,
        unit=UNITS["million_usd"],
        past=tuple(Known(number, 2018 - back) for back, number in enumerate(past)),
    )
    assert hints.is_outlier(high * 5, context)
    assert hints.is_outlier(low / 5, context)
    assert not hints.is_outlier(low + (high - low) * share, context)


@given(past=_past, value=st.decimals("1", "9000", places=1), scale=st.integers(-3, 6))
def test_the_size_of_the_unit_changes_nothing(past, value, scale):
    def judge(power: int) -> bool:
        known = tuple(Known(number.scaleb(power), 2018 - back) for back, number in enumerate(past))
        context = Context(kind=Kind.IN_PERIOD, unit=UNITS["million_usd"], past=known)
        return hints.is_outlier(value.scaleb(power), context)

    margin = min(abs((value / number).ln().copy_abs() - hints.TWICE) for number in past)
    if margin > Decimal("1e-9"):  # on the limit itself the last digit of a logarithm decides
        assert judge(0) == judge(scale)


# --- plan and parts ----------------------------------------------------------------------


def test_far_above_the_plan_is_a_question_and_its_limit_is_set(settings):
    assert _find("5230", _context(TURNOVER, plan="5230")) == []
    assert _find("7900", _context(TURNOVER, plan="5230")) == [OverPlan(Decimal(7900) / 5230 * 100)]
    settings.HINT_LIMITS = {"over_plan_percent": Decimal(200)}
    assert _find("7900", _context(TURNOVER, plan="5230")) == []


def test_one_more_than_planned_is_not_far_above():
    assert _find("4", _context(["3"], "agreement", plan="2")) == []


def test_rough_parts_may_miss_their_total_a_little():
    assert hints.parts_differ(Decimal(583), Decimal(148), rough=True)
    assert not hints.parts_differ(Decimal(4855), Decimal(-15), rough=True)
    assert hints.parts_differ(Decimal(4855), Decimal(-15), rough=False)


# --- the published figures ------------------------------------------------------------------


@pytest.mark.django_db
def test_the_published_figures_of_2016_to_2019_raise_one_question(published: None, compiler: User):
    """What parts add up to is known to differ; nothing else about these years is odd."""
    found = [
        (year, hint.row, str(hint.kind))
        for year in range(2016, 2020)
        for hint in _of_year(year, compiler)
    ]

    assert found == [(2019, "DELEG.IN.PERSONS", "parts")]


@pytest.mark.django_db
def test_the_published_figures_of_later_years_raise_none(published: None, compiler: User):
    assert not [hint for year in range(2020, 2026) for hint in _of_year(year, compiler)]


@pytest.mark.django_db
def test_five_times_a_published_figure_is_caught_where_its_row_has_a_past(
    published: None, compiler: User
):
    table = year_table.build(hinting.years_for(2019), compiler)
    caught, missed = [], []
    for row in table.rows(2019):
        if row.actual is None or row.last is None:
            continue
        context = hinting.context(table, row, "actual")
        where = caught if hints.find(row.actual.value * 5, context) else missed
        where.append(row.indicator.code)

    assert missed == []
    assert set(caught) >= {"TRADE.TOTAL", "TRADE.EXPORT", "DELEG.IN.PERSONS", "FDI.PROJECT_ACTIVE"}


def _of_year(year: int, user: User) -> list[hinting.RowHint]:
    table = year_table.build(hinting.years_for(year), user)
    return [hint for code in indicators() for hint in hinting.of_row(table, table.row(code, year))]
