"""Search behind the boxes where a place, gate, country, partner or agency is chosen."""

from __future__ import annotations

import calendar
import datetime as dt
from contextlib import suppress
from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from common.dates import NotADate, parse_short_date
from registers.pickers import PICKERS


@requires(Verb.READ)
@require_GET
def pick(request: SignedInRequest, what: str) -> HttpResponse:
    """What matches ``q`` and existed on the day ``on``, today without one."""
    picker = PICKERS.get(what)
    if picker is None:
        raise Http404(_("Nothing of this kind can be chosen."))
    day = _day(request.GET.get("on", ""))
    found = picker.kind.find(request.GET.get("q", "")[:100], on=day)
    return JsonResponse({"rows": [asdict(choice) for choice in found]})


def _day(typed: str) -> dt.date | None:
    """A day dd/mm/yyyy; of a month mm/yyyy its last one: what began in it can be chosen."""
    with suppress(NotADate):
        return parse_short_date(typed)
    with suppress(NotADate):
        first = parse_short_date(f"01/{typed}")
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return None
