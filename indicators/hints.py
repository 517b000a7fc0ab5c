"""Hints: what looks odd about a number, told from the numbers around it.

Pure arithmetic: no database, no words. A hint never refuses anything; whoever
entered the number corrects it or says why it is right.

*Slips.* A value about a power of a thousand away from what the row last had is
most likely typed with a group of zeros too many or too few, or in another unit.
"About" is five times either way (``SLIP``): half a power of a thousand is 31
times, so a slip is never taken for another one, and the number proposed lies
near the row's own.

*Far outside the row's own history.* A row has three to six known years here, a
few of them rounded. Means and standard deviations are useless on so few (one
odd year hides itself and the next), so this is the modified z-score of Iglewicz
and Hoaglin (How to Detect and Handle Outliers, ASQC 1993), median absolute
deviations instead of standard ones with their limit of 3.5, changed in four
ways that so few points ask for:

- on logarithms, because turnover and aid move by ratios, not by amounts;
- the deviation is that of the row's own moves from year to year, so a row that
  grows every year is no oddity every year;
- measured from the nearest of all known years, so neither coming back to an
  earlier level nor an old mistake in the history counts for or against;
- the limit is held between two and three times: below twice nothing is asked,
  however quiet the row was (the median of two moves says little), and beyond
  three times always, however restless: a slip of five times is found also in a
  year that fell by a third. With fewer than three known years the row's moves
  are not known and the limit is three times.

Dixon's Q, made for three to seven points, was tried and left: on rounded
figures its range is often nearly zero, and one old mistake hides all others.

Shares, growth rates and ranks move in points and places, by the same rule
between limits of their own. A count moves by chance too: from one year to the
next its square root wanders by about 0.7 (the variance of a Poisson count's
root is 1/4), so both rules have to find it odd before four incidents after one
become a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from django.conf import settings

from common.contracts import Kind
from common.units import Unit, alternatives

THOUSAND = Decimal(1000)
SLIP = Decimal(5)
SCORE = Decimal("3.5") * Decimal("1.4826")  # the limit, in deviations of a normal distribution
TWICE, THREE_TIMES = Decimal(2).ln(), Decimal(3).ln()
ROOT_LIMIT = Decimal("3.5") * Decimal("0.5").sqrt()  # both counts vary by chance
HUNDRED = Decimal(100)
ROUGH_PARTS = Decimal("0.05")  # parts "about" and "over" may miss their total by this share

# Known, but nobody types them: a thousand times too much is three zeros too many.
_UNUSUAL_UNITS = {"thousand_usd"}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an installation may set otherwise: ``settings.HINT_LIMITS`` over the defaults."""

    over_plan_percent: Decimal = Decimal(150)
    growth_points: tuple[Decimal, Decimal] = (Decimal(10), Decimal(20))
    places: tuple[Decimal, Decimal] = (Decimal(15), Decimal(30))


def limits() -> Limits:
    return Limits(**getattr(settings, "HINT_LIMITS", {}))


