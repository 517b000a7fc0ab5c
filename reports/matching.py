"""Which figure a typed number could be: "make it a figure".

A number is known when some form of some figure of the year says the same
number, in its own unit or another of the family.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation

from accounts.models import User
from common.numbers import AmbiguousNumber, NotANumber, parse_number
from common.units import UNITS, alternatives
from indicators import year_table
from indicators.declarations import facts, indicators
from indicators.ledger import FORMS, Entry
from reports import numerals
from reports.chips import FORM_LABELS, may_see
from reports.compose import narrative_for
from reports.models import Report
from reports.narrative import Narrative, plain_chip
from reports.numerals import Numeral

MOST = 8


@dataclass(frozen=True)
class Match:
    """A token that says the number, and the stretch of prose it would replace."""

    token: str
    text: str
    name: str
    form: str
    start: int
    end: int
    closeness: tuple[bool, int, int]

    def as_json(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if key != "closeness"}


def matches(report: Report, viewer: User, prose: str, start: int) -> list[Match]:
    """Figures that say the numeral at ``start`` of a paragraph, the closest wording first."""
    numeral = next((one for one in numerals.find(prose) if one.start == start), None)
    if numeral is None:
        return []
    year, months = report.period.year, report.period.months
    table = year_table.build([year, year + 1], viewer, months=months)
    narrative = narrative_for(report, table, plain_chip)
    found = [
        match
        for inside, name, form, entry in _everything(narrative, viewer)
        if (match := _matched(prose, numeral, inside, name, form, entry))
    ]
    best: dict[str, Match] = {}
    for match in sorted(found, key=lambda one: one.closeness, reverse=True):
        best.setdefault(match.token, match)
    return list(best.values())[:MOST]


def _everything(narrative: Narrative, viewer: User) -> Iterator[tuple[str, str, str, Entry]]:
    """All that can be said of the report's period: (inside, name, form, what it says)."""
    say, year = narrative.ledger.say, narrative.year
    with translation.override("vi"):
        for code, row in indicators().items():
            if not row.yearly or not may_see(viewer, code):
                continue
            name = str(row.label)
            for form in FORMS:
                if form != "parts_note" and (entry := say(code, form, "match", year=year)):
                    inside = code if form == "value" else f"{code} {form}"
                    yield inside, name, form, entry
            for unit in alternatives(row.unit):
                entry = say(code, "value", "match", year=year, unit=unit.code)
                if entry and unit.code != row.unit:
                    yield f"{code} value unit={unit.code}", name, "value", entry
        for code, fact in facts().items():
            for form in ("value", "number"):
                if entry := narrative.ledger.say_fact(code, form, "match", year=year):
                    inside = f"fact:{code}" + (" number" if form == "number" else "")
                    yield inside, str(fact.label), form, entry


def _matched(
    prose: str, typed: Numeral, inside: str, name: str, form: str, entry: Entry
) -> Match | None:
    """The form's words laid over the prose, when both say the same number."""
    said = next(iter(numerals.read(entry.text)), None)
    if said is None or _amount(said) is None or not _same(typed, said):
        return None
    if form == "number" and typed.unit:
        return None  # the value says it with its unit
    before, after = entry.text[: said.start], entry.text[said.end :]
    left = _overlap(prose[: typed.start], before)
    right = _overlap(prose[typed.end :][::-1], after[::-1])
    missing = len(before) + len(after) - left - right
    closeness = (typed.unit == said.unit, -missing, left + right)
    return Match(
        inside,
        entry.text,
        name,
        str(FORM_LABELS[form]),
        typed.start - left,
        typed.end + right,
        closeness,
    )


def _overlap(prose: str, words: str) -> int:
    """How many letters before the number both have, whole words only."""
    for length in range(len(words), 0, -1):
        whole = length == len(words) or not words[-length - 1].isalnum()
        if whole and prose.endswith(words[-length:]):
            return length
    return 0


def _same(typed: Numeral, said: Numeral) -> bool:
    one, other = _amount(typed), _amount(said)
    if one is None or other is None:
        return False
    if typed.unit and said.unit:
        ours, theirs = UNITS[typed.unit], UNITS[said.unit]
        return ours.family == theirs.family and one * ours.factor == other * theirs.factor
    return one == other and not (typed.unit == "percent" or said.unit == "percent")


def _amount(numeral: Numeral) -> Decimal | None:
    try:
        return parse_number(numeral.number, "vi")
    except (NotANumber, AmbiguousNumber):
        return None
