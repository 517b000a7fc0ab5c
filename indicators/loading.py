"""Loads published figures and facts; what people entered since is never touched."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from accounts.models import Agency
from common.contracts import Indicator
from documents.models import SourceDocument
from indicators.declarations import indicators
from indicators.models import Fact, Figure, Side
from reference.models import Period
from reference.periods import open_year, period, span


@transaction.atomic
def load_figures(path: Path) -> int:
    """Add the published figures of cells that never had one; returns how many are new."""
    rows = _rows(path)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    sources = _sources()
    had = set(Figure.objects.values_list("indicator", "period_id", "side"))
    periods: dict[tuple[str, str], Period] = {}
    fresh = []
    for row in rows:
        declared = indicators()[row["indicator"]]
        key = (row["period"], declared.calendar)
        target = periods.setdefault(key, _period(row["period"], declared))
        if (declared.code, target.pk, row["side"]) in had:
            continue
        fresh.append(
            Figure(
                indicator=declared.code,
                period=target,
                agency=agencies[row["agency"]],
                side=row["side"],
                state=row["state"],
                value=Decimal(row["value"]),
                value_given=row["value_given"],
                unit_given=row["unit_given"],
                status=row["status"] if row["side"] == Side.ACTUAL else "",
                plan_stage=row["plan_kind"],
                precision=row["precision"],
                origin=row["origin"],
                source=sources.get(row["source"].lower()),
                note=row["note"],
            )
        )
    Figure.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def load_facts(path: Path) -> int:
    """Add the published facts that are not there yet; returns how many are new."""
    sources = _sources()
    had = set(Fact.objects.values_list("code", "year", "scope"))
    fresh = [
        Fact(
            code=row["code"],
            year=year,
            scope=row["scope"],
            value=Decimal(row["value"]),
            unit=row["unit"],
            precision=row["precision"],
            source=sources.get(row["source"].lower()),
            note=row["note"],
        )
        for row in _rows(path)
        if (row["code"], year := int(row["year"]) if row["year"] else None, row["scope"]) not in had
    ]
    Fact.objects.bulk_create(fresh)
    return len(fresh)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _sources() -> dict[str, SourceDocument]:
    return {source.code or "": source for source in SourceDocument.objects.exclude(code=None)}


def _period(text: str, declared: Indicator) -> Period:
    """ "2019" is the full year, "2006-2010" a span of years."""
    first, _dash, last = text.partition("-")
    if last:
        return span(int(first), int(last), on=declared.calendar)
    open_year(int(first))
    return period(Period.Kind.YEAR_TO_DATE, int(first), 12, on=declared.calendar)
