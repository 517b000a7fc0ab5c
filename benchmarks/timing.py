"""Timing two ways to do one job, turn by turn."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """The seconds of several turns."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def __str__(self) -> str:
        unit, factor = ("s", 1) if self.median >= 1 else ("ms", 1000)
        middle, low, high = (
            f"{value * factor:.{2 if factor == 1 else 1}f}"
            for value in (self.median, min(self.seconds), max(self.seconds))
        )
        return f"{middle} {unit} ({low}–{high})"


@dataclass(frozen=True)
class Result:
    """One benchmark: ours against a yardstick."""

    what: str
    ours: Times
    yardstick: str
    theirs: Times
    aim: float
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        return self.ours.median / self.theirs.median


def in_turns(
    ours: Work, theirs: Work, *, turns: int, warm_up: int = 1, between: Work = lambda: None
) -> tuple[Times, Times]:
    """Time both, one after the other, so that a busy minute of the machine hits both alike.

    ``between`` makes ready for the second one and is not timed.
    """
    pairs = []
    for turn in range(-warm_up, turns):
        first = _timed(ours)
        between()
        pair = first, _timed(theirs)
        if turn >= 0:
            pairs.append(pair)
    return Times(tuple(pair[0] for pair in pairs)), Times(tuple(pair[1] for pair in pairs))


def _timed(work: Work) -> float:
    gc.collect()  # neither pays for what the other left behind
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
