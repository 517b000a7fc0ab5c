"""What a cell becomes on its way out of the reading child, and where reading stops.

A text stays a text, a number goes as JSON digits; lists say what JSON cannot:
``["date", "2019-04-03"]``, ``["percent", 0.81]`` of a cell that shows 81%, and
``[flaw, what is shown of the cell]``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from imports.book import Flaw

MOST_SHEETS = 100
MOST_ROWS = 200_000  # number of the last filled row of a sheet
MOST_CELLS = 2_400_000  # filled or between filled ones, in all sheets: 200,000 × 12
MOST_LETTERS = 32_767  # of a cell: what Excel itself keeps
MOST_TEXT = 96 * 1024 * 1024  # bytes of the answer
PERCENT = "percent"
SHOWN = 40  # letters of a cell that cannot be used

Cell = str | int | float | bool | list[Any] | None

_ERRORS = frozenset(
    ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#GETTING_DATA", "#BLOCKED!", "#CONNECT!", "#FIELD!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!")
)  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.')
_LIBRE_ERROR = re.compile(r"Err:5\d\d")
# What no text has: NUL and its like, halves of letters, signs that turn a line around.
_CONTROL = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


class Reason(StrEnum):
    """Why a file is not read. Spoken by the child, worded by the parent."""

    PROTECTED = "protected"
    BROKEN = "broken"
    EMPTY = "empty"
    NOT_A_WORKBOOK = "not_a_workbook"  # detail: what it seems to be
    ENCODING = "encoding"
    QUOTE = "quote"  # detail: the line
    MANY_SHEETS = "many_sheets"
    MANY_ROWS = "many_rows"  # detail: sheet and row
    MANY_COLUMNS = "many_columns"  # detail: sheet and cell
    MANY_CELLS = "many_cells"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    CRASHED = "crashed"


class Refused(Exception):
    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def broken(flaw: Flaw, text: str = "") -> list[str]:
    shown = _CONTROL.sub("\ufffd", text[: SHOWN + 1])
    return [flaw.value, shown[:SHOWN] + "…" if len(text) > SHOWN else shown]


@lru_cache(20_000)  # tables repeat themselves
def text(value: str) -> Cell:
    """One normal form, one kind of line end; blanks alone are nothing."""
    if len(value) > MOST_LETTERS:
        return broken(Flaw.TOO_LONG, value)
    if not (value.isascii() and value.isprintable()):
        value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        if _CONTROL.search(value):
            return broken(Flaw.CONTROL, value)
    if not value or value.isspace():
        return None
    if value[0] in "#E" and (value in _ERRORS or _LIBRE_ERROR.fullmatch(value)):
        return broken(Flaw.ERROR, value)
    return value


def number(value: float) -> Cell:
    """Fifteen digits, as Excel keeps them: the rest is the noise of binary fractions."""
    if not math.isfinite(value):
        return broken(Flaw.ERROR, str(value))
    if value.is_integer():
        return int(value) if abs(value) < 1e15 else int(Decimal(f"{value:.15g}"))
    return float(f"{value:.15g}")


def moment(value: dt.datetime) -> Cell:
    """The day; a time of the day is no matter of any field here."""
    return ["date", value.date().isoformat()]


def day(value: dt.date) -> Cell:
    return ["date", value.isoformat()]


def time_of_day(value: dt.time) -> Cell:
    return f"{value:%H:%M}" if not value.second else f"{value:%H:%M:%S}"


def shows_percent(form: str) -> bool:
    """Whether a number format shows numbers in percent; what stands in quotes is only shown."""
    return "%" in _QUOTED.sub("", form)


def span(value: dt.timedelta) -> Cell:
    return str(value)


def same(value: int) -> Cell:
    return value


def nothing(value: None) -> Cell:
    return None


TYPES: dict[type, Any] = {
    str: text,
    float: number,
    int: same,
    bool: same,
    type(None): nothing,
    dt.datetime: moment,
    dt.date: day,
    dt.time: time_of_day,
    dt.timedelta: span,
}


def cell(value: Any) -> Cell:
    """What calamine says, made ready to go."""
    result: Cell = TYPES[type(value)](value)
    return result
