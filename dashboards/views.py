"""Leaders' screens."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from dashboards import overview
from history import trail as history


@requires(Verb.READ, everywhere=True)
@require_GET
def latest(request: SignedInRequest) -> HttpResponse:
    year = overview.latest_year(request.user, timezone.localdate())
    if year is None:
        raise Http404(_("No year has been opened yet. Ask the administrator to open one."))
    return redirect("dashboards:year", year=year)


@requires(Verb.READ, everywhere=True)
@require_GET
def year(request: SignedInRequest, year: int) -> HttpResponse:
    found = overview.build(year, request.user, get_language() or "vi")
    if found is None:
        raise Http404(
            _("Year %(year)s has not been opened. Ask the administrator to open it.")
            % {"year": str(year)[:20]}
        )
    context = {
        "overview": found,
        "year": year,
        "may_export": request.user.may(Verb.EXPORT, everywhere=True),
        "may_enter": request.user.may(Verb.ENTER),
    }
    return render(request, "dashboards/year.html", context)


@requires(Verb.INSPECT)
@require_GET
def trail(request: SignedInRequest) -> HttpResponse:
    """Who changed what: every table's history, for those who inspect."""
    kinds = history.kinds()
    chosen = request.GET.get("bang", "indicators.figure")
    if chosen not in kinds:
        raise Http404(_("There is no such table. Choose one from the list."))
    page, changes = history.changes(chosen, request.GET.get("page", 1))
    people = User.objects.in_bulk({change.user_id for change in changes if change.user_id})
    context = {
        "kinds": sorted(kinds.items(), key=lambda kind: str(kind[1])),
        "chosen": chosen,
        "page": page,
        "rows": [(change, people.get(change.user_id)) for change in changes],
    }
    return render(request, "dashboards/trail.html", context)
