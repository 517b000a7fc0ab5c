"""What a report says about a figure, word for word."""

from decimal import Decimal

import pytest
from django.utils import translation

from common.contracts import Change, PlanLabel
from common.units import UNITS, UnitMismatch
from indicators.comparisons import change, parts_gap, plan_ratio, times
from indicators.wording import (
    PLAN_WORDS,
    Quantity,
    say_change,
    say_number,
    say_parts_note,
    say_plan,
    say_reached,
    say_value,
)

D = Decimal


def quantity(value, unit, precision="", status=""):
    return Quantity(D(value), UNITS[unit], precision, status)


def told(actual, base, how, unit, **options):
    difference = change(D(actual), D(base), how)
    return say_change(difference, UNITS[unit], options.pop("year", 2018), **options)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (quantity("4750", "million_usd"), "4.750 triệu USD"),
        (quantity("137.5", "million_usd"), "137,5 triệu USD"),
        (quantity("3400", "billion_vnd", "over"), "trên 3.400 tỷ đồng"),
        (quantity("5", "agreement"), "05 bản"),
        (quantity("3000", "person", "about"), "khoảng 3.000 người"),
        (quantity("20", "country", "over"), "trên 20 quốc gia, vùng lãnh thổ"),
        (quantity("1400", "person_visit", "about_nearly"), "khoảng gần 1.400 lượt người"),
        (quantity("1", "zone", "at_least"), "ít nhất 01 khu"),
        (quantity("5", "billion_usd", "more_than"), "hơn 5 tỷ USD"),
        (quantity("0", "incident"), "0 vụ"),
        (quantity("6.67", "percent"), "6,67%"),
        (quantity("8.67", "percent_a_year"), "8,67%/năm"),
        (quantity("1.5", "percentage_points"), "1,5 điểm %"),
        (quantity("231.74", "kilometre"), "231,74 km"),
        (quantity("10", "session"), "lần thứ 10"),
        (quantity("2", "session"), "lần thứ 2"),
        (quantity("15", "rank"), "hạng 15"),
        (quantity("2015", "calendar_year"), "năm 2015"),
    ],
)
def test_a_value_is_said_with_precision_and_unit(figure, said):
    assert say_value(figure) == said


def test_4000_million_can_be_said_as_nearly_4_billion():
    assert say_value(quantity(4000, "million_usd", "nearly"), "billion_usd") == "gần 4 tỷ USD"


def test_no_digit_is_lost_in_another_unit():
    assert say_value(quantity("137.5", "million_usd"), "billion_usd") == "0,1375 tỷ USD"


def test_currencies_are_never_exchanged():
    with pytest.raises(UnitMismatch):
        say_value(quantity(4000, "million_usd"), "billion_vnd")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (quantity("4750", "million_usd", status="estimate"), "ước đạt 4.750 triệu USD"),
        (quantity("2550", "million_usd"), "đạt 2.550 triệu USD"),
        (quantity("3400", "billion_vnd", "over"), "đạt trên 3.400 tỷ đồng"),
        (quantity("5860", "million_usd", status="preliminary"), "sơ bộ đạt 5.860 triệu USD"),
        (quantity("5860", "million_usd", status="official"), "đạt 5.860 triệu USD"),
        (quantity("5860", "million_usd", status="revised"), "đạt 5.860 triệu USD"),
        (quantity("15", "rank"), "xếp hạng 15"),
    ],
)
def test_what_was_reached_is_said_with_its_status(figure, said):
    assert say_reached(figure) == said


def test_a_number_alone_keeps_its_precision():
    assert say_number(quantity(5000, "book", "over")) == "trên 5.000"
    assert say_number(quantity(5, "language")) == "05"
    assert say_number(quantity(2015, "calendar_year")) == "2015"


@pytest.mark.parametrize(
    ("actual", "plan", "said"),
    [
        ("4750", "5230", "đạt 90,8% kế hoạch"),
        ("2550", "3150", "đạt 81% kế hoạch"),
        ("2200", "2080", "đạt 105,8% kế hoạch"),
        ("137.5", "137.5", "đạt 100% kế hoạch"),
    ],
)
def test_the_plan_sentences_of_2019(actual, plan, said):
    assert say_plan(plan_ratio(D(actual), D(plan)), PlanLabel.PLAN, full_year=True) == said


def test_a_plan_carries_its_own_name():
    assert say_plan(D(81), PlanLabel.BUDGET) == "đạt 81% dự toán"
    assert say_plan(D(81), PlanLabel.TARGET) == "đạt 81% mục tiêu"
    assert set(PLAN_WORDS) == set(PlanLabel)


