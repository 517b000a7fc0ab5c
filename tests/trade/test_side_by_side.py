"""What the words of the customary form say: its period, its columns, and where it belongs."""

from __future__ import annotations

import pytest

from imports import spreading
from imports.contract import Field, FieldKind
from imports.layout import Layout
from imports.matching import match
from trade.side_by_side import SPREAD, once, period_of, sheet_of, table_of

pytestmark = pytest.mark.django_db


def layout(*titles: str, above: tuple[str, ...] = ()) -> Layout:
    return Layout("Sheet1", (1,), 2, 3, dict(enumerate(titles)), above=above)


@pytest.mark.parametrize(
    ("title", "kind", "month"),
    [
        ("Tháng 5 năm 2019", "month", "05/2019"),
        ("KNXNK tháng 11/2019", "month", "11/2019"),
        ("Báo cáo 9 tháng đầu năm 2019", "to_date", "09/2019"),
        ("9 tháng năm 2019", "to_date", "09/2019"),
        ("06 tháng đầu năm 2019", "to_date", "06/2019"),
        ("KNXNK 6T/2019", "to_date", "06/2019"),
        ("First 5 months of 2019", "to_date", "05/2019"),
        ("NĂM 2019", "to_date", "12/2019"),
        ("Kèm theo báo cáo ngày 05 tháng 6 năm 2019, số liệu tháng 5/2019", "month", "05/2019"),
    ],
)
def test_the_period_is_read_from_the_title(title, kind, month):
    values = sheet_of("SỞ CÔNG THƯƠNG", title).values()
    assert (values["kind"], values["month"]) == (kind, month)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "tháng 13 năm 2019",
        "Quý I năm 2019",
        "Lạng Sơn, ngày 05 tháng 6 năm 2019",
        "Số liệu đến ngày 15/12/2019",
        "Tháng 5 và 5 tháng đầu năm 2019",
        "Năm 2018 và năm 2019",
    ],
)
def test_no_period_is_made_up(title):
    assert sheet_of(title) is None


def test_other_tables_are_led_nowhere():
    assert table_of(layout("Cửa khẩu", "Chiều", "Tháng", "Giá trị (USD)")) is None
    assert table_of(layout("Nước", "Xuất khẩu", "Nhập khẩu")) is None
    assert table_of(layout("Tên cửa khẩu", "KN › XK", "KN › NK")) is not None


def test_a_part_of_a_year_goes_before_the_year_and_two_parts_are_none():
    assert str(period_of(["Báo cáo năm 2019", "Tháng 5/2019"])[:2]) == str(
        period_of(["Tháng 5/2019"])[:2]
    )
    assert period_of(["Tháng 5/2019", "Tháng 6/2019"]) is None
    assert period_of(["Năm 2019", "Năm 2018"])[1].year == 2019  # the title goes first


def test_whether_goods_are_local_is_left_to_a_person_where_the_title_speaks_of_them():
    assert once(["Kim ngạch tháng 5/2019"])["is_local"].said == "no"
    local = once(["", "Xuất khẩu hàng địa phương"])["is_local"]
    assert (local.said, local.place) == ("", 1)


# --- headings ------------------------------------------------------------------------------

FLOWS = (("export", "xuất khẩu"), ("import", "nhập khẩu"))
FIELDS = spreading.fields(
    [
        Field(name="gate", label="Cửa khẩu", kind=FieldKind.KEY, required=True),
        Field(name="flow", label="Chiều", required=True, shared=lambda: FLOWS),
        Field(name="kind", label="Loại kỳ"),
        Field(name="value", label="Giá trị (USD)", also=("Kim ngạch",), kind=FieldKind.NUMBER),
        Field(name="vehicles", label="Số xe hoặc toa", also=("Số xe",), kind=FieldKind.NUMBER),
    ],
    SPREAD,
)


def matched(*titles: str) -> list[str]:
    """The fields of these columns beside the plainest ones."""
    found = match(dict(enumerate(("Cửa khẩu", "Xuất khẩu", "Nhập khẩu", *titles))), FIELDS)
    assert [found[at] for at in range(3)] == ["gate", "value@export", "value@import"]
    return [found[at] for at in range(3, len(found))]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Xuất khẩu › Số xe", "vehicles@export"),
        ("Số phương tiện › NK", "vehicles@import"),
        ("Kế hoạch năm 2019 › Xuất khẩu (triệu USD)", "value@export1"),
        ("NK › KH năm", "value@import1"),
        ("Tổng", "value@sum"),
        ("Tổng kim ngạch XNK (triệu USD)", "value@sum"),
        ("Tổng số xe", "vehicles@sum"),
        ("Kế hoạch năm › Tổng cộng", "value@sum1"),
        ("Cùng kỳ 2018 › Xuất khẩu", "@past"),
        ("So sánh (%)", "@share"),
        ("Xuất khẩu › So với KH (%)", "@share"),
        ("% đạt KH", "@share"),
        ("Total", "value@sum"),
        ("Exports › Vehicles", "vehicles@export"),
        # What else a heading says may change what is meant: only a person knows.
        ("Xuất khẩu › Hàng địa phương", ""),
        ("Xuất khẩu › Lũy kế", ""),
        ("Kế hoạch › Xuất khẩu", ""),
        ("Số xe", ""),
        ("Kim ngạch", ""),
    ],
)
def test_a_heading_is_read_by_its_words_in_any_order(title: str, name: str):
    assert matched(title) == [name]


@pytest.mark.parametrize(
    "titles",
    [
        ("1. Xuất khẩu (triệu USD)", "2. Nhập khẩu (triệu USD)"),
        ("KNXK tháng 5/2019", "KNNK tháng 5/2019"),
        ("Thực hiện năm 2019 › Xuất khẩu", "Thực hiện năm 2019 › Nhập khẩu"),
        ("Kim ngạch XNK (Tr.USD) › XK", "Kim ngạch XNK (Tr.USD) › NK"),
        ("Xuất khẩu › Trị giá, triệu USD", "Nhập khẩu › Trị giá, triệu USD"),
        ("Export value", "Import value"),
    ],
)
def test_the_flows_are_found_as_offices_write_them(titles: tuple[str, ...]):
    found = match(dict(enumerate(titles)), FIELDS)
    assert [*found.values()] == ["value@export", "value@import"]


def test_one_flow_alone_stands_beside_nothing():
    found = match({0: "Cửa khẩu", 1: "Xuất khẩu", 2: "Tổng", 3: "Số xe"}, FIELDS)
    assert [*found.values()] == ["gate", "", "", "vehicles"]


def test_what_somebody_matched_by_hand_goes_first():
    titles = {0: "Cửa khẩu", 1: "Xuất khẩu", 2: "Nhập khẩu", 3: "Tổng"}
    found = match(titles, FIELDS, {"tong": "", "xuat khau": "vehicles@export"})
    assert [*found.values()] == ["gate", "vehicles@export", "value@import", ""]
