"""Charts of figures: which years, which sentence, which notes; without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from indicators import charts
from indicators.declarations import indicators
from indicators.drawings import CHARTS
from indicators.ledger import Ledger
from indicators.rows import Value
from indicators.year_table import YearTable

NOW = dt.datetime(2019, 12, 16, tzinfo=dt.UTC)


def value(code: str, year: int, number: str | None, **fields: object) -> Value:
    columns = {
        "figure_id": len(code) * 10000 + year,
        "indicator": code,
        "side": "actual",
        "year": year,
        "calendar": "administrative",
        "agency": "SCT",
        "version": 1,
        "state": "value" if number is not None else "missing",
        "value": None if number is None else Decimal(number),
        "status": "",
        "plan_stage": "",
        "precision": "",
        "origin": "published",
        "source_id": year,
        "entered_at": NOW,
    }
    return Value(**(columns | fields))


def drawn(*values: Value, code: str = "trade_by_year", year: int = 2019, language: str = "vi"):
    found = {(one.indicator, one.year, one.side): one for one in values}
    ledger = Ledger(YearTable(range(year - 9, year + 1), 12, found, {}), language)
    with translation.override(language):
        return charts.build(code, ledger.table, ledger, "here", year), ledger


INFERRED = {"origin": "inferred", "precision": "about", "source_id": None}
TURNOVER = (
    value("TRADE.TOTAL", 2018, "4855", **INFERRED),
    value("TRADE.EXPORT", 2018, "2955", **INFERRED),
    value("TRADE.IMPORT", 2018, "1900", **INFERRED),
    value("TRADE.TOTAL", 2019, "4750", status="estimate"),
    value("TRADE.EXPORT", 2019, "2550"),
    value("TRADE.IMPORT", 2019, "2200"),
)


def test_every_chart_draws_declared_indicators_of_one_unit():
    for drawing in CHARTS.values():
        assert len({indicators()[code].unit for code in drawing.codes}) == 1


def test_turnover_reads_parts_first_then_the_total():
    chart, _ledger = drawn(*TURNOVER)
    assert chart.reading == (
        "Nhập khẩu tăng 15,8%, xuất khẩu giảm 13,7%; tổng kim ngạch giảm 2,2% so với năm 2018."
    )


def test_what_has_no_base_is_left_out_of_the_sentence():
    chart, _ledger = drawn(
        *(one for one in TURNOVER if one[1:4] != ("TRADE.EXPORT", "actual", 2018))
    )
    assert chart.reading == ("Nhập khẩu tăng 15,8%; tổng kim ngạch giảm 2,2% so với năm 2018.")


def test_bases_of_different_certainty_are_each_named():
    provisional = value("TRADE.IMPORT", 2018, "1900", status="estimate")
    chart, _ledger = drawn(*TURNOVER, provisional)
    assert chart.reading.startswith("Nhập khẩu tăng 15,8% so với số ước năm 2018, xuất khẩu giảm")
    assert chart.reading.count("năm 2018") == 3


def test_without_any_base_the_sentence_tells_values():
    chart, _ledger = drawn(*(one for one in TURNOVER if one.year == 2019))
    assert chart.reading == (
        "Năm 2019, tổng kim ngạch ước đạt 4.750 triệu USD; "
        "xuất khẩu đạt 2.550 triệu USD; nhập khẩu đạt 2.200 triệu USD."
    )
    assert chart.spec is None  # one year is no development


def test_counts_are_told_with_their_change():
    chart, _ledger = drawn(
        value("DELEG.OUT.COUNT", 2019, "53"),
        value("DELEG.IN.COUNT", 2018, "69", **INFERRED),
        value("DELEG.IN.COUNT", 2019, "54"),
        code="delegations_by_year",
    )
    assert chart.reading == (
        "Năm 2019, đoàn ra 53 đoàn; đoàn vào 54 đoàn, giảm 15 đoàn so với năm 2018."
    )


def test_an_inferred_number_is_marked_in_sentence_table_and_note():
    chart, _ledger = drawn(*TURNOVER, year=2018)
    assert "khoảng 4.855 triệu USD\u00a0(*)" in chart.reading
    assert [cell and cell.text for cell in chart.lines[-1].cells] == [
        "khoảng 4.855\u00a0(*)",
        "khoảng 2.955\u00a0(*)",
        "khoảng 1.900\u00a0(*)",
    ]
    assert any(note.startswith("(*)") for note in chart.notes)


def test_a_chart_begins_with_the_first_figure_and_keeps_the_gaps():
    chart, _ledger = drawn(value("TRADE.TOTAL", 2014, "3000"), *TURNOVER)
    assert [line.year for line in chart.lines] == [2014, 2015, 2016, 2017, 2018, 2019]
    assert chart.lines[1].cells == (None, None, None)
    assert chart.notes[-1] == "Chưa có số liệu: 2015–2017."


def test_figures_beyond_ten_years_are_another_chart():
    chart, _ledger = drawn(value("TRADE.TOTAL", 2009, "1501"), *TURNOVER)
    assert chart.lines[0].year == 2018


@pytest.mark.parametrize("number", [None, "0"])
def test_missing_is_no_figure_but_zero_is_one(number: str | None):
    state = "zero" if number == "0" else "missing"
    chart, _ledger = drawn(
        value("BORDER.VIOLATION", 2018, "4"),
        value("BORDER.VIOLATION", 2019, number, state=state),
        code="border_by_year",
    )
    assert (chart.spec is not None) is (number == "0")


def test_a_year_without_a_figure_has_no_chart():
    chart, ledger = drawn(*(one for one in TURNOVER if one.year == 2018))
    assert (chart.spec, chart.lines, chart.reading) == (None, (), "")
    assert ledger.entries == []


def test_every_number_of_a_chart_is_in_the_ledger():
    chart, ledger = drawn(*TURNOVER)
    noted = {(entry.indicator, entry.year, entry.text) for entry in ledger.entries}
    for row in chart.spec["data"]["values"]:
        text = row["label"].replace("\n", " ").strip()
        assert any(year == int(row["year"]) and text == said for _code, year, said in noted)
    assert {entry.place for entry in ledger.entries} == {"here"}


def test_what_the_sentence_compares_opens_its_base_and_a_number_itself():
    chart, _ledger = drawn(
        value("DELEG.OUT.COUNT", 2019, "53", figure_id=53),
        value("DELEG.IN.COUNT", 2018, "69", figure_id=69),
        value("DELEG.IN.COUNT", 2019, "54", figure_id=54),
        code="delegations_by_year",
    )
    assert [(piece.text, piece.opens) for piece in chart.said if piece.entry] == [
        ("53 đoàn", 53),
        ("54 đoàn", 54),
        ("giảm 15 đoàn so với năm 2018", 69),
    ]


def test_sources_of_the_latest_year_come_first_and_once():
    chart, _ledger = drawn(value("TRADE.TOTAL", 2016, "4000"), *TURNOVER)
    assert chart.source_ids == (2019, 2016)


def test_an_english_chart_keeps_the_vietnamese_sentence():
    chart, _ledger = drawn(*TURNOVER, language="en")
    assert chart.names == ("Total turnover", "Exports", "Imports")
    assert chart.lines[-1].cells[0].text == "4,750"
    assert chart.reading.startswith("Nhập khẩu tăng")
