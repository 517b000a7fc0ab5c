"""Headings somebody matched by hand: remembered for the agency's next file."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from imports.headings import heading_key
from imports.models import Match, Upload

LONGEST = 200


def remembered(upload: Upload) -> dict[str, str]:
    """Heading → field, as this agency matched it for this source."""
    rows = Match.objects.filter(agency=upload.agency, source=upload.source)
    return dict(rows.values_list("heading", "field"))


@transaction.atomic
def remember(upload: Upload, titles: Mapping[int, str], matching: Mapping[int, str]) -> None:
    """Note what differs from what was found for a heading without help."""
    found = {int(column): field for column, field in upload.matching.items()}
    for column, field in matching.items():
        heading = heading_key(titles[column])[:LONGEST]
        if not heading or (field and found.get(column) == field):
            continue
        Match.objects.update_or_create(
            agency=upload.agency,
            source=upload.source,
            heading=heading,
            defaults={"field": field},
        )
