"""Texts a spreadsheet would run leave harmless and come back as they were."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from imports.contract import Wrong
from registers.sheets import numerals
from registers.sheets.neutral import neutral, restored

TEXTS = st.text("'=+-@＝ \t\n#N/A!aErr:502", max_size=12)


@given(TEXTS, st.booleans())
def test_what_was_made_harmless_is_restored(text, in_workbook):
    assert restored(neutral(text, in_workbook=in_workbook)) == text


@given(TEXTS)
def test_nothing_in_a_csv_begins_like_a_formula(text):
    assert neutral(text).lstrip()[:1] not in set("=+-@＝") - {""}


@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from(["vi", "en"]))
def test_a_written_number_has_one_reading(number, language):
    with translation.override(language):
        assert numerals.read(numerals.grouped(number)) == number
        assert numerals.read(numerals.ungrouped(number)) == number


def test_a_number_with_two_readings_is_asked_back():
    with translation.override("vi"):
        assert numerals.grouped(Decimal(58_991)) == "58.991,0"
        with pytest.raises(Wrong, match="58991"):
            numerals.read("58.991")
