"""Reading and writing numbers, Vietnamese and English."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import (
    AmbiguousNumber,
    CellMarks,
    NotANumber,
    format_cell,
    format_number,
    format_percent,
    parse_number,
    round_half_up,
)

LIMIT = Decimal(10**18 - 1)
accepted = st.decimals(
    min_value=-LIMIT, max_value=LIMIT, places=6, allow_nan=False, allow_infinity=False
)
languages = st.sampled_from(["vi", "en"])
# Text near the grammar finds more than text from all of Unicode.
near_numbers = st.text(alphabet="0123456789.,-+ \u00a0\u2212eExNn５٣", max_size=12)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4.750,5", "4750.5"),
        ("4.750", "4750"),
        ("4750", "4750"),
        ("4750,5", "4750.5"),
        ("4,750", "4.75"),
        ("1.234.567,000001", "1234567.000001"),
        ("0", "0"),
        ("-0", "0"),
        ("0,5", "0.5"),
        ("05", "5"),
        ("-15", "-15"),
        ("\u221215", "-15"),
        ("+15", "15"),
        (" 2.550 ", "2550"),
        ("\u00a02.550\u202f", "2550"),
        ("999999999999999999,999999", "999999999999999999.999999"),
    ],
)
def test_vietnamese_writing_is_taken_as_it_stands(typed, value):
    assert parse_number(typed) == Decimal(value)
    assert not (parse_number(typed).is_zero() and parse_number(typed).is_signed())


def test_6_500_is_six_thousand_five_hundred_and_not_questioned():
    assert parse_number("6.500") == 6500


@pytest.mark.parametrize(
    ("typed", "suggestion", "shown"),
    [
        ("4,750.5", "4750.5", "4.750,5"),
        ("1.5", "1.5", "1,5"),
        ("4.75", "4.75", "4,75"),
        ("1.5000", "1.5", "1,5"),
        ("0.500", "0.5", "0,5"),
        ("4,750,000", "4750000", "4.750.000"),
        ("-1.5", "-1.5", "-1,5"),
    ],
)
def test_english_writing_is_a_question_with_the_english_reading(typed, suggestion, shown):
    with pytest.raises(AmbiguousNumber) as raised:
        parse_number(typed)
    assert raised.value.suggestion == Decimal(suggestion)
    assert raised.value.suggestion_text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "2550 tr",
        "NaN",
        "inf",
        "-Infinity",
        "1e5",
        "1E+5",
        "0x1F",
        "1_000",
        "４７５０",
        "٤٧٥٠",
        "4 750",
        "1.2.3",
        "4.75.000",
        "1.5,5.5",
        ",5",
        ".5",
        "5,",
        "5.",
        "-",
        "+-5",
        "--5",
        "- 5",
        "5%",
        "<b>5</b>",
    ],
)
def test_what_is_a_number_in_neither_language_is_refused(typed):
    with pytest.raises(NotANumber):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["9" * 40, "9" * 19, "0,1234567", "1.1234567"])
def test_too_many_digits_are_refused_with_the_limit_named(typed):
    with pytest.raises(NotANumber) as raised, translation.override("vi"):
        parse_number(typed)
    with translation.override("vi"):
        assert "18 chữ số phần nguyên và 6 chữ số phần lẻ" in str(raised.value.message)


def test_leading_zeros_do_not_count_against_the_limit():
    assert parse_number("0" * 30 + "5") == 5


def test_the_messages_are_those_of_the_wording():
    with translation.override("vi"):
        with pytest.raises(NotANumber) as wrong:
            parse_number("2550 tr")
        with pytest.raises(AmbiguousNumber) as question:
            parse_number("4,750.5")
        assert str(wrong.value.message) == (
            '"2550 tr" không phải số. Nhập 2.550 hoặc 2550; phần lẻ dùng dấu phẩy (2.550,5).'
        )
        assert str(question.value.message) == '"4,750.5" viết theo kiểu Anh. Có phải 4.750,5?'


def test_a_message_is_translated_when_shown_not_when_raised():
    with translation.override("vi"), pytest.raises(NotANumber) as raised:
        parse_number("abc {text}")
    with translation.override("en"):
        assert str(raised.value.message).startswith('"abc {text}" is not a number.')


def test_a_long_paste_is_quoted_in_part():
    with pytest.raises(NotANumber) as raised:
        parse_number("<p>" * 10_000)
    assert len(str(raised.value.message)) < 200


def test_in_english_the_roles_are_exchanged():
    assert parse_number("4,750.5", "en") == Decimal("4750.5")
    assert parse_number("1.500", "en") == Decimal("1.5")
    with pytest.raises(AmbiguousNumber) as raised:
        parse_number("4.750,5", "en")
    assert raised.value.suggestion_text == "4,750.5"


@given(accepted, languages)
def test_what_is_printed_reads_back_the_same(value, language):
    assert parse_number(format_number(value, language), language) == value


@given(st.one_of(st.text(max_size=20), near_numbers), languages)
def test_any_text_is_a_number_a_question_or_refused(text, language):
    try:
        value = parse_number(text, language)
    except AmbiguousNumber as question:
        assert parse_number(question.suggestion_text, language) == question.suggestion
    except NotANumber:
        pass
    else:
        assert value.is_finite()


@pytest.mark.parametrize(
    ("value", "language", "decimals", "shown"),
    [
        ("4750.5", "vi", None, "4.750,5"),
        ("4750.5", "en", None, "4,750.5"),
        ("4750.50", "vi", None, "4.750,5"),
        ("1E+3", "vi", None, "1.000"),
        ("1E-7", "vi", None, "0,0000001"),
        ("9513000", "vi", None, "9.513.000"),
        ("0", "vi", None, "0"),
        ("-0", "vi", None, "0"),
        ("-15", "vi", None, "-15"),
        ("-0.04", "vi", 1, "0,0"),
        ("2.25", "vi", 1, "2,3"),
        ("-2.25", "vi", 1, "-2,3"),
        ("81", "vi", 1, "81,0"),
        ("999.96", "vi", 1, "1.000,0"),
        ("4750", "en-gb", None, "4,750"),
    ],
)
def test_numbers_are_printed_in_the_language(value, language, decimals, shown):
    assert format_number(Decimal(value), language, decimals) == shown


def test_a_count_can_take_a_leading_zero():
    assert format_number(Decimal(5), min_int_digits=2) == "05"
    assert format_number(Decimal(15), min_int_digits=2) == "15"


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_never_printed(value):
    with pytest.raises(ValueError, match="cannot be printed"):
        format_number(Decimal(value))


def test_long_numbers_are_printed_digit_by_digit():
    value = Decimal("-123456789012345678901234567890123.5")
    assert format_number(value) == "-123.456.789.012.345.678.901.234.567.890.123,5"


@given(accepted, st.integers(0, 6))
def test_rounding_moves_a_number_by_at_most_half_a_step(value, decimals):
    step = Decimal(1).scaleb(-decimals)
    assert abs(round_half_up(value, decimals) - value) <= step / 2


def test_a_percentage_has_one_decimal_and_drops_a_zero():
    shown = [format_percent(Decimal(text)) for text in ("90.82", "80.95", "100", "105.77")]
    assert shown == ["90,8%", "81%", "100%", "105,8%"]


def test_four_kinds_of_empty_cell_have_four_marks():
    states = ("zero", "missing", "not_applicable", None)
    assert [format_cell(state, None) for state in states] == ["-", "...", "x", ""]


def test_a_cell_with_a_value_prints_it():
    assert format_cell("value", Decimal("4750.5")) == "4.750,5"
    assert format_cell("value", Decimal("81"), decimals=1) == "81,0"
    assert format_cell("value", Decimal("4750.5"), language="en") == "4,750.5"


def test_the_marks_of_a_table_are_settings(settings):
    settings.TABLE_MARKS = {"nil": "0", "missing": "…"}
    assert [format_cell(state, None) for state in ("zero", "missing")] == ["0", "…"]
    assert format_cell("zero", None, CellMarks(nil="–")) == "–"
