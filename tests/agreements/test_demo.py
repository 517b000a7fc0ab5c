"""The invented agreements add up to the published ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings

from accounts.loading import load_agencies
from agreements.models import Agreement
from agreements.statuses import impossible, standing
from agreements.words import Status
from indicators.computed import Span, compute
from registers import demo

AGENCIES = Path(settings.BASE_DIR) / "fixtures" / "reference" / "agencies.csv"
YEARS = [
    Span(2019, dt.date(2018, 12, 15), dt.date(2019, 12, 14)),
    Span(1, dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
]


def test_samples_of_2019_add_up_to_the_published_figures(reference_data, agencies):
    load_agencies(AGENCIES)
    demo.load()
    found = compute(YEARS, {"AGREE.PROVINCE", "AGREE.DEPARTMENT"})
    for span in YEARS:
        assert found["AGREE.PROVINCE", span.key] == 5
        assert found["AGREE.DEPARTMENT", span.key] == 2
    rows = list(Agreement.objects.prefetch_related("acts"))
    assert not [wrong for row in rows for wrong in impossible(row, row.acts.all())]
    for row in rows:
        row.full_clean()
    told = {standing(row, dt.date(2026, 11, 23)).status for row in rows}
    assert told >= {Status.IN_FORCE, Status.AMENDED, Status.EXTENDED, Status.EXPIRED}
    assert Status.TERMINATED in told
