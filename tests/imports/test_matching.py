"""Columns are known by what stands above them, however it is written."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy

from imports.contract import Field, FieldKind
from imports.headings import heading_key, unit_key
from imports.matching import DoubledHeading, match, refuse_doubles
from tests.imports.sheets import FIELDS


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Tên đoàn", "name"),
        ("TÊN ĐOÀN", "name"),
        ("ten doan *", "name"),
        ("  Tên \n đoàn ", "name"),
        ("Te\u0302n đoa\u0300n", "name"),
        ("name", "name"),
        ("Đoàn", "name"),
        ("1. Tên đoàn", "name"),
        ("b) Tên đoàn (nếu có)", "name"),
        ("Giá trị (USD)", "value"),
        ("Giá trị, triệu USD", "value"),
        ("Giá trị › (triệu USD)", "value"),
        ("Giá trị › triệu USD", "value"),
        ("Trong đó: giá trị", "value"),
        ("Kết quả › Giá trị", "value"),
        ("STT", "order"),
        ("Tên", ""),
        ("Số", ""),
        ("", ""),
    ],
)
def test_a_heading_is_known(heading, field):
    assert match({0: heading}, FIELDS) == {0: field}


def test_labels_are_known_in_both_languages():
    fields = [Field(name="upload", label=gettext_lazy("agency"))]
    assert match({0: "Agency"}, fields) == match({0: "Đơn vị"}, fields) == {0: "upload"}


def test_of_two_years_the_one_that_is_meant_is_taken():
    fields = [
        Field(name="actual", label="Thực hiện", also=("TH năm 2019",), kind=FieldKind.NUMBER),
        Field(name="plan", label="Kế hoạch", also=("KH 2019",), kind=FieldKind.NUMBER),
    ]
    titles = {1: "Năm 2018 › Thực hiện", 2: "Năm 2019 › TH", 3: "Năm 2019 › KH"}
    assert match(titles, fields) == {1: "", 2: "actual", 3: "plan"}


def test_the_same_heading_twice_is_refused_with_its_columns():
    with pytest.raises(DoubledHeading) as refusal:
        match({1: "Tên đoàn", 4: "TEN DOAN"}, FIELDS)
    assert (refusal.value.field, refusal.value.columns) == ("name", (1, 4))
    assert "B, E" in str(refusal.value.message)


def test_headings_that_are_left_out_may_stand_twice():
    assert match({0: "STT", 5: "STT", 6: "Lạ", 7: "Lạ"}, FIELDS)[5] == "order"


def test_two_different_headings_for_one_field_are_for_the_person_to_choose():
    assert match({0: "Tên đoàn", 1: "Đoàn"}, FIELDS) == {0: "", 1: ""}


def test_words_two_fields_answer_to_match_neither():
    fields = [Field(name="a", label="Tên", also=("Mã",)), Field(name="b", label="Số", also=("Mã",))]
    assert match({0: "Mã", 1: "Tên"}, fields) == {0: "", 1: "a"}


def test_what_was_matched_by_hand_is_remembered():
    remembered = {heading_key("Cột lạ"): "name", heading_key("Tên đoàn"): ""}
    assert match({0: "CỘT LẠ", 1: "Tên đoàn"}, FIELDS, remembered) == {0: "name", 1: ""}
    assert match({0: "Cột lạ"}, FIELDS, {"cot la": "gone"}) == {0: ""}


def test_a_field_matched_by_hand_to_two_columns_is_refused():
    titles = {0: "Đoàn", 1: "Cột lạ", 2: "STT", 3: "TT"}
    refuse_doubles({0: "name", 1: "", 2: "order", 3: "order"}, titles, FIELDS)
    with pytest.raises(DoubledHeading) as refusal:
        refuse_doubles({0: "name", 1: "name"}, titles, FIELDS)
    assert refusal.value.columns == (0, 1)


@pytest.mark.parametrize(
    "written", ["Tr. USD", "triệu USD", "Triệu đô la Mỹ", "ĐVT: tr USD", "tr.$", "triệu US$"]
)
def test_units_have_many_ways_of_writing(written):
    assert unit_key(written) == "trieu usd"
