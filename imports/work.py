"""What the jobs of an upload do: read and check it, write it, take it back.

A job that is begun twice, or whose worker was killed, does its work as if for
the first time: the state of the upload changes in the same transaction as what
is written, and a job that finds another state leaves.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from imports import carrying, filling, totals
from imports import layout as layouts
from imports import questions as asked
from imports.book import Book, Sheet, address
from imports.contract import Changed, Parsed, Source
from imports.declarations import source_of
from imports.headings import heading_key
from imports.layout import Layout, NoHeader
from imports.matching import DoubledHeading, match, missing, refuse_doubles
from imports.models import Upload
from imports.opening import Refused, open_book
from imports.recognised import left_out, of_all_rows, sentences
from imports.remembering import remembered, remembered_rows
from imports.staging import stage
from imports.values import Reader
from jobs.kinds import JobFailed, Reporter
from jobs.models import Job
from reference.periods import PeriodRefusal

State = Upload.State
CONVERTED = {"tcvn3": "TCVN3", "vni": "VNI"}  # encodings of before Unicode
_READING = (State.READING, State.CHECKING)
Matching = dict[int, str]


@dataclass(frozen=True)
class Understood:
    """A file whose table was found and whose columns are matched."""

    book: Book
    sheet: Sheet
    layout: Layout
    matching: Matching
    questions: list[asked.Question]
    settled: Mapping[str, str]


# --- reading and checking -----------------------------------------------------------------


def read(job: Job, report: Reporter) -> dict[str, Any]:
    """Understand the file; check its rows where nothing has to be asked first."""
    upload = _upload_of(job, *_READING)
    if upload is None:
        return {}
    source = _source_of(upload)
    report("reading", 5)
    fields = source.fields()
    try:
        understood = understand(upload, source)
    except (Refused, NoHeader, DoubledHeading) as refusal:
        _move(job, State.REFUSED, message=str(refusal.args[0]))
        return {"state": State.REFUSED}
    known = _keep(job, upload, understood, fields)
    if _must_ask(upload, source, understood):
        _move(job, State.ASKING, **known)
        return {"state": State.ASKING}
    _move(job, State.CHECKING, **known)
    counts = check(upload, source, understood, report)
    differ = _totals_that_differ(upload, understood, fields)
    said = [*source.told(upload), *known["recognised"], *differ]
    _move(job, State.READY, counts=counts, recognised=said)
    return {"state": State.READY, "counts": counts}


def _totals_that_differ(upload: Upload, understood: Understood, fields: Any) -> list[str]:
    if not understood.layout.totals:
        return []
    answers = {**understood.settled, **upload.answers}
    sheet, layout, matching = understood.sheet, understood.layout, understood.matching
    return totals.compare(sheet, layout, matching, fields, answers)


def understand(upload: Upload, source: Source) -> Understood:
    """Find table, columns and what is ambiguous. Raises Refused, NoHeader or DoubledHeading."""
    fields = source.fields()
    with upload.file.open("rb") as file:
        book = open_book(file, upload.file_name)
    known = remembered(upload, source)
    layout = layouts.find(book, fields, sheet=upload.sheet, remembered=known)
    sheet = next(sheet for sheet in book.sheets if sheet.name == layout.sheet)
    matching = match(layout.titles, fields, known)
    said = {int(column): name for column, name in upload.matching.items()}
    matching |= {column: name for column, name in said.items() if column in matching}
    refuse_doubles(matching, layout.titles, fields)
    found = asked.survey(sheet, layout, matching, fields)
    fills = filling.questions(matching, fields)
    upload.answers = filling.without_wrong(fills, fields, upload.answers)
    questions = [*_about_letters(book, sheet), *fills, *found.questions]
    upload.answers = carrying.still_meant(upload.questions, questions, upload.answers)
    understood = Understood(book, sheet, layout, matching, questions, found.answers)
    questions += _about_rows(upload, source, understood)
    return understood


def _about_rows(upload: Upload, source: Source, understood: Understood) -> list[asked.Question]:
    """Rows that cannot be placed; what the agency said of them before is answered again."""
    before = remembered_rows(upload, source)
    rows = _rows(understood, source.fields(), upload.answers)
    questions = list(source.ask(rows, by=upload.by, answers=before | upload.answers))
    for question in questions:
        said = before.get(question.key)
        if question.key not in upload.answers and question.accepts(said):
            upload.answers[question.key] = said
    return questions


def _rows(understood: Understood, fields: Any, given: Mapping[str, str]) -> Iterator[Parsed]:
    layout, sheet = understood.layout, understood.sheet
    return Reader(fields, {**understood.settled, **given}).parse(
        layout.rows(sheet),
        understood.matching,
        sections=layout.section_titles(sheet),
        filled=filling.values(understood.questions, fields, given),
    )


def _about_letters(book: Book, sheet: Sheet) -> list[asked.Question]:
    """Text of before Unicode is converted; whether it reads well only a person can say."""
    if book.encoding not in CONVERTED:
        return []
    texts = (
        (address(column, row.number), cell)
        for row in sheet
        for column, cell in enumerate(row.cells)
        if isinstance(cell, str) and not cell.isascii()
    )
    said = _("the text was typed in %(font)s; converted, it reads well as shown")
    options = (("converted", said % {"font": CONVERTED[book.encoding]}),)
    samples = tuple(islice(texts, asked.SAMPLES))
    return [asked.Question("encoding", "encoding", "", samples, options)]


def _keep(job: Job, upload: Upload, understood: Understood, fields: Any) -> dict[str, Any]:
    """What the page of the upload shows of it."""
    matching = {str(column): name for column, name in understood.matching.items()}
    carried = {} if upload.layout else upload.answers  # at the first reading
    found = [
        *carrying.sentences(understood.questions, carried, fields),
        *sentences(understood.book, understood.layout, understood.matching, fields),
        *of_all_rows(understood.questions, upload.answers, understood.matching, fields),
        *left_out(understood.questions, upload.answers),
    ]
    return {
        "sheet": understood.layout.sheet,
        "layout": understood.layout.as_json(),
        "matching": matching,
        "questions": [question.as_json() for question in understood.questions],
        "answers": upload.answers,
        "recognised": found,
    }


def _must_ask(upload: Upload, source: Source, understood: Understood) -> bool:
    """Whether only a person can go on; columns are asked about once."""
    if understood.layout.candidates:
        return True
    if asked.still_open(understood.questions, upload.answers):
        return True
    if upload.matching:
        return False
    fields, known = source.fields(), remembered(upload, source)
    titles = understood.layout.titles
    unmatched = any(
        not name and titles[column] and heading_key(titles[column]) not in known
        for column, name in understood.matching.items()
    )
    is_about_records = any(
        field.is_identity and field.name in understood.matching.values() for field in fields
    )
    said = {question.field for question in understood.questions if question.key in upload.answers}
    open_ones = [one for one in missing(understood.matching, fields) if one.name not in said]
    return unmatched or bool(open_ones and not is_about_records)


def check(
    upload: Upload, source: Source, understood: Understood, report: Reporter
) -> dict[str, int]:
    """Convert and check every row, and stage what came of it."""
    layout = understood.layout
    rows = _rows(understood, source.fields(), upload.answers)
    total = max(layout.last - layout.first + 1, 1)
    with _cells_left_alone():
        return stage(
            upload,
            source.check(rows, by=upload.by, upload=upload),
            lambda staged: report("checking", 25 + min(70 * staged // total, 70)),
        )


@contextmanager
def _cells_left_alone() -> Iterator[None]:
    """The collector does not look through the cells of the whole book time and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


