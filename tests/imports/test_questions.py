"""What is ambiguous is asked, once a column, with samples; what the file settles is not."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import format_number
from imports.book import Value
from imports.contract import Field, FieldKind, Number
from imports.layout import find as find_table
from imports.questions import Question, find, settled, still_open, survey
from imports.values import Reader
from tests.imports.sheets import book, sheet

D = Decimal
USD = {"triệu USD": D(1), "USD": D("0.000001"), "đô la Mỹ": D("0.000001")}
NAME = Field(name="name", label="Tên")
KINDS = {
    FieldKind.NUMBER: Field(name="f", label="Cột", kind=FieldKind.NUMBER),
    FieldKind.DATE: Field(name="f", label="Cột", kind=FieldKind.DATE),
    FieldKind.MONTH: Field(name="f", label="Cột", kind=FieldKind.MONTH),
    FieldKind.TEXT: Field(name="f", label="Cột"),
}


def asked(
    one: Field, *cells: Value, heading: str = "Cột", above: tuple[Value, ...] = ()
) -> tuple[list[Question], dict[str, str]]:
    rows = [(f"Dòng {n}", cell) for n, cell in enumerate(cells)]
    table = sheet(above, ("Tên", heading), *rows)
    fields = (NAME, one)
    layout = find_table(book(table), fields)
    found = survey(table, layout, {0: "name", 1: "f"}, fields)
    assert find(table, layout, {0: "name", 1: "f"}, fields) == found.questions
    assert settled(table, layout, {0: "name", 1: "f"}, fields) == found.answers
    return found.questions, found.answers


def test_6_500_is_asked_with_its_cell_and_both_readings():
    [question], answers = asked(KINDS[FieldKind.NUMBER], "12", "6.500", "1.200", "7.000", "8.000")

    assert (question.key, question.kind, question.field) == ("number:B", "number", "f")
    assert question.samples == (("B4", "6.500"), ("B5", "1.200"), ("B6", "7.000"))
    (vi, six_thousand), (en, six) = question.options
    assert (vi, en) == ("vi", "en")
    assert "6500" in str(six_thousand)
    assert "6,5" in str(six)
    assert answers == {}


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (("6.500", "1.234,5"), "vi"),
        (("6.500", "1.234.567"), "vi"),
        (("6.500", "0,5"), "vi"),
        (("6,500", "1,234.5"), "en"),
        (("6.500", "ước 6.5"), "en"),
        (("6.500", "0.5", "không phải số"), "en"),
    ],
)
def test_another_number_of_the_column_settles_the_writing(cells, style):
    questions, answers = asked(KINDS[FieldKind.NUMBER], *cells)
    assert (questions, answers) == ([], {"number:B": style})


def test_numbers_that_speak_against_each_other_are_asked_about():
    [question], answers = asked(KINDS[FieldKind.NUMBER], "1.234,5", "1.5")
    assert {text for _cell, text in question.samples} == {"1.234,5", "1.5"}
    assert answers == {}


@pytest.mark.parametrize(
    "cells", [("6500", "12", "-"), (D("6.5"), D(6500)), ("ước", "năm"), (None,)]
)
def test_where_nothing_is_ambiguous_nothing_is_asked(cells):
    assert asked(KINDS[FieldKind.NUMBER], *cells, D(1)) == ([], {})
    assert asked(KINDS[FieldKind.TEXT], *cells, "6.500") == ([], {})


def test_numbers_a_spreadsheet_may_have_made_a_thousand_times_smaller_are_asked_about():
    """Excel in English: "1.234.567" stays text, 6.500 became 6.5."""
    number = KINDS[FieldKind.NUMBER]
    [question], answers = asked(number, "1.234.567", D("6.5"), D("12.345"), D(950))
    assert (question.key, answers) == ("thousands:B", {"number:B": "vi"})
    assert question.samples == (("B4", "6,5"), ("B5", "12,345"), ("B3", "1.234.567"))
    with translation.override("vi"):
        [question], _answers = asked(number, "1.234.567", D("6.5"))
        assert [str(words).partition(":")[0] for _value, words in question.options] == [
            "6,5",
            "6.500",
        ]
    assert asked(number, "1.234.567", D(6500), D("1234.5"), D("0.3333"))[0] == []
    assert asked(number, "1,5", D("6.5"))[0] == []
    assert asked(number, D("6.5"), D("12.345")) == ([], {})


def test_columns_left_out_are_not_asked_about():
    assert asked(replace(KINDS[FieldKind.NUMBER], is_silent=True), "6.500") == ([], {})


def test_03_04_2019_is_asked_with_both_days():
    for kind in (FieldKind.DATE, FieldKind.MONTH):
        [question], _answers = asked(KINDS[kind], "03/04/2019", "05/05/2019")
        assert (question.key, question.kind) == ("date:B", "date")
        assert question.samples == (("B3", "03/04/2019"),)
        assert [value for value, _words in question.options] == ["dmy", "mdy"]


def test_another_date_of_the_column_settles_the_order():
    date = KINDS[FieldKind.DATE]
    assert asked(date, "03/04/2019", "25/04/2019") == ([], {"date:B": "dmy"})
    assert asked(date, "03/04/2019", "04/25/2019") == ([], {"date:B": "mdy"})
    assert asked(date, "2019-04-03", "5 tháng 4 năm 2019", dt.date(2019, 3, 4)) == ([], {})
    [question], _answers = asked(date, "25/04/2019", "04/25/2019")
    assert question.key == "date:B"


def test_dates_a_spreadsheet_may_have_turned_round_are_asked_about():
    """Excel in English: 25/04/2019 stays text, 03/04/2019 became 4 March."""
    date = KINDS[FieldKind.DATE]
    [question], answers = asked(date, "25/04/2019", dt.date(2019, 3, 4))
    assert (question.key, answers) == ("typed:B", {"date:B": "dmy"})
    assert [value for value, _words in question.options] == ["keep", "swap"]
    assert asked(date, "25/04/2019", dt.date(2019, 3, 4), dt.date(2019, 3, 20))[0] == []
    assert asked(date, "25/04/2019", dt.date(2019, 3, 3))[0] == []


def test_the_unit_is_asked_with_each_factor_once():
    one = replace(KINDS[FieldKind.NUMBER], units=USD)
    [question], _answers = asked(one, D(1200), "ước 5")
    assert (question.key, question.kind) == ("unit:B", "unit")
    assert question.samples == (("B3", "1200"), ("B4", "ước 5"))
    assert question.options == (("1", "triệu USD"), ("0.000001", "USD"))


@pytest.mark.parametrize(
    ("heading", "above", "factor"),
    [
        ("Cột (USD)", (), "0.000001"),
        ("Cột (ĐVT: tr. USD)", (), "1"),
        ("Cột, triệu USD", (), "1"),
        ("Cột (đô la Mỹ)", (), "0.000001"),
        ("Cột", (None, None, "Đơn vị tính: triệu USD"), "1"),
        ("Cột", ("(ĐVT: USD)",), "0.000001"),
        ("Cột (USD)", ("ĐVT: triệu USD",), "0.000001"),
    ],
)
def test_the_heading_or_a_note_above_it_settles_the_unit(heading, above, factor):
    one = replace(KINDS[FieldKind.NUMBER], units=USD)
    assert asked(one, D(5), heading=heading, above=above) == ([], {"unit:B": factor})


@pytest.mark.parametrize("heading", ["Cột (tỷ đồng)", "Cột (triệu CNY)"])
def test_a_unit_nobody_expects_is_asked_about_even_where_there_is_one_choice(heading):
    for units in (USD, {"triệu USD": D(1)}):
        one = replace(KINDS[FieldKind.NUMBER], units=units)
        [question], answers = asked(one, D(5), heading=heading)
        assert (question.key, answers) == ("unit:B", {})


def test_an_office_above_the_table_is_no_unit():
    one = replace(KINDS[FieldKind.NUMBER], units=USD)
    questions, answers = asked(one, D(5), above=("Đơn vị: Sở Công Thương",))
    assert len(questions) == 1 and not answers


def test_questions_survive_json_and_are_open_until_answered_with_an_option():
    questions, _answers = asked(KINDS[FieldKind.NUMBER], "6.500")
    [stored] = [Question.from_json(json.loads(json.dumps(one.as_json()))) for one in questions]
    assert stored.as_json() == questions[0].as_json()
    assert still_open([stored], {}) == [stored]
    assert still_open([stored], {"number:B": "fr"}) == [stored]
    assert still_open([stored], {"number:B": "vi"}) == []


places = st.integers(0, 4)
numbers = st.builds(lambda n, p: D(n).scaleb(-p), st.integers(-(10**9), 10**9), places)


@given(st.lists(numbers, min_size=1, max_size=8), st.sampled_from(["vi", "en"]))
def test_a_column_written_in_one_style_is_read_right_once_what_is_asked_is_answered(column, style):
    """Nothing is settled wrongly: with the right answers every number comes back."""
    one = KINDS[FieldKind.NUMBER]
    texts = [format_number(number, style) for number in column]
    questions, answers = asked(one, *texts)
    assert set(answers.values()) <= {style}
    given_answers = answers | {question.key: style for question in questions}
    table = sheet(*((text, text) for text in texts))
    read = Reader([one], given_answers).parse(table, {1: "f"})
    assert [parsed.values["f"] for parsed in read] == [Number(number) for number in column]


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=6))
def test_dates_of_one_order_are_never_settled_wrongly(days):
    for order, form in (("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")):
        _questions, answers = asked(KINDS[FieldKind.DATE], *(f"{day:{form}}" for day in days))
        assert set(answers.values()) <= {order}
