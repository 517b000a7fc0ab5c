"""The charts of figures over the years: one declaration for the screen and for paper.

Every number in a chart comes through the ledger, and so does the sentence
that reads it. A chart begins with the first year that has a figure and ends with
the year it is about; gaps between stay gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from common import charts
from common.chart_parts import MediumName
from common.charts import Point, Series, Spec
from indicators.declarations import indicators
from indicators.drawings import CHARTS, Drawing, Drawn
from indicators.ledger import Entry, Ledger, mark
from indicators.models import Status
from indicators.rows import Row, Value
from indicators.wording import STATUS_WORDS, say_period
from indicators.year_table import YearTable

YEARS = 10  # how far back a chart looks, on the screen and on paper
# One year alone is a number, not a development: it is told and tabled, not drawn.
FEWEST_YEARS = 2

_DRAW = {"lines": charts.lines, "bars": charts.bars}


@dataclass(frozen=True)
class Line:
    """One year of the table behind a chart, a cell for each series."""

    year: int
    cells: tuple[Entry | None, ...]


@dataclass(frozen=True)
class Said:
    """A piece of a sentence; ``entry`` where it tells a number."""

    text: str
    entry: Entry | None = None

    @property
    def opens(self) -> int | None:
        """The figure a click opens: of a comparison its base, as the number itself stands beside.

        The base stands last in the ledger; a plain number is its own.
        """
        return self.entry.figures[-1][0] if self.entry and self.entry.figures else None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart ready to be shown: ``spec`` is None where there is too little to draw."""

    code: str
    title: str
    unit: str
    scope: str
    spec: Spec | None
    said: tuple[Said, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    source_ids: tuple[int, ...]

    @property
    def reading(self) -> str:
        """The sentence under the chart; empty when there is nothing to say."""
        return "".join(piece.text for piece in self.said)

    @property
    def spec_id(self) -> str:
        """The element of a page that holds the spec."""
        return f"{self.code}-spec"


def build(
    code: str,
    table: YearTable,
    ledger: Ledger,
    place: str,
    year: int,
    *,
    medium: MediumName = "screen",
) -> Chart:
    """The chart up to ``year``, its numbers noted in ``ledger`` at ``place``.

    Raises KeyError for a chart nobody declares; indicators no field of work
    declares any more are left out.
    """
    drawing = CHARTS[code]
    drawn = [one for one in drawing.drawn if one.code in indicators()]
    years = _years(table, drawn, year)
    columns = [_Column(one, table, ledger, place, years) for one in drawn]
    values = [value for column in columns for value in column.values]
    is_drawn = len({value.year for value in values}) >= FEWEST_YEARS
    notes = _notes(years, values, is_drawn)
    unit = str(indicators()[drawn[0].code].measure.label)
    spec = None
    if is_drawn:
        spec = _DRAW[drawing.kind](
            [column.series for column in columns if column.values or medium == "screen"],
            unit=unit,
            medium=medium,
            language=ledger.language,
            notes=notes,
        )
    return Chart(
        code=code,
        title=str(drawing.title),
        unit=unit,
        scope=str(indicators()[drawn[0].code].scope),
        spec=spec,
        said=_reading(drawing, drawn, ledger, place, year),
        names=tuple(_capital(str(one.name)) for one in drawn),
        lines=tuple(
            Line(each, tuple(column.entries[position] for column in columns))
            for position, each in enumerate(years)
        ),
        notes=notes,
        source_ids=_sources(values),
    )


# --- numbers --------------------------------------------------------------------------


class _Column:
    """One indicator over the years: what is drawn and what is tabled."""

    def __init__(
        self, drawn: Drawn, table: YearTable, ledger: Ledger, place: str, years: Sequence[int]
    ) -> None:
        actuals = [table.row(drawn.code, year).actual for year in years]
        self.entries = [ledger.value(actual, place) for actual in actuals]
        self.values = [value for value in actuals if value and value.number is not None]
        points = zip(years, actuals, self.entries, strict=True)
        self.series = Series(
            _capital(str(drawn.name)), tuple(_point(*point) for point in points), drawn.colour
        )


def _point(year: int, actual: Value | None, entry: Entry | None) -> Point:
    if actual is None or entry is None:
        return Point(year, None)
    note = Status(actual.status).label if actual.status else ""
    return Point(year, actual.number, actual.is_inferred, entry.text, str(note))


def _years(table: YearTable, drawn: Iterable[Drawn], last: int) -> list[int]:
    """From the first year with a figure (at most YEARS back) to the last, gaps included.

    A chart of a year is about that year: without a figure in it there is none.
    """
    window = [year for year in table.years if last - YEARS < year <= last]
    filled = [
        year
        for year in window
        if any(_number(table.row(one.code, year)) is not None for one in drawn)
    ]
    return [year for year in window if year >= filled[0]] if last in filled else []


def _number(row: Row) -> Decimal | None:
    return row.actual.number if row.actual else None


def _notes(years: Sequence[int], values: Sequence[Value], is_drawn: bool) -> tuple[str, ...]:
    """What the reader must know: which numbers are inferred, which years are missing."""
    notes = []
    if any(value.is_inferred for value in values):
        hollow = _("(*), drawn hollow: inferred from published rates, no source document yet.")
        tabled = _("(*) Inferred from published rates, no source document yet.")
        notes.append(hollow if is_drawn else tabled)
    if any(value.is_sample for value in values):
        notes.append(_("(**) Sample data: the sum counts invented records."))
    filled = {value.year for value in values}
    if missing := [year for year in years if year not in filled]:
        notes.append(_("No figures for %(years)s.") % {"years": _runs(missing)})
    return tuple(notes)


def _runs(years: Sequence[int]) -> str:
    """ "2015, 2020–2022"."""
    runs = []
    for _start, group in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
        run = [year for _position, year in group]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(runs)


def _sources(values: Sequence[Value]) -> tuple[int, ...]:
    """The documents the numbers stand on, those of the latest years first."""
    latest = sorted(values, key=lambda value: -value.year)
    return tuple(dict.fromkeys(value.source_id for value in latest if value.source_id))


# --- the sentence: Vietnamese, like everything a report may quote ----------------------


def _reading(
    drawing: Drawing, drawn: Sequence[Drawn], ledger: Ledger, place: str, year: int
) -> tuple[Said, ...]:
    with translation.override("vi"):
        said = _changes(drawn, ledger, place, year) if drawing.tells == "change" else []
        said = said or _values(drawn, ledger, place, year)
    if not said:
        return ()
    return (Said(_capital(said[0].text)), *said[1:], Said("."))


def _changes(drawn: Sequence[Drawn], ledger: Ledger, place: str, year: int) -> list[Said]:
    """The parts from last to first, then the total: "nhập khẩu tăng …; tổng kim ngạch giảm …"."""
    moved = [one for one in reversed(drawn) if ledger.table.row(one.code, year).difference]
    rows = [ledger.table.row(one.code, year) for one in moved]
    same_base = len({row.last.status for row in rows if row.last}) == 1
    said: list[Said] = []
    for one, row in zip(moved, rows, strict=True):
        is_total = one is moved[-1]
        form = "change_short" if same_base and not is_total else "change"
        entry = ledger.say(one.code, form, place, year=year)
        between = ("; " if is_total else ", ") if said else ""
        said += [Said(f"{between}{one.name} "), Said(_marked(entry, row), entry)]
    return said


def _values(drawn: Sequence[Drawn], ledger: Ledger, place: str, year: int) -> list[Said]:
    """ "năm 2019, đoàn ra 53 đoàn; đoàn vào 54 đoàn, giảm 15 đoàn so với năm 2018"."""
    said: list[Said] = []
    for one in drawn:
        row = ledger.table.row(one.code, year)
        counted = row.indicator.measure.counted
        entry = ledger.say(one.code, "value" if counted else "reached", place, year=year)
        if entry is None or row.actual is None:
            continue
        status = STATUS_WORDS[row.actual.status] if counted else ""
        before = "; " if said else f"{say_period(year, row.months)}, "
        name = " ".join(filter(None, (str(one.name), status)))
        said += [Said(f"{before}{name} "), Said(_marked(entry, row), entry)]
        if change := ledger.say(one.code, "change", place, year=year):
            said += [Said(", "), Said(change.text, change)]
    return said


def _marked(entry: Entry | None, row: Row) -> str:
    """The words, with the mark of a number that is no ordinary one."""
    text = entry.text if entry else ""
    sign = mark(row.actual) if row.actual is not None else ""
    return text if text.endswith(sign) else text + sign


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
