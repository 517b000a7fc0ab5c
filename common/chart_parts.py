"""The pieces charts are made of: points, marks, scales and labels.

Numbers turn into JSON numbers here and only here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Spec = dict[str, Any]
MediumName = Literal["screen", "paper"]

# The same names and values stand in static/dashboard.css; a test compares them.
COLOURS = {
    "chart-deep": "#0b3139",
    "chart-teal": "#0d7f8f",
    "chart-gold": "#b07a1f",
    "chart-lacquer": "#a3262a",
    "chart-ink": "#15282e",
    "chart-ink-soft": "#45575d",
    "chart-grid": "#e3e9e8",
    "chart-empty": "#f4f6f5",
    "chart-surface": "#ffffff",
}

# Series are told apart without colour as well: by shape, by dash and by order.
SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ([1, 0], [1, 0], [7, 4], [2, 3])


@dataclass(frozen=True)
class Medium:
    """What the chart is drawn on."""

    font: str
    text_size: int
    width: int | str
    height: int
    interactive: bool
    room_for_labels: int


MEDIA: dict[MediumName, Medium] = {
    "screen": Medium("Be Vietnam Pro", 12, "container", 300, True, 9),
    "paper": Medium("Tinos", 15, 610, 310, False, 12),
}


@dataclass(frozen=True)
class Point:
    """One year of a series; ``marked`` numbers are drawn hollow.

    ``text`` is the number as it is printed, ``note`` a word beside it.
    """

    year: int
    value: Decimal | None
    marked: bool = False
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line, or the bars of one colour (a name in COLOURS)."""

    name: str
    points: tuple[Point, ...]
    colour: str


# --- what the series hold -----------------------------------------------------------


def years_of(series: Sequence[Series]) -> list[int]:
    return sorted({point.year for one in series for point in one.points})


def names_of(series: Sequence[Series]) -> list[str]:
    return [one.name for one in series]


def highest(series: Sequence[Series]) -> Decimal:
    values = [point.value for one in series for point in one.points if point.value is not None]
    return max(values, default=Decimal(0))


def datum(one: Series, point: Point) -> Spec:
    return {
        "year": str(point.year),
        "series": one.name,
        "value": number(point.value),
        "marked": point.marked,
        "label": label(point.text),
    }


def number(value: Decimal | None) -> int | float | None:
    """A Decimal as JSON knows numbers; nothing is computed with the result."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def label(text: str) -> str:
    """Two lines: words before the number, then the number ("khoảng" over "69 (*)")."""
    first_digit = next((at for at, char in enumerate(text) if char.isdigit()), 0)
    return f"{text[:first_digit].rstrip()}\n{text[first_digit:]}"


TICKS = 5  # lines across a chart, about

# --- scales -------------------------------------------------------------------------


def by_series(series: Sequence[Series], marks: Sequence[Any]) -> Spec:
    """One mark a series. Legends of all layers melt into one: one layer without would end it."""
    names = names_of(series)
    shown = {} if len(names) > 1 else {"legend": None}
    scale = {"domain": names, "range": list(marks[: len(names)])}
    return {"field": "series", "type": "nominal", "scale": scale, **shown}


def by_colour(series: Sequence[Series]) -> Spec:
    return by_series(series, [COLOURS[one.colour] for one in series])


def value_axis(unit: str, head: Decimal | None = None) -> Spec:
    """Heights from zero to a round number, the unit above the axis: no mark stands above the
    highest line. ``head`` is the highest value with room."""
    title = {"title": unit, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"}
    place = {"titleX": 0, "titleY": -14, "titleBaseline": "bottom"}
    axis = {**title, **place, "format": ",~f", "tickCount": TICKS, "tickMinStep": 1}
    scale = {"zero": True, "nice": TICKS} | ({"domainMax": number(head)} if head else {})
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def where(test: str) -> Spec:
    return {"filter": f"isValid(datum.value) && ({test})"}


# --- layers -------------------------------------------------------------------------


def empty_years(series: Sequence[Series], padding: float = 0) -> list[Spec]:
    """A pale band where nobody has a number, so that a gap looks meant."""
    filled = {point.year for one in series for point in one.points if point.value is not None}
    empty = [{"year": str(year)} for year in years_of(series) if year not in filled]
    mark = {"type": "rect", "color": COLOURS["chart-empty"], "width": _whole_step(padding)}
    return [{"data": {"values": empty}, "mark": mark}] if empty else []


def hover(on: Medium, series: Sequence[Series], padding: float = 0) -> list[Spec]:
    """On the screen: one place to point at for each year, telling all its numbers."""
    if not on.interactive:
        return []
    told = [{"year": str(year), "rows": _told(series, year)} for year in years_of(series)]
    select = {"type": "point", "on": "pointerover", "clear": "pointerout", "fields": ["year"]}
    shown = {"condition": {"param": "pointed", "empty": False, "value": 0.08}, "value": 0}
    mark = {"type": "rect", "color": COLOURS["chart-teal"], "width": _whole_step(padding)}
    return [
        {
            "data": {"values": told},
            "params": [{"name": "pointed", "select": select}],
            "mark": mark | {"tooltip": {"content": "data"}},
            "encoding": {"opacity": shown},
        }
    ]


def end_labels(series: Sequence[Series], on: Medium, height: Spec) -> list[Spec]:
    """The numbers of the last year beside its points, moved apart where they would touch."""
    last = years_of(series)[-1]
    ends = sorted(
        (point.value, one.name, point.text)
        for one in series
        for point in one.points
        if point.year == last and point.value is not None
    )
    apart = highest(series) * (on.text_size + 4) / (on.height - 100)
    placed: list[Spec] = []
    lowest: Decimal | None = None
    for value, name, text in ends:
        at = value if lowest is None else max(value, lowest)
        placed.append({"year": str(last), "series": name, "label": text, "value": number(at)})
        lowest = at + apart
    mark = {"type": "text", "align": "left", "dx": 10, "fontWeight": 600}
    encoding = {"y": height, "text": {"field": "label"}, "fill": by_colour(series)}
    return [{"data": {"values": placed}, "mark": mark, "encoding": encoding}] if placed else []


def _whole_step(padding: float) -> Spec:
    """A year's band with the space around it; a hair more, so that neighbours leave no seam."""
    return {"band": round(1.005 / (1 - padding), 4)}


def _told(series: Sequence[Series], year: int) -> list[Spec]:
    return [
        {"name": one.name, "text": point.text, "note": point.note, "colour": one.colour}
        for one in series
        for point in one.points
        if point.year == year and point.text
    ]
