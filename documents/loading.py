"""Loads the source documents that published figures and reports rest on."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from documents.models import SourceDocument


def load_sources(path: Path) -> int:
    """Add documents that are not there yet; returns how many are new."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    known = set(SourceDocument.objects.exclude(code=None).values_list("code", flat=True))
    fresh = [row for row in rows if row["code"].lower() not in known]
    documents = [
        SourceDocument(
            code=row["code"].lower(),
            kind=row["kind"],
            number=row["number"],
            issued_on=dt.date.fromisoformat(row["issued_on"]) if row["issued_on"] else None,
            issued_year=int(row["issued_year"]) if row["issued_year"] else None,
            issuer=row["issuer"],
            subject=row["subject"],
        )
        for row in fresh
    ]
    for document in documents:
        document.set_keys()
    SourceDocument.objects.bulk_create(documents)
    return len(fresh)
