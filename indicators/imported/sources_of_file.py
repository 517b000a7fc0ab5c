"""The document the numbers of a file rest on: named once, for all that are new or changed.

It may be the file itself, which becomes a document when the import is confirmed; every
number then names its cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import SourceDocument
from imports.asking import LEFT_OUT, THIS_FILE, Question, QuestionKind
from imports.book import Book
from imports.layout import Layout
from imports.models import Upload
from indicators.imported import columns, file_document
from indicators.imported.contents import TO_BE_MADE, Carried, with_source
from indicators.imported.writing import WRITTEN

KEY = f"{QuestionKind.OFFER}:{columns.SOURCE}"
MOST = 100  # the latest documents; an older one is written in the file's own column
LONGEST = 120


def questions(upload: Upload, book: Book, layout: Layout) -> Iterator[Question]:
    """An offer: nobody has to name a document. None where there is none to name."""
    known = file_document.known(upload.sha256, upload.by)
    is_kept = known is not None or file_document.can_be_kept(upload, book)
    latest = SourceDocument.objects.order_by(F("added_at").desc(), "-pk")
    if known is not None:
        latest = latest.exclude(pk=known.pk)
    options = [(str(one.pk), one.citation[:LONGEST]) for one in latest[:MOST]]
    if is_kept:
        options.insert(0, (THIS_FILE, _this_file(known)))
    if not options:
        return
    label = _("Source document of the numbers in this file")
    if not is_kept:
        why = _("only an xlsx file without macros can be kept as a source document itself")
        label = f"{label} ({why})"
    none = (LEFT_OUT, _("no document"))
    yield Question(KEY, QuestionKind.OFFER, columns.SOURCE, (), (none, *options), label)
    if known is None and is_kept:
        yield from _details(file_document.proposed(upload, book, layout))


def _this_file(known: SourceDocument | None) -> str:
    if known is None:
        return _("this file itself")
    return _("this file itself, kept as “%(document)s”") % {"document": known.citation[:LONGEST]}


def _details(proposed: dict[str, str]) -> Iterator[Question]:
    for key, name in file_document.FIELDS.items():
        label = capfirst(str(SourceDocument._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        is_day = key == file_document.DAY
        yield Question(
            key, QuestionKind.DETAIL, "", (), (), label, proposed=proposed[key], is_day=is_day
        )


def carried(upload: Upload) -> Carried:
    """What every new number takes whose row names no source of its own."""
    said = upload.answers.get(KEY, "")
    if said == THIS_FILE and _is_offered(upload):
        known = file_document.known(upload.sha256, upload.by)
        document = TO_BE_MADE if known is None else known.pk
        return Carried({"source_id": document}, sheet=upload.layout["sheet"])
    if not said.isdecimal() or not SourceDocument.objects.filter(pk=said).exists():
        return Carried()
    return Carried({"source_id": int(said)})


def _is_offered(upload: Upload) -> bool:
    asked = (Question.from_json(one) for one in upload.questions)
    return any(one.key == KEY and one.accepts(THIS_FILE) for one in asked)


def sentences(upload: Upload) -> Iterator[str]:
    rows = list(upload.rows.filter(outcome__in=WRITTEN).values_list("values", flat=True))
    if count := with_source(rows, None):
        yield ngettext(
            "%(count)s number will have no source. Name the document of the file, or the file "
            "itself, in “Change columns and answers”, or leave it so.",
            "%(count)s numbers will have no source. Name the document of the file, or the file "
            "itself, in “Change columns and answers”, or leave it so.",
            count,
        ) % {"count": count}
    if count := with_source(rows, TO_BE_MADE):
        yield ngettext(
            "%(count)s number will rest on this file, which becomes the source document "
            "“%(document)s” when the import is confirmed.",
            "%(count)s numbers will rest on this file, which becomes the source document "
            "“%(document)s” when the import is confirmed.",
            count,
        ) % {"count": count, "document": file_document.named(upload)[file_document.SUBJECT]}
