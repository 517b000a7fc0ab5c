""" "Chỉ tiêu và phân công": which agency owes which indicator in a year."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.models import Agency
from accounts.roles import Verb
from accounts.succession import heirs_on
from common.contracts import Indicator
from common.text import search_key
from indicators import assigning
from indicators.declarations import groups
from indicators.entry.sheet import current_year
from indicators.models import Figure
from reference.models import ReportingYear


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator and who owes it, as the screen shows it."""

    indicator: Indicator
    agency: Agency | None
    declared: Agency | None
    heirs: tuple[Agency, ...] | None  # None: the agency exists at the end of the year
    given_by: tuple[Agency, ...]  # other agencies whose figures stand there already

    @property
    def is_changed(self) -> bool:
        return self.agency != self.declared


@requires(Verb.ASSIGN, everywhere=True)
@require_GET
def latest(request: SignedInRequest) -> HttpResponse:
    year = current_year(timezone.localdate())
    if year is None:
        raise Http404(_("No year has been opened yet. Ask the administrator to open one."))
    return redirect("indicators:assignments", year=year)


@requires(Verb.ASSIGN, everywhere=True)
@require_GET
def show(request: SignedInRequest, year: int) -> HttpResponse:
    """All rows of a year by group, or those the filter asks for."""
    opened = ReportingYear.objects.filter(year=year).first()
    if opened is None:
        raise Http404(
            _("Year %(year)s has not been opened. Ask the administrator to open it.")
            % {"year": str(year)[:20]}
        )
    rows = _rows(year)
    chosen = _Filter(request.GET)
    living = Agency.objects.on(assigning.last_day(year))
    carried = assigning.to_carry(year) if opened.locked_on is None else assigning.Carried()
    context = {
        "year": year,
        "years": ReportingYear.objects.values_list("year", flat=True),
        "opened": opened,
        "sections": list(_by_group(filter(chosen.takes, rows))),
        "filter": chosen,
        "groups": groups().values(),
        "owing": sorted({row.agency for row in rows if row.agency}, key=lambda one: one.name_key),
        "changed": sum(row.is_changed for row in rows),
        "carried": carried,
        "may_inspect": request.user.may(Verb.INSPECT),
        "data": {
            "agencies": [
                {"id": one.pk, "name": one.name, "key": one.search_text} for one in living
            ],
            "words": _words(),
        },
    }
    return render(request, "indicators/assignments.html", context)


@requires(Verb.ASSIGN, everywhere=True)
@require_POST
def save(request: SignedInRequest, year: int) -> JsonResponse:
    """One or many rows as JSON: ``{"agency": 3, "rows": {"TRADE.TOTAL": 2}}``.

    ``rows`` says who owed each when the person looked; a row somebody else changed
    meanwhile comes back as a conflict and stays as it is.
    """
    try:
        seen, agency = _asked(json.loads(request.body))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = _("The choice cannot be read. Reload the page and choose again.")
        return JsonResponse({"message": message}, status=400)
    except Agency.DoesNotExist:
        message = _("This agency no longer exists. Reload the page and choose again.")
        return JsonResponse({"message": message}, status=422)
    try:
        outcome = assigning.assign(year, seen, agency, by=request.user)
    except assigning.AssignmentRefusal as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    declared = assigning.declared_agencies()
    found = outcome.saved | outcome.conflicts
    answer = {
        code: {
            "agency": owner.pk if owner else None,
            "name": str(owner or ""),
            "changed": owner != declared.get(code),
            "conflict": code in outcome.conflicts,
        }
        for code, owner in found.items()
    }
    return JsonResponse({"rows": answer})


@requires(Verb.ASSIGN, everywhere=True)
@require_POST
def carry(request: SignedInRequest, year: int) -> HttpResponse:
    """Take last year's assignments over, and tell of agencies that are gone."""
    try:
        carried = assigning.carry_over(year, by=request.user)
    except assigning.AssignmentRefusal as refused:
        messages.error(request, str(refused))
        return redirect("indicators:assignments", year=year)
    count = len(carried.assigned)
    done = ngettext("%(count)s row taken over.", "%(count)s rows taken over.", count)
    messages.success(request, done % {"count": count})
    for gone in carried.successions:
        messages.add_message(request, messages.INFO if gone.heir else messages.WARNING, gone.words)
    return redirect("indicators:assignments", year=year)


# --- pieces -----------------------------------------------------------------------------


class _Filter:
    """Which rows are asked for; what makes no sense asks for all."""

    def __init__(self, asked: Any) -> None:
        self.query = str(asked.get("q", ""))[:100].replace("\x00", "")
        self.group = asked.get("nhom", "") if asked.get("nhom", "") in groups() else ""
        agency = str(asked.get("don-vi", ""))
        self.agency = int(agency) if agency.isdecimal() and len(agency) < 10 else None
        self.changed = asked.get("khac") == "1"
        self._words = search_key(self.query).split()

    def __bool__(self) -> bool:
        return bool(self.query or self.group or self.agency or self.changed)

    def takes(self, row: Row) -> bool:
        if self.group and row.indicator.group != self.group:
            return False
        if self.agency is not None and (row.agency is None or row.agency.pk != self.agency):
            return False
        if self.changed and not row.is_changed:
            return False
        text = search_key(f"{row.indicator.code} {row.indicator.label}")
        return all(word in text for word in self._words)


def _rows(year: int) -> list[Row]:
    """Every row of a year, in a fixed number of queries."""
    owing, declared = assigning.owing_agencies(year), assigning.declared_agencies()
    heirs = heirs_on(assigning.last_day(year))
    given: dict[str, set[Agency]] = {}
    figures = Figure.objects.current().filter(period__year=year).select_related("agency")
    for figure in figures.only("indicator", "agency"):
        given.setdefault(figure.indicator, set()).add(figure.agency)
    rows = []
    for code, indicator in assigning.assignable().items():
        agency = owing.get(code)
        others = given.get(code, set()) - {agency}
        rows.append(
            Row(
                indicator=indicator,
                agency=agency,
                declared=declared.get(code),
                heirs=heirs.get(agency.pk) if agency else None,
                given_by=tuple(sorted(others, key=lambda one: one.name_key)),
            )
        )
    return rows


def _by_group(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    for code, members in groupby(rows, key=lambda row: row.indicator.group):
        yield str(groups()[code].label), list(members)


def _asked(body: Any) -> tuple[dict[str, int | None], Agency]:
    """What a request means; raises for what it cannot mean."""
    seen = {str(code): pk for code, pk in body["rows"].items()}
    if not seen or any(pk is not None and type(pk) is not int for pk in seen.values()):
        raise ValueError("no rows")
    if type(body["agency"]) is not int or not 0 < body["agency"] < 2**31:
        raise ValueError("no agency")
    return seen, Agency.objects.get(pk=body["agency"])


def _words() -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved"),
        "none": _("No agency of this name"),
        "meanwhile": _("Somebody has just changed this to {}. Choose again to replace it."),
        "failed": _("Not saved: the portal did not answer properly."),
        "offline": _("Not saved yet: no connection. It is sent again by itself."),
        "chosen": _("Rows chosen: {}"),
    }
