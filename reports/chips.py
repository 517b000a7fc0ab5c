"""Figures of a report on the screen: what each chip says, and where its number comes from."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Verb
from common.contracts import Label
from indicators.declarations import facts, indicators
from indicators.ledger import Entry
from indicators.models import Figure
from reports.narrative import TOKEN, BadToken, Narrative, Token, parse

FORM_LABELS: dict[str, Label] = {
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
OTHER_YEAR = _("in %(year)s")
WORDS_OF_THE_PERIOD = _("words of the period")

SAID, SILENT, MISSING, UNKNOWN, HIDDEN = "said", "silent", "missing", "unknown", "hidden"
# What stands in the chip when it has nothing to say: the short form of what happens on paper.
STANDINS: dict[str, Label] = {
    SILENT: pgettext_lazy("figure in a text", "nothing to compare: left out"),
    MISSING: pgettext_lazy("figure in a text", "no figure yet"),
    UNKNOWN: pgettext_lazy("figure in a text", "figure no longer known"),
    HIDDEN: pgettext_lazy("figure in a text", "figure not open to this account"),
}


def screen_chip(entry: Entry) -> str:
    """The number as a button that opens "Nguồn số liệu"."""
    context = {"text": entry.text, "address": source_address(entry)}
    return render_to_string("reports/_chip.html", context).strip()


def source_address(entry: Entry) -> str:
    """Where the number comes from; "" for one that stands on nothing."""
    if entry.figure_id is not None:
        others = ",".join(str(pk) for pk, _version in entry.figures[1:])
        address = reverse("indicators:source", args=[entry.figure_id])
        return address + (f"?{urlencode({'with': others})}" if others else "")
    if entry.fact is not None:
        return reverse("indicators:fact", args=[entry.fact])
    return entry.records


@dataclass(frozen=True)
class ChipFace:
    """How one token shows in the editor; one that is hidden or unknown shows no name."""

    state: str
    text: str
    name: str = ""
    form: str = ""
    address: str = ""
    code: str = ""

    def as_json(self) -> dict[str, Any]:
        return {field: value for field, value in vars(self).items() if value}


def may_see(viewer: User, code: str) -> bool:
    """Whether a person may know of an indicator at all."""
    row = indicators().get(code)
    return row is None or viewer.may(Verb.READ, data_class=row.data_class)


def faces(insides: Iterable[str], narrative: Narrative, viewer: User) -> dict[str, ChipFace]:
    """What the chips of a text show to ``viewer``, by the inside of their tokens."""
    shown = {inside: _face(inside, narrative, viewer) for inside in dict.fromkeys(insides)}
    closed = _closed_to(viewer, [face.code for face in shown.values() if face.state == MISSING])
    return {
        inside: _blank(HIDDEN) if face.state == MISSING and face.code in closed else face
        for inside, face in shown.items()
    }


def insides(markup: str) -> list[str]:
    """The insides of a text's tokens, each once."""
    return list(dict.fromkeys(html.unescape(found) for found in TOKEN.findall(markup)))


def _face(inside: str, narrative: Narrative, viewer: User) -> ChipFace:
    try:
        token = parse(inside)
    except BadToken:
        return _blank(UNKNOWN)
    if not may_see(viewer, token.code):
        return _blank(HIDDEN)
    with translation.override("vi"):
        said = narrative.say(token, "editor")
    name, form = _named(token, narrative)
    if isinstance(said, Entry):
        return ChipFace(SAID, said.text, name, form, source_address(said), token.code)
    if said:
        return ChipFace(SAID, said, name, form)
    state = SILENT if token.is_clause else MISSING
    return ChipFace(state, str(STANDINS[state]), name, form, code=token.code)


def _blank(state: str) -> ChipFace:
    return ChipFace(state, str(STANDINS[state]))


def _named(token: Token, narrative: Narrative) -> tuple[str, str]:
    """The name of what a token tells, and of the form it tells it in."""
    if token.kind in ("year", "period"):
        return str(WORDS_OF_THE_PERIOD), ""
    declared = facts()[token.code] if token.kind == "fact" else indicators()[token.code]
    form = str(FORM_LABELS[token.form])
    year = narrative.year_of(token)
    if year != narrative.year:
        form = f"{form}, {OTHER_YEAR % {'year': year}}"
    return str(declared.label), form


def _closed_to(viewer: User, codes: list[str]) -> set[str]:
    """Indicators with figures this person may not read: theirs is not "none yet"."""
    if not codes or viewer.reach(Verb.READ) is None:
        return set()
    held = Figure.objects.current().filter(indicator__in=codes)
    seen = held.visible_to(viewer).values_list("indicator", flat=True)
    return set(held.values_list("indicator", flat=True)) - set(seen)
