"""The year entry screen as data: every row with its two cells.

Built in a fixed number of queries, whatever the number of rows; nothing here
asks the database about one row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import Calendar, Indicator
from common.dates import roman, short_date
from common.numbers import format_cell
from indicators import year_table
from indicators.declarations import groups, indicators
from indicators.entry import words
from indicators.entry.adding import SumOfRecords, sum_of_records
from indicators.entry.cells import EntryCell, cell_json, language
from indicators.models import Assignment, Figure, Precision, Side, State
from indicators.year_table import Row, Value, YearTable
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal, guard

YEARS_BEFORE = 3


@dataclass(frozen=True, kw_only=True)
class Past:
    """A previous year's actual: a number that tells where it comes from."""

    year: int
    figure_id: int | None
    text: str
    is_inferred: bool


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    number: str
    row: Row
    past: tuple[Past, ...]
    plan: EntryCell
    actual: EntryCell

    @property
    def indicator(self) -> Indicator:
        return self.row.indicator

    @property
    def plan_ratio(self) -> str:
        return words.plan_ratio(self.row, language())

    @property
    def change(self) -> str:
        return words.change(self.row, language())

    @property
    def cells(self) -> tuple[EntryCell, EntryCell]:
        return self.plan, self.actual

    @property
    def sum_of_records(self) -> SumOfRecords | None:
        return sum_of_records(self.row, language())


