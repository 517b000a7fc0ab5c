"""Reports: one report with its text."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from reports.chips import screen_chip
from reports.compose import compose
from reports.forms import ExportForm
from reports.models import Report
from reports.queries import report_or_404


@require_GET
@requires(Verb.READ, everywhere=True)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report as it will print, with every number open to "where from?"."""
    report = report_or_404(pk)
    form = ExportForm(report=report, may_issue=request.user.may(Verb.ISSUE))
    return report_page(request, report, form)


def report_page(
    request: SignedInRequest, report: Report, form: ExportForm, status: int = 200
) -> HttpResponse:
    """The page of a report; an export that was refused comes back to it with what was typed."""
    composed = compose(report, request.user, chip=screen_chip)
    context = {
        "report": report,
        "composed": composed,
        "form": form,
        "runs": report.runs.select_related("job", "requested_by", "office")[:8],
        "may_write": request.user.may(Verb.COMPILE),
        "may_export": request.user.may(Verb.EXPORT, everywhere=True),
    }
    return render(request, "reports/detail.html", context, status=status)
