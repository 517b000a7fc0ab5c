"""The table is found in sheets as offices write them, and nothing is left out in silence."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.book import Book, FileKind, Row, Sheet
from imports.contract import Field, FieldKind
from imports.layout import Layout, NoHeader, NoRows, find
from imports.matching import match
from tests.imports.sheets import FIELDS, HEADINGS, book, merged, sheet

D = Decimal
ROW = (D(1), "Đoàn Bộ Công Thương", D(12), dt.date(2019, 3, 4), D("1.5"))
OTHER = (D(2), "Đoàn tỉnh Quảng Tây", D(20), dt.date(2019, 5, 6), D("2.5"))
TOP = (
    ("UBND TỈNH LẠNG SƠN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ NGOẠI VỤ", None, None, "Độc lập - Tự do - Hạnh phúc"),
    (),
    ("DANH SÁCH ĐOÀN VÀO NĂM 2019",),
    (None, None, None, None, "ĐVT: triệu USD"),
)


def read(layout: Layout, table: Sheet) -> list[int]:
    return [row.number for row in layout.rows(table)]


def test_headings_are_found_below_the_names_of_the_office_and_the_title():
    table = sheet(*TOP, HEADINGS, ROW, OTHER)

    layout = find(book(table), FIELDS)

    assert layout.header_rows == (6,)
    assert (layout.first, layout.last) == (7, 8)
    assert layout.titles[4] == "Giá trị (triệu USD)"


def test_a_table_that_begins_far_right_and_low_is_found():
    lines = [()] * 30 + [(None, None, *HEADINGS), (None, None, *ROW)]

    layout = find(book(sheet(*lines)), FIELDS)

    assert layout.header_rows == (31,)
    assert min(layout.titles) == 2


def test_headings_of_two_rows_are_joined_and_merged_cells_spread():
    fields = (
        Field(name="label", label="Chỉ tiêu"),
        Field(name="plan", label="KH năm 2019", kind=FieldKind.NUMBER),
        Field(name="actual", label="TH năm 2019", kind=FieldKind.NUMBER),
        Field(name="past", label="TH năm 2018", kind=FieldKind.NUMBER, is_silent=True),
    )
    lines = (
        ("BIỂU SỐ 02", None, None, None, None),
        ("TT", "Chỉ tiêu", "TH năm 2018", "Năm 2019", None),
        (None, None, None, "KH", "TH"),
        (D(1), "Kim ngạch xuất khẩu", D(4), D(5), D(6)),
    )
    areas = tuple(map(merged, ("A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2")))

    for table in (sheet(*lines, merged=areas), sheet(*lines)):
        layout = find(book(table), fields)
        assert layout.header_rows == (2, 3)
        assert layout.titles == {
            0: "TT",
            1: "Chỉ tiêu",
            2: "TH năm 2018",
            3: "Năm 2019 › KH",
            4: "Năm 2019 › TH",
        }
        assert match(layout.titles, fields) == {
            0: "",
            1: "label",
            2: "past",
            3: "plan",
            4: "actual",
        }


def test_the_row_of_column_numbers_is_no_data():
    for numbering in (
        ("(1)", "(2)", "(3)", "(4)", "(5)=(3)x2"),
        ("A", "B", D(1), D(2), D(3)),
        tuple(map(D, range(1, 6))),
    ):
        layout = find(book(sheet(HEADINGS, numbering, ROW, OTHER)), FIELDS)
        assert layout.skipped == (2,)
        assert layout.first == 3


def test_a_first_row_of_small_numbers_is_data_where_only_numbers_belong():
    fields = (
        Field(name="a", label="Xuất", kind=FieldKind.NUMBER),
        Field(name="b", label="Nhập", kind=FieldKind.NUMBER),
        Field(name="c", label="Tổng kim ngạch", kind=FieldKind.NUMBER),
    )
    layout = find(book(sheet(("Xuất", "Nhập", "Tổng kim ngạch"), (D(1), D(2), D(3)))), fields)
    assert layout.first == 2


@pytest.mark.parametrize(
    "words",
    ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng số", "Tổng", "Tổng cộng (I+II)", "Total", "TONG CONG"]
    + ["To\u0302\u0309ng co\u0323\u0302ng", "Cộng trang 1"],
)
def test_totals_are_recognised(words):
    for line in ((None, words, D(32), None, D(4)), (words, None, D(32), None, D(4))):
        layout = find(book(sheet(HEADINGS, ROW, OTHER, line)), FIELDS)
        assert layout.totals == (4,)
        assert layout.last == 4


@pytest.mark.parametrize(
    "name",
    ["Tổng công ty Viglacera", "Cộng hòa Liên bang Đức", "Công", "Tổng cục Hải quan", "Cổng TTĐT"],
)
def test_names_that_begin_like_a_total_are_data(name):
    table = sheet(HEADINGS, ROW, (D(2), name, D(32), None, D(4)))
    assert read(find(book(table), FIELDS), table) == [2, 3]


def test_a_total_above_the_rows_is_recognised_as_well():
    table = sheet(HEADINGS, (None, "Tổng số", D(32), None, D(4)), ROW, OTHER)
    layout = find(book(table), FIELDS)
    assert layout.totals == (2,)
    assert read(layout, table) == [3, 4]


def test_blank_lines_sections_and_headings_printed_again_are_passed_over():
    table = sheet(
        HEADINGS,
        ("I", "Đoàn ra", None, None, None),
        ROW,
        (None, "", None),
        ("II. Đoàn vào", None, None, None, None),
        HEADINGS,
        OTHER,
    )

    layout = find(book(table), FIELDS)

    assert layout.sections == (2, 5)
    assert layout.section_titles(table) == {2: "I Đoàn ra", 5: "II. Đoàn vào"}
    assert layout.skipped == (4, 6)
    assert read(layout, table) == [3, 7]


def test_a_section_merged_over_the_table_is_one_without_a_numeral():
    table = sheet(HEADINGS, ("Đoàn ra", None, None, None, None), ROW, merged=(merged("A2:E2"),))
    assert find(book(table), FIELDS).sections == (2,)


def test_notes_and_signatures_at_the_foot_are_no_data():
    table = sheet(
        HEADINGS,
        ROW,
        OTHER,
        (None, "Tổng cộng", D(32), None, D(4)),
        (),
        ("Ghi chú: số liệu ước đến 15/12", None),
        (None, None, None, "Lạng Sơn, ngày 15 tháng 12 năm 2019"),
        (None, "Người lập biểu", None, "GIÁM ĐỐC"),
        (),
        (None, "Nguyễn Văn A", None, "Trần Thị B"),
    )

    layout = find(book(table), FIELDS)

    assert layout.last == 4
    assert layout.notes == (6, 7, 8, 10)
    assert set(layout.notes) <= set(layout.skipped)
    assert read(layout, table) == [2, 3]


def test_a_poor_row_is_data_not_a_note():
    table = sheet(HEADINGS, ROW, (None, "Đoàn không có gì khác"), OTHER, (None, "Đoàn cuối"))
    assert read(find(book(table), FIELDS), table) == [2, 3, 4, 5]


def test_hidden_rows_are_read_and_named():
    table = sheet(HEADINGS, ROW, OTHER, hidden=(3,))
    layout = find(book(table), FIELDS)
    assert layout.hidden == (3,)
    assert read(layout, table) == [2, 3]


def test_the_sheet_with_the_table_is_chosen_among_others():
    cover = sheet(("Báo cáo",), ("Người gửi", "Nguyễn A"), name="Bìa")
    empty = sheet(name="Sheet3")
    table = sheet(HEADINGS, ROW, name="Bieu 02")

    layout = find(book(cover, table, empty), FIELDS)

    assert (layout.sheet, layout.candidates) == ("Bieu 02", ())


def test_two_equal_sheets_are_a_question_until_one_is_chosen():
    one, two = sheet(HEADINGS, ROW, name="Quý I"), sheet(HEADINGS, OTHER, name="Quý II")

    assert find(book(one, two), FIELDS).candidates == ("Quý I", "Quý II")
    chosen = find(book(one, two), FIELDS, sheet="Quý II")
    assert (chosen.sheet, chosen.candidates) == ("Quý II", ())


def test_the_sheet_a_template_names_is_chosen():
    one, two = sheet(HEADINGS, ROW, name="Quý I"), sheet(HEADINGS, OTHER, name="Quý II")
    layout = find(book(one, two, marks={"sheet": "Quý II"}), FIELDS)
    assert (layout.sheet, layout.candidates) == ("Quý II", ())


def test_a_hidden_sheet_is_read_only_where_no_other_has_the_table():
    hidden = sheet(HEADINGS, ROW, name="Ẩn", is_hidden=True)
    assert find(book(hidden, sheet(HEADINGS, OTHER)), FIELDS).sheet == "Bieu 01"
    assert find(book(hidden, sheet(("x",))), FIELDS).sheet == "Ẩn"


def test_headings_nobody_knows_are_found_by_their_shape():
    table = sheet(("Danh mục",), ("Cột lạ", "Cột kia", "Nữa"), ("a", D(1), D(2)), ("b", D(3), D(4)))
    layout = find(book(table), FIELDS)
    assert layout.header_rows == (2,)
    assert match(layout.titles, FIELDS) == {0: "", 1: "", 2: ""}


def test_a_file_without_table_is_refused_with_the_headings_expected():
    with pytest.raises(NoHeader) as refusal:
        find(book(sheet((D(1), D(2)), (D(3), D(4)))), FIELDS)
    assert "Tên đoàn" in str(refusal.value.message)
    with pytest.raises(NoHeader):
        find(book(sheet()), FIELDS)


def test_headings_with_nothing_below_are_refused():
    for lines in ((HEADINGS,), (HEADINGS, (), ("", None))):
        with pytest.raises(NoRows) as refusal:
            find(book(sheet(*lines)), FIELDS)
        assert "Bieu 01" in str(refusal.value.message)


def test_a_layout_survives_json():
    table = sheet(*TOP, HEADINGS, ROW, (), (None, "Cộng", D(1)))
    layout = find(book(table), FIELDS)
    assert Layout.from_json(json.loads(json.dumps(layout.as_json()))) == layout


words = st.sampled_from(["Đoàn A", "Tổng cộng", "I", "Ghi chú: a", "x", "(1)", "1", "", "Cộng"])
cells = st.one_of(st.none(), words, st.integers(0, 9).map(Decimal), st.booleans())
messy = st.lists(st.lists(cells, max_size=6).map(tuple), max_size=12)


@given(messy)
def test_every_row_below_the_headings_is_data_or_named(lines):
    rows = [Row(n, line) for n, line in enumerate([HEADINGS, *lines], 1)]
    table = Sheet("S", tuple(rows))
    try:
        layout = find(Book(FileKind.XLSX, (table,)), FIELDS)
    except NoHeader:
        return
    named = {*layout.totals, *layout.skipped, *layout.sections, *layout.header_rows}
    told = named | set(read(layout, table))
    assert {row.number for row in rows[layout.header_rows[0] - 1 :] if not row.is_blank} <= told
    assert not named & set(read(layout, table))
