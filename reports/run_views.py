"""Printings: asking for one, watching it, its file and its ledger."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common import downloads
from jobs.models import Job
from jobs.waiting import why_it_waits
from reports.forms import ExportForm
from reports.models import Run
from reports.queries import report_or_404, run_or_404
from reports.runs import STAGES, request_run, retry_run
from reports.views import report_page


@require_POST
@requires(Verb.EXPORT, everywhere=True)
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a printing; the page that follows shows it being made."""
    report = report_or_404(pk)
    form = ExportForm(request.POST, report=report, may_issue=request.user.may(Verb.ISSUE))
    if not form.is_valid():
        return report_page(request, report, form, status=422)
    run = request_run(report, by=request.user, office=form.cleaned_data["office"], issue=form.issue)
    return redirect("reports:run", run.pk)


@require_GET
@requires(Verb.READ, everywhere=True)
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One printing: progress while it is made, then file, warnings and ledger."""
    run = run_or_404(pk)
    context = {"run": run, "report": run.report, **_progress(run)}
    template = "reports/_run.html" if request.htmx else "reports/run.html"
    return render(request, template, {**context, "may_retry": _may_retry(run, request.user)})


@require_POST
@requires(Verb.EXPORT, everywhere=True)
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Print again what failed."""
    run = run_or_404(pk)
    if not _may_retry(run, request.user):
        raise PermissionDenied
    if run.job is None or run.job.state != Job.State.FAILED:
        messages.info(request, _("Only a printing that failed can be tried again."))
        return redirect("reports:run", pk)
    return redirect("reports:run", retry_run(run, by=request.user).pk)


@require_GET
@requires(Verb.READ, everywhere=True)
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The PDF, as a file to keep."""
    run = run_or_404(pk)
    if not run.file:
        raise Http404(_("This printing has no file yet."))
    return downloads.send(run.file, run.file_name, "application/pdf")


def _may_retry(run: Run, user: User) -> bool:
    """Who may export may try again; a copy with a number only the clerical office."""
    return user.may(Verb.EXPORT, everywhere=True) and (run.is_draft or user.may(Verb.ISSUE))


def _progress(run: Run) -> dict[str, object]:
    job = run.job
    if job is None:
        return {"stage": "", "waiting_reason": ""}
    return {"stage": STAGES.get(job.stage, job.stage), "waiting_reason": why_it_waits(job)}
