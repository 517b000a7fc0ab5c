"""The kinds of work of this app. Found by the jobs app by its file name."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from imports import work, work_marking
from imports.declarations import source_of
from imports.models import MarkedWorkbook, Upload
from jobs.kinds import Shown, job_kind
from jobs.models import Job

# What was read waits for the person.
WAITING = frozenset({Upload.State.ASKING, Upload.State.READY})


def show(jobs: Sequence[Job]) -> dict[int, Shown]:
    """Imports by their job: which file goes where, and how far it has come."""
    uploads = Upload.objects.filter(job__in=jobs).select_related("job", "by")
    found = {}
    for upload in uploads:
        source = source_of(upload.source, upload.by)
        if upload.job is not None and source is not None:
            found[upload.job.pk] = Shown(
                title=f"{upload.file_name} → {source.label}",
                address=reverse("imports:show", args=[upload.pk]),
                stage=upload.get_state_display(),
                waits=upload.get_state_display() if upload.state in WAITING else "",
            )
    return found


def show_marking(jobs: Sequence[Job]) -> dict[int, Shown]:
    """Marked workbooks by their job; the import's page has the file."""
    rows = MarkedWorkbook.objects.filter(job__in=jobs).select_related("job", "upload")
    return {
        marked.job.pk: Shown(
            title=_("%(file)s: marking the faults") % {"file": marked.upload.file_name},
            address=reverse("imports:show", args=[marked.upload_id]),
        )
        for marked in rows
        if marked.job is not None
    }


job_kind("imports.mark", show=show_marking)(work_marking.mark)
job_kind("imports.read", show=show)(work.read)
job_kind("imports.write", show=show)(work.write)
job_kind("imports.undo", show=show)(work.undo)
