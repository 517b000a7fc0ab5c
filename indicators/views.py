"""The year entry screen, and the address every cell is saved to."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from common.contracts import Indicator
from common.numbers import NotANumber
from indicators import year_table
from indicators.actions import Cell, Conflict, Refused, record
from indicators.declarations import indicators
from indicators.entry import cells, sheet, words
from indicators.entry import input as entry_input
from indicators.models import Figure, PlanStage, Precision, Status
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal


@requires(Verb.READ)
@require_GET
def latest(request: SignedInRequest) -> HttpResponse:
    year = sheet.current_year(timezone.localdate())
    if year is None:
        raise Http404(_("No year has been opened yet. Ask the administrator to open one."))
    return redirect("indicators:year", year=year)


@requires(Verb.READ)
@require_GET
def year(request: SignedInRequest, year: int) -> HttpResponse:
    loaded = sheet.load(year, request.user, today=timezone.localdate())
    if loaded is None:
        raise Http404(_not_opened(year))
    context = {
        "sheet": loaded,
        "year": year,
        "years": ReportingYear.objects.values_list("year", flat=True),
        "data": loaded.as_json() | _settings(year) | {"person": request.user.pk},
        "saved": sheet.saved_words(loaded.saved_at),
        "choices": {"status": Status, "plan_stage": PlanStage, "precision": Precision},
        "marks": words.state_marks(),
    }
    return render(request, "indicators/year.html", context)


@requires(Verb.ENTER)
@require_POST
def save(request: SignedInRequest, year: int) -> JsonResponse:
    """One cell as JSON; 422 is a refusal or a question, 409 somebody else's change."""
    try:
        if request.content_type != "application/json":  # a form's body has been read already
            raise ValueError(request.content_type)
        typed = json.loads(request.body)
        if typed.get("person", request.user.pk) != request.user.pk:
            return _somebody_else()
        cell, indicator, current = _meant(typed, year, request.user)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = _("The entry cannot be read. Reload the page and enter it again.")
        return JsonResponse({"message": message}, status=400)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    place = f"{cells.side_title(indicator, year, cell.side)} – {indicator.label}"
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
        return _conflict(conflict.current, typed)
    return JsonResponse(_saved(figure, indicator, year, request.user))


def _meant(typed: dict[str, Any], year: int, user: User) -> tuple[Cell, Indicator, Figure | None]:
    """The cell a request means: where its figure stands, or is owed when there is none yet."""
    indicator = indicators().get(str(typed["indicator"]))
    version = typed["version"]
    if indicator is None or not indicator.yearly or type(version) is not int or version < 0:
        raise ValueError("no such cell")
    side = entry_input.side(typed["side"])
    periods = Period.objects.full_years([year])
    found = periods.filter(calendar=str(indicator.calendar)).first()
    if found is None:
        raise Http404(_not_opened(year))
    cell, current = cells.find(indicator, found, side, user)
    return cell, indicator, current


def _saved(figure: Figure | None, indicator: Indicator, year: int, user: User) -> dict[str, Any]:
    row = year_table.build([year], user, codes=[indicator.code]).row(indicator.code, year)
    language = cells.language()
    return {
        **cells.cell_json(figure),
        "display": cells.shown(figure),
        "plan_ratio": words.plan_ratio(row, language),
        "change": words.change(row, language),
        "tone": row.tone,
        "saved_at": timezone.localtime().strftime("%H:%M"),
    }


def _conflict(current: Figure | None, typed: dict[str, Any]) -> JsonResponse:
    """Who wrote what meanwhile, beside what was being typed: the person chooses."""
    mine = str(typed.get("text", ""))[:40]
    theirs = cells.shown(current)
    who = str(current.entered_by or _("The portal")) if current else _("Somebody")
    when = timezone.localtime(current.entered_at).strftime("%H:%M") if current else ""
    if current is None:
        message = _("The cell was emptied meanwhile; being entered: %(mine)s. Which one stays?")
    elif "text" in typed and mine != theirs:
        message = _(
            "%(who)s has just written %(theirs)s at %(when)s; being entered: %(mine)s. "
            "Which one stays?"
        )
    else:
        message = _("%(who)s has just changed this cell at %(when)s (%(theirs)s). Which one stays?")
    answer = {
        "message": message % {"who": who, "when": when, "theirs": theirs, "mine": mine},
        "current": cells.cell_json(current),
        "who": who,
        "when": when,
        "mine": mine,
    }
    return JsonResponse(answer, status=409)


def _somebody_else() -> JsonResponse:
    """What one person typed is never saved under the name of who signed in after them."""
    message = _(
        "Another account is signed in now. What was typed here is kept for the person who "
        "typed it: sign out and sign in again with that account."
    )
    return JsonResponse({"message": message}, status=401)


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
        },
    }
