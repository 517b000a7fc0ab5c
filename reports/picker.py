"""Finding a figure to put into a sentence, in the words it would print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.contracts import Indicator
from common.text import search_key
from indicators import year_table
from indicators.declarations import indicators
from indicators.ledger import FORMS, Ledger
from reports.models import Report

FORM_LABELS = {
    "value": _("value"),
    "reached": _("value with “reached”"),
    "number": _("number without unit"),
    "plan": _("share of the plan"),
    "plan_value": _("planned value"),
    "change": _("change with its base"),
    "change_short": _("change"),
    "last": _("last year's value"),
    "parts_note": _("remark on the parts"),
}
MOST = 12


@dataclass(frozen=True)
class Suggestion:
    """One figure in one form: the token to insert and what it says now."""

    token: str
    label: object
    text: str


@dataclass(frozen=True)
class Found:
    indicator: Indicator
    forms: list[Suggestion]


def suggestions(report: Report, viewer: User, query: str) -> list[Found]:
    """Indicators whose name, group or code has every word of the query."""
    words = search_key(query).split()
    year = report.period.year
    ledger = Ledger(year_table.build([year], viewer))
    matching = [row for row in indicators().values() if _matches(row, words)][:MOST]
    return [Found(row, list(_forms(ledger, row, year))) for row in matching]


def _matches(row: Indicator, words: list[str]) -> bool:
    with translation.override("vi"):
        text = search_key(f"{row.code} {row.label} {row.scope}")
    return all(word in text for word in words)


def _forms(ledger: Ledger, row: Indicator, year: int) -> Iterator[Suggestion]:
    with translation.override("vi"):
        said = {form: ledger.say(row.code, form, "picker", year=year) for form in FORMS}
    for form, entry in said.items():
        if entry is None and form != "value":
            continue
        token = f"[[{row.code}]]" if form == "value" else f"[[{row.code} {form}]]"
        yield Suggestion(token, FORM_LABELS[form], entry.text if entry else "…")
