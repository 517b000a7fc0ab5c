"""What can be searched and chosen: countries, places, gates, partners, agencies.

Thousands of rows: the server searches, and offers only what existed on the
day of the record. Fields whose model has a picker get one by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from accounts.models import Agency
from common.contracts import Label
from common.dates import short_date
from common.text import search_key
from reference.entries import find_key
from reference.gates import Gate, GateStatus
from reference.partners import Country, Mechanism, Partner
from reference.places import Place

OFFERED = 20


def nothing(rows: list[Any], day: dt.date | None) -> dict[int, Label]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Picker:
    """One thing to choose from; ``notes`` says a word beside each row that is offered."""

    code: str  # in the address
    model: type[models.Model]
    rows: Callable[[], Any]
    key: Callable[[str], str] = find_key
    notes: Callable[[list[Any], dt.date | None], dict[int, Label]] = nothing

    def on(self, day: dt.date | None) -> models.QuerySet:
        """What existed on a day; everything where no day is known yet."""
        rows = self.rows()
        return rows.on(day) if day else rows

    def find(self, words: str, day: dt.date | None) -> list[dict[str, Any]]:
        """The first matches: those that begin with the words, then those that contain them."""
        wanted = self.key(words[:100]).split()
        found = self.on(day)
        for word in wanted:
            found = found.filter(search_text__contains=word)
        if wanted:
            begins = models.Q(search_text__startswith=wanted[0])
            found = found.order_by(models.Case(models.When(begins, then=0), default=1), "name_key")
        rows = list(found[:OFFERED])
        notes = self.notes(rows, day)
        return [
            {"id": row.pk, "text": str(row), "note": str(notes.get(row.pk, ""))} for row in rows
        ]


def validity(rows: list[Any], day: dt.date | None) -> dict[int, Label]:
    """ "đến 30/6/2025" beside what ended: told apart while no day is known."""
    return {row.pk: f"→ {short_date(row.valid_to)}" for row in rows if row.valid_to}


def gate_classes(rows: list[Any], day: dt.date | None) -> dict[int, Label]:
    """The class of each gate on that day: Tân Thanh was a secondary gate once."""
    held: dict[int, Label] = {}
    if day is None:
        return held
    for status in GateStatus.objects.filter(gate__in=rows).in_force(day):
        held.setdefault(status.gate_id, status.get_gate_class_display())
    return held


def _communes() -> models.QuerySet:
    return Place.objects.exclude(kind=Place.Kind.PROVINCE)


PICKERS: dict[str, Picker] = {
    picker.code: picker
    for picker in (
        Picker(code="xa", model=Place, rows=_communes, notes=validity),
        Picker(code="cua-khau", model=Gate, rows=Gate.objects.all, notes=gate_classes),
        Picker(code="nuoc", model=Country, rows=Country.objects.all, notes=validity),
        Picker(code="doi-tac", model=Partner, rows=Partner.objects.all, notes=validity),
        Picker(code="co-che", model=Mechanism, rows=Mechanism.objects.all, notes=validity),
        Picker(
            code="don-vi", model=Agency, rows=Agency.objects.all, key=search_key, notes=validity
        ),
    )
}


def for_model(model: Any) -> Picker | None:
    """The picker of a model, or None: it is then chosen from a plain list."""
    return next((picker for picker in PICKERS.values() if picker.model is model), None)


def existing(picker: Picker, values: Iterable[Any]) -> dict[int, str]:
    """Names of chosen rows, whatever the day: what an old record holds stays readable."""
    return {row.pk: str(row) for row in picker.model._default_manager.filter(pk__in=list(values))}
