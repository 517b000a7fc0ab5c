"""What pickers ask: rows of a table that match a few typed letters.

Words are compared without accents and signs, each of them anywhere; rows whose
name begins with what was typed stand first. Only rows that existed on the day are
offered. A ``Kind`` serves any model with ``name_key``, ``search_text`` and days,
so tables above this app, agencies among them, are picked from the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from common.dates import short_date
from reference.entries import find_key
from reference.gates import Gate, GateClass, Operation
from reference.partners import Country, Mechanism, Partner
from reference.places import Place

LIMIT = 20


@dataclass(frozen=True)
class Choice:
    """One line of a picker; the hint tells rows of like names apart."""

    id: int
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Kind:
    """A table to pick from: its rows on a day, and what is said of one beside its name."""

    rows: Callable[[dt.date], QuerySet[Any]]
    hint: Callable[[Any], str]

    def find(self, query: str, *, on: dt.date | None = None, limit: int = LIMIT) -> list[Choice]:
        """The best matches among the rows of a day (today), in two or three queries."""
        rows = matches(self.rows(on or timezone.localdate()), query)[:limit]
        return [Choice(row.pk, str(row), self.hint(row)) for row in rows]

    def chosen(self, ids: Iterable[int], *, on: dt.date | None = None) -> list[Choice]:
        """What a form holds already, in its order, rows that are gone by that day included."""
        wanted = list(ids)
        rows = self.rows(on or timezone.localdate())
        there = {row.pk: row for row in rows.filter(pk__in=wanted)}
        gone = rows.model._default_manager.in_bulk([pk for pk in wanted if pk not in there])
        choices = {pk: Choice(pk, str(row), self.hint(row)) for pk, row in there.items()}
        choices |= {pk: Choice(pk, str(row), _days(row)) for pk, row in gone.items()}
        return [choices[pk] for pk in wanted if pk in choices]


def find(kind: str, query: str, *, on: dt.date | None = None, limit: int = LIMIT) -> list[Choice]:
    """The best matches in one of the reference tables; raises KeyError for an unknown kind."""
    return KINDS[kind].find(query, on=on, limit=limit)


def matches(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Rows with every typed word, those that begin with the typed text first."""
    key = find_key(query)
    if not key:
        return rows
    for word in key.split():
        rows = rows.filter(search_text__contains=word)
    rank = Case(
        When(search_text__startswith=key, then=Value(0)),
        When(search_text__contains=f" {key}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(rank, *rows.model._meta.ordering)


def _days(row: Any) -> str:
    """Why a row is not offered on the day in question."""
    first, last = row.valid_from, row.valid_to
    if first and last:
        return f"{short_date(first)} – {short_date(last)}"
    if last:
        return _("until %(day)s") % {"day": short_date(last)}
    return _("from %(day)s") % {"day": short_date(first)} if first else ""


def _country(row: Country) -> str:
    return str(row.get_kind_display()) if row.kind == Country.Kind.TERRITORY else ""


def _gate(row: Any) -> str:
    """The class on the day, and whether the gate was closed; ``row`` is from ``as_of``."""
    said = [GateClass(row.class_then).label] if row.class_then else []
    if row.operation_then and row.operation_then != Operation.OPEN:
        said.append(Operation(row.operation_then).label)
    return " · ".join(map(str, said))


def _place(row: Place) -> str:
    """For a commune of today: the districts it came from."""
    districts = {old.district.name: None for old in row.predecessors.all() if old.district}
    if row.district_id or not districts:
        return ""
    return _("formerly of %(districts)s") % {"districts": ", ".join(districts)}


def _partner(row: Partner) -> str:
    said = [str(row.get_kind_display()), str(row.country or "")]
    return " · ".join(filter(None, said))


KINDS: dict[str, Kind] = {
    "country": Kind(lambda day: Country.objects.foreign().on(day), _country),
    "gate": Kind(lambda day: Gate.objects.on(day).as_of(day), _gate),
    "place": Kind(
        lambda day: Place.objects.on(day).prefetch_related("predecessors__district"), _place
    ),
    "partner": Kind(lambda day: Partner.objects.on(day).select_related("country"), _partner),
    "mechanism": Kind(
        lambda day: Mechanism.objects.on(day), lambda row: str(row.get_kind_display())
    ),
}
