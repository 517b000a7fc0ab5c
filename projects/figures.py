"""What the registers of foreign money add up to.

A total of running projects is what is in force on a span's last day: promises
for many years, never the money of one. What is new adds up by the day of its
decision. Amounts keep their currency until they are exchanged at the very end.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from common.units import UNITS
from indicators.computed import (
    ByDay,
    Computation,
    Computed,
    Different,
    Notes,
    Span,
    Statement,
)
from indicators.declarations import indicators
from projects.base import Change, Currency
from projects.models import AidKind, FdiProject, NgoAid, NgoAmount, NgoCapital, OdaProject
from projects.rates import Exchanged, exchange, rates
from projects.standing import Standing, standing

PROJECTS = ~Q(kind=AidKind.NON_PROJECT)
NON_PROJECT = Q(kind=AidKind.NON_PROJECT)
Sums = dict[tuple[str, int], dict[str, Decimal]]  # (indicator, span) → amounts by currency
Added = tuple[Computed, Sums]

# Which records count in which indicator: read by the record's own page.
FDI_FEEDS = {"FDI.PROJECT_ACTIVE": Q(), "FDI.CAPITAL_REGISTERED": Q()}
ODA_FEEDS = {"ODA.PROJECT_ACTIVE": Q(), "ODA.CAPITAL_TOTAL": Q()}
NGO_FEEDS = {
    "NGO.PROJECT_NEW": PROJECTS,
    "NGO.VALUE_NEW": PROJECTS,
    "NGO.NONPROJECT_COUNT": NON_PROJECT,
    "NGO.NONPROJECT_VALUE": NON_PROJECT,
    "NGO.PROJECT_ACTIVE": PROJECTS,
    "NGO.VALUE_ACTIVE": PROJECTS,
}


def currency_of(code: str) -> str:
    """The currency an indicator is told in."""
    return indicators()[code].measure.family.upper()


# --- what is in force on the last day ---------------------------------------------------


@cache
def fdi() -> Statement:
    return standing(FdiProject.objects.alive(), Q())


@cache
def oda() -> Statement:
    return standing(OdaProject.objects.alive(), Q())


@cache
def ngo() -> Statement:
    return standing(NgoAid.objects.alive().filter(PROJECTS), Q(capital=NgoCapital.AID))


def of_standing(spans: list[Span], projects: Statement, count: str, value: str) -> Added:
    found = Standing.read(projects)
    counts: Computed = {}
    sums: Sums = {}
    for span in spans:
        money = found.on(span.last)
        if money is not None:
            counts[count, span.key] = money.pop(Standing.COUNT, Decimal(0))
            sums[value, span.key] = money
    return counts, sums


# --- what is new in a period -----------------------------------------------------------


def ngo_amounts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Promised aid by the day it was decided; what was taken back again is no new value."""
    promised = rows.filter(project__deleted_at=None, capital=NgoCapital.AID)
    return promised.exclude(change=Change.DECREASE).annotate(
        day=Coalesce("decided_on", "project__decided_on")
    )


NGO_KINDS = {
    "NGO.VALUE_NEW": ~Q(project__kind=AidKind.NON_PROJECT),
    "NGO.NONPROJECT_VALUE": Q(project__kind=AidKind.NON_PROJECT),
}
NGO_AMOUNTS = ByDay(
    rows=lambda: ngo_amounts(NgoAmount.objects.all()),
    day="day",
    counts={
        f"{code} {currency}": Sum("amount", filter=kind & Q(currency=currency))
        for code, kind in NGO_KINDS.items()
        for currency in Currency.values
    },
)
NGO_COUNTS = ByDay(
    rows=NgoAid.objects.alive,
    day=NgoAid.DAY,
    counts={
        "NGO.PROJECT_NEW": Count("pk", filter=PROJECTS),
        "NGO.NONPROJECT_COUNT": Count("pk", filter=NON_PROJECT),
    },
)
# Projects that were supplemented in the period, each once.
NGO_EXTENDED = Different(
    rows=lambda: ngo_amounts(NgoAmount.objects.filter(change=Change.INCREASE)).exclude(
        project__kind=AidKind.NON_PROJECT
    ),
    day="day",
    things={"NGO.PROJECT_EXPANDED": "project"},
)


def ngo_values(spans: list[Span]) -> Sums:
    """New and extended projects, and non-project aid, by currency."""
    sums: Sums = {}
    for (name, key), amount in NGO_AMOUNTS(spans).items():
        code, currency = name.split()
        sums.setdefault((code, key), {})[currency] = amount
    return sums


# --- the three registers ---------------------------------------------------------------


def fdi_sums(spans: list[Span]) -> Added:
    return of_standing(spans, fdi(), "FDI.PROJECT_ACTIVE", "FDI.CAPITAL_REGISTERED")


def oda_sums(spans: list[Span]) -> Added:
    return of_standing(spans, oda(), "ODA.PROJECT_ACTIVE", "ODA.CAPITAL_TOTAL")


def ngo_sums(spans: list[Span]) -> Added:
    counts, sums = of_standing(spans, ngo(), "NGO.PROJECT_ACTIVE", "NGO.VALUE_ACTIVE")
    return counts | NGO_COUNTS(spans) | NGO_EXTENDED(spans), sums | ngo_values(spans)


def exchanged(spans: list[Span], sums: Sums) -> dict[tuple[str, int], Exchanged]:
    """Each sum in the currency of its indicator, by the rates of the span's year."""
    year_of = {span.key: span.last.year for span in spans}
    known = rates(year_of.values())
    return {
        (code, key): exchange(money, currency_of(code), year_of[key], known)
        for (code, key), money in sums.items()
    }


def figures(add_up: Callable[[list[Span]], Added]) -> dict[str, Any]:
    """The two faces of one computation: the numbers, and what is to be said beside them."""

    def compute(spans: list[Span]) -> Computed:
        counts, sums = add_up(spans)
        for (code, key), found in exchanged(spans, sums).items():
            if found.amount is not None:
                counts[code, key] = found.in_units(UNITS[indicators()[code].unit])
        return counts

    def notes(spans: list[Span]) -> Notes:
        _counts, sums = add_up(spans)
        told = {place: found.said() for place, found in exchanged(spans, sums).items()}
        return {place: words for place, words in told.items() if words}

    return {"compute": compute, "notes": notes}


ACTIVE = "by=active"
FIGURES = (
    Computation(
        codes=tuple(FDI_FEEDS),
        register="du-an-fdi",
        queries=dict.fromkeys(FDI_FEEDS, ACTIVE),
        **figures(fdi_sums),
    ),
    Computation(
        codes=tuple(ODA_FEEDS),
        register="du-an-oda",
        queries=dict.fromkeys(ODA_FEEDS, ACTIVE),
        **figures(oda_sums),
    ),
    Computation(
        codes=(*NGO_FEEDS, "NGO.PROJECT_EXPANDED"),
        register="vien-tro-pcpnn",
        queries={
            "NGO.PROJECT_NEW": "aid=project",
            "NGO.PROJECT_EXPANDED": "by=supplemented&aid=project",
            "NGO.VALUE_NEW": "by=new&aid=project",
            "NGO.NONPROJECT_COUNT": "aid=non_project",
            "NGO.NONPROJECT_VALUE": "aid=non_project",
            "NGO.PROJECT_ACTIVE": f"{ACTIVE}&aid=project",
            "NGO.VALUE_ACTIVE": f"{ACTIVE}&aid=project",
        },
        **figures(ngo_sums),
    ),
)