class Known(NamedTuple):
    """A number of the row that is known: of a year, or of the plan (``year`` None)."""

    number: Decimal
    year: int | None


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is known around a number; ``past`` begins with the latest year."""

    kind: Kind
    unit: Unit
    past: tuple[Known, ...] = ()
    plan: Decimal | None = None
    share_of_year: Decimal = Decimal(1)  # of the plan that the period may reach
    limits: Limits = field(default_factory=limits)

    @property
    def nearest_known(self) -> Known | None:
        """What a number is held against: the latest year, else the plan."""
        if self.past:
            return self.past[0]
        return None if self.plan is None else Known(self.plan * self.share_of_year, None)


class Thousandfold(NamedTuple):
    """So many times, or one so-manieth of, what the row last had."""

    times: Decimal  # below one for a number that is too small
    known: Known
    fix: Decimal


class OtherUnit(NamedTuple):
    """Like a number of another unit of the family (None: a share written as a fraction)."""

    unit: Unit | None
    known: Known
    fix: Decimal


class Outlier(NamedTuple):
    """Far from every year of the row."""

    past: tuple[Known, ...]


class OverPlan(NamedTuple):
    """So many percent of the plan."""

    percent: Decimal


Finding = Thousandfold | OtherUnit | Outlier | OverPlan


def find(value: Decimal | None, context: Context) -> Finding | None:
    """What is odd about ``value``: one question a number, the one that explains most."""
    if not value:  # nothing to compare, and "nil in the period" is said on purpose
        return None
    if found := slip(value, context):
        return found
    if is_outlier(value, context):
        return Outlier(context.past)
    percent = _percent_of_plan(value, context)
    if percent is None or percent < context.limits.over_plan_percent:
        return None
    return OverPlan(percent)


# --- slips -----------------------------------------------------------------------


def slip(value: Decimal, context: Context) -> Thousandfold | OtherUnit | None:
    """A group of zeros or a unit that is wrong, with the number that was probably meant."""
    known = context.nearest_known
    if known is None or known.number <= 0 or value <= 0:
        return None
    if context.kind in (Kind.RATE, Kind.GROWTH):
        is_fraction = value < 1 and _about(value * HUNDRED, known.number, Decimal(2))
        return OtherUnit(None, known, value * HUNDRED) if is_fraction else None
    if context.kind is Kind.RANK:
        return None
    ratio = value / known.number
    for power in (1, 2, 3, -1, -2, -3):
        factor = THOUSAND**power
        fix = value / factor
        if not _about(ratio, factor, SLIP) or (context.unit.counted and not _is_whole(fix)):
            continue
        unit = _unit_of(factor, context.unit)
        if unit is not None:
            return OtherUnit(unit, known, fix)
        return Thousandfold(ratio, known, fix) if abs(power) == 1 else None
    return None


def _unit_of(factor: Decimal, unit: Unit) -> Unit | None:
    """The unit in which the number would be ``factor`` times as large."""
    for other in alternatives(unit.code):
        if other.factor * factor == unit.factor and other.code not in _UNUSUAL_UNITS:
            return other
    return None


def _about(value: Decimal, of: Decimal, times: Decimal) -> bool:
    return of / times <= value <= of * times


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


# --- far outside the row's history -------------------------------------------------


def is_outlier(value: Decimal, context: Context) -> bool:
    """Whether the value is far from every known year of the row."""
    numbers = [known.number for known in context.past]
    if context.kind is Kind.RATE and context.unit.family == "percent" and value > HUNDRED:
        return True
    if not numbers:
        return False
    if context.kind is Kind.GROWTH:
        return _is_far(value, numbers, *context.limits.growth_points)
    if context.kind is Kind.RANK:
        return _is_far(value, numbers, *context.limits.places)
    positive = [number for number in numbers if number > 0]
    if value <= 0 or not positive:
        return False
    logarithms = [number.ln() for number in positive]
    if not _is_far(value.ln(), logarithms, TWICE, THREE_TIMES):
        return False
    if context.kind is Kind.RATE:  # 0.2% after 0.9% is another ratio and the same share
        return min(abs(value - number) for number in positive) > 1
    return not context.unit.counted or _roots_differ(value, positive)


def _is_far(value: Decimal, past: Sequence[Decimal], low: Decimal, high: Decimal) -> bool:
    """Whether the nearest of the past is further than the row's own moves allow."""
    moves = [abs(later - earlier) for later, earlier in zip(past, past[1:], strict=False)]
    usual = SCORE * median(moves) if len(moves) >= 2 else high
    return min(abs(value - known) for known in past) > min(max(usual, low), high)


def _roots_differ(value: Decimal, past: Sequence[Decimal]) -> bool:
    root = value.sqrt()
    return min(abs(root - number.sqrt()) for number in past) > ROOT_LIMIT


# --- plan and parts ----------------------------------------------------------------


def _percent_of_plan(value: Decimal, context: Context) -> Decimal | None:
    """Percent of the plan; None without one, and for a count too small to speak of."""
    if context.plan is None or context.plan <= 0:
        return None
    if context.kind in (Kind.RATE, Kind.GROWTH, Kind.RANK):
        return None
    if context.unit.counted and not _roots_differ(value, [context.plan]):
        return None
    return value / context.plan * HUNDRED


def parts_differ(total: Decimal, gap: Decimal, *, rough: bool) -> bool:
    """Whether a gap between parts and total is worth a word.

    Figures that are only "about" or "over" may miss each other a little.
    """
    return abs(gap) > abs(total) * ROUGH_PARTS if rough else gap != 0
