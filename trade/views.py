"""The entry table of turnover."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import SignedInRequest, requires
from accounts.roles import Verb
from registers.declarations import registers
from trade.entering import Unsaved, store
from trade.sheet import SheetForm, first_sheet
from trade.table import Table


@requires(Verb.ENTER)
def table(request: SignedInRequest) -> HttpResponse:
    """A period's turnover, gate by gate; what is sent is stored as a whole."""
    is_sent = request.method == "POST"
    asked = request.POST if is_sent else request.GET or first_sheet().values()
    form = SheetForm(asked)
    if not form.is_valid():
        return _page(request, form, status=422 if is_sent else 200)
    opened = Table(form.sheet, request.user)
    if not is_sent:
        return _page(request, form, opened)
    if request.POST.get("draft"):
        opened.bind(request.POST)
        return _page(request, form, opened)
    try:
        written = store(opened, request.POST, request.user)
    except Unsaved as unsaved:
        status = 409 if unsaved.is_conflict else 422
        return _page(request, form, opened, unsaved=unsaved, status=status)
    said = ngettext("%(count)s row has been saved.", "%(count)s rows have been saved.", written)
    messages.success(request, said % {"count": written} if written else _("Nothing was changed."))
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": form.sheet.address})
    return redirect(form.sheet.address)


def _page(
    request: SignedInRequest,
    form: SheetForm,
    opened: Table | None = None,
    *,
    unsaved: Unsaved | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "register": registers()["trade"],
        "form": form,
        "table": opened,
        "unsaved": unsaved,
        "reason": request.POST.get("reason", ""),
        "is_sent": request.method == "POST",
    }
    return render(request, "trade/table.html", context, status=status)
