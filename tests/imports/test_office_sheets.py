"""Whole files as offices send them: read, made out and converted, in every format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from imports.book import Book
from imports.contract import Field, FieldKind, Mark, Number, Parsed
from imports.layout import Layout, find
from imports.matching import match
from imports.opening import open_book
from imports.questions import survey
from imports.totals import compare
from imports.values import Reader
from tests.imports import books

D = Decimal
YEARLY = (
    Field(name="order", label="STT", is_silent=True),
    Field(name="label", label="Chỉ tiêu", required=True),
    Field(name="unit", label="ĐVT", also=("Đơn vị tính",)),
    Field(name="past", label="TH năm 2018", is_silent=True),
    Field(name="plan", label="KH năm 2019", kind=FieldKind.NUMBER, marks=True),
    Field(
        name="actual", label="Năm 2019 TH", also=("Năm 2019 Ước TH",), kind=FieldKind.NUMBER,
        marks=True,
    ),
    Field(name="ratio", label="So sánh", also=("So sánh (%) TH/KH", "So sánh (%) 2019/2018"),
          is_silent=True),
)  # fmt: skip
DELEGATIONS = (
    Field(name="order", label="STT", is_silent=True),
    Field(name="name", label="Tên đoàn", required=True),
    Field(name="head", label="Trưởng đoàn"),
    Field(name="people", label="Số người", kind=FieldKind.NUMBER),
    Field(name="start", label="Ngày đi", kind=FieldKind.DATE),
    Field(name="cost", label="Kinh phí", kind=FieldKind.NUMBER,
          units={"triệu đồng": D(1), "đồng": D("0.000001")}),
    Field(name="abroad", label="Đi nước ngoài", kind=FieldKind.FLAG),
)  # fmt: skip


def opened(content: bytes, name: str) -> Book:
    return open_book(ContentFile(content, name), name)


def understood(book: Book, fields: tuple[Field, ...], answers: dict[str, str] | None = None):
    """Layout, matching, open questions and rows of a file."""
    layout = find(book, fields)
    table = next(one for one in book.sheets if one.name == layout.sheet)
    matching = match(layout.titles, fields)
    found = survey(table, layout, matching, fields)
    reader = Reader(fields, found.answers | (answers or {}))
    rows = list(reader.parse(layout.rows(table), matching, sections=layout.section_titles(table)))
    return layout, matching, found, rows


def columns(layout: Layout, matching: dict[int, str]) -> dict[str, str]:
    return {name: layout.titles[column] for column, name in matching.items() if name}


@pytest.mark.parametrize("name", ["bieu.xlsx", "bieu.xls", "bieu.csv"])
def test_the_yearly_form_is_made_out(name):
    table = books.yearly_figures()
    content = {
        "bieu.xlsx": lambda: books.xlsx({"Bieu 02": table.rows}, merged=table.merged),
        "bieu.xls": lambda: books.xls({"Bieu 02": table.rows}, merged=table.merged),
        "bieu.csv": lambda: books.csv(table.rows, delimiter=";"),
    }[name]()

    layout, matching, found, rows = understood(opened(content, name), YEARLY)

    assert layout.header_rows == table.header_rows
    assert (layout.first, layout.last) == (table.first, 16)
    assert layout.totals == table.totals
    assert layout.sections == (9, 13)
    assert layout.notes == (18, 19)
    assert columns(layout, matching)["plan"] == "Năm 2019 › KH"
    assert columns(layout, matching)["actual"] == "Năm 2019 › Ước TH"
    assert sum(name == "ratio" for name in matching.values()) == 2
    assert found.questions == []
    assert [row.number for row in rows] == [10, 11, 12, 14, 15]
    assert not any(row.faults for row in rows)
    assert rows[1].values["label"] == "Trong đó: - KNXK"
    assert rows[1].values["actual"] == Number(D(2550))
    assert rows[4].values["actual"] == Number(D(54))
    assert rows[4].values["plan"] is None
    assert rows[0].section == "I THƯƠNG MẠI"
    assert rows[3].section == "II ĐOÀN RA, ĐOÀN VÀO"


LIST = [
    ["DANH SÁCH ĐOÀN RA NĂM 2019"],
    [None, None, None, None, None, "ĐVT: triệu đồng"],
    ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Ngày đi", "Kinh phí", "Đi nước ngoài"],
    [1, "Đoàn UBND tỉnh", "Ông A", 12, "03/04/2019", "ước 1.234,5", "x"],
    [],
    [2, "Tổng công ty Đường sắt", "Bà B", "trên 20", "25/04/2019", "-", None],
    [3, "Đoàn Sở Y tế", None, "?", "31/02/2019", "6.500", "có"],
    [None, "Tổng cộng", None, 40, None, "1.234,5"],
]  # fmt: skip


def lists(rows: list[Parsed]) -> list[list[object]]:
    return [[row.values[name] for name in ("people", "start", "cost", "abroad")] for row in rows]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ds.xlsx", lambda: books.xlsx({"Bìa": [["Bìa"]], "DS": LIST})),
        ("ds.xls", lambda: books.xls({"DS": LIST})),
        ("ds.ods", lambda: books.ods({"DS": LIST})),
        ("ds.csv", lambda: books.csv(LIST, delimiter=";", encoding="utf-8-sig")),
        ("ds.csv", lambda: books.csv(LIST, delimiter="\t", encoding="utf-16")),
        ("ds.csv", lambda: books.csv(LIST, encoding="cp1258")),
    ],
)
def test_a_list_of_delegations_says_the_same_in_every_format(name, content):
    layout, _matching, found, rows = understood(opened(content(), name), DELEGATIONS)

    assert layout.header_rows == (3,)
    assert (layout.skipped, layout.totals) == ((5,), (8,))
    assert found.questions == []
    assert found.answers == {"date:E": "dmy", "number:F": "vi", "unit:F": "1"}
    assert lists(rows) == [
        [Number(D(12)), dt.date(2019, 4, 3), Number(D("1234.5"), "", "estimate"), True],
        [Number(D(20), "over"), dt.date(2019, 4, 25), Number(D(0)), None],
        [None, None, Number(D(6500)), True],
    ]
    assert [fault.cell for fault in rows[2].faults] == ["D7", "E7"]


def test_totals_of_a_file_are_checked_with_what_was_settled():
    book = opened(books.xlsx({"DS": LIST}), "ds.xlsx")
    layout, matching, found, _rows = understood(book, DELEGATIONS)
    said = compare(book.sheets[0], layout, matching, DELEGATIONS, found.answers)
    assert ["D8" in sentence or "F8" in sentence for sentence in said] == [True, True]


def test_marks_of_the_yearly_form_are_told_apart():
    rows = [["Chỉ tiêu", "KH năm 2019", "Năm 2019 TH"], ["Đoàn ra", "x", "-"], ["Đoàn vào", "…"]]
    _layout, _matching, _found, read = understood(opened(books.xlsx({"S": rows}), "a.xlsx"), YEARLY)
    assert [row.values["plan"] for row in read] == [Mark.NOT_APPLICABLE, Mark.MISSING]
    assert [row.values["actual"] for row in read] == [Mark.NIL, None]
