from django.db.models import Count, Q, Sum

from indicators.computed import ByDay, Computation, Different
from visits.models import Visit

FEEDS = {"VISIT.COUNT": Q(), "VISIT.PERSONS": Q(persons__gt=0)}
SUMS = ByDay(
    rows=Visit.objects.alive,
    day=Visit.DAY,
    counts={"VISIT.COUNT": Count("pk"), "VISIT.PERSONS": Sum("persons")},
)
COUNTRIES = Different(
    rows=Visit.objects.alive, day=Visit.DAY, things={"VISIT.COUNTRIES": "countries"}
)

FIGURES = (
    Computation(codes=tuple(FEEDS), compute=SUMS, register="chuyen-tham"),
    Computation(codes=("VISIT.COUNTRIES",), compute=COUNTRIES, register="chuyen-tham"),
)
