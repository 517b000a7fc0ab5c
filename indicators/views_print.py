""" "In biểu": the form of an agency on A4, with places to sign. A Vietnamese document always."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, requires
from accounts.models import Agency, User
from accounts.roles import Verb
from common.dates import roman
from indicators.entry import sheet, words
from indicators.entry.sheet import Numbering, Section, Sheet
from indicators.spans import WHOLE_YEAR, Span

PAPER = "vi"


@requires(Verb.READ)
@require_GET
def form(request: SignedInRequest, year: int, span: Span = WHOLE_YEAR) -> HttpResponse:
    """The rows of one agency, or of all for who reads all; ``?don-vi=SCT`` chooses."""
    with translation.override(PAPER):
        loaded = sheet.load(year, request.user, today=timezone.localdate(), span=span)
    if loaded is None:
        raise Http404(
            _("Year %(year)s has not been opened. Ask the administrator to open it.")
            % {"year": str(year)[:20]}
        )
    offered = _agencies(loaded)
    chosen = _chosen(request.GET.get("don-vi", ""), offered, request.user)
    shown = loaded if chosen is None else replace(loaded, sections=list(_of(loaded, chosen)))
    with translation.override(PAPER):
        context = {
            "sheet": shown,
            "agency": chosen,
            "province": Agency.objects.filter(kind=Agency.Kind.PROVINCE).first(),
            "columns": shown.columns,
            "marks": words.state_marks(),
        }
        paper = render_to_string("indicators/_print_form.html", context)
    return render(
        request,
        "indicators/print.html",
        {
            "paper": paper,
            "title": loaded.title,
            "back": _back(year, span),
            "offered": offered,
            "agency": chosen,
            "may_print_all": request.user.may(Verb.READ, everywhere=True),
        },
    )


def _back(year: int, span: Span) -> str:
    if span.is_full_year:
        return reverse("indicators:year", args=[year])
    return reverse("indicators:year_of_period", args=[year, span])


def _agencies(loaded: Sheet) -> list[Agency]:
    """Those with a cell on the sheet, of which this person may read."""
    found = {cell.agency for row in loaded.rows for cell in row.cells if cell.agency is not None}
    return sorted(found, key=lambda agency: agency.name_key)


def _chosen(code: str, offered: list[Agency], user: User) -> Agency | None:
    """The agency asked for, else the person's own; None for all of them."""
    if code:
        found = next((agency for agency in offered if agency.code == code), None)
        if found is None and code != "tat-ca":
            raise Http404(_("This agency has no cell in this period. Choose another one."))
        return found
    own = user.own_agencies(Verb.READ)
    mine = next((agency for agency in offered if agency.pk in own), None)
    return mine or (None if user.may(Verb.READ, everywhere=True) else next(iter(offered), None))


def _of(loaded: Sheet, agency: Agency) -> Iterator[Section]:
    """The rows of one agency, numbered as on its own screen."""
    numbers, place = Numbering(), 0
    for section in loaded.sections:
        rows = [
            replace(row, number=numbers.next(row.indicator))
            for row in section.rows
            if any(cell.agency == agency for cell in row.cells)
        ]
        if rows:
            place += 1
            yield replace(section, number=roman(place), rows=rows)
