"""Agreements signed in a period, counted from the register by level of signing."""

from __future__ import annotations

from django.db.models import Count, Q

from agreements.models import Agreement
from agreements.words import Level
from indicators.computed import ByDay, Computation

# Which records count in which indicator: read by the sums and by the record's own page.
FEEDS: dict[str, Q] = {
    "AGREE.PROVINCE": Q(level=Level.PROVINCE),
    "AGREE.DEPARTMENT": Q(level=Level.DEPARTMENT),
}


FIGURES = (
    Computation(
        codes=tuple(FEEDS),
        compute=ByDay(
            rows=Agreement.objects.alive,
            day=Agreement.DAY,
            counts={code: Count("pk", filter=condition) for code, condition in FEEDS.items()},
        ),
        register="thoa-thuan-quoc-te",
        queries={
            "AGREE.PROVINCE": f"level={Level.PROVINCE}",
            "AGREE.DEPARTMENT": f"level={Level.DEPARTMENT}",
        },
    ),
)
