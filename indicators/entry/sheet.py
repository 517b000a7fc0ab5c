"""The entry screen of a year, or of a part of it, as data: every row with its two cells.

Built in a fixed number of queries, whatever the number of rows; nothing here
asks the database about one row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import Calendar, Indicator
from common.dates import roman, short_date
from common.numbers import format_cell, format_number
from indicators import registered, remarks, year_table
from indicators.assigning import owing_agencies
from indicators.declarations import groups
from indicators.entry import hinting, words
from indicators.entry.adding import SumOfRecords, sum_of_records
from indicators.entry.cells import EntryCell, cell_json, language
from indicators.models import Figure, Precision, Remark, Side, State
from indicators.rows import Row, Value
from indicators.spans import ELEVEN_MONTHS, WHOLE_YEAR, Span, records_address
from indicators.year_table import YearTable
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal, guard, on_both_calendars

YEARS_BEFORE = 3  # that are shown; beside a month one less, there stands the year to date


@dataclass(frozen=True, kw_only=True)
class Past:
    """A previous year's actual: a number that tells where it comes from."""

    year: int
    figure_id: int | None
    text: str
    is_inferred: bool
    is_sample: bool = False
    records: str = ""  # where a sum of records tells what it stands on


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    number: str
    row: Row
    past: tuple[Past, ...]
    plan: EntryCell
    actual: EntryCell
    note: str = ""  # what belongs beside the sum of records

    @property
    def indicator(self) -> Indicator:
        return self.row.indicator

    @property
    def reached(self) -> str:
        """The year to date beside a single month."""
        number = self.row.reached
        return "" if number is None else format_number(number, language())

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
        return sum_of_records(self.row, language(), self.note)


