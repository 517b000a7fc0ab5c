"""Asking about a figure, giving cells back, answering: in the panel of a figure and beside it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from indicators import remarks
from indicators.entry.cells import remark_json
from indicators.models import Figure, Remark
from indicators.remarks import RemarkRefusal
from reference.models import ReportingYear
from reference.periods import PeriodRefusal

MOST_CELLS = 1000


@requires(Verb.ASK)
@require_POST
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """A question to the agency of a figure."""
    figure = _figure_or_404(pk, request.user)
    typed = request.POST.get("text", "")
    try:
        remarks.ask(figure, typed, by=request.user)
    except RemarkRefusal as refused:
        return _panel(request, figure, {"ask_error": str(refused), "asked": typed})
    return _panel(request, figure)


@requires(Verb.COMPILE, everywhere=True)
@require_POST
def give_back(request: SignedInRequest) -> HttpResponse:
    """One reason for one or many cells: from the panel of a figure, or from the entry screen."""
    typed = request.POST.get("text", "")
    asked = [text for text in request.POST.getlist("figure") if text.isascii() and text.isdecimal()]
    seen = [int(text) for text in asked[:MOST_CELLS] if len(text) < 18]
    one = _figure_or_404(seen[0] if seen else 0, request.user) if request.htmx else None
    try:
        returned = remarks.give_back(seen, typed, by=request.user)
    except (RemarkRefusal, PeriodRefusal) as refused:
        if one is not None:
            return _panel(request, one, {"return_error": str(refused), "returned": typed})
        return JsonResponse({"message": str(refused)}, status=422)
    if one is not None:
        return _panel(request, one)
    count = len(returned)
    message = ngettext("%(count)s cell given back.", "%(count)s cells given back.", count)
    cells = {str(remark.figure_id): remark_json(remark) for remark in returned}
    return JsonResponse({"message": message % {"count": count}, "remarks": cells})


@requires(Verb.ENTER)
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The answer of the agency, or of the compiling desk; the remark as it stands then."""
    typed = request.POST.get("text", "")
    error = ""
    try:
        remarks.answer(pk, typed, by=request.user)
    except Remark.DoesNotExist as missing:
        raise Http404 from missing
    except RemarkRefusal as refused:
        error = str(refused)
    rows = Remark.objects.select_related("figure__agency", "written_by", "answered_by")
    remark = rows.get(pk=pk)
    if not request.htmx:
        return redirect("indicators:source", remark.figure_id)
    context = {"item": _item(remark, request.user), "error": error, "typed": typed}
    return render(request, "indicators/_remark.html", context)


def panel(figure: Figure, user: User) -> dict[str, Any]:
    """What the panel of a figure says and offers about remarks."""
    rows = remarks.on_cells([figure]).select_related("figure__agency", "written_by", "answered_by")
    found = [_item(remark, user) for remark in rows]
    returned = any(item["remark"].kind == Remark.Kind.RETURN and item["is_open"] for item in found)
    return {
        "figure": figure,
        "remarks": found,
        "may_ask": remarks.may_ask(user),
        "may_give_back": (
            remarks.may_give_back(user)
            and figure.is_current
            and not returned
            and not _is_locked(figure.period.year)
        ),
    }


def _item(remark: Remark, user: User) -> dict[str, Any]:
    is_open = remark.answered_at is None
    return {
        "remark": remark,
        "is_open": is_open,
        "may_answer": is_open and remarks.may_answer(remark, user),
    }


def _is_locked(year: int) -> bool:
    return ReportingYear.objects.filter(year=year, locked_on__isnull=False).exists()


def _figure_or_404(pk: int, user: User) -> Figure:
    visible = Figure.objects.visible_to(user).select_related("period", "agency")
    return get_object_or_404(visible, pk=pk)


def _panel(
    request: SignedInRequest, figure: Figure, refused: dict[str, str] | None = None
) -> HttpResponse:
    if not request.htmx:
        return redirect(reverse("indicators:source", args=[figure.pk]))
    context = panel(figure, request.user) | (refused or {})
    return render(request, "indicators/_remarks.html", context)
