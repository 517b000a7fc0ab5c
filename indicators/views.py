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
from accounts.models import User
from accounts.roles import Verb
from common.contracts import Indicator
from common.numbers import NotANumber
from indicators.actions import Cell, Conflict, Refused, record
from indicators.declarations import indicators
from indicators.entry import answers, cells, sheet, words
from indicators.entry import input as entry_input
from indicators.models import Figure, PlanStage, Precision, Side, Status
from indicators.spans import MONTHS, TO_DATE, WHOLE_YEAR, Span
from reference.models import ReportingYear
from reference.periods import PeriodRefusal, on_both_calendars


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
    loaded = sheet.load(year, request.user, today=timezone.localdate(), span=span)
    if loaded is None:
        raise Http404(_not_opened(year))
    context = {
        "sheet": loaded,
        "year": year,
        "years": ReportingYear.objects.values_list("year", flat=True),
        "spans": {"to_date": TO_DATE, "months": MONTHS},
        "addresses": {name: _address(name, year, span) for name in ("year", "save", "explain")},
        "data": loaded.as_json() | _settings(year) | {"person": request.user.pk},
        "saved": sheet.saved_words(loaded.saved_at),
        "choices": {"status": Status, "plan_stage": PlanStage, "precision": Precision},
        "marks": words.state_marks(),
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
        cell, indicator, current = _meant(typed, year, span, request.user)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        message = _("The entry cannot be read. Reload the page and enter it again.")
        return JsonResponse({"message": message}, status=400)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    place = f"{cells.side_title(indicator, cell.period, cell.side)} – {indicator.label}"
    try:
        if current is not None and current.version != typed["version"]:
            raise Conflict(current)
        content = entry_input.content(typed, current, indicator)
        figure = record(cell, content, by=request.user, seen_version=typed["version"])
    except entry_input.Question as question:
        answer = {"message": str(question.message), "suggestion": question.suggestion}
        return JsonResponse(answer | {"field": question.field}, status=422)
    except NotANumber as problem:
        message = _("Cell “%(place)s”: %(problem)s") % {"place": place, "problem": problem.message}
        return JsonResponse({"message": message}, status=422)
    except (Refused, PeriodRefusal) as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    except Conflict as conflict:
        return JsonResponse(answers.conflict(conflict.current, typed), status=409)
    return JsonResponse(answers.saved(figure, current, indicator.code, year, span, request.user))


def _meant(
    typed: dict[str, Any], year: int, span: Span, user: User
) -> tuple[Cell, Indicator, Figure | None]:
    """The cell a request means: where its figure stands, or is owed when there is none yet."""
    indicator = indicators().get(str(typed["indicator"]))
    version = typed["version"]
    if indicator is None or not indicator.yearly or type(version) is not int or version < 0:
        raise ValueError("no such cell")
    side = entry_input.side(typed["side"])
    if side == Side.PLAN and not span.is_full_year:
        raise Refused(words.plan_elsewhere())
    found = on_both_calendars(span.kind, year, span.months)[indicator.calendar]
    if found.pk is None and span.is_full_year:
        raise Http404(_not_opened(year))
    cell, current = cells.find(indicator, found, side, user)
    return cell, indicator, current


def _address(name: str, year: int, span: Span) -> str:
    """The address of the year, or of the part of it that is open."""
    if span.is_full_year:
        return reverse(f"indicators:{name}", args=[year])
    return reverse(f"indicators:{name}_of_period", args=[year, span])


def _not_opened(year: int) -> str:
    return _("Year %(year)s has not been opened. Ask the administrator to open it.") % {
        "year": year
    }


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
