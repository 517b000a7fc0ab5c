"""Pure comparisons: % of plan, change, tone, parts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts import Better, Change
from common.numbers import format_percent
from indicators.comparisons import Difference, change, parts_gap, plan_ratio, times, tone

D = Decimal
figures = st.decimals(min_value=-(10**12), max_value=10**12, places=3)


@pytest.mark.parametrize(
    ("actual", "plan", "shown"),
    [
        ("4750", "5230", "90,8%"),
        ("2550", "3150", "81%"),
        ("2200", "2080", "105,8%"),
        ("137.5", "137.5", "100%"),
    ],
)
def test_share_of_plan_2019(actual, plan, shown):
    assert format_percent(plan_ratio(D(actual), D(plan))) == shown


@pytest.mark.parametrize(
    ("actual", "base", "signed"),
    [
        ("4750", "4855", "-2.2"),
        ("2550", "2955", "-13.7"),
        ("2200", "1900", "15.8"),
        ("137.5", "125.5", "9.6"),
    ],
)
def test_change_on_2018_in_percent(actual, base, signed):
    assert change(D(actual), D(base), Change.PERCENT).signed == D(signed)


@pytest.mark.parametrize("plan", [None, D(0), D(-5)])
def test_without_a_plan_above_zero_there_is_no_share(plan):
    assert plan_ratio(D(5), plan) is None


def test_nothing_done_is_a_share_of_zero():
    assert plan_ratio(D(0), D(5)) == 0


@pytest.mark.parametrize("how", Change)
@pytest.mark.parametrize(("actual", "base"), [(None, D(1)), (D(1), None), (None, None)])
def test_a_missing_side_gives_no_change(how, actual, base):
    assert change(actual, base, how) is None


def test_a_missing_actual_gives_nothing_anywhere():
    assert plan_ratio(None, D(1)) is None
    assert times(None, D(1)) is None
    assert times(D(1), None) is None
    assert parts_gap(None, [D(1)]) is None
    assert tone(None, Better.HIGHER) == "neutral"


def test_a_base_of_zero_has_no_percentage_but_a_difference():
    assert change(D(5), D(0), Change.PERCENT) is None
    assert change(D(5), D(0), Change.UNITS) == Difference(Change.UNITS, D(5), "up")


def test_a_percentage_is_relative_to_the_size_of_a_negative_base():
    assert change(D(-50), D(-100), Change.PERCENT) == Difference(Change.PERCENT, D(50), "up")


def test_counts_change_in_units():
    assert change(D(54), D(69), Change.UNITS) == Difference(Change.UNITS, D(15), "down")
    assert change(D(8), D(4), Change.UNITS) == Difference(Change.UNITS, D(4), "up")


def test_rates_change_in_points_with_two_decimals():
    found = change(D("7.22"), D("6.67"), Change.POINTS)
    assert found == Difference(Change.POINTS, D("0.55"), "up")


def test_a_rank_that_falls_has_gone_up():
    assert change(D(15), D(36), Change.PLACES) == Difference(Change.PLACES, D(21), "up")
    assert change(D(36), D(15), Change.PLACES) == Difference(Change.PLACES, D(21), "down")


def test_a_change_that_prints_zero_is_no_change():
    assert change(D("1000.4"), D("1000"), Change.PERCENT).direction == "same"
    assert change(D("1000.5"), D("1000"), Change.PERCENT).direction == "up"
    assert change(D("5.004"), D("5"), Change.POINTS).direction == "same"
    assert change(D("5.001"), D("5"), Change.UNITS).direction == "up"


@given(figures, figures, st.sampled_from(Change))
def test_same_is_exactly_what_prints_zero(actual, base, how):
    found = change(actual, base, how)
    if found is not None:
        assert (found.direction == "same") == (found.amount == 0)
        assert found.amount >= 0


@given(figures, figures, st.sampled_from([Change.UNITS, Change.POINTS, Change.PLACES]))
def test_the_way_back_is_as_long(actual, base, how):
    assert change(actual, base, how).signed == -change(base, actual, how).signed


def test_times_are_told_from_twice_the_base_on():
    assert times(D(210), D(100)) == D("2.1")
    assert times(D(200), D(100)) == 2
    assert times(D(199), D(100)) is None
    assert times(D(5), D(0)) is None
    assert times(D(5), D(-1)) is None


@pytest.mark.parametrize(
    ("actual", "base", "how", "better", "expected"),
    [
        (8, 4, Change.UNITS, Better.LOWER, "bad"),
        (4, 8, Change.UNITS, Better.LOWER, "good"),
        (8, 4, Change.UNITS, Better.HIGHER, "good"),
        (8, 4, Change.UNITS, Better.NEUTRAL, "neutral"),
        (8, 8, Change.UNITS, Better.HIGHER, "neutral"),
        (15, 36, Change.PLACES, Better.LOWER, "good"),
        (36, 15, Change.PLACES, Better.LOWER, "bad"),
        (90, 80, Change.PLACES, Better.HIGHER, "good"),
    ],
)
def test_tone_follows_what_is_better(actual, base, how, better, expected):
    assert tone(change(D(actual), D(base), how), better) == expected


def test_the_parts_of_583_visitors_add_to_731():
    assert parts_gap(D(583), [D(524), D(162), D(45)]) == (D(731), D(148))


def test_parts_that_agree_or_are_incomplete_leave_no_gap():
    assert parts_gap(D(54), [D(36), D(10), D(8)]) is None
    assert parts_gap(D(54), [D(36), None, D(8)]) is None
    assert parts_gap(D(54), []) is None


def test_parts_below_the_total_give_a_negative_gap():
    assert parts_gap(D(10), [D(3), D(4)]).gap == -3
