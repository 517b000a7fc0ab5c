"""The year entry screen, and the address every cell is saved to."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from indicators import remarks
from indicators.actions import Conflict, Refused
from indicators.entry import answers, behalf, cells, saving, sheet, words
from indicators.entry import input as entry_input
from indicators.models import PlanStage, Precision, Status
from indicators.spans import MONTHS, TO_DATE, WHOLE_YEAR, Span
from reference.models import ReportingYear
from reference.periods import PeriodRefusal

PAGES = ("year", "save", "paste", "explain", "print")


@requires(Verb.READ)
@require_GET
def latest(request: SignedInRequest) -> HttpResponse:
    year = sheet.current_year(timezone.localdate())
    if year is None:
        raise Http404(_("No year has been opened yet. Ask the administrator to open one."))
    return redirect("indicators:year", year=year)


@requires(Verb.READ)
@require_GET
def year(request: SignedInRequest, year: int, span: Span = WHOLE_YEAR) -> HttpResponse:
    read_at = answers.now()
    loaded = sheet.load(year, request.user, today=timezone.localdate(), span=span)
    if loaded is None:
        raise Http404(saving.not_opened(year))
    loaded, on_behalf = behalf.choose(loaded, request.GET, request.user)
    context = {
        "sheet": loaded,
        "behalf": on_behalf,
        "year": year,
        "years": ReportingYear.objects.values_list("year", flat=True),
        "spans": {"to_date": TO_DATE, "months": MONTHS},
        "addresses": {name: _address(name, year, span) for name in PAGES},
        "data": loaded.as_json()
        | _settings(year)
        | {"person": request.user.pk, "read_at": read_at},
        "saved": sheet.saved_words(loaded.saved_at),
        "choices": {"status": Status, "plan_stage": PlanStage, "precision": Precision},
        "marks": words.state_marks(),
        "may_give_back": remarks.may_give_back(request.user),
    }
    return render(request, "indicators/year.html", context)


@requires(Verb.ENTER)
@require_POST
def save(request: SignedInRequest, year: int, span: Span = WHOLE_YEAR) -> JsonResponse:
    """One cell as JSON; 422 is a refusal or a question, 409 somebody else's change."""
    try:
        if request.content_type != "application/json":  # a form's body has been read already
            raise ValueError(request.content_type)
        typed = json.loads(request.body)
        if typed.get("person", request.user.pk) != request.user.pk:
            return JsonResponse(answers.somebody_else(), status=401)
        meant = saving.Meant.read(typed)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = _("The entry cannot be read. Reload the page and enter it again.")
        return JsonResponse({"message": message}, status=400)
    try:
        return JsonResponse(saving.save(meant, typed, year, span, request.user))
    except entry_input.Question as question:
        answer = {"message": str(question.message), "suggestion": question.suggestion}
        return JsonResponse(answer | {"field": question.field}, status=422)
    except (Refused, PeriodRefusal) as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    except Conflict as conflict:
        return JsonResponse(answers.conflict(conflict.current, typed), status=409)


def _address(name: str, year: int, span: Span) -> str:
    """The address of the year, or of the part of it that is open."""
    if span.is_full_year:
        return reverse(f"indicators:{name}", args=[year])
    return reverse(f"indicators:{name}_of_period", args=[year, span])


def _settings(year: int) -> dict[str, Any]:
    """How the browser previews, and what it says by itself."""
    return {
        "language": cells.language(),
        "amounts": words.amounts(),
        "directions": words.directions(),
        "marks": words.state_marks(),
        "labels": {
            "status": dict(Status.choices[1:]),
            "plan_stage": dict(PlanStage.choices[1:]),
            "precision": dict(Precision.choices[1:]),
        },
        "words": {
            "saving": pgettext("cell", "Saving…"),
            "saved": pgettext("cell", "Saved"),
            "error": pgettext("cell", "Error"),
            "waiting": pgettext("cell", "Waiting"),
            "unsavedCell": pgettext("cell", "Not saved yet"),
            "allSaved": _("All saved at %(time)s"),
            "unsaved": _("Cells not saved yet: {}"),
            "yes": _("Yes, write {}"),
            "fix": _("Correct it"),
            "retry": _("Try again"),
            "keep": _("Keep the other entry"),
            "mine": _("Keep my entry"),
            "empty": _("empty cell"),
            "signIn": _("Sign in again"),
            "failed": _("Not saved: the portal did not answer properly. What was typed is kept."),
            "offline": _(
                "No connection. Cells not sent: {}; they are kept on this machine and will be "
                "saved when the line is back. Please do not close the page."
            ),
            "remarks": {
                "return": pgettext("cell", "Returned"),
                "question": pgettext("cell", "Question"),
            },
            "withNumber": _("Will be saved together with the number."),
            "noSource": _("No source chosen"),
            "hints": words.hint_buttons(),
            "parts": words.parts_words(),
        },
    }
