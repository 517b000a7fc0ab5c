"""The guard every writer of records meets: a closed year does not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from common.contracts import Calendar
from common.dates import short_date
from reference.periods import CUT_OFF_DAY, PeriodRefusal, held_year


def year_of(day: dt.date, calendar: str = Calendar.ADMINISTRATIVE) -> int:
    """The year a day counts in: administrative years begin on 15 December."""
    if calendar == Calendar.ADMINISTRATIVE and (day.month, day.day) > (12, CUT_OFF_DAY):
        return day.year + 1
    return day.year


def refuse_closed(days: Iterable[dt.date], calendar: str) -> None:
    """Raise PeriodRefusal when one of the days counts in a closed year.

    The years are held until the transaction ends: whoever closes one waits.
    """
    for year in sorted({year_of(day, calendar) for day in days}):
        opened = held_year(year)
        if opened is not None and opened.locked_on is not None:
            raise PeriodRefusal(refusal(year, opened.locked_on))


def refusal(year: int, locked_on: dt.date) -> str:
    """Why a record of a closed year cannot change, and what to do."""
    return _(
        "The figures of %(year)s were closed on %(day)s, and this record counts in "
        "them. To change it, ask for the year to be reopened and give the reason."
    ) % {"year": year, "day": short_date(locked_on)}
