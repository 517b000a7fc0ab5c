"""Dates and months as office sheets hold them; day or month first is not decided here."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress

from common.text import search_key

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"

_MIDNIGHT = r"(?:[t ]\s*0?0:00(?::00)?(?:\.0+)?)?"
_YEAR = r"([12][0-9]{3})"
_NUMBERS = re.compile(rf"([0-9]{{1,2}})\s*([/.\-])\s*([0-9]{{1,2}})\s*\2\s*{_YEAR}{_MIDNIGHT}")
_ISO = re.compile(rf"{_YEAR}([/.\-])([0-9]{{1,2}})\2([0-9]{{1,2}}){_MIDNIGHT}")
_DAY, _MON = r"\s*([0-9]{1,2})\s*", r"\s*([0-9]{1,2})\s*"
# A Vietnamese word says that the day stands first: "ngày 3/4/2019", "3 tháng 4 năm 2019".
_WORDS = re.compile(
    rf"(?:ngay{_DAY}[/.\-]{_MON}[/.\-]\s*{_YEAR}|(?:ngay)?{_DAY}thang{_MON}(?:nam|/|,)\s*{_YEAR})"
)
_MONTHS = tuple(month.casefold() for month in calendar.month_name[1:])
_NAMES = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NAME = rf"({'|'.join(_MONTHS)}|{'|'.join(_NAMES)})\.?"
_DAY_NAME = re.compile(rf"([0-9]{{1,2}})[\s\-]+{_NAME}[\s\-,]+{_YEAR}")
_NAME_DAY = re.compile(rf"{_NAME}\s+([0-9]{{1,2}}),?\s+{_YEAR}")
_MONTH = re.compile(rf"(?:thang|t)?[\s.]*([0-9]{{1,2}})\s*(?:[/.\-]|nam)\s*{_YEAR}")
_YEAR_MONTH = re.compile(rf"{_YEAR}[/.\-]([0-9]{{1,2}})")
_NAME_YEAR = re.compile(rf"{_NAME}[\s\-,]+{_YEAR}")


def readings(text: str) -> dict[str, dt.date]:
    """The day a text means with the day first and with the month first, where valid."""
    key = " ".join(search_key(text).split())
    if match := _NUMBERS.fullmatch(key):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        return _valid({DAY_FIRST: (year, other, one), MONTH_FIRST: (year, one, other)})
    if match := _ISO.fullmatch(key):
        return _both(int(match[1]), int(match[3]), int(match[4]))
    if match := _WORDS.fullmatch(key):
        day, month, year = [int(group) for group in match.groups() if group]
        return _both(year, month, day)
    if match := _DAY_NAME.fullmatch(key):
        return _both(int(match[3]), _NAMES[match[2][:3]], int(match[1]))
    if match := _NAME_DAY.fullmatch(key):
        return _both(int(match[3]), _NAMES[match[1][:3]], int(match[2]))
    return {}


def month_readings(text: str) -> dict[str, dt.date]:
    """The first of the month a text means; a whole date has the month it lies in."""
    key = " ".join(search_key(text).split())
    if match := _MONTH.fullmatch(key):
        return _both(int(match[2]), int(match[1]), 1)
    if match := _YEAR_MONTH.fullmatch(key):
        return _both(int(match[1]), int(match[2]), 1)
    if match := _NAME_YEAR.fullmatch(key):
        return _both(int(match[2]), _NAMES[match[1][:3]], 1)
    return {order: day.replace(day=1) for order, day in readings(text).items()}


def _both(year: int, month: int, day: int) -> dict[str, dt.date]:
    return _valid({order: (year, month, day) for order in (DAY_FIRST, MONTH_FIRST)})


def _valid(parts: Mapping[str, tuple[int, int, int]]) -> dict[str, dt.date]:
    found = {}
    for order, (year, month, day) in parts.items():
        with suppress(ValueError):  # 31/02 looks like a date and is none
            found[order] = dt.date(year, month, day)
    return found


def is_ambiguous(found: Mapping[str, dt.date]) -> bool:
    return len(found) == 2 and found[DAY_FIRST] != found[MONTH_FIRST]


def swapped(day: dt.date) -> dt.date:
    """Day and month changed places, where that is a date."""
    return dt.date(day.year, day.day, day.month) if day.day <= 12 else day
