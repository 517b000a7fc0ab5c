"""Violations of the regime agreement, counted from the register."""

from __future__ import annotations

from django.db.models import Count, Q

from border.models import Incident, Side
from indicators.computed import ByDay, Computation

BREAKS = Q(breaks_agreement=True)
# Which records count in which indicator: read by the sums and by the record's own page.
FEEDS: dict[str, Q] = {
    "BORDER.VIOLATION": BREAKS,
    "BORDER.VIOLATION_CN": BREAKS & Q(side=Side.CHINA),
    "BORDER.VIOLATION_VN": BREAKS & Q(side=Side.VIETNAM),
}


FIGURES = (
    Computation(
        codes=tuple(FEEDS),
        compute=ByDay(
            rows=Incident.objects.alive,
            day=Incident.DAY,
            counts={code: Count("pk", filter=condition) for code, condition in FEEDS.items()},
        ),
        register="vu-viec-bien-gioi",
        queries={
            "BORDER.VIOLATION": "breaks_agreement=1",
            "BORDER.VIOLATION_CN": "breaks_agreement=1&side=cn",
            "BORDER.VIOLATION_VN": "breaks_agreement=1&side=vn",
        },
    ),
)
