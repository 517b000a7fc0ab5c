"""Which periods people work on today: what is running, what is due, what was just due.

Two decades of years are open; only a few of them are somebody's work. How long
before and after is a decision of this product.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from common.contracts import Calendar
from reference.deadlines import due_on
from reference.models import Period, ReportingYear
from reference.periods import unstored

# Asked of every agency; months and other spans only when somebody gave them a day.
SPANS = (12, 6, 9)
# A year to date is prepared half a month before it ends, next year's plan a month before it begins.
SPAN_BEFORE = dt.timedelta(days=15)
PLAN_BEFORE = dt.timedelta(days=31)
# What is late stays in sight: a year until its report is long issued, a part of it for a month.
YEAR_AFTER = dt.timedelta(days=90)
SPAN_AFTER = dt.timedelta(days=30)


def periods_at_work(today: dt.date) -> list[Period]:
    """By the day they are due; closed years do not appear. Two queries."""
    around = range(today.year - 1, today.year + 3)
    opened = ReportingYear.objects.filter(year__in=around, locked_on=None)
    years = sorted(opened.values_list("year", flat=True))
    stored = Period.objects.filter(year__in=years, calendar=str(Calendar.ADMINISTRATIVE))
    known = {(row.kind, row.year, row.months): row for row in stored}
    found = {
        (row.kind, row.year, row.months): row
        for row in (*_asked(years, known), *known.values())
        if _is_at_work(row, today)
    }
    return sorted(found.values(), key=lambda row: (due_on(row), -row.months))


def _asked(years: list[int], known: dict[tuple[str, int, int], Period]) -> Iterator[Period]:
    kind, on = Period.Kind.YEAR_TO_DATE, Calendar.ADMINISTRATIVE
    for year in years:
        for months in SPANS:
            yield known.get((kind, year, months)) or unstored(kind, year, year, months, on)


def _is_at_work(row: Period, today: dt.date) -> bool:
    after = YEAR_AFTER if row.is_full_year else SPAN_AFTER
    if row.kind == Period.Kind.SPAN or today > due_on(row) + after:
        return False
    if row.is_full_year:
        return today >= row.first_day - PLAN_BEFORE
    is_asked = row.kind == Period.Kind.YEAR_TO_DATE and row.months in SPANS
    return (is_asked or row.due_on is not None) and today >= row.last_day - SPAN_BEFORE
