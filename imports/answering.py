"""The boxes of questions as a page shows them: lists, options, texts, and what stands beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from documents.forms import ShortDateField
from imports.book import column_letter

LONGEST = 200  # characters of what is typed about the file
MOST_IN_SIGHT = 6  # of the options of a question; more are in a list to unfold


@dataclass(frozen=True)
class ColumnLine:
    """A column of the file and the box that says which field it is."""

    index: int
    heading: str
    box: forms.BoundField
    is_matched: bool
    use: str  # what a column is for whose cells are not imported; "" for the others

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True)
class QuestionBox:
    """A question about the file with the samples it is asked for.

    ``others`` are the same question about other columns: as answered here, unless
    something else is said there.
    """

    title: str
    samples: Sequence[Sequence[str]]
    box: forms.BoundField
    letter: str = ""  # of the column it is about
    others: Sequence[QuestionBox] = ()
    details: Sequence[forms.BoundField] = ()  # what is said of the file where it is the answer

    @property
    def other_columns(self) -> str:
        return ", ".join(other.letter for other in self.others)

    @property
    def differs(self) -> bool:
        """Whether some column is answered otherwise, or has to be."""
        return any(other.box.value() or other.box.errors for other in self.others)


@dataclass(frozen=True)
class RowLine:
    """A row of the file nobody could place, and the box that says what it is about."""

    name: str
    samples: Sequence[Sequence[str]]
    box: forms.BoundField

    @property
    def cell(self) -> str:
        return self.samples[0][0] if self.samples else ""

    @property
    def beside(self) -> str:
        """What else stands in the row: its unit, its numbers."""
        return " · ".join(text for _cell, text in self.samples[1:])


def from_a_list(question: Mapping[str, Any], label: str, said: str | None) -> forms.Field:
    options = [tuple(option) for option in question["options"]]
    return _select(options, label, said)


def of_all_rows(question: Mapping[str, Any], label: str, said: str | None) -> forms.Field:
    """What all rows have where the file has no column; it is typed where nothing is offered.

    Nothing has to be said once a column is matched after all, so the form asks for it.
    """
    options = [tuple(option) for option in question["options"]]
    if not options:
        attrs = {"class": "control", "aria-label": label, "placeholder": "03/2019"}
        box = forms.TextInput(attrs=attrs)
        return forms.CharField(initial=said, required=False, max_length=60, widget=box)
    if len(options) > MOST_IN_SIGHT:
        return _select([("", _("— choose —")), *options], label, said)
    return forms.ChoiceField(
        choices=options, initial=said, required=False, widget=forms.RadioSelect
    )


def typed(question: Mapping[str, Any], label: str, said: str | None) -> forms.CharField:
    """What is typed about the file itself, with what was proposed in the box."""
    initial = question["proposed"] if said is None else said
    attrs = {"class": "control", "autocomplete": "off"}
    if question["is_day"]:
        attrs |= ShortDateField.widget.attrs
    box = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, initial=initial, required=False, max_length=LONGEST, widget=box
    )


def no_day(said: str) -> str:
    """Why what was typed is no day; "" where it is one, or nothing."""
    try:
        ShortDateField(required=False).clean(said)
    except forms.ValidationError as error:
        return str(error.messages[0])
    return ""


def _select(options: list[tuple[str, ...]], label: str, said: str | None) -> forms.ChoiceField:
    box = forms.Select(attrs={"class": "control", "aria-label": label})
    choices: Any = options
    return forms.ChoiceField(choices=choices, required=False, initial=said, widget=box)
