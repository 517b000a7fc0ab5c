"""The boxes for questions that are not about a column: a list, a few options, or a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

MOST_IN_SIGHT = 6  # of the options of a question; more are in a list to unfold


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


def _select(options: list[tuple[str, ...]], label: str, said: str | None) -> forms.ChoiceField:
    box = forms.Select(attrs={"class": "control", "aria-label": label})
    choices: Any = options
    return forms.ChoiceField(choices=choices, required=False, initial=said, widget=box)