def test_while_the_year_runs_the_plan_is_that_of_the_year():
    said = say_plan(D("45.2"), PlanLabel.PLAN, full_year=False)
    assert said == "bằng 45,2% kế hoạch năm"


@pytest.mark.parametrize(
    ("actual", "base", "said"),
    [
        ("4750", "4855", "giảm 2,2% so với năm 2018"),
        ("2550", "2955", "giảm 13,7% so với năm 2018"),
        ("2200", "1900", "tăng 15,8% so với năm 2018"),
        ("137.5", "125.5", "tăng 9,6% so với năm 2018"),
    ],
)
def test_the_change_sentences_of_2019(actual, base, said):
    assert told(actual, base, Change.PERCENT, "million_usd") == said


def test_counts_change_in_their_unit():
    assert told(8, 4, Change.UNITS, "incident", with_base=False) == "tăng 04 vụ"
    assert told(54, 69, Change.UNITS, "delegation", with_base=False) == "giảm 15 đoàn"
    assert told(54, 69, Change.UNITS, "delegation") == "giảm 15 đoàn so với năm 2018"


def test_rates_change_in_points_and_ranks_in_places():
    assert told("7.22", "6.67", Change.POINTS, "percent", with_base=False) == "tăng 0,55 điểm %"
    assert told(15, 36, Change.PLACES, "rank", with_base=False) == "tăng 21 bậc"
    assert told(15, 36, Change.PLACES, "rank", year=2021) == "tăng 21 bậc so với năm 2021"
    assert told(8, 6, Change.PLACES, "rank", with_base=False) == "giảm 02 bậc"


def test_more_than_twice_is_told_in_times():
    options = {"times": times(D(210), D(100))}
    assert told(210, 100, Change.PERCENT, "usd", **options) == "gấp 2,1 lần năm 2018"
    assert told(210, 100, Change.PERCENT, "usd", with_base=False, **options) == "gấp 2,1 lần"
    assert (
        told(210, 100, Change.PERCENT, "usd", full_year=False, **options)
        == "gấp 2,1 lần cùng kỳ năm 2018"
    )


def test_counts_are_never_told_in_times():
    said = told(8, 4, Change.UNITS, "incident", with_base=False, times=times(D(8), D(4)))
    assert said == "tăng 04 vụ"


def test_no_change_is_equality_and_never_a_rise_of_zero():
    assert told("1000.4", 1000, Change.PERCENT, "usd") == "bằng năm 2018"
    assert told(5, 5, Change.UNITS, "incident", with_base=False) == "bằng cùng kỳ"
    assert told(5, 5, Change.UNITS, "incident", full_year=False) == "bằng cùng kỳ năm 2018"
    assert told(5, 5, Change.UNITS, "incident", base_status="estimate") == "bằng số ước năm 2018"


def test_the_base_says_what_it_is():
    assert (
        told(110, 100, Change.PERCENT, "usd", base_status="estimate")
        == "tăng 10% so với số ước năm 2018"
    )
    assert (
        told(110, 100, Change.PERCENT, "usd", full_year=False) == "tăng 10% so với cùng kỳ năm 2018"
    )
    assert (
        told(110, 100, Change.PERCENT, "usd", base_status="preliminary", full_year=False)
        == "tăng 10% so với số sơ bộ cùng kỳ năm 2018"
    )
    assert told(110, 100, Change.PERCENT, "usd", base_status="official").endswith("với năm 2018")


def test_nothing_to_compare_leaves_the_clause_out():
    assert say_plan(None, PlanLabel.PLAN, full_year=True) == ""
    assert say_change(None, UNITS["usd"], 2018) == ""
    assert say_parts_note(quantity(583, "person_visit"), None) == ""


def test_parts_that_do_not_add_up_are_remarked():
    gap = parts_gap(D(583), [D(524), D(162), D(45)])
    assert say_parts_note(quantity(583, "person_visit"), gap.sum) == (
        "cộng các thành phần được 731 lượt người, chênh 148 lượt người"
        " so với tổng số 583 lượt người đã công bố"
    )


def test_parts_that_add_up_are_not_remarked():
    assert say_parts_note(quantity(54, "delegation"), D(54)) == ""


def test_a_report_is_vietnamese_on_an_english_screen():
    with translation.override("en"):
        assert say_value(quantity(54, "delegation")) == "54 đoàn"
        assert translation.get_language() == "en"


def test_every_unit_has_a_vietnamese_name():
    international = {"usd", "percent", "kilometre", "hectare"}
    for code, unit in UNITS.items():
        with translation.override("en"):
            english = str(unit.label)
        with translation.override("vi"):
            assert (str(unit.label) == english) == (code in international), code