@dataclass(frozen=True, kw_only=True)
class Section:
    number: str
    label: str
    rows: list[EntryRow]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One year as one person may see it."""

    opened: ReportingYear
    period: Period
    past_years: tuple[int, ...]
    sections: list[Section]
    notices: tuple[str, ...]

    @property
    def rows(self) -> Iterator[EntryRow]:
        for section in self.sections:
            yield from section.rows

    @property
    def may_enter(self) -> bool:
        return any(cell.is_open for row in self.rows for cell in row.cells)

    @property
    def state_words(self) -> str:
        """How far the year is, beside its days."""
        if self.opened.locked_on is not None:
            return _("Closed on %(day)s") % {"day": short_date(self.opened.locked_on)}
        if self.notices:
            return _("Open for plans")
        return _("Being entered") if self.saved_at else _("Not entered yet")

    @property
    def saved_at(self) -> dt.datetime | None:
        """When a figure of this sheet was last saved."""
        times = [cell.figure.entered_at for row in self.rows for cell in row.cells if cell.figure]
        return max(times, default=None)

    def as_json(self) -> dict[str, Any]:
        """What the browser needs beside the table: filled cells and how rows compare."""
        return {
            "cells": {
                f"{row.indicator.code} {cell.side}": cell_json(cell.figure)
                for row in self.rows
                for cell in row.cells
                if cell.figure is not None
            },
            "rules": {row.indicator.code: words.preview_rule(row.row) for row in self.rows},
            "owners": {row.indicator.code: str(row.actual.agency or "") for row in self.rows},
        }


def load(year: int, viewer: User, *, today: dt.date) -> Sheet | None:
    """The sheet of a year, or None when the year has not been opened."""
    opened = ReportingYear.objects.filter(year=year).first()
    periods = {found.calendar: found for found in Period.objects.full_years([year])}
    if opened is None or Calendar.ADMINISTRATIVE not in periods:
        return None
    past_years = tuple(range(year - YEARS_BEFORE, year))
    table = year_table.build([*past_years, year], viewer)
    refusals = {
        (calendar, side): _refusal(period, opened, side, today)
        for calendar, period in periods.items()
        for side in Side.values
    }
    found = _Cells(_figures(year, viewer), _owing_agencies(year), refusals, viewer)
    numbers = _Numbering()
    rows: list[EntryRow] = []
    for row in table.rows(year):
        plan, actual = found.of(row, Side.PLAN), found.of(row, Side.ACTUAL)
        if _is_visible(row.indicator, (plan, actual), viewer):
            past = tuple(_past(table, row.indicator.code, before) for before in past_years)
            number = numbers.next(row.indicator)
            rows.append(EntryRow(number=number, row=row, past=past, plan=plan, actual=actual))
    return Sheet(
        opened=opened,
        period=periods[Calendar.ADMINISTRATIVE],
        past_years=past_years,
        sections=list(_sections(rows)),
        notices=_notices(refusals),
    )


# --- pieces of the sheet ---------------------------------------------------------


class _Cells:
    """The two cells of a row, out of what was read once for all rows."""

    def __init__(
        self,
        figures: dict[int, Figure],
        owing: dict[str, Agency],
        refusals: dict[tuple[str, str], str],
        viewer: User,
    ) -> None:
        self._figures, self._owing, self._refusals = figures, owing, refusals
        self._viewer = viewer

    def of(self, row: Row, side: str) -> EntryCell:
        value = row.plan if side == Side.PLAN else row.actual
        figure = self._figures.get(value.figure_id or 0) if value is not None else None
        agency = figure.agency if figure else self._owing.get(row.indicator.code)
        return EntryCell(
            side=side,
            agency=agency,
            figure=figure,
            is_mine=agency is not None and self._viewer.may(Verb.ENTER, agency_id=agency.pk),
            refusal=self._refusals.get((str(row.indicator.calendar), side), ""),
        )


class _Numbering:
    """Rows are numbered within their group; children under their parent: 1, 1.1, 1.2, 2."""

    def __init__(self) -> None:
        self._group = ""
        self._top = self._child = 0
        self._parent = ""

    def next(self, indicator: Indicator) -> str:
        if indicator.group != self._group:
            self._group, self._top, self._parent = indicator.group, 0, ""
        if indicator.child_of and indicator.child_of == self._parent:
            self._child += 1
            return f"{self._top}.{self._child}"
        self._top, self._child, self._parent = self._top + 1, 0, indicator.code
        return str(self._top)


def _sections(rows: list[EntryRow]) -> Iterator[Section]:
    grouped = groupby(rows, key=lambda row: row.indicator.group)
    for place, (code, members) in enumerate(grouped, start=1):
        yield Section(number=roman(place), label=str(groups()[code].label), rows=list(members))


def _past(table: YearTable, code: str, year: int) -> Past:
    value = table.row(code, year).actual
    if value is None:
        return Past(year=year, figure_id=None, text="", is_inferred=False)
    return Past(
        year=year, figure_id=value.figure_id, text=_past_text(value), is_inferred=value.is_inferred
    )


def _past_text(value: Value) -> str:
    text = format_cell(value.state, value.number, language=language())
    if value.precision and value.state == State.VALUE:
        text = f"{Precision(value.precision).label} {text}"
    return text


def _figures(year: int, viewer: User) -> dict[int, Figure]:
    """The whole current figures of a year: the table carries numbers, not notes and sources."""
    of_year = Period.objects.full_years([year])
    found = Figure.objects.current().visible_to(viewer).filter(period__in=of_year)
    return {figure.pk: figure for figure in found.select_related("source", "agency")}


def _owing_agencies(year: int) -> dict[str, Agency]:
    """Who owes each indicator in a year."""
    assigned = {
        row.indicator: row.agency
        for row in Assignment.objects.filter(year=year).select_related("agency")
    }
    declared = {code: row.agency for code, row in indicators().items()}
    by_code = {row.code: row for row in Agency.objects.filter(code__in=set(declared.values()))}
    known = {code: by_code[agency] for code, agency in declared.items() if agency in by_code}
    return known | assigned


def _is_visible(indicator: Indicator, cells: Iterable[EntryCell], viewer: User) -> bool:
    """Whether the row's class of data and its agency are within this person's reach."""
    if not viewer.may(Verb.READ, data_class=indicator.data_class):
        return False
    reach = viewer.reach(Verb.READ)
    return reach is None or any(cell.agency and cell.agency.pk in reach for cell in cells)


def _refusal(period: Period, opened: ReportingYear, side: str, today: dt.date) -> str:
    try:
        guard(period, opened, is_plan=side == Side.PLAN, today=today)
    except PeriodRefusal as refused:
        return str(refused)
    return ""


def _notices(refusals: dict[tuple[str, str], str]) -> tuple[str, ...]:
    """What the head of the page says; a locked year refuses every cell with one sentence."""
    administrative = [refusals.get((str(Calendar.ADMINISTRATIVE), side), "") for side in Side]
    return tuple(dict.fromkeys(filter(None, administrative)))


def current_year(today: dt.date) -> int | None:
    """The opened year whose administrative period contains today, else the latest opened."""
    opened = list(ReportingYear.objects.order_by("-year").values_list("year", flat=True))
    running = Period.objects.full_years(opened).filter(
        calendar=str(Calendar.ADMINISTRATIVE), first_day__lte=today, last_day__gte=today
    )
    return running.values_list("year", flat=True).first() or next(iter(opened), None)


def saved_words(moment: dt.datetime | None) -> str:
    """ "Đã lưu tất cả lúc 09:41", with the day when it was not today."""
    if moment is None:
        return _("Nothing entered yet")
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return _("All saved at %(time)s") % {"time": local.strftime("%H:%M")}
    return _("All saved at %(time)s on %(day)s") % {
        "time": local.strftime("%H:%M"),
        "day": local.strftime("%d/%m/%Y"),
    }
