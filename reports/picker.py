"""Finding a figure to put into a sentence, in the words it would print.

Every word of a query is looked for in the name, scope and code of the figure
and in the words of the form: "kim ngạch 2019 % kế hoạch" is a name, a year and
a form. A year in the query chooses the year that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.contracts import Fact, Indicator, Label
from common.text import search_key
from common.units import UNITS, alternatives
from indicators import year_table
from indicators.declarations import facts, indicators
from indicators.ledger import FORMS
from reports.chips import FORM_LABELS, OTHER_YEAR, may_see, source_address
from reports.compose import narrative_for
from reports.models import Report
from reports.narrative import Narrative, parse, plain_chip

MOST = 12  # figures shown at once
FIRST_YEAR, LAST_YEAR = 2006, 2027
# What people call the forms; searched beside their names on screen.
_FORM_WORDS = {
    "value": "giá trị thực hiện số liệu",
    "reached": "ước đạt thực hiện kết quả",
    "number": "số không đơn vị",
    "plan": "% kế hoạch tỷ lệ phần trăm đạt so kế hoạch dự toán mục tiêu",
    "plan_value": "kế hoạch giao mục tiêu dự toán kh",
    "change": "tăng giảm so cùng kỳ so với năm trước so sánh % thay đổi",
    "change_short": "tăng giảm so cùng kỳ % thay đổi ngắn",
    "last": "năm trước cùng kỳ trước",
    "parts_note": "chênh thành phần thuyết minh ghi chú",
}
_NEXT_YEAR = ("ke", "hoach", "giao", "muc", "tieu", "du", "toan", "nam", "sau", "toi")
_WORD = re.compile(r"%|[^\W_]+")
_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True)
class Suggestion:
    """One figure in one form: the inside of its token and what it says now."""

    token: str
    label: str
    text: str
    address: str = ""

    def as_json(self) -> dict[str, Any]:
        return vars(self)


@dataclass(frozen=True)
class Found:
    """An indicator or a fact with everything that can be said of it."""

    label: str
    scope: str
    forms: list[Suggestion]

    def as_json(self) -> dict[str, Any]:
        forms = [form.as_json() for form in self.forms]
        return {"label": self.label, "scope": self.scope, "forms": forms}


def suggestions(report: Report, viewer: User, query: str) -> list[Found]:
    """Indicators and facts with the forms that fit every word of the query."""
    words = _WORD.findall(search_key(query))
    year = report.period.year
    years = {int(word) for word in words if _YEAR.fullmatch(word)}
    told = {one for one in years if FIRST_YEAR <= one <= LAST_YEAR} or {year}
    rest = [word for word in words if not (_YEAR.fullmatch(word) and int(word) in told)]
    narrative = _narrative(report, viewer, {year, year + 1, *told})
    found: list[Found] = []
    for row in _ranked(indicators().values(), rest):
        if may_see(viewer, row.code) and row.yearly:
            forms = list(_fitting(narrative, row, rest, sorted(told), asked=bool(years)))
            if forms:
                found.append(Found(str(row.label), str(row.scope), forms))
        if len(found) == MOST:
            break
    return [*found, *_facts(narrative, rest)]


def forms_of(report: Report, viewer: User, inside: str) -> list[Suggestion]:
    """Every other way to say what a token says, for its own year."""
    token = parse(inside)
    if token.kind in ("year", "period") or not may_see(viewer, token.code):
        return []
    if token.kind == "fact":
        narrative = _narrative(report, viewer, {report.period.year})
        return list(_told(narrative, facts()[token.code]))
    narrative = _narrative(report, viewer, {report.period.year, report.period.year + 1})
    year = narrative.year_of(token)
    if year not in narrative.ledger.table.years:
        narrative = _narrative(report, viewer, {year})
    return list(_forms(narrative, indicators()[token.code], year))


def _narrative(report: Report, viewer: User, years: Iterable[int]) -> Narrative:
    table = year_table.build(years, viewer, months=report.period.months)
    return narrative_for(report, table, plain_chip)


# --- which indicators, which forms -----------------------------------------------------


def _ranked(rows: Iterable[Indicator], words: list[str]) -> list[Indicator]:
    """Rows that more words name first, those that have them side by side before the others."""

    def rank(row: Indicator) -> tuple[int, bool]:
        names = _name_words(row.code)
        hits = [word for word in words if _in(word, names)]
        return -len(hits), " ".join(hits) not in " ".join(names)

    return sorted(rows, key=rank)  # the outline's order decides ties


def _fitting(
    narrative: Narrative, row: Indicator, words: list[str], years: list[int], *, asked: bool
) -> Iterator[Suggestion]:
    """Forms that have every word the row's name lacks."""
    of_form = [word for word in words if not _in(word, _name_words(row.code))]
    for year in years:
        yield from _forms(narrative, row, year, of_form, asked=asked)


