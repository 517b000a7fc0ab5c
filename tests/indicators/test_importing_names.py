"""Rows of office sheets are recognised by what offices call them, and by nothing vaguer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from indicators.declarations import groups, indicators
from indicators.imported import units
from indicators.imported.names import Names


@pytest.fixture
def names() -> Names:
    rows = {code: row for code, row in indicators().items() if row.yearly}
    return Names(rows, {code: group.label for code, group in groups().items()})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_label_is_recognised_as_its_own(names, language):
    with override(language):
        for code, row in names.indicators.items():
            assert names.candidates(str(row.label)) == [code]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KNXK", "TRADE.EXPORT"),
        ("KNNK", "TRADE.IMPORT"),
        ("Tổng KNXNK", "TRADE.TOTAL"),
        ("Tổng kim ngạch XNK qua địa bàn tỉnh", "TRADE.TOTAL"),
        ("1. TỔNG KIM NGẠCH XUẤT NHẬP KHẨU (triệu USD)", "TRADE.TOTAL"),
        ("a) Kim ngạch nhập khẩu:", "TRADE.IMPORT"),
        ("- KN xuất khẩu", "TRADE.EXPORT"),
        ("Kim ngach xuat khau hang dia phuong", "TRADE.LOCAL_EXPORT"),
        ("Dự án phi chính phủ nước ngoài đang hoạt động", "NGO.PROJECT_ACTIVE"),
        ("GRDP bình quân đầu người (triệu đồng)", "ECON.GRDP_PC"),
        ("GRDP bình quân đầu người (USD)", "ECON.GRDP_PC_USD"),
        ("TRADE.LOCAL_EXPORT", "TRADE.LOCAL_EXPORT"),
    ],
)
def test_rows_are_known_by_what_offices_write(names, written, code):
    assert names.candidates(written) == [code]


@pytest.mark.parametrize("written", ["Xuất khẩu gạo", "Số lượt người", "Vốn", "", "Số cụm"])
def test_a_vague_or_foreign_name_means_nothing(names, written):
    assert names.candidates(written) == []


def test_a_name_that_fits_two_rows_names_both(names):
    assert names.candidates("Số cụm công nghiệp") == [
        "PLAN.IND_CLUSTER_MIN",
        "PLAN.IND_CLUSTER_MAX",
    ]


def test_parts_are_known_by_less_below_their_total(names):
    names.met("TRADE.TOTAL")
    assert names.candidates("Trong đó: Xuất khẩu") == ["TRADE.EXPORT"]
    names.met("TRADE.EXPORT")
    assert names.candidates("+ Nhập khẩu") == ["TRADE.IMPORT"]
    assert names.candidates("+ Gạo") == []
    names.met("DELEG.OUT.COUNT")
    assert names.candidates("+ Nhập khẩu") == []


def test_a_heading_says_whose_people_are_counted(names):
    names.under("I. Đoàn ra")
    assert names.candidates("Số lượt người") == ["DELEG.OUT.PERSONS"]
    names.under("Trong đó:")
    assert names.candidates("Số lượt người") == ["DELEG.OUT.PERSONS"]
    names.under("II. ĐOÀN VÀO")
    assert names.candidates("Số lượt người") == ["DELEG.IN.PERSONS"]


@pytest.mark.parametrize(
    ("unit", "code", "factor"),
    [
        ("Tr. USD", "TRADE.EXPORT", "1"),
        ("triệu đô la", "TRADE.EXPORT", "1"),
        ("USD", "TRADE.EXPORT", "0.000001"),
        ("tỷ USD", "TRADE.EXPORT", "1000"),
        ("1.000 USD", "TRADE.EXPORT", "0.001"),
        ("", "TRADE.EXPORT", "1"),
        ("tr.đ", "ECON.GRDP", "0.001"),
        ("Người", "DELEG.IN.PERSONS", "1"),
        ("lượt", "DELEG.IN.PERSONS", "1"),
        ("Quốc gia/VLT", "DELEG.OUT.COUNTRIES", "1"),
    ],
)
def test_a_unit_is_converted_into_that_of_the_row(unit, code, factor):
    assert units.factor(unit, indicators()[code]) == Decimal(factor)


@pytest.mark.parametrize(
    ("unit", "code"),
    [("tỷ đồng", "TRADE.EXPORT"), ("tấn", "TRADE.EXPORT"), ("người", "DELEG.IN.COUNT")],
)
def test_money_in_an_unknown_unit_is_not_taken(unit, code):
    with pytest.raises(units.OtherUnit):
        units.factor(unit, indicators()[code])
