"""What the cells of a column leave open and what they settle.

A question is asked where two readings are valid and differ, and nothing else in
the column has only one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.contracts import Label
from common.numbers import format_number
from imports import datetext, numbertext
from imports.asking import Column, QuestionKind, Survey
from imports.book import Value, column_letter
from imports.conversion import unmistakable
from imports.fields import FieldKind
from imports.headings import Heading, names_a_unit, plain, shown, unit_key

# --- numbers ------------------------------------------------------------------------


def ask_style(column: Column, found: Survey) -> None:
    """6.500: settled where something else in the column can only be read in one way."""
    sorted_out: dict[str, list[tuple[int, str]]] = {"": [], "vi": [], "en": []}
    for text, row in column.texts.items():
        if "." in text or "," in text:
            styles = numbertext.styles_of(text, any_unit=True)
            if styles:  # with a sign in it, two readings never agree
                sorted_out["" if len(styles) > 1 else styles[0]].append((row, text))
    unclear, vietnamese, english = sorted_out[""], sorted_out["vi"], sorted_out["en"]
    key = f"{QuestionKind.NUMBER}:{column_letter(column.index)}"
    if bool(vietnamese) != bool(english):
        found.answers[key] = "vi" if vietnamese else "en"
        _ask_thousands(column, vietnamese or english, found)
    elif unclear or vietnamese:
        samples = [*unclear[:1], *vietnamese[:1], *english[:1], *unclear[1:]]
        shown_text = (unclear or vietnamese)[0][1]
        found.questions.append(
            column.question(QuestionKind.NUMBER, samples, *_style_options(shown_text))
        )


def _ask_thousands(column: Column, written: Sequence[tuple[int, str]], found: Survey) -> None:
    """Where "1.234.567" stayed text, "6.500" in the same column may have become 6.5."""
    grouped = [(row, text) for row, text in written if numbertext.has_groups(text)]
    if not grouped or not column.doubtful:
        return
    _row, value = column.doubtful[0]
    lost = _("{value}: the spreadsheet took the point between thousands for a decimal one")
    options: list[tuple[str, Label]] = [
        ("keep", format_lazy(_("{value}: as the spreadsheet has it"), value=_written(value))),
        ("lost", format_lazy(lost, value=_written(value * 1000))),
    ]
    samples = [*((row, _written(one)) for row, one in column.doubtful[:2]), *grouped[:1]]
    found.questions.append(column.question(QuestionKind.THOUSANDS, samples, *options))


def _written(value: Decimal) -> str:
    return format_number(value, get_language() or "vi")


def _style_options(sample: str) -> list[tuple[str, Label]]:
    """Both readings of the sample, in digits that have only one."""
    apart = numbertext.take_apart(sample, any_unit=True)
    number = apart.number if apart else sample
    found = numbertext.readings_of(sample, any_unit=True)
    if not numbertext.is_ambiguous(found):
        return [
            ("vi", _("a point sets thousands apart, a comma the decimals")),
            ("en", _("a comma sets thousands apart, a point the decimals")),
        ]
    vi, en = (
        format_lazy("{text} = {value}", text=number, value=unmistakable(found[one]))
        for one in ("vi", "en")
    )
    return [
        ("vi", format_lazy(_("{reading}: a comma sets the decimals apart"), reading=vi)),
        ("en", format_lazy(_("{reading}: a point sets the decimals apart"), reading=en)),
    ]


# --- units --------------------------------------------------------------------------


def ask_unit(column: Column, notes: Sequence[str], found: Survey) -> None:
    """Settled by the heading, else by a note above the table; else asked."""
    units = column.field.units
    if not units:
        return
    said = [text for text in Heading(column.title).units if names_a_unit(text)] or [
        text for text in notes if names_a_unit(text)
    ]
    factors = {factor for text in said if (factor := _factor(text, units)) is not None}
    is_strange = any(_factor(text, units) is None for text in said)
    key = f"{QuestionKind.UNIT}:{column_letter(column.index)}"
    if len(factors) == 1 and not is_strange:
        found.answers[key] = plain(factors.pop())
    elif is_strange or len(set(units.values())) > 1:
        filled: list[tuple[int, Value]] = [
            *column.numbers,
            *((row, text) for text, row in column.texts.items()),
        ]
        samples = [(row, shown(value)) for row, value in sorted(filled, key=lambda one: one[0])]
        if samples:
            found.questions.append(
                column.question(QuestionKind.UNIT, samples, *_unit_options(units))
            )


def _unit_options(units: Mapping[str, Decimal]) -> list[tuple[str, Label]]:
    """One option for each different factor, under its first name."""
    options: dict[str, Label] = {}
    for label, factor in units.items():
        options.setdefault(plain(factor), label)
    return list(options.items())


def _factor(text: str, units: Mapping[str, Decimal]) -> Decimal | None:
    wanted = unit_key(text)
    return next((factor for label, factor in units.items() if unit_key(label) == wanted), None)


# --- dates --------------------------------------------------------------------------


def ask_order(column: Column, found: Survey) -> None:
    """03/04/2019: settled where another date of the column has no second reading."""
    read = datetext.readings if column.field.kind is FieldKind.DATE else datetext.month_readings
    unclear: list[tuple[int, str]] = []
    only: dict[str, list[tuple[int, str]]] = {"dmy": [], "mdy": []}
    for text, row in column.texts.items():
        days = read(text)
        if datetext.is_ambiguous(days):
            unclear.append((row, text))
        elif len(days) == 1:
            only[next(iter(days))].append((row, text))
    key = f"{QuestionKind.DATE}:{column_letter(column.index)}"
    if bool(only["dmy"]) != bool(only["mdy"]):
        found.answers[key] = "dmy" if only["dmy"] else "mdy"
    elif unclear or only["dmy"]:
        samples = [*unclear[:1], *only["dmy"][:1], *only["mdy"][:1], *unclear[1:]]
        options = _order_options((unclear or only["dmy"])[0][1], read(samples[0][1]))
        found.questions.append(column.question(QuestionKind.DATE, samples, *options))
    _ask_typed(column, only["dmy"], found)


def _order_options(sample: str, found: Mapping[str, dt.date]) -> list[tuple[str, Label]]:
    if not datetext.is_ambiguous(found):
        return [("dmy", _("the day stands first")), ("mdy", _("the month stands first"))]
    return [
        ("dmy", _reading(sample, found["dmy"], _("{text} is {day}: the day stands first"))),
        ("mdy", _reading(sample, found["mdy"], _("{text} is {day}: the month stands first"))),
    ]


def _reading(sample: str, day: dt.date, words: Any) -> str | Promise:
    return format_lazy(words, text=sample, day=_in_words(day))


def _in_words(day: dt.date) -> str | Promise:
    return format_lazy(
        _("day {day} of month {month}, {year}"), day=day.day, month=day.month, year=day.year
    )


def _ask_typed(column: Column, day_first: Sequence[tuple[int, str]], found: Survey) -> None:
    """An English spreadsheet turns 03/04/2019 into 4 March and leaves 25/04/2019 as text:
    where all real dates could have come about so, nobody but the person knows."""
    days = column.days
    if not day_first or not days or any(day.day > 12 for day in days):
        return
    doubtful = [(row, day) for day, row in days.items() if day.day != day.month]
    if not doubtful:
        return
    row, day = doubtful[0]
    options: list[tuple[str, Label]] = [
        ("keep", format_lazy(_("the dates are right: {day}"), day=_in_words(day))),
        (
            "swap",
            format_lazy(
                _("day and month changed places: {day}"), day=_in_words(datetext.swapped(day))
            ),
        ),
    ]
    samples = [*[(row, shown(day)) for row, day in doubtful[:2]], *day_first[:1]]
    found.questions.append(column.question(QuestionKind.TYPED, samples, *options))
