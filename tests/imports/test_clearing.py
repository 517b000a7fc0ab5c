"""What time clears: what nobody confirmed, files nobody knows; and what it leaves."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from imports import clearing
from imports.models import Upload, UploadRow
from jobs.models import Job
from tests.imports.standin import Desk, months, turnover_source
from tests.trade.sample import gates
from trade.models import Turnover

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
State = Upload.State
LONG_AGO = dt.timedelta(days=settings.IMPORT_UNCONFIRMED_DAYS, hours=1)


@pytest.fixture
def at_desk(desk: User) -> Desk:
    gates()
    return Desk(desk)


@pytest.fixture
def clear(django_capture_on_commit_callbacks: Any) -> Any:
    def cleared() -> dict[str, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return clearing.clear()

    return cleared


def aged(upload: Upload, by: dt.timedelta = LONG_AGO) -> Upload:
    then = timezone.now() - by
    Upload.objects.filter(pk=upload.pk).update(at=then)
    Job.objects.filter(pk=upload.job_id).update(requested_at=then)
    return upload


def is_stored(upload: Upload) -> bool:
    return upload.file.storage.exists(upload.file.name)


@pytest.mark.parametrize("rows", [months(2), [("05/2015", "KHONGCO", "export", 7, "")]])
def test_a_file_nobody_confirmed_goes_with_its_rows(at_desk: Desk, clear: Any, rows: Any):
    upload = aged(at_desk.upload(rows))
    assert clear()["uploads"] == 1
    assert not Upload.objects.exists() and not UploadRow.objects.exists()
    assert not is_stored(upload)
    assert clear()["uploads"] == 0


def test_a_file_that_was_refused_goes_too(at_desk: Desk, clear: Any):
    upload = aged(at_desk.upload([]))
    assert upload.state == State.REFUSED
    assert clear()["uploads"] == 1
    assert not is_stored(upload)


def test_a_file_somebody_did_something_with_since_stays(at_desk: Desk, clear: Any):
    upload = at_desk.upload(months(2))
    Upload.objects.filter(pk=upload.pk).update(at=timezone.now() - LONG_AGO)
    assert clear()["uploads"] == 0
    assert is_stored(upload)


@pytest.mark.parametrize("state", [State.READING, State.CHECKING])
def test_a_file_that_is_being_read_stays(at_desk: Desk, clear: Any, state: str):
    upload = aged(at_desk.upload(months(2)))
    Upload.objects.filter(pk=upload.pk).update(state=state)
    Job.objects.filter(pk=upload.job_id).update(state=Job.State.WAITING)
    assert clear()["uploads"] == 0


def test_what_was_confirmed_keeps_what_undoing_needs(at_desk: Desk, clear: Any):
    upload = aged(at_desk.confirm(at_desk.upload(months(2))))
    assert clear() == {"uploads": 0, "files": 0}
    assert is_stored(upload) and upload.rows.count() == 2
    assert at_desk.undo(upload).undone_rows == 2
    assert not Turnover.objects.alive().exists()


def test_what_was_confirmed_and_refused_when_it_was_written_stays(at_desk: Desk, clear: Any):
    upload = aged(at_desk.upload(months(2)))
    Upload.objects.filter(pk=upload.pk).update(confirmed_at=timezone.now())
    assert clear()["uploads"] == 0


def test_a_file_no_upload_knows_goes_after_a_day(at_desk: Desk, clear: Any):
    upload = at_desk.upload(months(2))
    storage = upload.file.storage
    old, fresh = (storage.save(f"imports/2019/12/{name}", ContentFile(b"x")) for name in ("a", "b"))
    yesterday = (timezone.now() - dt.timedelta(days=1, minutes=1)).timestamp()
    for name in (old, upload.file.name):
        os.utime(storage.path(name), (yesterday, yesterday))
    assert clear()["files"] == 1
    assert [storage.exists(name) for name in (old, fresh, upload.file.name)] == [False, True, True]


def test_it_is_done_by_itself():
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "imports.tasks.clear" in tasks