# --- writing and undoing ------------------------------------------------------------------


def write(job: Job, report: Reporter) -> dict[str, Any]:
    """Write what was confirmed: all of it, once, or nothing."""
    upload = _upload_of(job, State.WRITING)
    if upload is None:
        return {}
    source = _source_of(upload)
    report("writing", 20)
    try:
        with transaction.atomic():
            if not _is_still(job, State.WRITING):
                return {}
            number = source.write(upload, by=upload.by)
            _move(job, State.DONE, written_rows=number)
    except Changed:
        return _check_again(job, upload, source, report)
    except (Refused, PeriodRefusal, PermissionDenied, ValidationError) as refusal:
        _move(job, State.READY, message=_said(refusal))
        raise JobFailed(_said(refusal)) from refusal
    return {"rows": number}


def _check_again(job: Job, upload: Upload, source: Source, report: Reporter) -> dict[str, Any]:
    """Somebody was faster: the preview is no longer true, so there is a new one."""
    _move(job, State.CHECKING)
    upload.refresh_from_db()
    counts = check(upload, source, understand(upload, source), report)
    message = _(
        "Some records were changed after the preview. Nothing was written: the rows were checked "
        "again, please look at them and confirm."
    )
    _move(job, State.READY, counts=counts, message=message)
    return {"state": State.READY, "counts": counts}


def undo(job: Job, report: Reporter) -> dict[str, Any]:
    """Take back what was written, but for what people changed since."""
    upload = _upload_of(job, State.UNDOING)
    if upload is None:
        return {}
    source = _source_of(upload)
    report("undoing", 20)
    try:
        with transaction.atomic():
            if not _is_still(job, State.UNDOING):
                return {}
            undone = source.undo(upload, by=upload.by)
            _move(
                job,
                State.UNDONE,
                undone_rows=undone.undone,
                kept_rows=list(undone.kept),
                undone_at=timezone.now(),
                undone_by=upload.by,
            )
    except (Refused, Changed, PeriodRefusal, PermissionDenied, ValidationError) as refusal:
        _move(job, State.DONE, message=_said(refusal))
        raise JobFailed(_said(refusal)) from refusal
    return {"undone": undone.undone, "kept": len(undone.kept)}


def _said(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, Changed):
        return _("Records were changed at the same moment. Try again.")
    return str(refusal)


# --- states -------------------------------------------------------------------------------


def _upload_of(job: Job, *states: str) -> Upload | None:
    """The upload this job is to work on; None where it went on or away meanwhile."""
    rows = Upload.objects.filter(pk=job.parameters["upload"], job=job, state__in=states)
    return rows.select_related("by", "agency").first()


def _is_still(job: Job, state: str) -> bool:
    """Hold the upload until the transaction ends; whether it is still this job's."""
    rows = Upload.objects.select_for_update(of=("self",))
    return rows.filter(pk=job.parameters["upload"], job=job, state=state).exists()


def _move(job: Job, state: str, **fields: Any) -> None:
    """Pass into a state, unless another job or a person took the upload over."""
    fields.setdefault("message", "")
    Upload.objects.filter(pk=job.parameters["upload"], job=job).update(state=state, **fields)


def _source_of(upload: Upload) -> Source:
    """Rights are asked again when the work begins."""
    source = source_of(upload.source, upload.by)
    if source is None or not upload.by.is_active:
        raise JobFailed(_("The right to import this has been withdrawn."))
    return source
