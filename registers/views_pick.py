"""Search behind the boxes where a place, gate, country, partner or agency is chosen."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from registers.pickers import PICKERS, day_of


@requires(Verb.READ)
@require_GET
def pick(request: SignedInRequest, what: str) -> HttpResponse:
    """What matches ``q`` and existed on the day ``on``, today without one."""
    picker = PICKERS.get(what)
    if picker is None:
        raise Http404(_("Nothing of this kind can be chosen."))
    day = day_of(request.GET.get("on", ""))
    found = picker.kind.find(request.GET.get("q", "")[:100], on=day)
    return JsonResponse({"rows": [asdict(choice) for choice in found]})
