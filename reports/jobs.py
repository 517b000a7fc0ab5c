"""The kind of work this app has: printing a run. Found by the jobs app by its file name."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Verb
from jobs.kinds import JobFailed, Reporter, Shown, job_kind
from jobs.models import Job
from reports.issue import Issue
from reports.models import Run
from reports.outlines import outlines
from reports.pdf.engine import RenderFailed
from reports.printing import note_lists, note_records, note_uses, print_report
from reports.runs import KIND, STAGES


def show(jobs: Sequence[Job]) -> dict[int, Shown]:
    """Printings by their job: which report of which period, and the page that has the file."""
    runs = Run.objects.filter(job__in=jobs).select_related("report__period", "job")
    return {
        run.job.pk: Shown(
            title=f"{outlines()[run.report.outline].label} · {run.report.period}",
            address=reverse("reports:run", args=[run.pk]),
            stage=str(STAGES.get(run.job.stage, run.job.stage)),
        )
        for run in runs
        if run.job is not None and run.report.outline in outlines()
    }


@job_kind(KIND, show=show)
def do_run(job: Job, report_progress: Reporter) -> dict[str, Any]:
    """Print one run as the person who asked, whose rights are asked again now."""
    run = Run.objects.select_related("report__period", "office").get(pk=job.parameters["run"])
    if not job.requested_by.may(Verb.EXPORT, everywhere=True):
        raise JobFailed(_("The right to export this report has been withdrawn."))
    issue = Issue(run.number, run.issued_on, run.signer)
    try:
        printed = print_report(run.report, run.office, job.requested_by, issue, report_progress)
        run.file.save("report.pdf", ContentFile(printed.pdf.content), save=False)
    except RenderFailed as failure:
        raise JobFailed(failure.message) from failure
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise JobFailed(
            _(
                "Could not export: the server's disk is full. Figures and text are unharmed. "
                "Tell the administrator (code %(code)s)."
            )
            % {"code": job.reference}
        ) from error
    run.file_name = printed.file_name
    run.ledger = printed.ledger
    run.warnings = printed.warnings
    run.sha256 = printed.pdf.sha256
    run.pages = printed.pdf.pages
    run.seconds = round(printed.pdf.seconds, 2)
    run.save()
    note_uses(run, printed.composed)
    note_lists(run, printed)
    note_records(run, printed.composed)
    return {"pages": run.pages, "sha256": run.sha256}
