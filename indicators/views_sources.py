""" "Nguồn số liệu": where a number comes from; and choosing a source for a cell."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, requires
from accounts.addresses import may_open
from accounts.roles import Verb
from common.numbers import format_cell, format_number
from common.text import search_key
from common.units import UNITS
from documents.models import SourceDocument
from indicators import basis, computed, explanations, registered, views_remarks, year_table
from indicators.actions import Conflict, Refused, cite
from indicators.computed import computation_of
from indicators.declarations import facts, indicators
from indicators.entry import citing, origin, parts
from indicators.entry.cells import language, side_title
from indicators.models import Fact, Figure, FigureQuerySet, Precision, State
from indicators.spans import WHOLE_YEAR, Span
from reference.periods import PeriodRefusal, days

SHOWN_SOURCES = 12


@requires(Verb.READ)
@require_GET
def source(request: SignedInRequest, pk: int) -> HttpResponse:
    """One figure: value, source, versions and uses, as a panel or a page of its own."""
    visible = Figure.objects.visible_to(request.user)
    related = ("period", "agency", "source", "entered_by")
    figure = get_object_or_404(visible.select_related(*related), pk=pk)
    indicator = indicators().get(figure.indicator)
    if indicator is None:
        raise Http404(_("The indicator of this figure is no longer declared."))
    versions = visible.filter(
        indicator=figure.indicator,
        period=figure.period,
        agency=figure.agency,
        side=figure.side,
    ).select_related("entered_by", "source")
    unit = str(indicator.measure.label)
    told = list(versions.order_by("-version"))
    behalf = origin.behalf_of(told)
    said = explanations.standing([figure.pk])
    context = {
        "figure": figure,
        "indicator": indicator,
        "title": side_title(indicator, figure.period, figure.side),
        "text": _said(figure, unit),
        "parts": parts.told(figure),
        "behalf": behalf.get(figure.pk, ""),
        "explanations": sorted(said.values(), key=lambda found: found.kind),
        "versions": [
            {
                "figure": version,
                "text": _said(version, unit),
                "parts": parts.told(version),
                "behalf": behalf[version.pk],
            }
            for version in told
        ],
        "uses": [(use, may_open(use.address, request.user)) for use in figure.uses.all()],
        "beside": _beside(request, visible.select_related(*related)),
    }
    context |= views_remarks.panel(figure, request.user)
    return _panel(request, "indicators/_source.html", context)


def _beside(request: SignedInRequest, visible: FigureQuerySet) -> list[dict[str, object]]:
    """The figures a comparison stands on besides the first one: its plan, base or parts."""
    asked = [text for text in request.GET.get("with", "")[:200].split(",") if text.isdecimal()]
    found = visible.filter(pk__in=asked[:10], indicator__in=indicators())
    return [
        {
            "figure": figure,
            "title": side_title(indicators()[figure.indicator], figure.period, figure.side),
            "text": _said(figure, str(indicators()[figure.indicator].measure.label)),
        }
        for figure in found.order_by("period__year", "indicator", "pk")
    ]


@requires(Verb.READ)
@require_GET
def records(
    request: SignedInRequest, code: str, year: int, span: Span = WHOLE_YEAR
) -> HttpResponse:
    """A number nobody typed: the register that adds up to it, and who changed that last."""
    if code not in computation_of() or code not in indicators() or not 1900 < year < 2200:
        raise Http404(_("No register adds up to this number."))
    table = year_table.build([year], request.user, months=span.months, kind=span.kind, codes=[code])
    row = table.row(code, year)
    if row.computed is None or row.computed.number is None:
        raise Http404(_("No register adds up to this number."))
    first, last = days(span.kind, year, year, span.months, row.indicator.calendar)
    context = {
        "indicator": row.indicator,
        "title": span.actual_title(year),
        "text": _join(format_number(row.computed.number, language()), row.indicator.measure.label),
        "is_sample": row.computed.is_sample,
        "days": (first, last),
        "basis": basis.of(code, year, computed.Span(0, first, last), request.user),
        "typed": row.actual if row.actual and not row.actual.is_computed else None,
        "note": registered.notes(year, request.user, months=span.months, kind=span.kind).get(code),
    }
    return _panel(request, "indicators/_records.html", context)


@requires(Verb.READ)
@require_GET
def fact(request: SignedInRequest, pk: int) -> HttpResponse:
    """One fact a sentence cites."""
    found = get_object_or_404(Fact.objects.select_related("source"), pk=pk)
    declared = facts().get(found.code)
    if declared is None:
        raise Http404(_("This fact is no longer declared."))
    number = format_number(found.value, language())
    context = {
        "fact": found,
        "declared": declared,
        "text": _join(Precision(found.precision).label, number, UNITS[found.unit].label)
        if found.precision
        else _join(number, UNITS[found.unit].label),
    }
    return _panel(request, "indicators/_fact.html", context)


@requires(Verb.ENTER)
@require_POST
def cite_many(request: SignedInRequest) -> JsonResponse:
    """One source and page for many cells, or for none of them; 409 names who came between."""
    try:
        if request.content_type != "application/json":
            raise ValueError(request.content_type)
        asked = citing.Request.read(json.loads(request.body))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        message = _("The entry cannot be read. Reload the page and enter it again.")
        return JsonResponse({"message": message}, status=400)
    document = SourceDocument.objects.filter(pk=asked.source).first()
    try:
        if document is None:
            raise Refused(_("This source document is no longer there. Choose another one."))
        figures = cite(asked.figures, document, asked.page, by=request.user)
    except (Refused, PeriodRefusal) as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    except Conflict:
        return JsonResponse(citing.moved_on(asked, request.user), status=409)
    return JsonResponse(citing.written(figures, request.user))


@requires(Verb.ENTER)
@require_GET
def choose(request: SignedInRequest) -> HttpResponse:
    """Documents whose number, issuer or subject hold every word typed."""
    words = search_key(request.GET.get("q", "")[:200].replace("\x00", "")).split()
    latest_first = Coalesce(ExtractYear("issued_on"), F("issued_year")).desc(nulls_last=True)
    found = SourceDocument.objects.order_by(latest_first, "-issued_on", "pk")
    for word in words:
        found = found.filter(search_text__contains=word)
    shown = list(found[:SHOWN_SOURCES])
    open_files = SourceDocument.objects.filter(pk__in=[row.pk for row in shown]).exclude(file="")
    context = {
        "documents": shown,
        "with_file": set(open_files.with_file_open_to(request.user).values_list("pk", flat=True)),
    }
    return render(request, "indicators/_sources.html", context)


def _panel(request: SignedInRequest, fragment: str, context: dict[str, Any]) -> HttpResponse:
    if request.htmx:
        return render(request, fragment, context)
    return render(request, "indicators/source_page.html", context | {"fragment": fragment})


def _said(figure: Figure, unit: str) -> str:
    """The figure in words: "khoảng 4.855 triệu USD", or why there is no number."""
    if figure.state == State.ZERO:
        return _join("0", unit)
    if figure.state != State.VALUE:
        return str(figure.get_state_display())
    number = format_cell(figure.state, figure.value, language=language())
    word = figure.get_precision_display() if figure.precision else ""
    return _join(word, number, unit)


def _join(*words: Any) -> str:
    return " ".join(str(word) for word in words if word)
