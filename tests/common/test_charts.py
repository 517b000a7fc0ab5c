"""Charts: gaps stay gaps, numbers stay Vietnamese, paper stays the same."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from common import charts
from common.chart_parts import label, number
from common.charts import COLOURS, Point, Series

ROOT = Path(__file__).resolve().parents[2]
TOTAL = Series(
    "Tổng kim ngạch",
    (
        Point(2016, Decimal(4000), text="gần 4.000"),
        Point(2017, Decimal(5000), text="gần 5.000"),
        Point(2018, Decimal(4855), marked=True, text="khoảng 4.855 (*)"),
        Point(2019, None),
        Point(2020, Decimal("4270.5"), text="4.270,5"),
        Point(2021, Decimal(5860), text="5.860"),
    ),
    "chart-deep",
)
EXPORTS = Series("Xuất khẩu", (Point(2021, Decimal(2790), text="2.790"),), "chart-teal")
IMPORTS = Series("Nhập khẩu", (Point(2021, Decimal(2760), text="2.760"),), "chart-gold")


def paper(draw=charts.lines, series=(TOTAL, EXPORTS), notes=("Chưa có số liệu: 2019.",)) -> str:
    return charts.svg(draw(series, unit="triệu USD", medium="paper", notes=notes))


def texts(svg: str) -> set[str]:
    return set(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg))


@pytest.mark.parametrize("draw", [charts.lines, charts.bars])
def test_the_same_chart_is_the_same_drawing(draw):
    assert paper(draw) == paper(draw)


def test_paper_speaks_vietnamese_in_the_report_font():
    svg = paper()
    assert {"5.000", "2.790", "5.860", "Tổng kim ngạch", "triệu USD"} <= texts(svg)
    assert "Chưa có số liệu: 2019." in texts(svg)
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {"Tinos"}


def test_english_writes_its_own_numbers():
    spec = charts.lines([TOTAL], unit="million USD", medium="paper", language="en")
    assert "5,000" in texts(charts.svg(spec))


def test_a_line_breaks_where_there_is_no_number():
    path = re.search(r'class="mark-line.*?\bd="([^"]+)"', paper(series=[TOTAL]), re.S)
    assert path is not None and path[1].count("M") == 2


def test_a_missing_number_is_no_zero():
    values = charts.lines([TOTAL], unit="")["data"]["values"]
    assert [row["value"] for row in values] == [4000, 5000, 4855, None, 4270.5, 5860]


def test_an_empty_year_is_shaded_and_others_are_not():
    assert paper().count(f'fill="{COLOURS["chart-empty"]}"') == 1
    whole = Series("x", tuple(point for point in TOTAL.points if point.value), "chart-deep")
    assert COLOURS["chart-empty"] not in paper(series=[whole])


@pytest.mark.parametrize("draw", [charts.lines, charts.bars])
def test_only_marked_numbers_are_drawn_hollow(draw):
    assert paper(draw, [TOTAL]).count(f'fill="{COLOURS["chart-surface"]}"') == 1
    assert COLOURS["chart-surface"] not in paper(draw, [EXPORTS])


def test_bars_that_are_not_there_have_no_layer():
    """The browser warns of a stack without an extent."""

    def kinds(*points: Point) -> list[bool]:
        layers = charts.bars([Series("A", points, "chart-teal")], unit="")["layer"]
        return ["strokeDash" in one["mark"] for one in layers if one["mark"]["type"] == "bar"]

    full, hollow = Point(2018, Decimal(1)), Point(2019, Decimal(2), marked=True)
    assert kinds(full, hollow) == [False, True]
    assert kinds(full) == [False]
    assert kinds(hollow) == [True]
    assert kinds(Point(2020, None)) == []


def test_numbers_that_lie_close_are_moved_apart():
    layers = charts.lines([TOTAL, EXPORTS, IMPORTS], unit="", medium="paper")["layer"]
    low, middle, high = (row["value"] for row in layers[-1]["data"]["values"])
    assert low == 2760
    assert middle - low > 400
    assert high == 5860


def test_a_crowd_of_bars_numbers_the_last_year_only():
    few, many = paper(charts.bars, [TOTAL]), paper(charts.bars, [TOTAL, EXPORTS, IMPORTS])
    assert {"4.270,5", "5.860"} <= texts(few)
    assert "4.270,5" not in texts(many) and {"5.860", "2.790", "2.760"} <= texts(many)


def test_one_series_needs_no_legend():
    assert "Tổng kim ngạch" not in texts(paper(series=[TOTAL]))


def test_decimals_become_json_numbers_at_the_edge():
    assert [number(Decimal(text)) for text in ("4750", "125.5", "4750.000000")] == [
        4750,
        125.5,
        4750,
    ]
    assert number(None) is None


def test_a_word_stands_above_its_number():
    assert label("khoảng 69\u00a0(*)") == "khoảng\n69\u00a0(*)"
    assert label("53") == "\n53"


@pytest.mark.parametrize("draw", [charts.lines, charts.bars])
@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_a_spec_is_plain_data_that_asks_for_nothing_outside(draw, medium):
    text = json.dumps(draw([TOTAL, EXPORTS], unit="triệu USD", medium=medium))
    assert "http" not in text and '"url"' not in text


def test_a_year_on_the_screen_tells_all_its_numbers():
    layers = charts.bars([TOTAL, EXPORTS], unit="", medium="screen")["layer"]
    years = next(layer for layer in layers if "params" in layer)["data"]["values"]
    told = {year["year"]: [row["text"] for row in year["rows"]] for year in years}
    assert told["2021"] == ["5.860", "2.790"]
    assert told["2019"] == []


def test_charts_and_the_style_sheet_name_the_same_colours():
    css = (ROOT / "static" / "dashboard.css").read_text(encoding="utf-8")
    assert dict(re.findall(r"--(chart-[\w-]+): (#\w{6});", css)) == COLOURS


@pytest.mark.parametrize(("draw", "top"), [(charts.bars, "7.000"), (charts.lines, "6.000")])
def test_the_highest_line_stands_above_every_number(draw, top):
    assert top in texts(paper(draw, [TOTAL]))
