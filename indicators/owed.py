"""How many cells each agency owes in some periods, and how many of them are empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import Agency, User
from accounts.roles import Verb
from indicators.assigning import assignable, declared_agencies
from indicators.models import Assignment, Figure, Side
from reference.models import Period


@dataclass(frozen=True)
class Owed:
    """The cells of one agency in one period."""

    period: Period
    agency: Agency
    total: int
    empty: int
    side: str

    @property
    def filled(self) -> int:
        return self.total - self.empty

    @property
    def is_plan(self) -> bool:
        return self.side == Side.PLAN


def owed(periods: Sequence[Period], viewer: User, today: dt.date) -> list[Owed]:
    """For each period the agencies that owe something in it, in four queries.

    A row owes one cell: its actual, and its plan as long as the period has not
    begun; the filter "ô còn thiếu" of the entry screen counts the same. What stands
    there belongs to whose figure it is, what is empty to the agency that owes it.
    """
    years = {period.year for period in periods}
    assigned = Assignment.objects.filter(year__in=years).select_related("agency")
    by_year = {(row.year, row.indicator): row.agency for row in assigned}
    declared = declared_agencies()
    given = _given(periods, years, viewer)
    codes = [
        code
        for code, row in assignable().items()
        if viewer.may(Verb.READ, data_class=row.data_class)
    ]
    found = []
    for period in periods:
        side = Side.ACTUAL if period.has_begun(today) else Side.PLAN
        counts: dict[Agency, list[int]] = {}
        for code in codes:
            owing = by_year.get((period.year, code)) or declared.get(code)
            givers = given.get((period.kind, period.year, period.months, code, side), ())
            agency = owing if owing in givers or not givers else givers[0]
            if agency is not None:
                total_and_empty = counts.setdefault(agency, [0, 0])
                total_and_empty[0] += 1
                total_and_empty[1] += not givers
        found += [
            Owed(period, agency, total, empty, side)
            for agency, (total, empty) in sorted(counts.items(), key=lambda pair: pair[0].name_key)
        ]
    return found


def _given(
    periods: Iterable[Period], years: Iterable[int], viewer: User
) -> dict[tuple[str, int, int, str, str], list[Agency]]:
    """Whose current figures stand in the cells of these periods, on their own calendar."""
    marks = {(period.kind, period.year, period.months) for period in periods}
    rows = Figure.objects.current().visible_to(viewer).filter(period__year__in=years)
    found: dict[tuple[str, int, int, str, str], list[Agency]] = {}
    declared = assignable()
    for figure in rows.select_related("period", "agency").order_by("pk"):
        period, row = figure.period, declared.get(figure.indicator)
        mark = (period.kind, period.year, period.months)
        if row is not None and mark in marks and period.calendar == row.calendar:
            found.setdefault((*mark, figure.indicator, figure.side), []).append(figure.agency)
    return found
