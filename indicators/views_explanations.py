"""The address an explanation of an odd number is sent to."""

from __future__ import annotations

import json
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.roles import Verb
from indicators.actions import Conflict, Refused
from indicators.entry import answers
from indicators.explanations import explain as write_down
from indicators.models import Figure
from indicators.spans import WHOLE_YEAR, Span
from reference.periods import PeriodRefusal


@requires(Verb.ENTER)
@require_POST
def explain(request: SignedInRequest, year: int, span: Span = WHOLE_YEAR) -> JsonResponse:
    """Answers with the hints of the row as they are now; 422 and 409 as when saving a cell."""
    try:
        sent = json.loads(request.body)
        if sent.get("person", request.user.pk) != request.user.pk:
            return JsonResponse(answers.somebody_else(), status=401)
        figure, kind, text = sent["figure"], sent["kind"], sent["text"]
        if type(figure) is not int or not isinstance(kind, str) or not isinstance(text, str):
            raise TypeError
        if "\x00" in text or not 0 < figure < 2**63:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = _("The entry cannot be read. Reload the page and enter it again.")
        return JsonResponse({"message": message}, status=400)
    try:
        return JsonResponse(_explained(figure, kind, text, year, span, request.user))
    except (Refused, PeriodRefusal) as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    except Conflict as conflict:
        return JsonResponse(answers.conflict(conflict.current, {}), status=409)


def _explained(
    figure: int, kind: str, text: str, year: int, span: Span, user: User
) -> dict[str, Any]:
    visible = Figure.objects.visible_to(user)
    code = visible.filter(pk=figure).values_list("indicator", flat=True).first()
    hint = code and answers.find_hint(figure, kind, code, year, span, user)
    if not code or not hint:
        raise Refused(_("The number has changed; there is nothing left to explain here."))
    write_down(figure, kind, text, seen=hint.seen, by=user)
    return answers.hints(code, year, span, user)
