"""The document the numbers of a file rest on: named once, for all that are new or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.models import SourceDocument
from imports.asking import LEFT_OUT, Question, QuestionKind
from imports.models import Upload
from indicators.imported import columns
from indicators.imported.contents import without_source
from indicators.imported.writing import WRITTEN

KEY = f"{QuestionKind.OFFER}:{columns.SOURCE}"
MOST = 100  # the latest documents; an older one is written in the file's own column
LONGEST = 120


def questions() -> Iterator[Question]:
    """An offer: nobody has to name a document. None where there is none yet."""
    latest = SourceDocument.objects.order_by(F("added_at").desc(), "-pk")[:MOST]
    options = [(str(one.pk), one.citation[:LONGEST]) for one in latest]
    if options:
        none = (LEFT_OUT, _("no document"))
        yield Question(
            KEY,
            QuestionKind.OFFER,
            columns.SOURCE,
            (),
            (none, *options),
            str(gettext_lazy("Source document of the numbers in this file")),
        )


def carried(answers: Mapping[str, str]) -> dict[str, Any]:
    """What every new number takes whose row names no source of its own."""
    said = answers.get(KEY, "")
    if not said.isdecimal() or not SourceDocument.objects.filter(pk=said).exists():
        return {}
    return {"source_id": int(said)}


def sentences(upload: Upload) -> Iterator[str]:
    rows = upload.rows.filter(outcome__in=WRITTEN).values_list("values", flat=True)
    if count := without_source(rows):
        yield ngettext(
            "%(count)s number will have no source. Name the document of the file in “Change "
            "columns and answers”, or leave it so.",
            "%(count)s numbers will have no source. Name the document of the file in “Change "
            "columns and answers”, or leave it so.",
            count,
        ) % {"count": count}
