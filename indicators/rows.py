"""One indicator in one year: its figures as readers need them, and what compares them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from common.contracts import Indicator, Kind
from indicators import comparisons
from indicators.comparisons import Difference, PartsGap, Tone
from indicators.computed import gap
from indicators.models import Origin, Side
from indicators.registered import FULL_YEAR
from reference.models import Period


class Value(NamedTuple):
    """One current figure, as readers need it."""

    figure_id: int | None  # None: nobody entered it, a register adds up to it
    indicator: str
    side: str
    year: int
    calendar: str
    agency: str
    version: int
    state: str
    value: Decimal | None
    status: str
    plan_stage: str
    precision: str
    origin: str
    source_id: int | None
    entered_at: dt.datetime | None
    is_sample: bool = False  # a sum that counts sample records
    stands_in: bool = True  # a sum that is printed where nothing was typed

    @property
    def number(self) -> Decimal | None:
        """What arithmetic may use: zero is a number, missing and not applicable are none."""
        return self.value

    @property
    def is_inferred(self) -> bool:
        return self.origin == Origin.INFERRED

    @property
    def is_computed(self) -> bool:
        return self.origin == Origin.COMPUTED and self.figure_id is None

    @property
    def is_rough(self) -> bool:
        """The number is only "about" or "nearly", as its source says or its inference allows."""
        return bool(self.precision)


@dataclass(frozen=True)
class Row:
    """One indicator in one year, with what compares it."""

    indicator: Indicator
    year: int
    months: int = FULL_YEAR
    kind: str = Period.Kind.YEAR_TO_DATE
    plan: Value | None = None  # the whole year's, whatever the period
    actual: Value | None = None
    last: Value | None = None
    so_far: Value | None = None  # beside a single month: the year to date as it was entered
    by_month: tuple[Value | None, ...] = ()  # the single months up to this one
    computed: Value | None = None  # what the register adds up to, beside what was typed

    @property
    def is_full_year(self) -> bool:
        return self.months == FULL_YEAR and self.kind == Period.Kind.YEAR_TO_DATE

    @property
    def adds_up(self) -> bool:
        return self.indicator.kind is Kind.IN_PERIOD

    @property
    def months_sum(self) -> Decimal | None:
        """The months of the year added up; None while one of them is not known."""
        numbers = [number_of(value) for value in self.by_month] if self.adds_up else []
        known = [number for number in numbers if number is not None]
        return sum(known, Decimal(0)) if numbers and len(known) == len(numbers) else None

    @property
    def reached(self) -> Decimal | None:
        """What of the year is done by the end of the period ("lũy kế").

        Beside a single month that is the sum of the months where they add up,
        else what was entered as year to date.
        """
        if self.kind != Period.Kind.MONTH:
            return number_of(self.actual)
        added = self.months_sum
        return number_of(self.so_far) if added is None else added

    @property
    def months_gap(self) -> PartsGap | None:
        """How far the months differ from the year to date as it was entered, if at all."""
        added = self.months_sum
        entered = number_of(self.so_far if self.kind == Period.Kind.MONTH else self.actual)
        if added is None or entered is None or added == entered:
            return None
        return PartsGap(added, added - entered)

    @property
    def is_empty(self) -> bool:
        return self.plan is None and self.actual is None

    @property
    def register_gap(self) -> Decimal | None:
        """How much more the register has than what was typed; None where they agree."""
        typed, computed = number_of(self.actual), number_of(self.computed)
        if self.actual is None or typed is None or computed is None:
            return None
        return gap(typed, computed, is_rough=self.actual.is_rough)

    @property
    def has_plan_ratio(self) -> bool:
        """Whether a percent of the plan makes sense: not of shares, ranks and growth rates."""
        return self.indicator.kind not in (Kind.RATE, Kind.RANK, Kind.GROWTH)

    def of(self, side: str) -> Value | None:
        return self.plan if side == Side.PLAN else self.actual

    @cached_property
    def plan_ratio(self) -> Decimal | None:
        """Percent of the plan, or None without one."""
        if not self.has_plan_ratio:
            return None
        return comparisons.plan_ratio(self.reached, number_of(self.plan))

    @cached_property
    def difference(self) -> Difference | None:
        """The change on last year, in the measure the indicator declares.

        Two rough figures ("gần 4 tỷ", "gần 5 tỷ") have none: their difference
        would claim more than either of them says.
        """
        if self._both_rough:
            return None
        return comparisons.change(number_of(self.actual), self.base, self.indicator.change)

    @cached_property
    def times(self) -> Decimal | None:
        return comparisons.times(number_of(self.actual), self.base)

    @property
    def _both_rough(self) -> bool:
        return all(value is not None and value.is_rough for value in (self.actual, self.last))

    @property
    def tone(self) -> Tone:
        return comparisons.tone(self.difference, self.indicator.better)

    @property
    def base(self) -> Decimal | None:
        """Last year's number, unless it stands on another standard."""
        row = self.indicator
        if row.standard_in(self.year) != row.standard_in(self.year - 1):
            return None
        return number_of(self.last)


def number_of(value: Value | None) -> Decimal | None:
    return value.number if value is not None else None
