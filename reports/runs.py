"""Runs: asking for a printing of a report."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Verb
from jobs import actions as jobs
from reports.issue import Issue
from reports.models import IssuingOffice, Report, Run

KIND = "reports.print"
STAGES = {
    "": gettext_lazy("Waiting"),
    "collecting": gettext_lazy("Collecting figures"),
    "drawing": gettext_lazy("Drawing charts"),
    "laying_out": gettext_lazy("Laying out pages"),
    "storing": gettext_lazy("Storing the file"),
}


@transaction.atomic
def request_run(
    report: Report, *, by: User, office: IssuingOffice | None = None, issue: Issue | None = None
) -> Run:
    """Ask for a printing by an office (the report's own by default); raises PermissionDenied.

    Number, date and signer are the clerical office's to give (Verb.ISSUE).
    """
    issue = issue or Issue()
    if not by.may(Verb.EXPORT, everywhere=True) or (issue != Issue() and not by.may(Verb.ISSUE)):
        raise PermissionDenied
    run = Run.objects.create(
        report=report,
        office=office or report.office,
        number=issue.number,
        issued_on=issue.issued_on,
        signer=issue.signer,
        requested_by=by,
    )
    run.job = jobs.request(KIND, by=by, parameters={"run": run.pk})
    run.save(update_fields=["job"])
    return run


@transaction.atomic
def retry_run(run: Run, *, by: User) -> Run:
    """Print again what failed, with the same parameters."""
    issue = Issue(run.number, run.issued_on, run.signer)
    return request_run(run.report, by=by, office=run.office, issue=issue)
