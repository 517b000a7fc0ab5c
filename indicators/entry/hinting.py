"""The hints of rows: what is odd about their numbers, in words, and what was said to it.

Everything is read from a table that holds the years before as well; only what
people explained is asked for, in one query for all rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.utils import translation

from common.contracts import Indicator, Kind
from common.numbers import format_number
from indicators import explanations, hints
from indicators.comparisons import PartsGap
from indicators.declarations import indicators
from indicators.entry import hint_words
from indicators.entry.cells import language
from indicators.models import Explanation, Side
from indicators.registered import FULL_YEAR
from indicators.rows import Row, Value
from indicators.year_table import YearTable
from reference.models import Period

HISTORY = 5  # years before that a number is held against
Asked = Explanation.Kind
DIFFERENCES = (Asked.PARTS, Asked.REGISTER)

_KINDS = {
    hints.Thousandfold: Asked.THOUSANDFOLD,
    hints.OtherUnit: Asked.UNIT,
    hints.Outlier: Asked.OUTLIER,
    hints.OverPlan: Asked.OVER_PLAN,
}


@dataclass(frozen=True, kw_only=True)
class RowHint:
    """One thing that is odd about one cell; ``figure`` is what an explanation belongs to."""

    row: str
    side: str
    figure: int
    kind: str
    say: Callable[[], str]
    ask: Callable[[], str] | None = None  # the request after what was seen
    fix: Decimal | None = None
    parts: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        """What is written down with an explanation, whatever the language of the screen."""
        with translation.override("vi"):
            return self.say()

    @property
    def message(self) -> str:
        return f"{self.say()} {self.ask()}" if self.ask else self.say()

    def answered_by(self, said: Explanation | None) -> bool:
        """Whether an explanation still stands for what is seen now.

        Parts and registers may change under a total that stays: that is another question.
        """
        if said is None or self.kind not in DIFFERENCES:
            return said is not None
        return said.seen.startswith(self.seen)


def years_for(year: int) -> range:
    """The years a table has to hold for the hints of ``year``."""
    return range(year - HISTORY, year + 1)


def codes_for(code: str) -> list[str]:
    """The rows whose hints may change with a number of this one, and what those stand on."""
    rows = asked_with(code)
    return sorted({part for row in rows for part in (row, *indicators()[row].parts)})


def asked_with(code: str) -> list[str]:
    """The row itself and the totals it is a part of."""
    return [code, *_totals().get(code, ())]


@cache
def _totals() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, indicator in indicators().items():
        for part in indicator.parts:
            found.setdefault(part, []).append(code)
    return found


# --- finding -----------------------------------------------------------------------


def of_row(table: YearTable, row: Row, sides: Iterable[str] = Side.values) -> Iterator[RowHint]:
    """What is odd about the plan and the actual of a row."""
    for side in sides:
        value = row.of(side)
        if value is None or value.number is None or value.is_computed:
            continue
        found = hints.find(value.number, context(table, row, side))
        if found is not None:
            say = partial(hint_words.of_finding, found, value.number, row)
            yield _hint(row, value, _KINDS[type(found)], say, fix=getattr(found, "fix", None))
        if isinstance(found, hints.Thousandfold | hints.OtherUnit):
            continue  # no wonder that the parts do not add up to it
        parts = list(_of_parts(table, row, side, value))
        yield from parts
        if side == Side.ACTUAL and not any(hint.fix is not None for hint in parts):
            yield from _of_register(row, value)  # else the parts asked for the same number
    if Side.ACTUAL in sides and table.parts_gap(row) is None:  # one question at a time
        yield from _of_months(row)


def _of_parts(table: YearTable, row: Row, side: str, value: Value) -> Iterator[RowHint]:
    parts = row.indicator.parts
    gap = table.parts_gap(row, side) if parts else None
    if gap is None or value.number is None:
        return
    members = [table.row(part, row.year).of(side) for part in parts]
    rough = any(member is not None and member.is_rough for member in (value, *members))
    if hints.parts_differ(value.number, gap.gap, rough=rough):
        say = partial(hint_words.of_parts, value.number, gap, row.indicator)
        fix = gap.sum if side == Side.ACTUAL and _register_has(row, gap) else None
        ask = hint_words.please_explain
        yield _hint(row, value, Asked.PARTS, say, ask=ask, fix=fix, parts=parts)


def _of_register(row: Row, value: Value) -> Iterator[RowHint]:
    """What the records add up to, where something else was entered."""
    computed, gap = row.computed, row.register_gap
    if gap is None or computed is None or computed.number is None or value.number is None:
        return
    say = partial(hint_words.of_register, value.number, computed.number, gap, row.indicator)
    ask = hint_words.correct_or_explain
    yield _hint(row, value, Asked.REGISTER, say, ask=ask, fix=computed.number)


def _register_has(row: Row, parts: PartsGap) -> bool:
    return row.computed is not None and row.computed.number == parts.sum


def _of_months(row: Row) -> Iterator[RowHint]:
    """The months of the year against the year to date, whichever of the two is on the screen."""
    gap = row.months_gap
    entered = row.so_far if row.kind == Period.Kind.MONTH else row.actual
    if gap is not None and entered is not None and not entered.is_computed:
        say = partial(hint_words.of_months, gap, row)
        yield _hint(row, entered, Asked.PARTS, say, ask=hint_words.please_explain)


def _hint(row: Row, value: Value, kind: str, say: Callable[[], str], **more: Any) -> RowHint:
    assert value.figure_id is not None, "a sum of records has no cell to hint at"
    return RowHint(
        row=row.indicator.code, side=value.side, figure=value.figure_id, kind=kind, say=say, **more
    )


def context(table: YearTable, row: Row, side: str) -> hints.Context:
    """What the table knows around a cell."""
    indicator = row.indicator
    plan = row.plan.number if side == Side.ACTUAL and row.plan is not None else None
    return hints.Context(
        kind=indicator.kind,
        unit=indicator.measure,
        past=tuple(_past(table, indicator, row.year)),
        plan=plan,
        share_of_year=_share(row),
    )


def _past(table: YearTable, indicator: Indicator, year: int) -> Iterator[hints.Known]:
    """The row's actual numbers on the standard of this year, the latest first."""
    for before in range(year - 1, year - HISTORY - 1, -1):
        if indicator.standard_in(before) != indicator.standard_in(year):
            return
        value = table.row(indicator.code, before).actual
        if value is not None and value.number is not None:
            yield hints.Known(value.number, before)


def _share(row: Row) -> Decimal:
    """How much of the year's plan the period may reach."""
    if row.indicator.kind not in (Kind.IN_PERIOD, Kind.CUMULATIVE):
        return Decimal(1)
    months = 1 if row.kind == Period.Kind.MONTH else row.months
    return Decimal(months) / FULL_YEAR


# --- for the browser ----------------------------------------------------------------


def as_json(found: Iterable[RowHint]) -> list[dict[str, Any]]:
    """Hints with what was explained; one whose explanation stands is asked no more."""
    rows = list(found)
    said = explanations.standing({hint.figure for hint in rows}) if rows else {}
    return [_one(hint, said.get((hint.figure, hint.kind))) for hint in rows]


def _one(hint: RowHint, said: Explanation | None) -> dict[str, Any]:
    stands = hint.answered_by(said)
    return {
        "row": hint.row,
        "side": hint.side,
        "figure": hint.figure,
        "kind": hint.kind,
        "message": hint.message,
        "fix": None if hint.fix is None else format_number(hint.fix, language()),
        "explained": said.text if said is not None and stands else None,
        "parts": list(hint.parts),
    }
