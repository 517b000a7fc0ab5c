"""What the jobs of an upload do: read and check it, write it, take it back.

A job that is begun twice, or whose worker was killed, does its work as if for
the first time: the state of the upload changes in the same transaction as what
is written, and a job that finds another state leaves.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from imports import carrying, filling, spreading, totals, unpivoting
from imports import questions as asked
from imports.clearing import drop
from imports.contract import Changed, Source
from imports.declarations import source_of
from imports.headings import heading_key
from imports.layout import NoHeader
from imports.matching import DoubledHeading
from imports.models import Upload
from imports.opening import Refused
from imports.recognised import converted, left_out, of_all_rows, sentences
from imports.refusing import REFUSALS, refuse_closed, worded
from imports.remembering import remembered
from imports.staging import stage
from imports.understanding import (
    Secret,
    Understood,
    parsed,
    refuse_letters,
    refuse_secrets,
    understand,
)
from imports.undoing import stored
from jobs.kinds import JobFailed, Reporter
from jobs.models import Job

State = Upload.State
_READING = (State.READING, State.CHECKING)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A file is hundreds of thousands of small things that live to the end and hold no circles:
    the collector looks for these after as many new ones as a batch has, not after some hundred."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


# --- reading and checking -----------------------------------------------------------------


@_seldom_collected()
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
        refuse_letters(understood, upload.answers)
        refuse_secrets(understood, fields)
    except Secret as secret:
        with transaction.atomic():
            drop(upload.file)
            _move(job, State.REFUSED, message=str(secret), file="")
        return {"state": State.REFUSED}
    except (Refused, NoHeader, DoubledHeading) as refusal:
        _move(job, State.REFUSED, message=str(refusal.args[0]))
        return {"state": State.REFUSED}
    known = _keep(job, upload, understood, fields)
    if _must_ask(upload, source, understood):
        _move(job, State.ASKING, **known)
        return {"state": State.ASKING}
    _move(job, State.CHECKING, **known)
    upload.refresh_from_db(fields=known)  # the source is handed what was made out
    counts = check(upload, source, understood, report)
    said = [*source.told(upload), *known["recognised"], *_held_together(upload, understood, fields)]
    _move(job, State.READY, counts=counts, recognised=said)
    return {"state": State.READY, "counts": counts}


def _held_together(upload: Upload, understood: Understood, fields: Any) -> list[str]:
    """Where what the sheet adds up, down and across, differs from its rows."""
    answers = {**understood.settled, **upload.answers}
    table = understood.sheet, understood.layout, understood.matching, fields, answers
    said = totals.compare(*table) if understood.layout.totals else []
    if spreading.columns(understood.matching, fields):
        filled = filling.values(understood.questions, fields, upload.answers)
        said = [*unpivoting.sentences(*table, filled), *said]
    return said


def _keep(job: Job, upload: Upload, understood: Understood, fields: Any) -> dict[str, Any]:
    """What the page of the upload shows of it."""
    matching = {str(column): name for column, name in understood.matching.items()}
    answers = {**understood.settled, **upload.answers}
    carried = {} if upload.layout else upload.answers  # at the first reading
    found = [
        *carrying.sentences(understood.questions, carried, fields),
        *sentences(understood.book, understood.layout, understood.matching, fields),
        *converted(understood.matching, fields, answers),
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
    matched = set(understood.matching.values())
    if source.keyless(matched):
        return True
    if upload.matching:
        return False
    fields, known = source.fields(), remembered(upload, source)
    titles = understood.layout.titles
    unmatched = any(
        not name and titles[column] and heading_key(titles[column]) not in known
        for column, name in understood.matching.items()
    )
    is_about_records = any(field.is_identity and field.name in matched for field in fields)
    said = {question.field for question in understood.questions if question.key in upload.answers}
    return unmatched or bool(source.missing(matched | said) and not is_about_records)


def check(
    upload: Upload, source: Source, understood: Understood, report: Reporter
) -> dict[str, int]:
    """Convert and check every row, and stage what came of it."""
    layout = understood.layout
    rows = parsed(understood, source.fields(), upload.answers)
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
            refuse_closed(source)
            number = source.write(upload, by=upload.by)
            _move(job, State.DONE, written_rows=number)
    except Changed:
        return _check_again(job, upload, source, report)
    except REFUSALS as refusal:
        _move(job, State.READY, message=worded(refusal))
        raise JobFailed(worded(refusal)) from refusal
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
            refuse_closed(source)
            undone = source.undo(upload, by=upload.by)
            if not undone.undone:
                raise Refused(
                    _("Nothing can be undone: every row was changed or used since the import.")
                )
            _move(
                job,
                State.UNDONE,
                undone_rows=undone.undone,
                kept_rows=stored(undone.kept),
                undone_at=timezone.now(),
                undone_by=upload.by,
            )
    except REFUSALS as refusal:
        _move(job, State.DONE, message=worded(refusal))
        raise JobFailed(worded(refusal)) from refusal
    return {"undone": undone.undone, "kept": len(undone.kept)}


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
