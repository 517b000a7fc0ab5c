"""Files and rows of uploads that are no longer needed, and what goes with them.

What was confirmed stays: undoing needs its rows. What nobody confirmed goes
when its owner puts it aside, or some time after they last did anything with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from imports.models import MarkedWorkbook, Upload

State = Upload.State
UNCONFIRMED = (State.READING, State.ASKING, State.CHECKING, State.READY, State.REFUSED)
FOLDER = "imports"
# A file is stored before the row that knows it is committed.
TIME_TO_BE_KNOWN = dt.timedelta(days=1)


@transaction.atomic
def remove(upload: Upload) -> None:
    """The upload with its rows and files."""
    forget_marked(upload)
    drop(upload.file)
    upload.delete()


def drop(file: FieldFile) -> None:
    """The file goes once it is certain that nothing says it is there."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def forget_marked(upload: Upload) -> None:
    """The marked workbook, when it is about to be no longer true."""
    for marked in MarkedWorkbook.objects.select_for_update().filter(upload=upload):
        drop(marked.file)
        marked.delete()


def clear() -> dict[str, int]:
    """What time has made useless: uploads nobody confirmed, files nobody knows."""
    return {"uploads": _clear_unconfirmed(), "files": _clear_unknown()}


def _clear_unconfirmed() -> int:
    until = timezone.now() - dt.timedelta(days=settings.IMPORT_UNCONFIRMED_DAYS)
    touched = Greatest("at", Coalesce("job__requested_at", "at"))
    old = Upload.objects.annotate(touched=touched).filter(
        touched__lt=until, state__in=UNCONFIRMED, confirmed_at=None
    )
    cleared = 0
    for key in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            upload = Upload.objects.select_for_update(of=("self",)).filter(pk=key).first()
            if upload is None or upload.state not in UNCONFIRMED or _is_at_work(upload):
                continue
            remove(upload)
            cleared += 1
    return cleared


def _is_at_work(upload: Upload) -> bool:
    return upload.job is not None and upload.job.is_open


def _clear_unknown() -> int:
    """Files of work that was killed between storing them and saying so."""
    storage: Storage = Upload._meta.get_field("file").storage
    until = timezone.now() - TIME_TO_BE_KNOWN
    stored = [name for name in names(storage, FOLDER) if storage.get_modified_time(name) < until]
    known = {
        *Upload.objects.filter(file__in=stored).values_list("file", flat=True),
        *MarkedWorkbook.objects.filter(file__in=stored).values_list("file", flat=True),
    }
    unknown = [name for name in stored if name not in known]
    for name in unknown:
        storage.delete(name)
    return len(unknown)


def names(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from names(storage, f"{folder}/{name}")
