"""How a cell of each kind of field is read, and what is said where it cannot be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common import numbers
from common.contracts import Label
from common.dates import short_date
from common.numbers import MAX_INTEGER_DIGITS, AmbiguousNumber, NotANumber
from common.text import nfc, search_key
from imports import datetext, numbertext
from imports.answers import Answers
from imports.book import Broken, Flaw, Percent, Value
from imports.fields import Converted, Field, FieldKind, Mark, Number, Wrong
from imports.headings import plain, shown, unit_key
from imports.matching import labels

Convert = Callable[[Value], Converted]

_YES = frozenset({"x", "có", "co", "yes", "y", "true", "đúng", "1", "✓", "✔", "√", "v", "☑"})
_NO = frozenset({"không", "khong", "no", "n", "false", "sai", "0", "-", "–", "☐"})
_COUNTING = ("số lượng ", "số ", "number of ")  # "Số người": 08 người
_BROKEN: Mapping[Flaw, Label] = {
    Flaw.ERROR: _("The cell shows the error {text}. Correct its formula, or type the value."),
    Flaw.NOT_CALCULATED: _(
        "The formula in the cell was never calculated. Open the file in Excel, save it and upload"
        " it again, or type the value."
    ),
    Flaw.TOO_LONG: _("The text is too long for a cell. Shorten it."),
    Flaw.CONTROL: _("The cell holds characters that are no text. Type it anew."),
}


def wrong(message: Any, text: str = "", **more: object) -> Wrong:
    """``text`` is quoted, and cut where a whole page stands in the cell."""
    quoted = text if len(text) <= 40 else text[:40] + "…"
    return Wrong(format_lazy(message, text=quoted, **more))


def required(field: Field) -> Wrong:
    return wrong(_('"{label}" is required. Fill in the cell.'), label=str(field.label))


def converter(field: Field, answers: Answers) -> Convert:
    """What reads the cells of one column, those that hold anything."""
    by_kind: dict[FieldKind, Callable[[Field, Answers], Convert]] = {
        FieldKind.TEXT: lambda _field, _answers: _text,
        FieldKind.KEY: lambda _field, _answers: _key,
        FieldKind.FLAG: lambda _field, _answers: _flag,
        FieldKind.NUMBER: _number,
        FieldKind.DATE: _date,
        FieldKind.MONTH: _month,
    }
    return by_kind[field.kind](field, answers)


def broken(cell: Broken) -> Wrong:
    return wrong(_BROKEN[cell.flaw], cell.text)


# --- text, keys, flags --------------------------------------------------------------


def _text(cell: Value) -> str:
    if isinstance(cell, str):
        if "\r" in cell:
            cell = cell.replace("\r\n", "\n").replace("\r", "\n")
        return nfc(cell).strip()
    return shown(cell)


def _key(cell: Value) -> str:
    if isinstance(cell, dt.date):
        raise wrong(
            _(
                "A spreadsheet turned this cell into the date {text}. Format it as text and type"
                " it again."
            ),
            shown(cell),
        )
    return " ".join(_text(cell).split())


def _flag(cell: Value) -> bool:
    if isinstance(cell, bool):
        return cell
    text = nfc(shown(cell)).strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    raise wrong(_('"{text}" is neither yes nor no. Enter x or leave the cell empty.'), text)


# --- numbers ------------------------------------------------------------------------


def _number(field: Field, answers: Answers) -> Convert:
    factor = _unit_factor(field, answers.unit)
    as_it_stands = factor == 1
    thousands_lost = answers.thousands == "lost"

    def read(cell: Value) -> Converted:
        if isinstance(cell, str):
            return _number_text(field, cell, answers.number, factor)
        if isinstance(cell, Percent):
            _refuse_percent(field, shown(cell))
            return replace(_scaled(cell.number, factor), is_percent=True)
        if not isinstance(cell, Decimal):
            raise _no_number_cell(cell)
        if not cell.is_finite() or cell.adjusted() >= MAX_INTEGER_DIGITS:
            raise wrong(_('"{text}" is too large or not a number. Correct it.'), shown(cell))
        if thousands_lost:
            cell = _with_thousands(cell)
        return Number(cell) if as_it_stands else _scaled(cell, factor)

    return read


def _with_thousands(cell: Decimal) -> Decimal:
    """6.5 was 6.500; of 7 nobody can say whether it was 7 or 7.000."""
    if numbertext.may_be_thousands(cell):
        return cell * 1000
    if cell and cell.adjusted() < 3:
        raise wrong(_("{text} may have been {text}.000. Type the number again."), plain(cell))
    return cell


def _no_number_cell(cell: Value) -> Wrong:
    if isinstance(cell, bool):
        return wrong(_("The cell says yes or no where a number is expected. Type the number."))
    message = _(
        "A spreadsheet turned this cell into the date {text}. Format it as a number and type it"
        " again."
    )
    return wrong(message, shown(cell))


def _unit_factor(field: Field, answered: str) -> Decimal | None:
    """What one of the column's unit is in the field's own; None while nobody has said."""
    different = set(field.units.values())
    for factor in different:
        if answered == plain(factor):
            return factor
    if len(different) > 1:
        return None
    return different.pop() if different else Decimal(1)


def _scaled(
    value: Decimal, factor: Decimal | None, precision: str = "", status: str = ""
) -> Number:
    if factor is None:
        raise wrong(_("The unit of this column is not known. Answer the question on its unit."))
    return Number(value if factor == 1 else value * factor, precision, status)


def _number_text(field: Field, cell: str, style: str, factor: Decimal | None) -> Converted:
    if numbertext.is_bare(cell):  # most are: the quick way
        return _scaled(_in_style(cell, style), factor)
    if mark := numbertext.mark_of(cell):
        return _marked(field, mark, cell)
    apart = numbertext.take_apart(cell, field.units, any_unit=True)
    if apart is None:
        raise _not_a_number(cell, style)
    if not apart.number:
        raise wrong(
            _('"{text}" has no number. Write it after "{text}", or leave the cell empty.'),
            cell.strip(),
        )
    if apart.unit and not field.row_units and unit_key(apart.unit) not in counted(field):
        raise _other_unit(field, apart.unit, cell, style)
    value = _in_style(apart.number, style)
    own = factor if apart.factor is None else apart.factor
    number = _scaled(value, own, apart.precision, apart.status)
    if apart.is_percent:
        _refuse_percent(field, cell.strip())
        return replace(number, is_percent=True)
    return replace(number, unit=apart.unit) if field.row_units and apart.unit else number


def counted(field: Field) -> dict[str, str]:
    """What the label says is counted, as people write it behind a number: key → words."""
    found: dict[str, str] = {}
    for label in labels(field):
        for prefix in _COUNTING:
            if label.casefold().startswith(prefix):
                words = label[len(prefix) :].partition("(")[0].strip()
                found[unit_key(words)] = words
    return found


def _other_unit(field: Field, unit: str, cell: str, style: str) -> Wrong:
    own = [*counted(field).values()][:1] or [
        label for label, factor in field.units.items() if factor == 1
    ][:1]
    if not own:
        return _not_a_number(cell.strip(), style)
    message = _('"{text}" is given in "{unit}", this column in "{own}". Give the number in that.')
    return wrong(message, cell.strip(), unit=unit[:40], own=own[0])


def _refuse_percent(field: Field, text: str) -> None:
    if not field.percents:
        raise wrong(_('"{text}" is a share where an amount is expected. Type the amount.'), text)


def _marked(field: Field, mark: Mark, cell: str) -> Converted:
    if field.marks:
        return mark
    if mark is Mark.NIL:
        return Number(Decimal(0))
    if mark is Mark.MISSING:
        return None
    raise wrong(_('"{text}" is no number here. Enter the number or leave the cell empty.'), cell)


def _in_style(text: str, style: str) -> Decimal:
    """The number in the writing that was answered; without an answer its only reading."""
    if style:
        try:
            return numbers.parse_number(text, style)
        except (NotANumber, AmbiguousNumber) as error:
            raise Wrong(error.message) from error
    found = numbers.readings(text)
    if not found:
        raise _not_a_number(text, style)
    if numbertext.is_ambiguous(found):
        raise wrong(
            _(
                '"{text}" can be {one} or {other}. Answer the question on the numbers of this'
                " column."
            ),
            text,
            one=unmistakable(found["vi"]),
            other=unmistakable(found["en"]),
        )
    return next(iter(found.values()))


def unmistakable(value: Decimal) -> str:
    """A number no thousands are set apart in, so that it has one reading: "6500", "6,5"."""
    return plain(value).replace(".", ",")


def _not_a_number(text: str, style: str) -> Wrong:
    """In the words of the entry screen; a number with anything beside it is none."""
    try:
        numbers.parse_number(text, style or "vi")
    except (NotANumber, AmbiguousNumber) as error:
        return Wrong(error.message)
    return wrong(_('"{text}" is not a number.'), text)


# --- dates --------------------------------------------------------------------------


def _date(_field: Field, answers: Answers) -> Convert:
    def read(cell: Value) -> Converted:
        if isinstance(cell, dt.date):
            return _day(cell, answers)
        found = datetext.readings(cell) if isinstance(cell, str) else {}
        return _in_order(found, cell, answers.date, _no_date)

    return read


def _month(_field: Field, answers: Answers) -> Convert:
    def read(cell: Value) -> Converted:
        if isinstance(cell, dt.date):
            return _day(cell, answers).replace(day=1)
        found = datetext.month_readings(cell) if isinstance(cell, str) else {}
        return _in_order(found, cell, answers.date, _no_month)

    return read


def _day(cell: dt.date, answers: Answers) -> dt.date:
    day = dt.date(cell.year, cell.month, cell.day)  # a workbook's date may carry a time
    return datetext.swapped(day) if answers.typed == "swap" else day


def _in_order(
    found: Mapping[str, dt.date], cell: Value, order: str, none: Callable[[str], Wrong]
) -> dt.date:
    """The day in the order that was answered; without an answer the only one it can be."""
    if order in found:
        return found[order]
    if order and found:
        raise wrong(
            _('"{text}" is no date with the {first} first. Enter it as {suggestion}.'),
            shown(cell),
            first=_("day") if order == datetext.DAY_FIRST else _("month"),
            suggestion=_written(next(iter(found.values())), order),
        )
    if not found:
        raise none(shown(cell).strip())
    if datetext.is_ambiguous(found):
        raise wrong(
            _('"{text}" can be {one} or {other}. Answer the question on the dates of this column.'),
            shown(cell),
            one=short_date(found["dmy"]),
            other=short_date(found["mdy"]),
        )
    return next(iter(found.values()))


def _written(day: dt.date, order: str) -> str:
    text = short_date(day)
    return text if order == datetext.DAY_FIRST else f"{text[3:6]}{text[:3]}{text[6:]}"


def _no_date(text: str) -> Wrong:
    if re.fullmatch(r"[0-9]{5}(?:[.,][0-9]+)?", text):
        return wrong(
            _('"{text}" is a number where a date is expected. Format the cell as a date.'), text
        )
    if re.fullmatch(r"[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2}", text):
        return wrong(_('"{text}" has a year of two digits. Write the year with four.'), text)
    return wrong(_('"{text}" is not a date. Enter it as 05/12/2025.'), text)


def _no_month(text: str) -> Wrong:
    if re.fullmatch(r"(?:thang|t)?\s*[0-9]{1,2}", search_key(text)):
        return wrong(_('"{text}" has no year. Enter the month as 03/2019.'), text)
    return wrong(_('"{text}" is not a month. Enter it as 03/2019.'), text)
