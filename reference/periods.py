"""Days of periods, opening years, and the guard that every writer meets."""

from __future__ import annotations

import calendar
import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from common.contracts import Calendar
from reference.models import Period, ReportingYear

CUT_OFF_DAY = 14  # administrative periods run from the 15th to the 14th


class PeriodRefusal(Exception):
    """A write the period does not allow; the message says why and what to do."""


def days(kind: str, from_year: int, year: int, months: int, on: str) -> tuple[dt.date, dt.date]:
    """First and last day of a period; administrative periods are adjacent, never overlapping."""
    first_month = months if kind == Period.Kind.MONTH else 1
    last_month = months if kind != Period.Kind.SPAN else 12
    if on == Calendar.CALENDAR:
        last = calendar.monthrange(year, last_month)[1]
        return dt.date(from_year, first_month, 1), dt.date(year, last_month, last)
    before = dt.date(from_year, first_month, 1) - dt.timedelta(days=1)
    return before.replace(day=CUT_OFF_DAY + 1), dt.date(year, last_month, CUT_OFF_DAY)


def period(
    kind: str,
    year: int,
    months: int = 0,
    *,
    from_year: int | None = None,
    on: str = Calendar.ADMINISTRATIVE,
) -> Period:
    """The period with these marks, created with its days when it is new."""
    new = unstored(kind, from_year or year, year, months, on)
    found, _created = Period.objects.get_or_create(
        kind=kind,
        from_year=new.from_year,
        year=year,
        months=months,
        calendar=str(on),
        defaults={"first_day": new.first_day, "last_day": new.last_day},
    )
    return found


def unstored(kind: str, from_year: int, year: int, months: int, on: str) -> Period:
    """A period with its days, for looking at: nothing is written."""
    first_day, last_day = days(kind, from_year, year, months, on)
    return Period(
        kind=kind,
        from_year=from_year,
        year=year,
        months=months,
        calendar=str(on),
        first_day=first_day,
        last_day=last_day,
    )


def on_both_calendars(kind: str, year: int, months: int) -> dict[str, Period]:
    """A period within a year by calendar; one nobody entered anything for is not stored yet.

    Looking writes nothing: whoever saves its first figure stores it with ``kept``.
    """
    found = Period.objects.filter(kind=kind, year=year, months=months)
    known = {one.calendar: one for one in found}
    return {
        str(on): known.get(str(on)) or unstored(kind, year, year, months, on) for on in Calendar
    }


def kept(target: Period) -> Period:
    """The period as it is stored, now that a figure belongs to it."""
    if not target._state.adding:
        return target
    return period(target.kind, target.year, target.months, on=target.calendar)


def span(from_year: int, year: int, on: str = Calendar.ADMINISTRATIVE) -> Period:
    """A span of years such as 2006–2010."""
    return period(Period.Kind.SPAN, year, 0, from_year=from_year, on=on)


@transaction.atomic
def open_year(year: int) -> ReportingYear:
    """Open a year for entry: its full-year period on both calendars. Safe to repeat."""
    opened, _created = ReportingYear.objects.get_or_create(year=year)
    for on in Calendar:
        period(Period.Kind.YEAR_TO_DATE, year, 12, on=on)
    return opened


def held_year(year: int) -> ReportingYear | None:
    """The year as it stands until the transaction ends: whoever closes it waits.

    Whoever saves while it is being closed waits too, and then meets a closed year.
    """
    # Every save begins with this: the plain statement needs no query set put together.
    rows = ReportingYear.objects.raw(_HELD, [year])
    return next(iter(rows), None)


_HELD = "SELECT * FROM reference_reportingyear WHERE year = %s FOR NO KEY UPDATE"


def closed(opened: ReportingYear) -> str:
    """Why nothing is written in this year, in words; "" where it is not closed."""
    if opened.locked_on is None:
        return ""
    return _(
        "The figures of %(year)s were closed on %(day)s. "
        "To correct one, ask for the year to be reopened and give the reason."
    ) % {"year": opened.year, "day": opened.locked_on.strftime("%d/%m/%Y")}


def guard(target: Period, opened: ReportingYear | None, *, is_plan: bool, today: dt.date) -> None:
    """Raise PeriodRefusal unless figures of this side may be written today.

    ``opened`` is the year of the period, None when nobody opened it; a writer
    passes ``held_year``, a reader the year as it was read.
    """
    if opened is None and target.kind != Period.Kind.SPAN:
        raise PeriodRefusal(
            _("Year %(year)s has not been opened. Ask the administrator to open it.")
            % {"year": target.year}
        )
    if opened is not None and opened.locked_on is not None:
        raise PeriodRefusal(closed(opened))
    if not is_plan and not target.has_begun(today):
        if not target.is_full_year:
            raise PeriodRefusal(
                _("Figures of %(period)s can be entered from %(day)s on.")
                % {"period": target, "day": target.first_day.strftime("%d/%m/%Y")}
            )
        raise PeriodRefusal(
            _(
                "Year %(year)s is open for plans only; actual figures can be entered "
                "once the period begins (%(day)s)."
            )
            % {"year": target.year, "day": target.first_day.strftime("%d/%m/%Y")}
        )
