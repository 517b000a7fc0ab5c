"""Turnover in million USD, added up from the register.

Months add up. A year to date counts only where months of the same goods are
missing: what it has more than they have is added at its own month, so that
every span of days that holds it whole gets the difference, once. Only the scope
of the province's own report feeds these figures; local goods are part of all
exports, so their rows stand beside these and are never added to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from django.db.models import Case, DecimalField, F, Q, Sum, Value, When, Window
from django.db.models.functions import Coalesce, ExtractMonth, Lag

from indicators.computed import ByDay, Computation, Computed, Span, Statement, join_spans
from trade.choices import Flow, Kind, Scope
from trade.models import GOODS, MILLION, Turnover

_COUNTED = Q(scope=Scope.REPORT) & ~Q(kind=Kind.PLAN)
OF: dict[str, Q] = {
    "TRADE.TOTAL": Q(is_local=False),
    "TRADE.EXPORT": Q(flow=Flow.EXPORT, is_local=False),
    "TRADE.IMPORT": Q(flow=Flow.IMPORT),
    "TRADE.LOCAL_EXPORT": Q(flow=Flow.EXPORT, is_local=True),
}
# Which records count in which indicator: read by the record's own page.
FEEDS: dict[str, Q] = {code: _COUNTED & condition for code, condition in OF.items()}


MONTHS = ByDay(
    rows=lambda: Turnover.objects.counted().months(),
    day=Turnover.DAY,
    counts={code: Sum("value", filter=condition) for code, condition in OF.items()},
)


def turnover(spans: list[Span]) -> Computed:
    """Two queries, whatever the spans and rows: months, and what years to date add to them."""
    found = MONTHS(spans)
    for place, value in _beyond_months(spans):
        found[place] = found.get(place, 0) + value
    return {place: value / MILLION for place, value in found.items()}


PARTS = {f"n{place}": code for place, code in enumerate(OF)}


def _beyond_months(spans: list[Span]) -> Iterator[tuple[tuple[str, int], Decimal]]:
    """What years to date know beyond the months, as ((code, span), USD)."""
    columns = ", ".join(("day", "since", *PARTS))
    picked = ", ".join(f"SUM({name})" for name in PARTS)
    for key, *values in join_spans(spans, _gaps(), columns, picked, since="since"):
        for code, value in zip(PARTS.values(), values, strict=True):
            if value is not None:
                yield (code, key), value


@cache
def _gaps() -> Statement:
    """The years to date that are longer than their months, and what each adds.

    Of several in one year each adds only what the one before it had not, so
    the sum up to any month is the latest one's difference. The same for every
    span, and long to put together: every saved cell asks for it.
    """
    beyond = F("value") - Coalesce(F("months_sum"), Value(0), output_field=DecimalField())
    rows = (
        Turnover.objects.counted()
        .to_date()
        .annotate(gap=beyond, length=ExtractMonth("month"))
        .filter(Q(months_there=None) | Q(months_there__lt=F("length")))
        .annotate(
            more=F("gap")
            - Coalesce(
                Window(
                    Lag("gap"),
                    partition_by=[*map(F, GOODS), F("of_year")],
                    order_by=F("month").asc(),
                ),
                Value(0),
                output_field=DecimalField(),
            )
        )
        .order_by()
    )
    parts = {name: Case(When(OF[code], then=F("more"))) for name, code in PARTS.items()}
    return rows.annotate(**parts).values_list("month", "of_year", *PARTS).query.sql_with_params()


FIGURES = (
    Computation(
        codes=tuple(OF),
        compute=turnover,
        register="kim-ngach",
        queries={
            "TRADE.TOTAL": "scope=report&is_local=0",
            "TRADE.EXPORT": "scope=report&flow=export&is_local=0",
            "TRADE.IMPORT": "scope=report&flow=import",
            "TRADE.LOCAL_EXPORT": "scope=report&is_local=1",
        },
    ),
)
