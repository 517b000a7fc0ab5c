"""Annexes that list records in reports: what a field of work declares to have one.

``<app>/annexes.py`` has ``ANNEXES = (Annex(…),)``; an outline names those it
prints by their codes. Only publishable records of the report's viewer stand in
one, whatever a declaration asks for. The words are those of a Vietnamese
document, whatever the language of the screen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from common.contracts import unique
from registers.declarations import registers

Cells = tuple[Any, ...]  # values as ``registers.showing.text`` reads them


@dataclass(frozen=True)
class Heading:
    """A column of an annex on an A4 page on its side: 244 mm beside the number of the row."""

    text: str
    width_mm: int
    kind: str = "text"  # text | number | center


def joined(*parts: Any, by: str = ", ") -> str:
    """What is known of these, in one cell."""
    return by.join(str(part) for part in parts if part)


def in_period(rows: Any, first: dt.date, last: dt.date) -> Any:
    return rows.in_days(first, last)


@dataclass(frozen=True, kw_only=True)
class Part:
    """The records of one register in an annex, in their order.

    ``rows`` narrows them to those of the days; ``cells`` says what stands in
    the columns of one, as it was on the last of these days; ``total`` is a
    last line over all of them. Where records are too many to be listed
    (turnover), ``sums`` makes the lines out of all that may be published; the
    last of them is the total.
    """

    register: str
    cells: Callable[[Any, dt.date], Cells] = lambda record, day: (record,)
    order: tuple[str, ...] = ()
    sums: Callable[[Any, dt.date, dt.date], Sequence[Cells]] | None = None
    rows: Callable[[Any, dt.date, dt.date], Any] = in_period
    heading: str = ""  # above the rows, where an annex has several parts
    total: Callable[[Sequence[Any]], Cells] | None = None


@dataclass(frozen=True, kw_only=True)
class Annex:
    """``title`` may say ``{period}``; ``is_ahead`` is a plan: the period after the report's."""

    code: str
    title: str
    unit: str = ""  # stands right above the table
    headings: tuple[Heading, ...]
    parts: tuple[Part, ...]
    is_ahead: bool = False


def _declared() -> Iterator[Annex]:
    for config in apps.get_app_configs():
        name = f"{config.name}.annexes"
        if config.name != "registers" and find_spec(name):
            yield from import_module(name).ANNEXES


@cache
def annexes() -> dict[str, Annex]:
    """The declared annexes by code."""
    return unique(_declared(), "annex")


def check_annexes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Start-up fails on an annex of a register that nobody declares."""
    return [
        Error(f"annex {annex.code}: no register {part.register!r}", id="registers.E008")
        for annex in annexes().values()
        for part in annex.parts
        if part.register not in registers()
    ]
