"""Numbers as office sheets hold them: with words before, a unit behind, or a mark instead.

"ước khoảng 6.500 triệu USD" is a number with four things said about it. Which
of two readings "6.500" has is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from common.numbers import languages_of, readings
from common.text import nfc, search_key
from imports.fields import Mark
from imports.headings import unit_key

VI, EN = "vi", "en"

_BLANKS = "\u0020\u00a0\u2007\u2009\u202f"
_BARE = re.compile(r"[+\-\u2212]?[0-9][0-9.,]*")
# Digits set apart by blanks: then the sign that follows them is the decimal one.
_SPACED = re.compile(rf"([+\-\u2212]?[1-9][0-9]{{0,2}}(?:[{_BLANKS}][0-9]{{3}})+)((?:[.,][0-9]+)?)")
_GROUPED = re.compile(r"[0-9]([.,])[0-9]{3}(?:\1[0-9]{3}|[.,][0-9])")
_PARTS = re.compile(rf"([^0-9]*?)([+\-\u2212]?[0-9][0-9.,{_BLANKS}]*)([^0-9]*)", re.DOTALL)

_MARKS = {
    "-": Mark.NIL,
    "\u2013": Mark.NIL,
    "\u2014": Mark.NIL,
    "\u2212": Mark.NIL,
    "...": Mark.MISSING,
    "\u2026": Mark.MISSING,
    "..": Mark.MISSING,
    "x": Mark.NOT_APPLICABLE,
    "\u00d7": Mark.NOT_APPLICABLE,
}

# The longest phrases first. Accents are not needed: nothing else stands before a number.
_PRECISION = {
    "khoang gan": "about_nearly",
    "gan khoang": "about_nearly",
    "about nearly": "about_nearly",
    "it nhat": "at_least",
    "toi thieu": "at_least",
    "at least": "at_least",
    ">=": "at_least",
    "\u2265": "at_least",
    "hon": "more_than",
    "more than": "more_than",
    "tren": "over",
    "over": "over",
    ">": "over",
    "gan": "nearly",
    "nearly": "nearly",
    "khoang": "about",
    "xap xi": "about",
    "approximately": "about",
    "approx.": "about",
    "about": "about",
    "~": "about",
    "\u2248": "about",
}
_STATUS = {
    "uoc thuc hien": "estimate",
    "uoc dat": "estimate",
    "uoc tinh": "estimate",
    "uoc th": "estimate",
    "uoc": "estimate",
    "estimated": "estimate",
    "estimate": "estimate",
    "est.": "estimate",
    "so bo": "preliminary",
    "preliminary": "preliminary",
    "du kien": "projected",
    "projected": "projected",
    "phan dau": "target",
    "target": "target",
}
_FILLERS = ("dat", "la", ",", ":")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")  # round the words only: "(5)" may be minus five
_PHRASES = sorted((*_PRECISION, *_STATUS, *_FILLERS), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Written:
    """A number text taken apart; ``number`` is "" where only words stand."""

    number: str
    precision: str = ""
    status: str = ""
    factor: Decimal | None = None  # of the unit that stands behind the number
    is_percent: bool = False
    unit: str = ""  # words behind it that are none of the units asked for


def is_bare(text: str) -> bool:
    """Whether it is digits and signs and nothing else."""
    return _BARE.fullmatch(text) is not None


def mark_of(text: str) -> Mark | None:
    return _MARKS.get(text.strip().casefold())


def take_apart(
    text: str, units: Mapping[str, Decimal] | None = None, *, any_unit: bool = False
) -> Written | None:
    """The number and what is said of it, or None where something else stands there."""
    text = text.strip()
    if is_bare(text):
        return Written(text)
    match = _PARTS.fullmatch(nfc(text))
    if not match:
        said = _said(nfc(text))
        return Written("", *said) if said and any(said) else None
    before, number, after = match[1], match[2].strip(), match[3].strip()
    factor = _factor(after, units or {})
    is_percent = factor is None and after.startswith("%")
    after = after[1:].strip() if is_percent else after
    said = _said(before, "" if factor is not None else after)
    unit = ""
    if said is None and any_unit and after[:1].isalpha():
        unit, bracket, rest = after.partition("(")
        said = _said(before, bracket + rest)
    number = _close_up(number)
    if said is None or not number:
        return None
    return Written(number, *said, factor, is_percent, unit.strip())


def _close_up(number: str) -> str:
    """The digits without blanks, or "" where the blanks set no thousands apart."""
    if match := _SPACED.fullmatch(number):
        return re.sub(rf"[{_BLANKS}]", "", match[1]) + match[2]
    return number if is_bare(number) else ""


def _said(*words: str) -> tuple[str, str] | None:
    """Precision and status in these words; None where they say anything else, or twice."""
    bare = " ".join(_IN_BRACKETS.sub(r" \1 ", part) for part in words)
    rest = search_key(" ".join(bare.split()))
    precision = status = ""
    while rest:
        phrase = next((one for one in _PHRASES if _starts(rest, one)), None)
        if phrase is None:
            return None
        rest = rest[len(phrase) :].lstrip()
        if phrase in _PRECISION:
            if precision:
                return None
            precision = _PRECISION[phrase]
        elif phrase in _STATUS:
            if status:
                return None
            status = _STATUS[phrase]
    return precision, status


def _starts(text: str, phrase: str) -> bool:
    """Whether the phrase stands first, as a whole word where it ends with a letter."""
    follows = text[len(phrase) : len(phrase) + 1]
    return text.startswith(phrase) and not (phrase[-1].isalpha() and follows.isalpha())


def _factor(text: str, units: Mapping[str, Decimal]) -> Decimal | None:
    if not text or not units:
        return None
    wanted = unit_key(text)
    return next((factor for label, factor in units.items() if unit_key(label) == wanted), None)


def readings_of(text: str, *, any_unit: bool = False) -> dict[str, Decimal]:
    """The readings of the number in a text, by language; words and unit aside."""
    apart = take_apart(text, any_unit=any_unit)
    return readings(apart.number) if apart and apart.number else {}


def styles_of(text: str, *, any_unit: bool = False) -> list[str]:
    """The languages the number in a text is valid in; none where there is no such number."""
    if is_bare(text):
        return languages_of(text)
    apart = take_apart(text, any_unit=any_unit)
    return languages_of(apart.number) if apart and apart.number else []


def is_ambiguous(found: Mapping[str, Decimal]) -> bool:
    return len(found) == 2 and found[VI] != found[EN]


def has_groups(text: str) -> bool:
    """Whether thousands are set apart in the number: "1.234.567", "1,234.5"."""
    return _GROUPED.search(text) is not None


def may_be_thousands(value: Decimal) -> bool:
    """Whether a number of a workbook is what a spreadsheet of the other language makes of
    "6.500": it takes the point for the decimal one and drops the zeros."""
    return (
        value.adjusted() < 3
        and value != value.to_integral_value()
        and value * 1000 == (value * 1000).to_integral_value()
    )
