"""What somebody matched by hand, columns and rows: remembered for the agency's next file.

Sources of one family (the years of the figures) share what they remember, but
for headings and fields with a year in them: those hold for that year alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import transaction

from imports.asking import QuestionKind
from imports.contract import Source
from imports.headings import heading_key
from imports.models import Match, Upload

LONGEST = 200
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_OF_A_ROW = f"{QuestionKind.ROW}:"


def remembered(upload: Upload, source: Source) -> dict[str, str]:
    """Heading → field, as this agency matched it for this source or its family."""
    return _of(upload, source.family) | _of(upload, source.code)


def remembered_rows(upload: Upload, source: Source) -> dict[str, str]:
    """Key of the question about a row → what was answered in an earlier file."""
    return _of(upload, _rows_of(source))


def _of(upload: Upload, where: str) -> dict[str, str]:
    if not where:
        return {}
    rows = Match.objects.filter(agency=upload.agency, source=where)
    return dict(rows.values_list("heading", "field"))


def _rows_of(source: Source) -> str:
    return f"{source.family or source.code}/rows"


@transaction.atomic
def remember(
    upload: Upload, source: Source, titles: Mapping[int, str], matching: Mapping[int, str]
) -> None:
    """Note what differs from what was found for a heading without help."""
    found = {int(column): field for column, field in upload.matching.items()}
    for column, field in matching.items():
        heading = heading_key(titles[column])[:LONGEST]
        if not heading or (field and found.get(column) == field):
            continue
        is_of_year = not source.family or _YEAR.search(heading) or _YEAR.search(field)
        Match.objects.filter(agency=upload.agency, source=source.code, heading=heading).delete()
        _note(upload, source.code if is_of_year else source.family, heading, field)


@transaction.atomic
def remember_rows(upload: Upload, source: Source, answers: Mapping[str, str]) -> None:
    asked = {question["key"] for question in upload.questions}
    for key, said in answers.items():
        if key in asked and key.startswith(_OF_A_ROW):
            _note(upload, _rows_of(source), key, said)


def _note(upload: Upload, where: str, heading: str, field: str) -> None:
    Match.objects.update_or_create(
        agency=upload.agency, source=where, heading=heading, defaults={"field": field}
    )
