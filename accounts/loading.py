"""Loads the agencies of the province from their fixture."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from accounts.models import Agency


def load_agencies(path: Path) -> int:
    """Add agencies that are not there yet, and which they succeed; returns how many are new."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    had = set(Agency.objects.values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in had]
    agencies = [
        Agency(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            note=row["note"],
        )
        for row in fresh
    ]
    for agency in agencies:
        agency.set_keys()
    Agency.objects.bulk_create(agencies)
    known = {agency.code: agency for agency in Agency.objects.all()}
    for row in fresh:
        before = [known[code] for code in row["successor_of"].split(";") if code in known]
        if before:
            known[row["code"]].succeeds.add(*before)
    return len(fresh)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
