"""An upload from its file to its undoing: what people ask for, and the states it passes.

    receive → (reading) → asking → answer → (reading) → (checking) → ready
            → confirm → (writing) → done → undo → (undoing) → undone

States in brackets are a job's (``imports.work``); every step is one conditional
change of the state, so asking twice, or ten at once, is the same as asking once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Agency, User
from accounts.roles import Verb
from documents.uploads import clean_name, sha256
from imports import clearing, tokens
from imports.carrying import carry, corrected_by
from imports.contract import Choice, Outcome, Source, Undone
from imports.declarations import source_of
from imports.layout import Layout
from imports.models import MarkedWorkbook, Upload
from imports.opening import Refused
from imports.refusing import REFUSALS, no_room, refuse_closed, refuse_file, worded
from imports.remembering import remember, remember_rows
from imports.tokens import Forged, Stale
from jobs import actions as jobs

State = Upload.State
# What a job does while an upload is in this state.
WORK: dict[str, str] = {
    State.READING: "imports.read",
    State.CHECKING: "imports.read",
    State.WRITING: "imports.write",
    State.UNDOING: "imports.undo",
}


@transaction.atomic
def receive(
    file: File,
    *,
    source: Source,
    by: User,
    agency: Agency | None = None,
    corrects: Upload | None = None,
) -> Upload:
    """Take a file in and have it read; raises Refused for what cannot be a table.

    ``corrects``: the import whose corrected file it is; what was answered there still holds.
    """
    if not source.may_import(by):
        raise Forged
    refuse_closed(source)
    name = clean_name(file.name or "")
    refuse_file(name, file.size)
    upload = Upload(
        source=source.code,
        by=by,
        agency=agency or _only_agency(by),
        file_name=name,
        size=file.size,
        sha256=sha256(file),
    )
    carry(upload, corrected_by(upload, corrects))
    with no_room(Refused):
        upload.file.save(name, file, save=False)
    upload.save()
    return _sent(upload, State.READING)


def _only_agency(by: User) -> Agency | None:
    """Whose headings are remembered: of somebody who works for one agency, that one."""
    own = by.own_agencies(Verb.IMPORT)
    return Agency.objects.get(pk=own.pop()) if len(own) == 1 else None


def imported_before(upload: Upload) -> Upload | None:
    """The latest import of this very file to the same place, by whomever."""
    same = Upload.objects.filter(sha256=upload.sha256, source=upload.source, state=State.DONE)
    return same.exclude(pk=upload.pk).select_related("by").order_by("-confirmed_at").first()


# --- answers ------------------------------------------------------------------------------


@transaction.atomic
def answer(
    upload: Upload,
    *,
    by: User,
    sheet: str | None = None,
    matching: Mapping[Any, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Upload:
    """Say which sheet, which column is what, how it is meant; the file is read again so.

    What is not said stays as it was; another sheet begins anew.
    """
    upload = _held(upload, by)
    _refuse_state(upload, State.ASKING, State.READY, *_given_up(upload))
    if sheet is not None and sheet != upload.sheet:
        if upload.layout.get("candidates") and sheet not in upload.layout["candidates"]:
            raise Refused(_("There is no sheet “%(sheet)s”.") % {"sheet": sheet})
        upload.sheet, upload.layout, upload.matching, upload.answers = sheet, {}, {}, {}
    if matching is not None:
        upload.matching = _matched(upload, matching, by)
    if answers is not None:
        upload.answers = {**upload.answers, **answers}
        if source := source_of(upload.source, by):
            remember_rows(upload, source, answers)
    upload.message = ""
    return _sent(upload, State.READING)


def _matched(upload: Upload, given: Mapping[Any, str], by: User) -> dict[str, str]:
    """Column → field as it is stored; only columns and fields that are there."""
    layout = Layout.from_json(upload.layout)
    source = source_of(upload.source, by)
    known = {"", *(field.name for field in source.fields())} if source else {""}
    matching = {int(column): field for column, field in given.items()}
    if not matching.keys() <= layout.titles.keys() or not known.issuperset(matching.values()):
        raise Refused(_("This column or field is not there. Read the page again."))
    if source:
        remember(upload, source, layout.titles, matching)
    return upload.matching | {str(column): field for column, field in matching.items()}


def choose(upload: Upload, *, by: User, choice: Choice, rows: Sequence[int] | None = None) -> int:
    """What happens to duplicates: those in these rows of the sheet, or all that allow it."""
    with transaction.atomic():
        upload = _held(upload, by)
        _refuse_state(upload, State.READY)
        found = upload.rows.filter(outcome=Outcome.DUPLICATE, choices__contains=[choice.value])
        if rows is not None:
            found = found.filter(number__in=rows)
        return found.update(choice=choice.value)


def undecided(upload: Upload) -> int:
    """Duplicates nobody has said anything about."""
    return upload.rows.filter(outcome=Outcome.DUPLICATE, choice="").count()


# --- confirming, undoing ------------------------------------------------------------------


@transaction.atomic
def confirm(upload: Upload, *, by: User, token: str, only_good: bool = False) -> Upload:
    """Have it written, once; whoever asks again gets the upload as it stands by then."""
    upload = _held(upload, by)
    source = _source(upload, by)
    was_asked = upload.state in (State.WRITING, State.DONE)
    try:
        tokens.verify(token, upload, by)
    except Stale as stale:
        if was_asked:
            return upload
        raise Refused(
            _("The rows were checked again since. Look at the preview, and confirm that one.")
        ) from stale
    _refuse_state(upload, State.READY)
    refuse_closed(source)
    _refuse_rows(upload, only_good)
    upload.only_good, upload.confirmed_at, upload.message = only_good, timezone.now(), ""
    return _sent(upload, State.WRITING)


def _refuse_rows(upload: Upload, only_good: bool) -> None:
    faulty = upload.counts.get(Outcome.FAULTY, 0)
    if faulty and not only_good:
        raise Refused(
            ngettext(
                "%(count)s row is faulty. Correct the file, or choose to import only the good "
                "rows.",
                "%(count)s rows are faulty. Correct the file, or choose to import only the good "
                "rows.",
                faulty,
            )
            % {"count": faulty}
        )
    if count := undecided(upload):
        raise Refused(
            ngettext(
                "%(count)s row looks like a record that is there. Choose what happens to it.",
                "%(count)s rows look like records that are there. Choose what happens to them.",
                count,
            )
            % {"count": count}
        )
    if not (upload.counts.get(Outcome.NEW) or upload.counts.get(Outcome.CHANGED)):
        chosen = upload.rows.filter(choice__in=(Choice.UPDATE, Choice.KEEP))
        if not chosen.exists():
            raise Refused(_("There is nothing to import: the records are as the file has them."))


@transaction.atomic
def undo(upload: Upload, *, by: User) -> Upload:
    """Have an import taken back, once; what people changed since stays."""
    upload = _held(upload, by)
    source = _source(upload, by)
    if upload.state in (State.UNDOING, State.UNDONE):
        return upload
    _refuse_state(upload, State.DONE)
    refuse_closed(source)
    upload.message = ""
    return _sent(upload, State.UNDOING)


def foresee(upload: Upload, *, by: User) -> Undone:
    """What undoing would take back now, and what it would leave; raises Refused."""
    source = _source(upload, by)
    _refuse_state(upload, State.DONE)
    refuse_closed(source)
    try:
        return source.foresee(upload, by=by)
    except REFUSALS as refusal:
        raise Refused(worded(refusal)) from refusal


@transaction.atomic
def again(upload: Upload, *, by: User) -> Upload:
    """Ask once more for work that failed; what a job began and did not end left nothing."""
    upload = _held(upload, by)
    if upload.state not in WORK or _is_at_work(upload):
        return upload
    return _sent(upload, State(upload.state))


@transaction.atomic
def discard(upload: Upload, *, by: User) -> None:
    """Give up a file of which nothing was written, with all that was read of it."""
    upload = _held(upload, by)
    if upload.state == State.WRITING and not _is_at_work(upload):
        upload.state = State.READY  # its job failed: nothing of it was written
    _refuse_state(upload, State.READING, State.ASKING, State.CHECKING, State.READY, State.REFUSED)
    clearing.remove(upload)


@transaction.atomic
def mark(upload: Upload, *, by: User) -> MarkedWorkbook:
    """Have the person's own workbook marked, once for what the last check found."""
    upload = _held(upload, by)
    _refuse_state(upload, State.READY, State.DONE, State.UNDONE)
    if not upload.counts.get(Outcome.FAULTY):
        raise Refused(_("This import has no faulty cell."))
    marked, _is_new = MarkedWorkbook.objects.get_or_create(upload=upload)
    if not marked.file and not marked.is_coming:
        marked.job = jobs.request("imports.mark", by=by, parameters={"upload": upload.pk})
        marked.save()
    return marked


