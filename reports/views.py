"""Reports: one report with its text, editing a section."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from reports import actions
from reports.chips import screen_chip
from reports.compose import compose, compose_section
from reports.forms import ExportForm, SectionForm
from reports.markup import from_plain, to_plain
from reports.models import Report, Section
from reports.narrative import problems
from reports.outlines import outlines
from reports.picker import suggestions
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
        "may_export": request.user.may(Verb.EXPORT),
    }
    return render(request, "reports/detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Verb.COMPILE)
def edit_section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """The text of one section: saved, refused with reasons, or two versions to choose from."""
    report = report_or_404(pk)
    section = _section_or_404(report, key)
    form = SectionForm(
        request.POST or None,
        initial={"text": to_plain(section.text), "version": section.version},
    )
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["text"].replace("\r\n", "\n") == to_plain(section.text):
            return redirect("reports:detail", pk)  # nothing was changed: no new version
        try:
            actions.save_section(
                section,
                from_plain(form.cleaned_data["text"]),
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        except actions.TextRefused as refusal:
            status = 422
            for message in refusal.messages:
                form.add_error("text", message)
        except actions.TextConflict as conflict:
            theirs, status = conflict.section, 409
            form.data = {
                "text": form.cleaned_data["text"],
                "version": str(conflict.section.version),
            }
        else:
            messages.success(request, _("The section has been saved."))
            return redirect("reports:detail", pk)
    elif request.method == "POST":
        status = 422
    context = {
        "report": report,
        "section": section,
        "skeleton": outlines()[report.outline].section(key),
        "form": form,
        "theirs": theirs,
        "theirs_plain": to_plain(theirs.text) if theirs else "",
    }
    return render(request, "reports/section.html", context, status=status)


@require_http_methods(["POST"])
@requires(Verb.COMPILE)
def preview_section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """What is being typed, as it will print."""
    report = report_or_404(pk)
    _section_or_404(report, key)
    markup = from_plain(request.POST.get("text", "")[:100_000])
    shown = compose_section(report, key, markup, request.user, screen_chip)
    wrong = problems(markup)
    left_out = [] if wrong else shown["left_out"]  # a bad token is the reason, and is named
    context = {**shown, "left_out": left_out, "problems": wrong}
    return render(request, "reports/_preview.html", context)


@require_GET
@requires(Verb.COMPILE)
def pick_figure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Figures that fit a search, each in every form it can be said in."""
    report = report_or_404(pk)
    found = suggestions(report, request.user, request.GET.get("q", ""))
    return render(request, "reports/_picker.html", {"found": found})


def _section_or_404(report: Report, key: str) -> Section:
    found = report.sections.filter(key=key).first()
    if found is None:
        raise Http404(_("The report has no such section."))
    return found
