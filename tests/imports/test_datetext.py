"""Dates and months of office sheets."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.datetext import is_ambiguous, month_readings, readings, swapped

APRIL_3 = dt.date(2019, 4, 3)
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-03",
        "2019-04-03 00:00:00",
        "2019/4/3",
        "ngày 03 tháng 4 năm 2019",
        "Ngày 3/4/2019",
        "3 tháng 4, 2019",
        "3 April 2019",
        "April 3, 2019",
        "03-Apr-2019",
    ],
)
def test_writings_with_one_reading(text):
    assert readings(text) == {"dmy": APRIL_3, "mdy": APRIL_3}


@pytest.mark.parametrize("text", ["03/04/2019", "3/4/2019", "03-04-2019", "3.4.2019", "3 / 4/2019"])
def test_writings_with_two_readings(text):
    assert readings(text) == {"dmy": APRIL_3, "mdy": dt.date(2019, 3, 4)}
    assert is_ambiguous(readings(text))


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("25/04/2019", ["dmy"]),
        ("04/25/2019", ["mdy"]),
        ("31/02/2019", []),
        ("03/04/19", []),
        ("03/04", []),
        ("2019", []),
        ("3/4-2019", []),
        ("2019-04-03 08:30", []),
        ("ngày tháng năm", []),
        ("03/04/2019 x", []),
    ],
)
def test_what_only_one_order_or_none_can_read(text, orders):
    assert list(readings(text)) == orders


@given(days)
def test_a_day_is_ambiguous_exactly_when_both_orders_are_dates_and_differ(day):
    found = readings(f"{day.day:02}/{day.month:02}/{day.year}")
    assert found["dmy"] == day
    assert is_ambiguous(found) == (day.day <= 12 and day.day != day.month)


@given(days)
def test_a_day_written_in_either_order_comes_back(day):
    assert readings(f"{day:%d/%m/%Y}")["dmy"] == day
    assert readings(f"{day:%m/%d/%Y}")["mdy"] == day
    assert set(readings(day.isoformat()).values()) == {day}
    assert swapped(swapped(day)) == day


@pytest.mark.parametrize(
    "text",
    ["04/2019", "4/2019", "4-2019", "2019-04", "Tháng 4/2019", "tháng 04 năm 2019", "T4/2019"]
    + ["April 2019", "Apr-2019", "T.4/2019", "25/04/2019", "2019-04-03"],
)
def test_months(text):
    assert set(month_readings(text).values()) == {dt.date(2019, 4, 1)}


@pytest.mark.parametrize("text", ["Tháng 4", "13/2019", "4", "2019", "quý I/2019", ""])
def test_what_is_no_month(text):
    assert month_readings(text) == {}


def test_a_whole_date_in_a_column_of_months_may_be_ambiguous():
    assert is_ambiguous(month_readings("03/04/2019"))
