"""Cells become values under the answers given; what cannot be read is a fault at its cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import format_number
from imports.book import Broken, Flaw, Percent, Row, Value
from imports.contract import Field, FieldKind, Mark, Number, Parsed, Wrong
from imports.values import Reader
from tests.imports.sheets import FIELDS

D = Decimal
USD = {"triệu USD": D(1), "USD": D("0.000001")}


def field(kind: FieldKind, **more: object) -> Field:
    return Field(name="f", label="Cột", kind=kind, **more)  # type: ignore[arg-type]


def read_one(one: Field, cell: Value, answers: dict[str, str] | None = None) -> Parsed:
    return next(Reader([one], answers).parse([Row(12, (None, None, cell))], {2: "f"}))


def value(one: Field, cell: Value, answers: dict[str, str] | None = None) -> object:
    parsed = read_one(one, cell, answers)
    assert parsed.faults == []
    return parsed.values["f"]


def fault(one: Field, cell: Value, answers: dict[str, str] | None = None) -> str:
    parsed = read_one(one, cell, answers)
    assert parsed.values == {"f": None}
    [found] = parsed.faults
    assert (found.field, found.cell) == ("f", "C12")
    return found.message


@pytest.mark.parametrize(
    ("kind", "cell", "meant"),
    [
        (FieldKind.TEXT, "  Đoàn A \r\nB ", "Đoàn A \nB"),
        (FieldKind.TEXT, "Đoa\u0300n", "Đoàn"),
        (FieldKind.TEXT, D("12.50"), "12.5"),
        (FieldKind.TEXT, dt.date(2019, 3, 4), "04/03/2019"),
        (FieldKind.TEXT, "-", "-"),
        (FieldKind.TEXT, Percent(D("0.81")), "81%"),
        (FieldKind.TEXT, " \n", None),
        (FieldKind.KEY, D("1.0"), "1"),
        (FieldKind.KEY, "007", "007"),
        (FieldKind.KEY, " 12/QĐ-  UBND", "12/QĐ- UBND"),
        (FieldKind.KEY, D("20190001"), "20190001"),
        (FieldKind.FLAG, "x", True),
        (FieldKind.FLAG, "Có", True),
        (FieldKind.FLAG, "không", False),
        (FieldKind.FLAG, D(1), True),
        (FieldKind.FLAG, D(0), False),
        (FieldKind.FLAG, True, True),
        (FieldKind.FLAG, None, None),
        (FieldKind.DATE, "25/04/2019", dt.date(2019, 4, 25)),
        (FieldKind.DATE, dt.date(2019, 4, 3), dt.date(2019, 4, 3)),
        (FieldKind.DATE, dt.datetime(2019, 4, 3, 8, 30), dt.date(2019, 4, 3)),  # noqa: DTZ001
        (FieldKind.MONTH, "Tháng 4/2019", dt.date(2019, 4, 1)),
        (FieldKind.MONTH, dt.date(2019, 4, 3), dt.date(2019, 4, 1)),
        (FieldKind.NUMBER, D("6.5"), Number(D("6.5"))),
        (FieldKind.NUMBER, "1.234,5", Number(D("1234.5"))),
        (FieldKind.NUMBER, "1,234.5", Number(D("1234.5"))),
        (FieldKind.NUMBER, "ước khoảng 12,5", Number(D("12.5"), "about", "estimate")),
        (FieldKind.NUMBER, "-", Number(D(0))),
        (FieldKind.NUMBER, "...", None),
        (FieldKind.NUMBER, "", None),
    ],
)
def test_what_a_cell_means(kind, cell, meant):
    assert value(field(kind), cell) == meant


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (FieldKind.NUMBER, "2550 tr", "2550 tr"),
        (FieldKind.NUMBER, "ước khoảng", "ước khoảng"),
        (FieldKind.NUMBER, "(5)", "(5)"),
        (FieldKind.NUMBER, "x", "x"),
        (FieldKind.NUMBER, dt.date(2019, 4, 3), "03/04/2019"),
        (FieldKind.NUMBER, True, ""),
        (FieldKind.NUMBER, D("1E+400"), ""),
        (FieldKind.NUMBER, D("NaN"), "NaN"),
        (FieldKind.NUMBER, "1" * 19, "1"),
        (FieldKind.NUMBER, "6.500", "6500"),
        (FieldKind.NUMBER, "81%", "81%"),
        (FieldKind.NUMBER, Percent(D("0.81")), "81%"),
        (FieldKind.DATE, "03/04/2019", "04/03/2019"),
        (FieldKind.DATE, "31/02/2019", "31/02/2019"),
        (FieldKind.DATE, "03/04/19", "03/04/19"),
        (FieldKind.DATE, D(43558), "43558"),
        (FieldKind.DATE, "hôm qua", "hôm qua"),
        (FieldKind.MONTH, "Tháng 4", "Tháng 4"),
        (FieldKind.MONTH, "quý I", "quý I"),
        (FieldKind.FLAG, "có lẽ", "có lẽ"),
        (FieldKind.KEY, dt.date(2019, 3, 12), "12/03/2019"),
        (FieldKind.TEXT, Broken(Flaw.ERROR, "#N/A"), "#N/A"),
        (FieldKind.NUMBER, Broken(Flaw.NOT_CALCULATED), ""),
        (FieldKind.TEXT, Broken(Flaw.CONTROL), ""),
    ],
)
def test_what_cannot_be_read_is_a_fault_that_quotes_the_cell(kind, cell, said):
    assert said in fault(field(kind), cell)


def test_without_an_answer_nothing_ambiguous_is_read():
    assert fault(field(FieldKind.NUMBER), "6.500")
    assert fault(field(FieldKind.DATE), "03/04/2019")
    assert fault(field(FieldKind.NUMBER, units=USD), D(5))


def test_a_share_is_read_where_shares_are_expected():
    share = field(FieldKind.NUMBER, percents=True)
    for cell in ("13,7%", "13.7 %", Percent(D("0.137"))):
        assert value(share, cell) == Number(D("13.7"), is_percent=True)


def test_an_answer_decides():
    number, date = field(FieldKind.NUMBER), field(FieldKind.DATE)
    assert value(number, "6.500", {"number:C": "vi"}) == Number(D(6500))
    assert value(number, "6.500", {"number:C": "en"}) == Number(D("6.5"))
    assert value(date, "03/04/2019", {"date:C": "dmy"}) == dt.date(2019, 4, 3)
    assert value(date, "03/04/2019", {"date:C": "mdy"}) == dt.date(2019, 3, 4)
    day = dt.date(2019, 3, 4)
    assert value(date, day, {"typed:C": "swap"}) == dt.date(2019, 4, 3)
    assert value(date, day, {"typed:C": "keep"}) == day
    assert fault(number, "6.500", {"number:D": "vi"})  # the answer of another column


def test_lost_thousands_are_put_back_where_that_is_certain():
    number = field(FieldKind.NUMBER)
    lost, keep = {"thousands:C": "lost", "number:C": "vi"}, {"thousands:C": "keep"}
    assert value(number, D("6.5"), lost) == Number(D(6500))
    assert value(number, D("12.345"), lost) == Number(D(12345))
    assert value(number, D(12345), lost) == Number(D(12345))
    assert value(number, D(0), lost) == Number(D(0))
    assert value(number, "1.234.567", lost) == Number(D(1234567))
    assert "7.000" in fault(number, D(7), lost)
    assert value(number, D("6.5"), keep) == Number(D("6.5"))


def test_under_an_answer_the_other_writing_is_a_fault():
    assert "1,5" in fault(field(FieldKind.NUMBER), "1.5", {"number:C": "vi"})
    assert "1.5" in fault(field(FieldKind.NUMBER), "1,5", {"number:C": "en"})
    assert "25/04/2019" in fault(field(FieldKind.DATE), "04/25/2019", {"date:C": "dmy"})
    assert "04/25/2019" in fault(field(FieldKind.DATE), "25/04/2019", {"date:C": "mdy"})


def test_the_unit_of_the_column_and_of_the_cell_count():
    one = field(FieldKind.NUMBER, units=USD)
    answers = {"unit:C": "0.000001"}
    assert value(one, D(1_500_000), answers) == Number(D("1.5"))
    assert value(one, "1,5 triệu USD", answers) == Number(D("1.5"))
    assert value(one, "12 triệu USD") == Number(D(12))
    assert value(field(FieldKind.NUMBER, units={"người": D(1)}), D(5)) == Number(D(5))


def test_answers_nobody_offered_are_none():
    assert fault(field(FieldKind.NUMBER), "6.500", {"number:C": "fr"})
    assert fault(field(FieldKind.DATE), "03/04/2019", {"date:C": "ymd"})
    assert fault(field(FieldKind.NUMBER, units=USD), D(5), {"unit:C": "abc"})
    assert fault(field(FieldKind.NUMBER, units=USD), D(5), {"unit:C": "1000"})


def test_marks_are_told_apart_where_the_field_asks_for_it():
    one = field(FieldKind.NUMBER, marks=True)
    assert [value(one, text) for text in ("-", "…", "x")] == list(Mark)


def test_required_cells_and_what_the_source_accepts():
    def even(number: object) -> str:
        assert isinstance(number, Number)
        if number.value % 2:
            raise Wrong("odd")
        return str(number.value)

    one = field(FieldKind.NUMBER, required=True, accept=even)
    assert value(one, D(4)) == "4"
    assert fault(one, D(5)) == "odd"
    assert "Cột" in fault(one, None)
    assert "Cột" in fault(one, "...")


def test_each_different_cell_is_converted_once_and_true_is_not_one():
    asked: list[object] = []

    def accept(read: object) -> object:
        asked.append(read)
        return read

    reader = Reader([field(FieldKind.TEXT, accept=accept)])
    cells: list[Value] = ["a", "a", D(1), D("1.0"), True, "1", None, None]
    rows = [Row(n, (cell,)) for n, cell in enumerate(cells, 1)]
    read = [parsed.values["f"] for parsed in reader.parse(rows, {0: "f"})]
    assert read == ["a", "a", "1", "1", "TRUE", "1", None, None]
    assert len(asked) == 5


def test_a_row_has_its_matched_columns_its_section_and_nothing_else():
    rows = [Row(7, (D(1), "Đoàn A")), Row(9, (D(2),))]
    reader = Reader(FIELDS, {"unit:E": "1"})
    matching = {0: "order", 1: "name", 4: "value", 5: ""}
    first, second = reader.parse(rows, matching, sections={6: "I. Đoàn ra", 8: "II. Đoàn vào"})
    assert first.values == {"name": "Đoàn A", "value": None}
    assert first.raw == {"order": D(1), "name": "Đoàn A", "value": None}
    assert first.columns == {"order": 0, "name": 1, "value": 4}
    assert (first.section, second.section) == ("I. Đoàn ra", "II. Đoàn vào")
    assert [one.cell for one in second.faults] == ["B9"]  # the required name


def test_a_huge_cell_is_not_repeated_whole():
    parsed = read_one(field(FieldKind.NUMBER), "a" * 100_000)
    assert len(parsed.faults[0].value) < 300
    assert len(parsed.faults[0].message) < 300


places = st.integers(0, 4)
numbers = st.builds(lambda n, p: D(n).scaleb(-p), st.integers(-(10**12), 10**12), places)
styles = st.sampled_from(["vi", "en"])


@given(numbers, styles)
def test_a_number_written_in_a_style_comes_back_under_the_right_answer(number, style):
    text = format_number(number, style)
    assert value(field(FieldKind.NUMBER), text, {"number:C": style}) == Number(number)


@given(numbers, styles)
def test_a_number_is_never_misread_without_an_answer(number, style):
    text = format_number(number, style)
    parsed = read_one(field(FieldKind.NUMBER), text)
    assert parsed.faults or parsed.values["f"] == Number(number)


@given(numbers, styles, st.sampled_from([("ước", "", "estimate"), ("trên", "over", "")]))
def test_words_do_not_change_the_number(number, style, said):
    word, precision, status = said
    text = f"{word} {format_number(number, style)}"
    read = value(field(FieldKind.NUMBER), text, {"number:C": style})
    assert read == Number(number, precision, status)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_date_comes_back_under_the_right_answer(day):
    one = field(FieldKind.DATE)
    assert value(one, f"{day:%d/%m/%Y}", {"date:C": "dmy"}) == day
    assert value(one, f"{day:%m/%d/%Y}", {"date:C": "mdy"}) == day


anything = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.decimals(allow_nan=False),
    st.dates(),
    st.booleans(),
    st.datetimes(),
)


@given(anything, st.sampled_from(list(FieldKind)), st.sampled_from(["", "vi", "en"]))
def test_no_cell_stops_the_reading(cell, kind, style):
    one = replace(field(kind), units=USD) if style == "en" else field(kind)
    read_one(one, cell, {"number:C": style} if style else None)


PEOPLE = Field(name="f", label="Số người", kind=FieldKind.NUMBER)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("08 người", Number(D(8))), ("15 Người", Number(D(15))), ("12 nguoi", Number(D(12))),
     ("khoảng 8 người", Number(D(8), "about")), ("8 người (ước)", Number(D(8), "", "estimate"))],
)  # fmt: skip
def test_what_a_label_counts_may_stand_behind_its_numbers(cell: str, meant: Number):
    assert value(PEOPLE, cell) == meant


def test_another_unit_behind_a_number_is_said_to_be_another():
    message = fault(PEOPLE, "15 đoàn")
    assert "đoàn" in message and "người" in message
    message = fault(field(FieldKind.NUMBER, units=USD), "15 tỷ đồng")
    assert "tỷ đồng" in message and "triệu USD" in message
    assert fault(field(FieldKind.NUMBER), "15 đoàn")  # nothing is said of what is counted


def test_numbers_with_their_unit_are_asked_about_like_bare_ones():
    usd = field(FieldKind.NUMBER, units=USD)
    assert value(usd, "1.200 USD", {"number:C": "vi"}) == Number(D("0.0012"))
    assert value(usd, "1.200 USD", {"number:C": "en"}) == Number(D("0.0000012"))


def test_rows_with_units_of_their_own_are_handed_what_stands_behind():
    figure = field(FieldKind.NUMBER, row_units=True)
    assert value(figure, "15 đoàn") == Number(D(15), unit="đoàn")
