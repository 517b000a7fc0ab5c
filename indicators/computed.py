"""Figures that registers add up to: computed for many spans of days at once.

A field of work declares ``FIGURES`` in ``<app>/figures.py``. A computation
knows days, not years, and nobody: a total counts every record, also those
whose label hides them; who may see the total is asked where it is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import Aggregate, QuerySet

from common.contracts import unique
from common.numbers import round_half_up

ROUGH = Decimal("0.05")


class Span(NamedTuple):
    """Days that are added up under one key, both included."""

    key: int
    first: dt.date
    last: dt.date


# (code of the indicator, key of the span) → value; no entry where no record lies in the span.
Computed = dict[tuple[str, int], Decimal]
# The same places → what belongs beside the value in words.
Notes = dict[tuple[str, int], str]


@dataclass(frozen=True, kw_only=True)
class Computation:
    """What a register adds up to.

    ``register`` is the address word of its list, and ``queries`` says how that
    list is filtered to the records of one indicator: both make the sum a link.
    ``notes`` tells what belongs beside a sum: by which rate it was exchanged,
    or which one is missing where there is none.
    """

    codes: tuple[str, ...]
    compute: Callable[[list[Span]], Computed]
    register: str = ""
    queries: Mapping[str, str] = field(default_factory=dict)
    notes: Callable[[list[Span]], Notes] | None = None


Statement = tuple[str, tuple[Any, ...]]  # SQL and its parameters


@cache
def computations() -> tuple[Computation, ...]:
    """The computations of every field of work."""
    found: list[Computation] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.figures"
        if find_spec(name):
            found += import_module(name).FIGURES
    unique((_Code(code) for one in found for code in one.codes), "computed indicator")
    return tuple(found)


@dataclass(frozen=True)
class _Code:
    code: str


@cache
def computation_of() -> dict[str, Computation]:
    """The computation behind each indicator that has one."""
    return {code: one for one in computations() for code in one.codes}


def gap(typed: Decimal, computed: Decimal, *, is_rough: bool) -> Decimal | None:
    """How much more the register has than what was typed; None where they agree.

    What was typed is as exact as it was written: 257,9 agrees with 257,93,
    and "about" or "over" leaves room of a twentieth.
    """
    exponent = typed.normalize().as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    difference = round_half_up(computed, decimals) - typed
    room = abs(typed) * ROUGH if is_rough else 0
    return None if abs(difference) <= room else difference


def compute(spans: list[Span], codes: set[str] | None = None) -> Computed:
    """Everything registers know about some spans; ``codes`` asks only those that are needed."""
    found: Computed = {}
    if not spans:
        return found
    for one in computations():
        if codes is None or codes.intersection(one.codes):
            found |= one.compute(spans)
    return found


def notes(spans: list[Span], codes: set[str]) -> Notes:
    """What belongs beside the sums of some indicators."""
    found: Notes = {}
    for one in computations():
        if one.notes is not None and codes.intersection(one.codes):
            found |= one.notes(spans)
    return found


@dataclass(frozen=True, kw_only=True)
class ByDay:
    """Counts and sums of rows per span, in one query: first by day, then by span.

    For what adds up over days: ``Count`` without distinct, and ``Sum``. Spans
    may overlap (a month and its year to date). ``rows`` is asked once and put
    into SQL once: putting it together takes longer than running it.
    """

    rows: Callable[[], QuerySet]
    day: str
    counts: Mapping[str, Aggregate]

    def __call__(self, spans: list[Span]) -> Computed:
        picked = [f"SUM(n{place})" for place, _code in enumerate(self.counts)]
        return _of_spans(spans, self._statement, list(self.counts), picked)

    @cached_property
    def _statement(self) -> Statement:
        names = [f"n{place}" for place, _code in enumerate(self.counts)]
        counts = dict(zip(names, self.counts.values(), strict=True))
        by_day = self.rows().order_by().values(self.day).annotate(**counts)
        return by_day.values_list(self.day, *names).query.sql_with_params()


@dataclass(frozen=True, kw_only=True)
class Different:
    """Different things (countries) per span; ``things`` is indicator → column of ``rows``.

    ``rows`` may come with annotations that are NULL where a row does not count.
    """

    rows: Callable[[], QuerySet]
    day: str
    things: Mapping[str, str]

    def __call__(self, spans: list[Span]) -> Computed:
        picked = [f"COUNT(DISTINCT n{place})" for place, _code in enumerate(self.things)]
        return _of_spans(spans, self._statement, list(self.things), picked)

    @cached_property
    def _statement(self) -> Statement:
        different = self.rows().order_by().values_list(self.day, *self.things.values())
        return different.distinct().query.sql_with_params()


def _of_spans(spans: list[Span], rows: Statement, codes: list[str], picked: list[str]) -> Computed:
    columns = ", ".join(("day", *(f"n{place}" for place, _code in enumerate(codes))))
    return {
        (code, key): Decimal(value)
        for key, *values in join_spans(spans, rows, columns, ", ".join(picked))
        for code, value in zip(codes, values, strict=True)
        if value is not None
    }


def _bounds(spans: list[Span]) -> tuple[dt.date, dt.date]:
    return min(span.first for span in spans), max(span.last for span in spans)


def join_spans(
    spans: list[Span], rows: Statement, columns: str, picked: str, *, since: str = "day"
) -> Iterator[tuple[Any, ...]]:
    """``picked`` aggregates over the rows of each span; ``columns`` names what rows bring.

    ``since`` names the column with a row's first day, where it covers more than
    its ``day``: only spans that hold it whole count it. The days of all spans
    together are said once more: from there the database takes them into the rows.
    Written in SQL because the ORM cannot join a list of values; nothing in
    these words comes from people.
    """
    inner, parameters = rows
    values = ", ".join(["(%s::int, %s::date, %s::date)"] * len(spans))
    statement = (
        f"SELECT s.key, {picked} FROM (VALUES {values}) AS s(key, first, last) "
        f"JOIN ({inner}) AS r({columns}) ON r.{since} >= s.first AND r.day <= s.last "
        f"WHERE r.{since} >= %s AND r.day <= %s GROUP BY s.key"
    )
    flat = [part for span in spans for part in span]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*flat, *parameters, *_bounds(spans)])
        yield from cursor.fetchall()