@dataclass(frozen=True, kw_only=True)
class Section:
    number: str
    label: str
    rows: list[EntryRow]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One year, or a part of it, as one person may see it."""

    opened: ReportingYear
    span: Span
    period: Period
    past_years: tuple[int, ...]
    sections: list[Section]
    notices: tuple[str, ...]
    eleven_months: dict[str, str]  # of the rows that have figures of eleven months
    hints: list[dict[str, Any]]  # what looks odd in the cells this person may change
    remarks: dict[int, Remark]  # what waits for an answer, by the key of the figure

    @property
    def title(self) -> str:
        if self.span.is_full_year:
            return _("Figures of %(year)s") % {"year": self.opened.year}
        return _("Figures of %(period)s") % {"period": self.period}

    @property
    def columns(self) -> dict[str, Any]:
        """What stands above the columns of figures."""
        year = self.opened.year
        full = self.span.is_full_year
        return {
            "past": [self.span.actual_title(before) for before in self.past_years],
            "plan": pgettext("column", "Plan %(year)s") % {"year": year},
            "actual": self.span.entry_title(year),
            "reached": Span(months=self.span.months).entry_title(year),
            "ratio": pgettext("column", "% of plan")
            if full
            else pgettext("column", "% of the year's plan"),
            "change": pgettext("column", "On last year")
            if full
            else pgettext("column", "On the same period"),
        }

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
            return _("Open for plans") if self.span.is_full_year else _("Not begun yet")
        return _("Not entered yet") if self.is_untouched else _("Being entered")

    @property
    def is_untouched(self) -> bool:
        """Nobody entered anything, though it could be."""
        return self.opened.locked_on is None and not self.notices and self.saved_at is None

    @property
    def saved_at(self) -> dt.datetime | None:
        """When a figure of this sheet was last saved."""
        times = [cell.figure.entered_at for row in self.rows for cell in row.cells if cell.figure]
        return max(times, default=None)

    def as_json(self) -> dict[str, Any]:
        """What the browser needs beside the table: filled cells and how rows compare."""
        return {
            "cells": {
                f"{row.indicator.code} {cell.side}": cell_json(
                    cell.figure, self.remarks.get(cell.figure.pk)
                )
                for row in self.rows
                for cell in row.cells
                if cell.figure is not None
            },
            "rules": {
                row.indicator.code: words.preview_rule(row.row)
                | words.parts_rule(row.row, self.eleven_months)
                for row in self.rows
            },
            "hints": self.hints,
            "owners": {row.indicator.code: str(row.actual.agency or "") for row in self.rows},
        }


def load(year: int, viewer: User, *, today: dt.date, span: Span = WHOLE_YEAR) -> Sheet | None:
    """The sheet of a year or a part of it, or None when the year has not been opened."""
    opened = ReportingYear.objects.filter(year=year).first()
    if opened is None:
        return None
    periods = on_both_calendars(span.kind, year, span.months)
    past_years = tuple(range(year - YEARS_BEFORE + span.is_month, year))
    years = hinting.years_for(year)  # the past that is shown is among them
    table = year_table.build(years, viewer, months=span.months, kind=span.kind)
    refusals = _refusals(periods, opened, span, today)
    figures = _figures(year, viewer, span)
    found = _Cells(figures, owing_agencies(year), refusals, viewer)
    notes = registered.notes(year, viewer, months=span.months, kind=span.kind)
    numbers = Numbering()
    rows: list[EntryRow] = []
    for row in table.rows(year):
        plan, actual = found.of(row, Side.PLAN), found.of(row, Side.ACTUAL)
        if _is_visible(row.indicator, (plan, actual), viewer):
            past = tuple(_past(table, row.indicator.code, before) for before in past_years)
            number = numbers.next(row.indicator)
            note = notes.get(row.indicator.code, "")
            rows.append(
                EntryRow(number=number, row=row, past=past, plan=plan, actual=actual, note=note)
            )
    return Sheet(
        opened=opened,
        span=span,
        period=periods[Calendar.ADMINISTRATIVE],
        past_years=past_years,
        sections=list(_sections(rows)),
        notices=(*_notices(refusals, span), *_closed_by(opened)),
        eleven_months=_eleven_months(figures) if span.is_full_year else {},
        hints=hinting.as_json(_hints(table, rows)),
        remarks=remarks.open_on(figures.values()),
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
        figure = self._figure(value.figure_id) if value and value.figure_id else None
        agency = figure.agency if figure else self._owing.get(row.indicator.code)
        return EntryCell(
            side=side,
            agency=agency,
            figure=figure,
            is_mine=agency is not None and self._viewer.may(Verb.ENTER, agency_id=agency.pk),
            refusal=self._refusals.get((str(row.indicator.calendar), side), ""),
        )

    def _figure(self, pk: int) -> Figure:
        """The figure the table read; one that was replaced since then is read alone."""
        known = self._figures.get(pk)
        return known or Figure.objects.select_related("source", "agency", "period").get(pk=pk)


class Numbering:
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


def _hints(table: YearTable, rows: list[EntryRow]) -> Iterator[hinting.RowHint]:
    for row in rows:
        sides = [cell.side for cell in row.cells if cell.is_open]
        yield from hinting.of_row(table, row.row, sides)


def _past(table: YearTable, code: str, year: int) -> Past:
    value = table.row(code, year).actual
    if value is None:
        return Past(year=year, figure_id=None, text="", is_inferred=False)
    return Past(
        year=year,
        figure_id=value.figure_id,
        text=_past_text(value),
        is_inferred=value.is_inferred,
        is_sample=value.is_sample,
        records=records_address(code, year, Span(table.kind, table.months))
        if value.is_computed
        else "",
    )


def _past_text(value: Value) -> str:
    text = format_cell(value.state, value.number, language=language())
    if value.precision and value.state == State.VALUE:
        text = f"{Precision(value.precision).label} {text}"
    return text


def _figures(year: int, viewer: User, span: Span) -> dict[int, Figure]:
    """The whole current figures of a sheet: the table carries numbers, not notes and sources.

    With a year come those of its eleven months, which its parts may be taken from.
    """
    to_date = Q(period__kind=Period.Kind.YEAR_TO_DATE)
    plans = to_date & Q(period__months=WHOLE_YEAR.months, side=Side.PLAN)
    actuals = Q(period__kind=span.kind, period__months=span.months, side=Side.ACTUAL)
    if span.is_full_year:
        actuals |= to_date & Q(period__months=ELEVEN_MONTHS.months, side=Side.ACTUAL)
    found = Figure.objects.current().visible_to(viewer).filter(plans | actuals, period__year=year)
    return {figure.pk: figure for figure in found.select_related("source", "agency", "period")}


def _eleven_months(figures: dict[int, Figure]) -> dict[str, str]:
    """What the first eleven months came to, by indicator, where that was entered."""
    return {
        figure.indicator: format_number(figure.value, language())
        for figure in figures.values()
        if figure.period.months == ELEVEN_MONTHS.months and figure.value is not None
    }


def _is_visible(indicator: Indicator, cells: Iterable[EntryCell], viewer: User) -> bool:
    """Whether the row's class of data and its agency are within this person's reach."""
    if not viewer.may(Verb.READ, data_class=indicator.data_class):
        return False
    reach = viewer.reach(Verb.READ)
    return reach is None or any(cell.agency and cell.agency.pk in reach for cell in cells)


def _refusals(
    periods: dict[str, Period], opened: ReportingYear, span: Span, today: dt.date
) -> dict[tuple[str, str], str]:
    """Why no figure can be entered now, by calendar and side; nothing where one can."""
    found = {
        (calendar, side): _refusal(period, opened, side, today)
        for calendar, period in periods.items()
        for side in Side.values
    }
    if not span.is_full_year:
        found |= {(calendar, Side.PLAN): words.plan_elsewhere() for calendar in periods}
    return found


def _refusal(period: Period, opened: ReportingYear, side: str, today: dt.date) -> str:
    try:
        guard(period, opened, is_plan=side == Side.PLAN, today=today)
    except PeriodRefusal as refused:
        return str(refused)
    return ""


def _notices(refusals: dict[tuple[str, str], str], span: Span) -> tuple[str, ...]:
    """What the head of the page says; a locked year refuses every cell with one sentence."""
    sides = Side if span.is_full_year else (Side.ACTUAL,)
    administrative = [refusals.get((str(Calendar.ADMINISTRATIVE), side), "") for side in sides]
    return tuple(dict.fromkeys(filter(None, administrative)))


def _closed_by(opened: ReportingYear) -> Iterator[str]:
    """Who closed the year, where its history knows."""
    if opened.locked_on is None:
        return
    events: Any = opened.events  # type: ignore[attr-defined]  # made by the history library
    closing = events.filter(locked_on=opened.locked_on).exclude(pgh_context=None)
    event = closing.select_related("pgh_context").order_by("pgh_id").first()
    who = event and User.objects.filter(pk=event.pgh_context.metadata.get("user")).first()
    if who:
        yield _("Closed by %(who)s.") % {"who": who}


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
