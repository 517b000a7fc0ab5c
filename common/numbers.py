"""Numbers as people type and print them.

``4.750,5`` is Vietnamese for what English writes ``4,750.5``, and ``1.500`` is
valid in both with different meanings. So a text is read in ONE language: what
is valid there is taken as it stands, what is valid only in the other language
becomes a question with that reading as suggestion, and the rest is refused.
Nothing is guessed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MAX_INTEGER_DIGITS = 18
MAX_DECIMALS = 6

_MINUS_SIGNS = "-\u2212"
_SIGNS = "+" + _MINUS_SIGNS
# A pasted page must not come back whole in an error message.
_QUOTED_CHARACTERS = 40
# Wider than any accepted number, so that rounding never trips over precision.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class _Style:
    """How one language writes a number, and how it speaks of a wrong one."""

    group: str
    point: str
    other: str
    not_a_number: StrPromise
    other_way: StrPromise

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        # [0-9], not \d: digits of other scripts are refused. No group starts
        # with a zero, so "0.500" is not mistaken for five hundred.
        grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(self.group)}[0-9]{{3}})+"
        return re.compile(rf"(?:[0-9]+|{grouped})(?:{re.escape(self.point)}[0-9]+)?")

    def read(self, body: str) -> tuple[str, str] | None:
        """The digits before and after the decimal sign, or None."""
        if not self.pattern.fullmatch(body):
            return None
        integer, _point, fraction = body.partition(self.point)
        return integer.replace(self.group, "").lstrip("0") or "0", fraction


_STYLES = {
    "vi": _Style(
        group=".",
        point=",",
        other="en",
        not_a_number=_(
            '"{text}" is not a number. Enter 2.550 or 2550; decimals follow a comma (2.550,5).'
        ),
        other_way=_('"{text}" is written in the English way. Is it {suggestion}?'),
    ),
    "en": _Style(
        group=",",
        point=".",
        other="vi",
        not_a_number=_(
            '"{text}" is not a number. Enter 2,550 or 2550; decimals follow a point (2,550.5).'
        ),
        other_way=_('"{text}" is written in the Vietnamese way. Is it {suggestion}?'),
    ),
}


def _style(language: str) -> _Style:
    return _STYLES["en" if language.split("-")[0] == "en" else "vi"]


class NotANumber(ValueError):
    """What was typed is no number; ``message`` names no place, the caller does."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class AmbiguousNumber(ValueError):
    """Valid only in the other language: a question for whoever typed it."""

    def __init__(self, message: str | Promise, suggestion: Decimal, suggestion_text: str) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion
        self.suggestion_text = suggestion_text


def parse_number(text: str, language: str = "vi") -> Decimal:
    """The number a person typed; raises NotANumber or AmbiguousNumber."""
    typed = text.strip()
    if not typed:
        raise NotANumber(_("Enter a number."))
    negative = typed[0] in _MINUS_SIGNS
    body = typed[1:] if typed[0] in _SIGNS else typed
    style = _style(language)
    if digits := style.read(body):
        return _decimal(typed, negative, *digits)
    if digits := _STYLES[style.other].read(body):
        suggestion = _decimal(typed, negative, *digits)
        shown = format_number(suggestion, language)
        message = format_lazy(style.other_way, text=_quoted(typed), suggestion=shown)
        raise AmbiguousNumber(message, suggestion, shown)
    raise NotANumber(format_lazy(style.not_a_number, text=_quoted(typed)))


def languages_of(text: str) -> list[str]:
    """The languages a text is a number in: "6.500" → vi and en, "6.5" → en."""
    typed = text.strip()
    body = typed[1:] if typed[:1] and typed[0] in _SIGNS else typed
    return [language for language, style in _STYLES.items() if style.pattern.fullmatch(body)]


def readings(text: str) -> dict[str, Decimal]:
    """What the text means in each language it is valid in: "6.500" → vi 6500, en 6.5."""
    found = {}
    for language in languages_of(text):
        with suppress(NotANumber):  # too long
            found[language] = parse_number(text, language)
    return found


def _decimal(typed: str, negative: bool, integer: str, fraction: str) -> Decimal:
    if len(integer) > MAX_INTEGER_DIGITS or len(fraction) > MAX_DECIMALS:
        raise NotANumber(
            format_lazy(
                _(
                    '"{text}" is too long: a number takes at most {integers} digits'
                    " before the decimal sign and {decimals} after it."
                ),
                text=_quoted(typed),
                integers=MAX_INTEGER_DIGITS,
                decimals=MAX_DECIMALS,
            )
        )
    value = Decimal(f"{integer}.{fraction}" if fraction else integer)
    return value.copy_negate() if negative and value else value


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED_CHARACTERS else text[:_QUOTED_CHARACTERS] + "…"


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """``value`` with exactly ``decimals`` decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)


def format_number(
    value: Decimal, language: str = "vi", decimals: int | None = None, min_int_digits: int = 1
) -> str:
    """``value`` in the language's writing: 4750.5 → "4.750,5".

    ``decimals`` fixes their number; without it all are kept, trailing zeros
    dropped.
    """
    if not value.is_finite():
        raise ValueError(f"{value} cannot be printed")
    if decimals is not None:
        value = round_half_up(value, decimals)
    style = _style(language)
    # copy_abs and "f", not abs and str: neither rounds nor uses an exponent.
    integer, _point, fraction = format(value.copy_abs(), "f").partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    integer = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", style.group, integer.zfill(min_int_digits))
    sign = "-" if value < 0 else ""
    return sign + integer + (style.point + fraction if fraction else "")


def format_percent(value: Decimal, language: str = "vi") -> str:
    """A ratio as official reports print it: one decimal, ",0" dropped: "81%"."""
    return format_number(round_half_up(value, 1), language) + "%"


@dataclass(frozen=True)
class CellMarks:
    """What a table prints where there is no number.

    Four different facts: nothing happened, not known yet, makes no sense here,
    nobody has entered anything.
    """

    nil: str = "-"
    missing: str = "..."
    not_applicable: str = "x"
    blank: str = ""


DEFAULT_MARKS = CellMarks()


def table_marks() -> CellMarks:
    """The marks of this installation: ``settings.TABLE_MARKS`` over the defaults."""
    return CellMarks(**getattr(settings, "TABLE_MARKS", {}))


def format_cell(
    state: str | None,
    value: Decimal | None,
    marks: CellMarks | None = None,
    language: str = "vi",
    decimals: int | None = None,
) -> str:
    """A table cell: the number, or the mark of its state (None: not entered)."""
    marks = table_marks() if marks is None else marks
    if state == "value" and value is not None:
        return format_number(value, language, decimals)
    by_state = {
        None: marks.blank,
        "value": marks.blank,
        "zero": marks.nil,
        "missing": marks.missing,
        "not_applicable": marks.not_applicable,
    }
    return by_state[state]