# --- states -------------------------------------------------------------------------------


def _held(upload: Upload, by: User) -> Upload:
    """The upload as it stands until the transaction ends; Forged for somebody else's."""
    found = Upload.objects.of(by).select_for_update().filter(pk=upload.pk).first()
    if found is None:
        raise Forged
    return found


def _source(upload: Upload, by: User) -> Source:
    found = source_of(upload.source, by)
    if found is None:
        raise Forged
    return found


def _refuse_state(upload: Upload, *allowed: str) -> None:
    if upload.state not in allowed:
        raise Refused(
            _("“%(file)s”: %(state)s. This cannot be done now; look at its page again.")
            % {"file": upload.file_name, "state": upload.get_state_display()}
        )


def _given_up(upload: Upload) -> tuple[str, ...]:
    """States of reading a file stays in when its job failed: nothing is under way."""
    return () if _is_at_work(upload) else (State.READING, State.CHECKING)


def _is_at_work(upload: Upload) -> bool:
    return upload.job is not None and upload.job.is_open


def _sent(upload: Upload, state: str) -> Upload:
    """Pass into a state that is a job's, and ask for the job."""
    job = jobs.request(WORK[state], by=upload.by, parameters={"upload": upload.pk})
    upload.state, upload.job = state, job
    upload.save()
    return upload
