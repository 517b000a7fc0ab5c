"""What a file leaves open, each asked once with samples; and what it answers itself.

``find`` gives the questions for a person, ``settled`` the answers the file
gives without doubt: "1.234,5" in a column settles how its numbers are written.
The reader takes both: ``Reader(fields, {**settled(…), **given})``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.contracts import Label
from imports import datetext, numbertext
from imports.book import Sheet, Value, address, column_letter
from imports.contract import Field, FieldKind
from imports.conversion import unmistakable
from imports.headings import Heading, names_a_unit, plain, shown, unit_key
from imports.layout import Layout

SAMPLES = 3

_UNIT_NOTE = re.compile(
    r"\(?\s*(?:đơn vị tính|đơn vị|đvt|dvt|đv tính|unit)\s*[:\-]\s*([^()]+?)\s*\)?",
    re.IGNORECASE,
)


class QuestionKind(StrEnum):
    NUMBER = "number"  # which sign sets the decimals apart: "vi" | "en"
    DATE = "date"  # day or month first: "dmy" | "mdy"
    TYPED = "typed"  # did the spreadsheet mistake days for months: "keep" | "swap"
    UNIT = "unit"  # the factor of the unit, as text


@dataclass(frozen=True)
class Question:
    """``key`` names kind and column: "number:F"; ``label`` is the heading of the column."""

    key: str
    kind: str
    field: str
    samples: tuple[tuple[str, str], ...]  # cell, text
    options: tuple[tuple[str, Label], ...]  # value, words
    label: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": str(self.kind),
            "field": self.field,
            "label": self.label,
            "samples": [list(sample) for sample in self.samples],
            "options": [[value, str(words)] for value, words in self.options],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Question:
        return cls(
            key=stored["key"],
            kind=stored["kind"],
            field=stored["field"],
            label=stored.get("label", ""),
            samples=tuple((cell, text) for cell, text in stored["samples"]),
            options=tuple((value, words) for value, words in stored["options"]),
        )

    def accepts(self, answer: object) -> bool:
        return answer in {value for value, _words in self.options}


def find(
    sheet: Sheet, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> list[Question]:
    """What a person has to say before the rows can be read, column by column."""
    return survey(sheet, layout, matching, fields).questions


def settled(
    sheet: Sheet, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> dict[str, str]:
    """The answers that stand in the file, by the keys their questions would have."""
    return survey(sheet, layout, matching, fields).answers


def still_open(questions: Sequence[Question], answers: Mapping[str, str]) -> list[Question]:
    return [question for question in questions if not question.accepts(answers.get(question.key))]


@dataclass
class Survey:
    """What a file leaves open and what it settles, from one reading of its columns."""

    questions: list[Question] = made(default_factory=list)
    answers: dict[str, str] = made(default_factory=dict)


@dataclass
class _Column:
    """The different cells of a column that matter for a question, each with its first place."""

    index: int
    field: Field
    title: str
    texts: dict[str, int] = made(default_factory=dict)  # text → row
    days: dict[dt.date, int] = made(default_factory=dict)
    numbers: list[tuple[int, Decimal]] = made(default_factory=list)  # the first few

    def see(self, number: int, cell: Value) -> None:
        if isinstance(cell, str):
            if cell and cell not in self.texts:
                self.texts[cell] = number
        elif isinstance(cell, dt.date):
            self.days.setdefault(cell, number)
        elif isinstance(cell, Decimal) and len(self.numbers) < SAMPLES:
            self.numbers.append((number, cell))

    def question(
        self,
        kind: QuestionKind,
        samples: Sequence[tuple[int, str]],
        *options: tuple[str, str | Promise],
    ) -> Question:
        return Question(
            key=f"{kind}:{column_letter(self.index)}",
            kind=kind,
            field=self.field.name,
            label=self.title,
            samples=tuple((address(self.index, row), text[:80]) for row, text in samples[:SAMPLES]),
            options=options,
        )


_ASKED = (FieldKind.NUMBER, FieldKind.DATE, FieldKind.MONTH)


def survey(
    sheet: Sheet, layout: Layout, matching: Mapping[int, str], fields: Sequence[Field]
) -> Survey:
    by_name = {one.name: one for one in fields}
    columns = [
        _Column(column, by_name[name], layout.titles.get(column, ""))
        for column, name in sorted(matching.items())
        if name in by_name and by_name[name].kind in _ASKED and not by_name[name].is_silent
    ]
    for row in layout.rows(sheet):
        cells = row.cells
        for column in columns:
            if column.index < len(cells) and (cell := cells[column.index]) is not None:
                column.see(row.number, cell)
    found = Survey()
    notes = _unit_notes(sheet, layout)
    for column in columns:
        if column.field.kind is FieldKind.NUMBER:
            _ask_style(column, found)
            _ask_unit(column, notes, found)
        else:
            _ask_order(column, found)
    return found


# --- numbers ------------------------------------------------------------------------


def _ask_style(column: _Column, found: Survey) -> None:
    """6.500: settled where something else in the column can only be read in one way."""
    sorted_out: dict[str, list[tuple[int, str]]] = {"": [], "vi": [], "en": []}
    for text, row in column.texts.items():
        if "." in text or "," in text:
            styles = numbertext.styles_of(text)
            if styles:  # with a sign in it, two readings never agree
                sorted_out["" if len(styles) > 1 else styles[0]].append((row, text))
    unclear, vietnamese, english = sorted_out[""], sorted_out["vi"], sorted_out["en"]
    key = f"{QuestionKind.NUMBER}:{column_letter(column.index)}"
    if bool(vietnamese) != bool(english):
        found.answers[key] = "vi" if vietnamese else "en"
    elif unclear or vietnamese:
        samples = [*unclear[:1], *vietnamese[:1], *english[:1], *unclear[1:]]
        shown_text = (unclear or vietnamese)[0][1]
        found.questions.append(
            column.question(QuestionKind.NUMBER, samples, *_style_options(shown_text))
        )


def _style_options(sample: str) -> list[tuple[str, Label]]:
    """Both readings of the sample, in digits that have only one."""
    apart = numbertext.take_apart(sample)
    number = apart.number if apart else sample
    found = numbertext.readings_of(sample)
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


def _ask_unit(column: _Column, notes: Sequence[str], found: Survey) -> None:
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


def _unit_notes(sheet: Sheet, layout: Layout) -> list[str]:
    """ "Đơn vị tính: triệu USD" above the headings."""
    notes = []
    for row in sheet:
        if row.number >= layout.header_rows[0]:
            break
        texts = [cell.strip() for cell in row.cells if isinstance(cell, str)]
        notes += [match[1] for text in texts if (match := _UNIT_NOTE.fullmatch(text))]
    return notes


# --- dates --------------------------------------------------------------------------


def _ask_order(column: _Column, found: Survey) -> None:
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


def _ask_typed(column: _Column, day_first: Sequence[tuple[int, str]], found: Survey) -> None:
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
