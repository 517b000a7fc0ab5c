"""Numbers of office sheets: their words, units and marks, and which readings they have."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import NotANumber, format_number, parse_number, readings
from imports.contract import Mark
from imports.numbertext import is_ambiguous, mark_of, readings_of, styles_of, take_apart

near_numbers = st.text(alphabet="0123456789.,-+ ", max_size=10)


@pytest.mark.parametrize(
    ("text", "number", "precision", "status"),
    [
        ("6.500", "6.500", "", ""),
        ("-15", "-15", "", ""),
        ("trên 6.500", "6.500", "over", ""),
        ("Gần 6.500", "6.500", "nearly", ""),
        ("khoảng 6.500", "6.500", "about", ""),
        ("hơn 6.500", "6.500", "more_than", ""),
        ("ít nhất 6.500", "6.500", "at_least", ""),
        ("khoảng gần 6.500", "6.500", "about_nearly", ""),
        ("ước 6.500", "6.500", "", "estimate"),
        ("Ước đạt 6.500", "6.500", "", "estimate"),
        ("ước tính khoảng 6.500", "6.500", "about", "estimate"),
        ("uoc khoang 6.500", "6.500", "about", "estimate"),
        ("6.500 (ước)", "6.500", "", "estimate"),
        ("dự kiến 6.500", "6.500", "", "projected"),
        ("phấn đấu đạt 6.500", "6.500", "", "target"),
        ("sơ bộ: 6.500", "6.500", "", "preliminary"),
        ("> 6.500", "6.500", "over", ""),
        ("~6.500", "6.500", "about", ""),
        ("estimated 6,500", "6,500", "", "estimate"),
        ("1 234 567,5", "1234567,5", "", ""),
        ("1\u00a0234", "1234", "", ""),
        ("u\u031bo\u031b\u0301c 5", "5", "", "estimate"),
        ("ước khoảng", "", "about", "estimate"),
    ],
)
def test_words_beside_a_number_are_understood(text, number, precision, status):
    apart = take_apart(text)
    assert apart is not None
    assert (apart.number, apart.precision, apart.status) == (number, precision, status)


@pytest.mark.parametrize(
    "text",
    ["2550 tr", "năm 2019", "12 đoàn", "5-7", "6.500.", "1 2", "1 23", "trên gần 5", "ước ước 5"]
    + ["hơn nữa", "gà 5", "5%%", "%5", "=5", "1e5", "(5)", "(ước 5)", "5 6 7", "NaN", "٣", ""],
)
def test_anything_else_beside_a_number_makes_it_none(text):
    assert not readings_of(text)


def test_a_unit_behind_the_number_counts():
    units = {"triệu USD": Decimal(1), "USD": Decimal("0.000001")}
    apart = take_apart("ước 6.500 tr. USD", units)
    assert apart is not None
    assert (apart.number, apart.status, apart.factor) == ("6.500", "estimate", 1)
    assert take_apart("6.500 tỷ đồng", units) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("-", Mark.NIL),
        ("–", Mark.NIL),
        (" - ", Mark.NIL),
        ("...", Mark.MISSING),
        ("…", Mark.MISSING),
    ]
    + [
        ("x", Mark.NOT_APPLICABLE),
        ("X", Mark.NOT_APPLICABLE),
        ("-5", None),
        ("", None),
        ("0", None),
    ],
)
def test_marks_of_tables(text, mark):
    assert mark_of(text) is mark


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("6.500", ["vi", "en"]),
        ("6,500", ["vi", "en"]),
        ("trên 12.345", ["vi", "en"]),
        ("6500", ["vi", "en"]),
        ("6.5", ["en"]),
        ("6,5", ["vi"]),
        ("0.500", ["en"]),
        ("1234.567", ["en"]),
        ("1.234,5", ["vi"]),
        ("1,234.5", ["en"]),
        ("1.234.567", ["vi"]),
        ("1.23.456", []),
        ("13,7%", ["vi"]),
        ("ước 6.5 %", ["en"]),
    ],
)
def test_the_writing_of_a_number(text, styles):
    assert styles_of(text) == styles


@given(near_numbers)
def test_a_number_is_ambiguous_exactly_when_both_readings_are_valid_and_differ(text):
    def valid(language: str) -> Decimal | None:
        try:
            return parse_number(text, language)
        except ValueError:
            return None

    vi, en = valid("vi"), valid("en")
    both = vi is not None and en is not None
    assert is_ambiguous(readings(text)) == (both and vi != en)
    signs = "." in text or "," in text
    if len(readings(text)) == 2:
        assert is_ambiguous(readings(text)) == signs  # what the questions rely on


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from(["vi", "en"]))
def test_a_number_written_in_a_style_has_its_value_among_its_readings(value, language):
    assert readings_of(format_number(value, language))[language] == value


@given(near_numbers)
def test_reading_never_invents_a_number(text):
    for language, value in readings(text).items():
        try:
            assert parse_number(text, language) == value
        except NotANumber:
            pytest.fail("read what the entry screen refuses")
