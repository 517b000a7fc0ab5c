"""Charts as data: one Vega-Lite spec, drawn by the browser or printed as SVG.

Nothing here knows what is counted: points come in with their numbers and with
the text they are printed as. A year without a number is a gap, never a zero
and never a line drawn across it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from common.chart_parts import (
    COLOURS,
    DASHES,
    MEDIA,
    SHAPES,
    Medium,
    MediumName,
    Point,
    Series,
    Spec,
    by_colour,
    by_series,
    datum,
    empty_years,
    end_labels,
    highest,
    hover,
    names_of,
    value_axis,
    where,
    years_of,
)

__all__ = ["COLOURS", "FORMAT_LOCALES", "Point", "Series", "Spec", "bars", "lines", "svg"]

FORMAT_LOCALES = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " ₫"]},
}


def lines(
    series: Sequence[Series],
    *,
    unit: str,
    medium: MediumName = "screen",
    language: str = "vi",
    notes: Sequence[str] = (),
) -> Spec:
    """Values over the years as lines that break where there is no value."""
    on = MEDIA[medium]
    height, colour, shape = value_axis(unit), by_colour(series), by_series(series, SHAPES)
    dash = by_series(series, DASHES)
    layers = [
        *empty_years(series),
        *hover(on, series),
        {
            "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
            "encoding": {"y": height, "color": colour, "strokeDash": dash},
        },
        {
            "transform": [where("!datum.marked")],
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
            "encoding": {"y": height, "color": colour, "shape": shape},
        },
        {
            "transform": [where("datum.marked")],
            "mark": {"type": "point", "size": 60, "strokeWidth": 2, "opacity": 1}
            | {"fill": COLOURS["chart-surface"]},
            "encoding": {"y": height, "stroke": colour, "shape": shape},
        },
        *end_labels(series, on, height),
    ]
    return _spec(series, layers, on, language, notes)


def bars(
    series: Sequence[Series],
    *,
    unit: str,
    medium: MediumName = "screen",
    language: str = "vi",
    notes: Sequence[str] = (),
) -> Spec:
    """Values over the years as bars side by side with their numbers above them.

    Where many bars leave no room, only those of the last year are numbered.
    """
    on = MEDIA[medium]
    years = years_of(series)
    crowded = len(years) * len(series) > on.room_for_labels
    height = value_axis(unit, highest(series) * Decimal("1.15"))  # room for the numbers
    colour = by_colour(series)
    beside: Spec = {"field": "series", "type": "nominal", "sort": names_of(series)}
    beside |= {"scale": {"paddingInner": 0.08}}
    padding = max(0.3, 1 - len(years) * 0.13)  # few years must not make walls of bars
    layers = [
        *empty_years(series, padding),
        *hover(on, series, padding),
        *_bars(series, height, colour, beside),
        {
            "transform": [where(f"datum.year == '{years[-1]}'" if crowded else "true")],
            # Two lines each: the word before the number, if any, stands above it.
            "mark": {"type": "text", "baseline": "bottom", "lineBreak": "\n"}
            | {"dy": -8 - on.text_size, "lineHeight": on.text_size + 1},
            "encoding": {"y": height, "text": {"field": "label"}, "xOffset": beside},
        },
    ]
    return _spec(series, layers, on, language, notes, padding=padding)


def _bars(series: Sequence[Series], height: Spec, colour: Spec, beside: Spec) -> Iterator[Spec]:
    """Full bars, and hollow ones for marked points; a layer of no bar would be stacked in vain."""
    marks = {point.marked for one in series for point in one.points if point.value is not None}
    if False in marks:
        yield {
            "transform": [where("!datum.marked")],
            "mark": {"type": "bar"},
            "encoding": {"y": height, "color": colour, "xOffset": beside},
        }
    if True in marks:
        yield {
            "transform": [where("datum.marked")],
            "mark": {"type": "bar", "strokeWidth": 1.5, "strokeDash": [4, 3]}
            | {"fill": COLOURS["chart-surface"]},
            "encoding": {"y": height, "stroke": colour, "xOffset": beside},
        }


def svg(spec: Spec) -> str:
    """The chart as SVG for paper: the same spec gives the same text."""
    # Imported late: it starts a JavaScript engine that a web request never needs.
    import vl_convert

    locale = FORMAT_LOCALES[spec["usermeta"]["language"]]
    return vl_convert.vegalite_to_svg(spec, format_locale=locale, allowed_base_urls=[])


def _spec(
    series: Sequence[Series],
    layers: list[Spec],
    on: Medium,
    language: str,
    notes: Sequence[str],
    *,
    padding: float = 0,
) -> Spec:
    years = [str(year) for year in years_of(series)]
    axis = {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "ticks": False}
    scale = {"type": "band", "domain": years, "paddingInner": padding, "paddingOuter": padding / 2}
    spec: Spec = {
        "width": on.width,
        "height": on.height,
        "autosize": {"type": "fit", "contains": "padding"},
        # The printed font is a little wider than the one the size is reckoned with.
        "padding": {"left": 2, "top": 4, "right": 6 if on.interactive else 24, "bottom": 4},
        "data": {"values": [datum(one, point) for one in series for point in one.points]},
        "encoding": {"x": {"field": "year", "type": "ordinal", "scale": scale, "axis": axis}},
        "layer": layers,
        "config": _theme(on),
        # vega-embed reads its options here; svg() the language.
        "usermeta": {
            "language": language,
            "embedOptions": {"formatLocale": FORMAT_LOCALES[language]},
        },
    }
    if notes and not on.interactive:  # on the screen they stand in the page
        spec["title"] = {"text": list(notes), "orient": "bottom", "anchor": "start", "offset": 8}
    return spec


def _theme(on: Medium) -> Spec:
    soft = COLOURS["chart-ink-soft"]
    text = {"labelFontSize": on.text_size, "titleFontSize": on.text_size, "labelColor": soft}
    return {
        "font": on.font,
        "background": None,
        "mark": {"aria": False},  # the page names the chart and gives its table
        "view": {"stroke": None},
        "axis": {**text, "titleColor": soft, "titleFontWeight": 400, "domain": False},
        "axisX": {"grid": False, "domain": True, "domainColor": soft, "labelPadding": 8},
        "axisY": {"gridColor": COLOURS["chart-grid"], "ticks": False, "labelPadding": 6},
        "legend": {**text, "orient": "top", "title": None, "symbolSize": 90, "columnPadding": 18}
        | {"labelColor": COLOURS["chart-ink"], "symbolStrokeWidth": 1, "offset": 38},
        # Rounded bars become clip paths, numbered on through a process: paper must not change.
        "bar": {"cornerRadiusEnd": 2 if on.interactive else 0},
        "text": {"font": on.font, "fontSize": on.text_size, "color": COLOURS["chart-ink"]},
        "title": {"fontSize": on.text_size - 1, "fontWeight": 400, "fontStyle": "italic"}
        | {"color": soft, "lineHeight": on.text_size + 2},
    }
