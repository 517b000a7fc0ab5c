"""Finding a figure to put into a sentence, in the words it would print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.contracts import Fact, Indicator
from common.text import search_key
from common.units import alternatives
from indicators import year_table
from indicators.declarations import facts, indicators
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
    """An indicator or a fact with everything that can be said of it."""

    label: object
    scope: object
    forms: list[Suggestion]


def suggestions(report: Report, viewer: User, query: str) -> list[Found]:
    """Indicators and facts whose name, scope or code has every word of the query."""
    words = search_key(query).split()
    year = report.period.year
    ledger = Ledger(year_table.build([year, year + 1], viewer))
    rows = [row for row in indicators().values() if _matches(row.code, row.label, row.scope, words)]
    found = [Found(row.label, row.scope, list(_forms(ledger, row, year))) for row in rows[:MOST]]
    known = [fact for fact in facts().values() if _matches(fact.code, fact.label, "", words)]
    told = [Found(fact.label, _("fact"), list(_told(ledger, fact, year))) for fact in known]
    return [*found, *(one for one in told if one.forms)]


def _matches(code: str, label: object, scope: object, words: list[str]) -> bool:
    with translation.override("vi"):
        text = search_key(f"{code} {label} {scope}")
    return all(word in text for word in words)


def _forms(ledger: Ledger, row: Indicator, year: int) -> Iterator[Suggestion]:
    """Every form that says something now, in each unit the value may be shown in."""
    for form in FORMS:
        text = _said(ledger, row, form, year)
        if text or form == "value":
            yield Suggestion(_token(row, form), FORM_LABELS[form], text or "…")
    for unit in alternatives(row.unit):
        if unit.code != row.unit:
            option = f"unit={unit.code}"
            if text := _said(ledger, row, "value", year, unit.code):
                yield Suggestion(_token(row, f"value {option}"), unit.label, text)
    if text := _said(ledger, row, "plan_value", year + 1):
        yield Suggestion(_token(row, "plan_value year=+1"), _("next year's plan"), text)


def _said(ledger: Ledger, row: Indicator, form: str, year: int, unit: str | None = None) -> str:
    with translation.override("vi"):
        entry = ledger.say(row.code, form, "picker", year=year, unit=unit)
    return entry.text if entry else ""


def _token(row: Indicator, words: str) -> str:
    return f"[[{row.code}]]" if words == "value" else f"[[{row.code} {words}]]"


def _told(ledger: Ledger, fact: Fact, year: int) -> Iterator[Suggestion]:
    for form, label in (("value", FORM_LABELS["value"]), ("number", FORM_LABELS["number"])):
        with translation.override("vi"):
            entry = ledger.say_fact(fact.code, form, "picker", year=year)
        if entry:
            token = f"[[fact:{fact.code}]]" if form == "value" else f"[[fact:{fact.code} number]]"
            yield Suggestion(token, label, entry.text)
