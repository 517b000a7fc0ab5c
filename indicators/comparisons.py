"""Comparisons of two figures: pure arithmetic, no database, no words.

Callers pass None for a figure that is missing or not applicable and
Decimal(0) for one that is zero. No base gives no comparison.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from common.contracts import Better, Change
from common.numbers import round_half_up

Direction = Literal["up", "down", "same"]
Tone = Literal["good", "bad", "neutral"]

# From twice the base on, "gấp … lần" reads better than a percentage above 100.
TIMES_FROM = 2

# Decimals a change is printed with; the others are printed as they are.
_PRINTED_DECIMALS = {Change.PERCENT: 1, Change.POINTS: 2}


@dataclass(frozen=True)
class Difference:
    """A change as it will be printed.

    ``amount`` is already rounded and never negative, so a change that prints
    0,0% is "same". Up is what the reader calls up: for places in a ranking,
    that is a number that falls.
    """

    how: Change
    amount: Decimal
    direction: Direction

    @property
    def signed(self) -> Decimal:
        """The amount with its sign, for a table column."""
        return self.amount.copy_negate() if self.direction == "down" else self.amount


class PartsGap(NamedTuple):
    """What the parts add up to, and by how much that exceeds the total."""

    sum: Decimal
    gap: Decimal


def plan_ratio(actual: Decimal | None, plan: Decimal | None) -> Decimal | None:
    """The actual in percent of the plan, unrounded.

    A plan below zero has no share to reach, any more than one of zero.
    """
    if actual is None or plan is None or plan <= 0:
        return None
    return actual / plan * 100


def change(actual: Decimal | None, base: Decimal | None, how: Change) -> Difference | None:
    """How ``actual`` moved from ``base``, told in the measure ``how``."""
    if actual is None or base is None:
        return None
    moved = base - actual if how is Change.PLACES else actual - base
    if how is Change.PERCENT:
        if base == 0:
            return None
        moved = moved / base.copy_abs() * 100
    if how in _PRINTED_DECIMALS:
        moved = round_half_up(moved, _PRINTED_DECIMALS[how])
    direction: Direction = "up" if moved > 0 else "down" if moved < 0 else "same"
    return Difference(how, moved.copy_abs(), direction)


def times(actual: Decimal | None, base: Decimal | None) -> Decimal | None:
    """How many times the base, to one decimal; None below twice.

    Only for changes told in percent: "tăng 04 vụ" stays even when 4 became 8.
    """
    if actual is None or base is None or base <= 0 or actual < TIMES_FROM * base:
        return None
    return round_half_up(actual / base, 1)


def tone(difference: Difference | None, better: Better) -> Tone:
    """Whether a change is good news; what cannot be compared is neutral."""
    if difference is None or difference.direction == "same" or better is Better.NEUTRAL:
        return "neutral"
    number_rose = (difference.direction == "up") != (difference.how is Change.PLACES)
    return "good" if number_rose == (better is Better.HIGHER) else "bad"


def parts_gap(total: Decimal | None, parts: Iterable[Decimal | None]) -> PartsGap | None:
    """The disagreement of parts and total; None when they agree or one is missing."""
    given = list(parts)
    known = [part for part in given if part is not None]
    if total is None or not known or len(known) < len(given):
        return None
    added = sum(known, Decimal(0))
    return PartsGap(added, added - total) if added != total else None
