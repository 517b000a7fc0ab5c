"""The address a block is pasted to: first asked what it would change, then to write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from imports.contract import Changed
from indicators.actions import PAGE_LENGTH, Refused
from indicators.entry import answers, saving
from indicators.entry import input as entry_input
from indicators.imported import block
from indicators.models import Side
from indicators.spans import WHOLE_YEAR, Span
from reference.models import ReportingYear


@requires(Verb.ENTER)
@require_POST
def paste(request: SignedInRequest, year: int, span: Span = WHOLE_YEAR) -> JsonResponse:
    """Answers with the diff; with the ``digest`` of one that was shown, writes it.

    Then with the figures that were made, which the page needs to undo it. 422 is a
    refusal, 409 another diff than the one that was shown.
    """
    try:
        sent = json.loads(request.body)
        if sent.get("person", request.user.pk) != request.user.pk:
            return JsonResponse(answers.somebody_else(), status=401)
        pasted, digest = _block(sent, span), str(sent.get("digest", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = _("The entry cannot be read. Reload the page and enter it again.")
        return JsonResponse({"message": message}, status=400)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    try:
        if not ReportingYear.objects.filter(year=year).exists():
            raise Refused(saving.not_opened(year))
        if not digest:
            return JsonResponse(block.diff(year, pasted, request.user).as_json())
        made = block.write(year, pasted, request.user, digest)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    except Changed:
        message = _("Cells were changed meanwhile. This is what the block would do now.")
        fresh = block.diff(year, pasted, request.user).as_json()
        return JsonResponse({"message": message} | fresh, status=409)
    count = len(made)
    said = ngettext("%(count)s row was written.", "%(count)s rows were written.", count)
    figures = [pk for row in made for pk in row.values()]
    return JsonResponse({"message": said % {"count": count}, "figures": figures})


def _block(sent: Mapping[str, Any], span: Span) -> block.Block:
    """Raises KeyError, TypeError or ValueError for what no page of ours sends."""
    text, rows, side = sent["text"], sent["rows"], sent["side"]
    if not isinstance(text, str) or side not in Side.values or not isinstance(rows, list):
        raise TypeError
    carried: dict[str, Any] = {}
    if sent.get("source"):
        page = str(sent.get("source_page", ""))[:PAGE_LENGTH]
        carried = entry_input.source(sent) | {"source_page": page}
    return block.Block(text, [str(code)[:60] for code in rows], side, carried, span)
