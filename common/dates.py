"""Dates and numbering as Decree 30/2020 writes them.

These stand in Vietnamese documents whatever the language of the screen, so
they are not translated.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# The order of points in a Vietnamese document; f, j, w and z do not exist.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"

_SHORT_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([12][0-9]{3})")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


class NotADate(ValueError):
    """What was typed is no date; ``message`` names no place, the caller does."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


def long_date(day: date) -> str:
    """The day as a document writes it: "ngày 05 tháng 12 năm 2025".

    A zero goes before days below ten and before months 1 and 2 only: those
    could be turned into other dates by a stroke of the pen.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """The day as a table writes it: "05/12/2025"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_short_date(text: str) -> date:
    """The date of "05/12/2025" or "5/12/2025"; raises NotADate."""
    typed = text.strip()
    if match := _SHORT_DATE.fullmatch(typed):
        day, month, year = map(int, match.groups())
        with suppress(ValueError):  # 31/02 looks like a date and is none
            return date(year, month, day)
    message = _('"{text}" is not a date. Enter it as 05/12/2025.')
    raise NotADate(format_lazy(message, text=typed[:40]))


def roman(number: int) -> str:
    """``number`` (1 to 3999) in Roman numerals."""
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} has no Roman numeral")
    numeral = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        numeral += letters * count
    return numeral


def point_letter(number: int) -> str:
    """The letter of the ``number``-th point: 5 → "đ"."""
    if not 1 <= number <= len(POINT_LETTERS):
        raise ValueError(f"there is no letter for point {number}")
    return POINT_LETTERS[number - 1]
