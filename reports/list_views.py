"""Reports: the list of all, and making the report of a period."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from reports import actions
from reports.forms import NewReportForm
from reports.models import IssuingOffice, Report
from reports.outlines import outlines
from reports.queries import opened_year_or_404

ANNUAL = "A"  # the outline of the report every year has


@require_GET
@requires(Verb.READ, everywhere=True)
def index(request: SignedInRequest) -> HttpResponse:
    """All reports: newest year first, in it the longer period, then by outline."""
    found = Report.objects.with_state().select_related("period", "office")
    reports = found.order_by("-period__year", "-period__months", "outline", "pk")
    rows = [(report, outlines()[report.outline]) for report in reports]
    may_make = request.user.may(Verb.COMPILE)
    return render(request, "reports/index.html", {"rows": rows, "may_make": may_make})


@require_GET
@requires(Verb.READ, everywhere=True)
def of_year(request: SignedInRequest, year: int) -> HttpResponse:
    """The annual report of a year; where there is none yet, the desk is led to making it."""
    opened_year_or_404(year)
    whole_year = Report.objects.filter(period__year=year, period__months=12)
    found = whole_year.filter(outline=ANNUAL).first()
    if found is not None:
        return redirect("reports:detail", found.pk)
    if request.user.may(Verb.COMPILE):
        return redirect(f"{reverse('reports:new')}?year={year}")
    return render(request, "reports/missing.html", {"year": year, "outline": outlines()[ANNUAL]})


@require_http_methods(["GET", "POST"])
@requires(Verb.COMPILE)
def new(request: SignedInRequest) -> HttpResponse:
    """Choosing period, outline and office; a report that is there already is opened."""
    form = NewReportForm(request.POST or None, initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        report, is_new = actions.make_report(
            chosen["year"], chosen["months"], chosen["outline"], chosen["office"], by=request.user
        )
        if is_new:
            messages.success(request, _("The report has been made from the outline."))
        else:
            messages.info(request, _("This report had been made before; here it is."))
        return redirect("reports:detail", report.pk)
    status = 422 if form.is_bound else 200
    return render(request, "reports/new.html", {"form": form}, status=status)


def _proposed(request: SignedInRequest) -> dict[str, object]:
    """What the form opens with: what the address asks for, and the usual rest."""
    return {
        "year": request.GET.get("year"),
        "months": request.GET.get("months", 12),
        "outline": request.GET.get("outline", ANNUAL),
        "office": IssuingOffice.objects.first(),
    }
