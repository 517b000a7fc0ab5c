"""The cells of a year as one person finds them, read once for all rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from common.contracts import Indicator
from indicators.actions import Cell, Content, Refused, allowed, cell_of, fitting
from indicators.assigning import owing_agencies
from indicators.models import Figure, Side
from indicators.spans import WHOLE_YEAR, Span
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal, guard, held_year, on_both_calendars


@dataclass(frozen=True)
class Found:
    """A cell and what stands there: ``cell`` is None where no agency owes it."""

    cell: Cell | None
    figure: Figure | None

    @property
    def version(self) -> int:
        return self.figure.version if self.figure else 0


class Standing:
    """Current figures of a year by row and side; ``held`` keeps them until the transaction ends."""

    def __init__(self, year: int, by: User, *, span: Span = WHOLE_YEAR, held: bool = False) -> None:
        self.year, self.by, self.span = year, by, span
        self.today: dt.date = timezone.localdate()
        self.opened = held_year(year) if held else ReportingYear.objects.filter(year=year).first()
        self._periods: dict[str, Period] = on_both_calendars(span.kind, year, span.months)
        self._owing: dict[str, Agency] = owing_agencies(year)
        self._figures: dict[tuple[str, str], list[Figure]] = {}
        for figure in self._read(held):
            self._figures.setdefault((figure.indicator, figure.side), []).append(figure)

    def _read(self, held: bool) -> Any:
        rows = (
            Figure.objects.current()
            .visible_to(self.by)
            .filter(
                period__kind=self.span.kind,
                period__months=self.span.months,
                period__year=self.year,
            )
            .select_related("agency", "period", "source")
            .order_by("pk")
        )
        return rows.select_for_update(of=("self",)) if held else rows

    def find(self, indicator: Indicator, side: str) -> Found:
        """As the entry screen finds it: the owing agency's figure before another's."""
        owner = self._owing.get(indicator.code)
        figures = [
            figure
            for figure in self._figures.get((indicator.code, side), ())
            if figure.period.calendar == indicator.calendar
        ]
        figures.sort(key=lambda figure: (figure.agency != owner, figure.pk))
        if figures:
            return Found(cell_of(figures[0]), figures[0])
        if owner is None:
            return Found(None, None)
        period = self._periods[indicator.calendar]
        cell = Cell(indicator=indicator.code, period=period, agency=owner, side=side)
        return Found(cell, None)

    def refusal(self, found: Found, indicator: Indicator, content: Content) -> str:
        """Why this content cannot stand in the cell; "" where it can."""
        if found.cell is None:
            return _("No agency is set for this row. Ask the administrator to assign one.")
        try:
            allowed(found.cell, self.by)
            is_plan = found.cell.side == Side.PLAN
            guard(found.cell.period, self.opened, is_plan=is_plan, today=self.today)
            fitting(indicator, content, found.cell.period)
        except (PermissionDenied, PeriodRefusal, Refused) as refused:
            return str(refused)
        return ""
