"""What was made out in a file is said in sentences."""

from __future__ import annotations

from django.utils import translation

from imports.recognised import converted
from tests.imports.sheets import FIELDS


def said(factor: str) -> list[str]:
    with translation.override("vi"):
        return list(converted({2: "people", 4: "value"}, FIELDS, {"unit:E": factor}))


def test_a_column_in_another_unit_than_its_field_is_told():
    assert said("0.000001") == ["Cột E tính bằng USD, quy ra triệu USD."]


def test_the_field_s_own_unit_needs_no_words():
    assert said("1") == []
