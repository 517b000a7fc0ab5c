"""Dates and numbering of official documents."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.dates import (
    NotADate,
    long_date,
    parse_short_date,
    point_letter,
    roman,
    short_date,
)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2025, 12, 5), "ngày 05 tháng 12 năm 2025"),
        (date(2020, 1, 20), "ngày 20 tháng 01 năm 2020"),
        (date(2020, 2, 9), "ngày 09 tháng 02 năm 2020"),
        (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
        (date(2020, 9, 10), "ngày 10 tháng 9 năm 2020"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day, written):
    assert long_date(day) == written


def test_a_short_date_has_two_digits_everywhere():
    assert short_date(date(2019, 3, 5)) == "05/03/2019"


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_a_short_date_reads_back_the_same(day):
    assert parse_short_date(short_date(day)) == day


def test_a_typed_date_may_leave_the_zeros_out():
    assert parse_short_date(" 5/3/2019 ") == date(2019, 3, 5)


@pytest.mark.parametrize(
    "typed", ["", "31/02/2019", "2019-03-05", "5/3/19", "５/3/2019", "hôm nay"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(NotADate):
        parse_short_date(typed)


def test_the_message_shows_how_to_write_a_date():
    with translation.override("vi"), pytest.raises(NotADate) as raised:
        parse_short_date("31/02/2019")
    with translation.override("vi"):
        said = str(raised.value.message)
    assert said == '"31/02/2019" không phải ngày. Nhập theo dạng 05/12/2025.'


def test_roman_numerals():
    numbers = (1, 4, 9, 14, 40, 1999, 3999)
    written = ["I", "IV", "IX", "XIV", "XL", "MCMXCIX", "MMMCMXCIX"]
    assert [roman(number) for number in numbers] == written


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_there_is_no_roman_numeral_beyond_the_range(number):
    with pytest.raises(ValueError, match="Roman"):
        roman(number)


def test_points_follow_the_vietnamese_alphabet():
    assert [point_letter(number) for number in range(1, 11)] == list("abcdđeghik")


@pytest.mark.parametrize("number", [0, 24])
def test_there_is_no_letter_beyond_the_alphabet(number):
    with pytest.raises(ValueError, match="no letter"):
        point_letter(number)
