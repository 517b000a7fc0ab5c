"""What a cell of a table can hold, besides values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Formula:
    """A formula with the result that was stored; without one it was never calculated."""

    source: str
    value: float | str | None = None


@dataclass(frozen=True)
class Error:
    text: str = "#N/A"


@dataclass(frozen=True)
class Styled:
    """An empty cell that has only a look."""


@dataclass(frozen=True)
class Share:
    """A number its cell shows in percent: 0.81 is seen as 81%."""

    value: float
