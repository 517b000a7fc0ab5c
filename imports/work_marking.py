"""What the job of a marked workbook does: marks the faults of the last check in the file."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from imports.marking import marked
from imports.models import MarkedWorkbook
from imports.opening import Refused
from imports.refusing import no_room
from imports.staging import faults
from jobs.kinds import JobFailed, Reporter
from jobs.models import Job


def mark(job: Job, report: Reporter) -> dict[str, Any]:
    """Nothing is kept of it where the file was checked again, or put aside, meanwhile."""
    wanted = MarkedWorkbook.objects.filter(job=job, file="").select_related("upload").first()
    if wanted is None:
        return {}
    upload = wanted.upload
    report("marking", 10)
    try:
        with upload.file.open("rb") as file:
            found = list(faults(upload))
            report("marking", 30)
            content = marked(file, upload.file_name, found, upload.sheet)
    except Refused as refusal:
        raise JobFailed(str(refusal)) from refusal
    report("marking", 90)
    with transaction.atomic():
        rows = MarkedWorkbook.objects.select_for_update()
        still = rows.filter(pk=wanted.pk, job=job, file="").first()
        if still is None:
            return {}
        with no_room(JobFailed):
            still.file.save("marked.xlsx", ContentFile(content))
    return {"faults": len(found), "bytes": len(content)}
