"""Loading reports for a reader, with a clear message where there is none."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from reference.models import ReportingYear
from reports.models import Report, Run


def report_or_404(pk: int) -> Report:
    found = Report.objects.with_state().select_related("period", "office").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such report. Open it from the list of reports."))
    return found


def run_or_404(pk: int) -> Run:
    runs = Run.objects.select_related("report__period", "office", "job", "requested_by")
    found = runs.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such printing. Open it from its report."))
    return found


def opened_year_or_404(year: int) -> int:
    """The year itself when it is open in the portal."""
    if not ReportingYear.objects.filter(year=year).exists():
        raise Http404(
            _("Year %(year)s has not been opened. Choose another year, or ask the administrator.")
            % {"year": year}
        )
    return year
