"""What a field of work declares, and nothing else.

Fields of work (trade, delegations, …) declare frozen values here-defined;
the engines above discover them by convention (``<app>/indicators.py``).
Nothing lists the fields, and readers never import one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.units import UNITS, Unit

Label = str | Promise


class Kind(StrEnum):
    """What the number means over time; it decides how it is compared and summed."""

    IN_PERIOD = "in_period"  # happened in the period: adds up
    CUMULATIVE = "cumulative"  # since the start of the year
    AT_DATE = "at_date"  # a stock: never summed over years
    RATE = "rate"  # a share: changes in percentage points
    RANK = "rank"  # changes in places
    GROWTH = "growth"  # a growth rate: changes in percentage points


KIND_LABELS: dict[Kind, Label] = {
    Kind.IN_PERIOD: _("in the period"),
    Kind.CUMULATIVE: _("cumulative since the start of the year"),
    Kind.AT_DATE: _("at a date"),
    Kind.RATE: _("rate"),
    Kind.RANK: _("rank"),
    Kind.GROWTH: _("growth rate"),
}


class Better(StrEnum):
    """Which direction is good news; colour follows it."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Change(StrEnum):
    """The measure in which a change on last year is told."""

    PERCENT = "percent"
    UNITS = "units"
    POINTS = "points"
    PLACES = "places"


class Aggregation(StrEnum):
    """How the values of several agencies make the province's."""

    SINGLE = "single"
    SUM = "sum"
    REGISTER = "register"


class DataClass(StrEnum):
    """How sensitive data are; roles grant verbs per class, never per app."""

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"


class Calendar(StrEnum):
    """Administrative years run 15/12–14/12, statistical ones 1/1–31/12."""

    ADMINISTRATIVE = "administrative"
    CALENDAR = "calendar"


class PlanLabel(StrEnum):
    """What a planned value is called in this row."""

    PLAN = "plan"  # kế hoạch
    BUDGET = "budget"  # dự toán
    TARGET = "target"  # mục tiêu


@dataclass(frozen=True, kw_only=True)
class Group:
    """A heading of the entry screen and the annex, in the outline's order."""

    code: str
    label: Label
    order: int


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One row of the year table.

    ``agency`` is the code of the agency that owes it unless an assignment of
    the year says otherwise. ``scope`` names the statistical scope or standard;
    series of different scope are different indicators. ``standard`` does the
    same within one indicator's history: a mapping of first year → standard,
    and values on different standards are never compared. ``yearly`` is False
    for values that only exist for a span of years (period averages): they are
    stored as figures but are no row of the year screen. ``also`` are other names
    the row has in sheets people send.
    """

    code: str
    label: Label
    unit: str
    kind: Kind
    group: str
    order: int
    agency: str
    better: Better = Better.NEUTRAL
    scope: Label = ""
    aggregation: Aggregation = Aggregation.SINGLE
    parts: tuple[str, ...] = ()
    child_of: str = ""
    plan_label: PlanLabel = PlanLabel.PLAN
    calendar: Calendar = Calendar.ADMINISTRATIVE
    data_class: DataClass = DataClass.ORDINARY
    yearly: bool = True
    standards: tuple[tuple[int, str], ...] = ()
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"{self.code}: unknown unit {self.unit!r}")

    @property
    def measure(self) -> Unit:
        return UNITS[self.unit]

    @property
    def may_be_negative(self) -> bool:
        """Growth and rates fall below zero; counts, sums and ranks do not."""
        return self.kind in (Kind.GROWTH, Kind.RATE)

    @property
    def change(self) -> Change:
        """Rates and growth move in points, ranks in places, few things in units."""
        by_kind = {Kind.RATE: Change.POINTS, Kind.GROWTH: Change.POINTS, Kind.RANK: Change.PLACES}
        return by_kind.get(self.kind) or (Change.UNITS if self.measure.counted else Change.PERCENT)

    def standard_in(self, year: int) -> str:
        """The standard in force in ``year``, or "" where none is declared."""
        in_force = [name for first, name in self.standards if first <= year]
        return in_force[-1] if in_force else ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A number a sentence can cite that is no row of the entry screen."""

    code: str
    label: Label
    unit: str


def unique(declarations: Iterable[Any], what: str) -> dict[str, Any]:
    """Declarations by code; a duplicate code stops start-up with its name."""
    found: dict[str, Any] = {}
    for declaration in declarations:
        if declaration.code in found:
            raise ValueError(f"{what} {declaration.code!r} is declared twice")
        found[declaration.code] = declaration
    return found
