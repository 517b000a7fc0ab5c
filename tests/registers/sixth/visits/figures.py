from django.db.models import Count, Q, Sum

from indicators.computed import Computation, Computed, Span, distinct_over_spans, over_spans
from visits.models import Visit

FEEDS = {"VISIT.COUNT": Q(), "VISIT.PERSONS": Q(persons__gt=0)}


def sums(spans: list[Span]) -> Computed:
    counted = {"VISIT.COUNT": Count("pk"), "VISIT.PERSONS": Sum("persons")}
    return over_spans(spans, Visit.objects.alive(), day=Visit.DAY, counts=counted)


def countries(spans: list[Span]) -> Computed:
    things = {"VISIT.COUNTRIES": "countries"}
    return distinct_over_spans(spans, Visit.objects.alive(), day=Visit.DAY, things=things)


FIGURES = (
    Computation(codes=tuple(FEEDS), compute=sums, register="chuyen-tham"),
    Computation(codes=("VISIT.COUNTRIES",), compute=countries, register="chuyen-tham"),
)
