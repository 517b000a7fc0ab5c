"""What can be searched and chosen: countries, places, gates, partners, mechanisms, agencies.

Thousands of rows: the server searches (``reference.search``), and offers only
what existed on the day of the record. Fields whose model has a picker get one
by themselves.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import models

from accounts.models import Agency
from common.dates import NotADate, parse_short_date
from common.text import search_key
from reference.gates import Gate
from reference.partners import Country, Mechanism, Partner
from reference.places import Place
from reference.search import KINDS, Kind

MOST_ALIKE = 200  # rows that hold the typed words, looked through for one called just so


@dataclass(frozen=True, kw_only=True)
class Picker:
    """One table to choose from, under its word in the address."""

    code: str
    model: type[models.Model]
    kind: Kind

    def on(self, day: dt.date) -> models.QuerySet[Any]:
        return self.kind.rows(day)

    def exact(self, typed: str, day: dt.date | None) -> int | None:
        """The one row of the day that is called so, accents and case aside."""
        wanted = _bare(typed)
        near = self.kind.find(typed, on=day, limit=MOST_ALIKE) if wanted else []
        found = [choice.id for choice in near if _bare(choice.label) == wanted]
        return found[0] if len(found) == 1 else None

    def names(self, keys: Iterable[int]) -> dict[int, str]:
        """Names of chosen rows, whatever the day: what an old record holds stays readable."""
        rows = self.model._default_manager.in_bulk(list(keys))
        return {key: str(row) for key, row in rows.items()}


def day_of(typed: str) -> dt.date | None:
    """A day dd/mm/yyyy; of a month mm/yyyy its last one: what began in it can be chosen."""
    with suppress(NotADate):
        return parse_short_date(typed)
    with suppress(NotADate):
        first = parse_short_date(f"01/{typed}")
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return None


def _bare(name: str) -> str:
    return " ".join(search_key(name).split())


def _short_name(agency: Agency) -> str:
    return agency.short_name if agency.short_name != agency.name else ""


PICKERS: dict[str, Picker] = {
    picker.code: picker
    for picker in (
        Picker(code="xa", model=Place, kind=KINDS["place"]),
        Picker(code="cua-khau", model=Gate, kind=KINDS["gate"]),
        Picker(code="nuoc", model=Country, kind=KINDS["country"]),
        Picker(code="doi-tac", model=Partner, kind=KINDS["partner"]),
        Picker(code="co-che", model=Mechanism, kind=KINDS["mechanism"]),
        Picker(
            code="don-vi",
            model=Agency,
            kind=Kind(lambda day: Agency.objects.on(day), _short_name),
        ),
    )
}


def for_model(model: Any) -> Picker | None:
    """The picker of a model, or None: it is then chosen from a plain list."""
    return next((picker for picker in PICKERS.values() if picker.model is model), None)
