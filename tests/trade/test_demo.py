"""The sample rows of 2018 and 2019 add up to what was published."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from accounts.loading import load_agencies
from indicators.computed import Span, compute
from registers.demo import Writer
from trade import demo
from trade.choices import Kind
from trade.figures import OF
from trade.findings import with_findings
from trade.models import Turnover

AGENCIES = Path(settings.BASE_DIR) / "fixtures" / "reference" / "agencies.csv"


@pytest.fixture
def loaded(reference_data, agencies):
    load_agencies(AGENCIES)
    writer = Writer("trade")
    demo.write(writer)
    writer.store()


@pytest.mark.parametrize("calendar", ["administrative", "calendar"])
@pytest.mark.parametrize(
    ("year", "total", "exports", "imports", "local"),
    [(2019, "4750", "2550", "2200", "137.5"), (2018, "4855", "2955", "1900", "125.5")],
)
def test_sample_rows_add_up_to_what_was_published(
    loaded, calendar, year, total, exports, imports, local
):
    whole = {
        "administrative": Span(1, dt.date(year - 1, 12, 15), dt.date(year, 12, 14)),
        "calendar": Span(1, dt.date(year, 1, 1), dt.date(year, 12, 31)),
    }[calendar]
    found = compute([whole], set(OF))
    assert [found[code, 1] for code in OF] == [*map(Decimal, (total, exports, imports, local))]


def test_sample_rows_are_no_finding_and_show_every_kind(loaded):
    assert not with_findings().exists()
    assert set(Turnover.objects.values_list("kind", flat=True)) == set(Kind)
    assert not Turnover.objects.filter(is_demo=False).exists()