def _in(word: str, keys: tuple[str, ...]) -> bool:
    return any(key.startswith(word) for key in keys)


@cache
def _name_words(code: str) -> tuple[str, ...]:
    row = indicators()[code]
    with translation.override("vi"):
        return tuple(_WORD.findall(search_key(f"{row.label} {row.scope} {code}")))


@cache
def _unit_words(code: str) -> tuple[str, ...]:
    with translation.override("vi"):
        return (*_form_words("value"), *_WORD.findall(search_key(str(UNITS[code].label))))


@cache
def _form_words(form: str) -> tuple[str, ...]:
    with translation.override("vi"):
        return tuple(_WORD.findall(search_key(f"{FORM_LABELS[form]} {_FORM_WORDS[form]}")))


# --- what they say ---------------------------------------------------------------------


def _forms(
    narrative: Narrative,
    row: Indicator,
    year: int,
    words: Sequence[str] = (),
    *,
    asked: bool = False,
) -> Iterator[Suggestion]:
    """What can be said of a year in forms that have all ``words``."""
    offset = year - narrative.year
    for form in FORMS:
        if all(_in(word, _form_words(form)) for word in words):
            made = _suggestion(narrative, row, form, offset, FORM_LABELS[form])
            if made.text or (form == "value" and not asked):
                yield made
    for unit in alternatives(row.unit):
        if unit.code != row.unit and all(_in(word, _unit_words(unit.code)) for word in words):
            made = _suggestion(narrative, row, "value", offset, unit.label, unit.code)
            if made.text:
                yield made
    if not asked and not offset and all(_in(word, _NEXT_YEAR) for word in words):
        made = _suggestion(narrative, row, "plan_value", 1, _("next year's plan"))
        if made.text:
            yield made


def _suggestion(
    narrative: Narrative, row: Indicator, form: str, offset: int, label: Label, unit: str = ""
) -> Suggestion:
    options = [form] if form != "value" or unit or offset else []
    options += [f"unit={unit}"] if unit else []
    options += [f"year={offset:+d}"] if offset else []
    inside = " ".join([row.code, *options])
    with translation.override("vi"):
        entry = narrative.ledger.say(
            row.code, form, "picker", year=narrative.year + offset, unit=unit or None
        )
    shown = str(label)
    if offset:
        shown = f"{shown}, {OTHER_YEAR % {'year': narrative.year + offset}}"
    return Suggestion(
        inside, shown, entry.text if entry else "", source_address(entry) if entry else ""
    )


def _facts(narrative: Narrative, words: list[str]) -> Iterator[Found]:
    for fact in facts().values():
        with translation.override("vi"):
            keys = tuple(_WORD.findall(search_key(f"{fact.code} {fact.label}")))
        if all(_in(word, keys) for word in words):
            forms = list(_told(narrative, fact))
            if forms:
                yield Found(str(fact.label), str(_("fact")), forms)


def _told(narrative: Narrative, fact: Fact) -> Iterator[Suggestion]:
    for form in ("value", "number"):
        with translation.override("vi"):
            entry = narrative.ledger.say_fact(fact.code, form, "picker", year=narrative.year)
        if entry:
            inside = f"fact:{fact.code}" + (" number" if form == "number" else "")
            yield Suggestion(inside, str(FORM_LABELS[form]), entry.text, source_address(entry))
