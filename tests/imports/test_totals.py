"""Totals of a sheet are held against its rows."""

from __future__ import annotations

from decimal import Decimal

from imports.layout import find
from imports.matching import match
from imports.totals import compare
from tests.imports.sheets import FIELDS, HEADINGS, Line, book, sheet

D = Decimal


def line(name: str, people: object, value: object = None) -> Line:
    return (None, name, people, None, value)  # type: ignore[return-value]


def said(*lines: Line, answers: dict[str, str] | None = None) -> list[str]:
    table = sheet(HEADINGS, *lines)
    layout = find(book(table), FIELDS)
    matching = match(layout.titles, FIELDS)
    return compare(table, layout, matching, FIELDS, {"unit:E": "1"} | (answers or {}))


def test_a_total_that_is_right_says_nothing():
    assert said(line("A", D(5), D("1.5")), line("B", "7"), line("Tổng cộng", D(12), "1,5")) == []


def test_a_wrong_total_is_said_with_cell_and_difference():
    [sentence] = said(line("A", D(500)), line("B", D(83)), line("Tổng cộng", D(731)))
    for part in ("C4", "Số người", "731", "583", "148"):
        assert part in sentence


def test_a_total_far_too_small_is_held_against_its_rows_not_against_none():
    [sentence] = said(line("A", D(500)), line("B", D(83)), line("Tổng cộng", D(100)))
    assert "583" in sentence and "483" in sentence


def test_sums_of_parts_and_a_total_above_are_understood():
    parts = [
        line("Tổng số", D(17)),
        ("I", "Đoàn ra", None, None, None),
        line("A", D(5)),
        line("B", D(7)),
        line("Cộng", D(12)),
        ("II", "Đoàn vào", None, None, None),
        line("C", D(5)),
        line("Cộng", D(5)),
    ]
    assert said(*parts, line("Tổng cộng", D(17))) == []
    assert len(said(*parts, line("Tổng cộng", D(18)))) == 1


def test_numbers_are_read_as_answered_and_unreadable_ones_left():
    rows = [line("A", "6.500"), line("B", "1.000"), line("C", "?"), line("Cộng", "7.500")]
    assert said(*rows, answers={"number:C": "vi"}) == []
    assert said(*rows, answers={"number:C": "en"}) == []
    assert said(line("A", D(1)), line("Cộng", "?")) == []


def test_a_total_is_not_compared_while_a_cell_above_it_is_faulty():
    [sentence] = said(line("Đoàn 1", D(12)), line("Đoàn 2", "8 con"), line("Cộng", D(20)))
    assert "C2" not in sentence and "C3" in sentence and "lệch" not in sentence


def test_without_totals_nothing_is_said():
    assert said(line("A", D(5))) == []
