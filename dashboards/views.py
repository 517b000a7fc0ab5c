"""Leaders' screens."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from dashboards import overview


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
