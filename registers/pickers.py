"""What can be searched and chosen: countries, places, gates, partners, mechanisms, agencies.

Thousands of rows: the server searches (``reference.search``), and offers only
what existed on the day of the record. Fields whose model has a picker get one
by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from accounts.models import Agency
from reference.gates import Gate
from reference.partners import Country, Mechanism, Partner
from reference.places import Place
from reference.search import KINDS, Kind


@dataclass(frozen=True, kw_only=True)
class Picker:
    """One table to choose from, under its word in the address."""

    code: str
    model: type[models.Model]
    kind: Kind

    def on(self, day: dt.date) -> models.QuerySet[Any]:
        return self.kind.rows(day)

    def names(self, keys: Iterable[int]) -> dict[int, str]:
        """Names of chosen rows, whatever the day: what an old record holds stays readable."""
        rows = self.model._default_manager.in_bulk(list(keys))
        return {key: str(row) for key, row in rows.items()}


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
