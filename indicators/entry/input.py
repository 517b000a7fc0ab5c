"""What the browser sends about one cell, made into the content of a figure.

Only what changed is sent; the rest comes from the version the person saw.
Nothing is guessed: what cannot be read is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.contracts import Indicator
from common.numbers import AmbiguousNumber, format_number, parse_number
from common.text import nfc
from documents.models import SourceDocument
from indicators.actions import PAGE_LENGTH, Content, Refused, content_of
from indicators.entry import parts, words
from indicators.entry.cells import language
from indicators.models import Figure, Origin, State, YearPart

LIMITS = {"source_page": PAGE_LENGTH, "note": 4000}
WORDS = ("status", "plan_stage", "precision", "source_page", "note")


class Question(Exception):
    """A number in the other language's writing; ``field`` says which of those sent."""

    def __init__(self, field: str, asked: AmbiguousNumber) -> None:
        super().__init__(asked.message)
        self.field = field
        self.message = asked.message
        self.suggestion = asked.suggestion_text


def content(typed: Mapping[str, Any], current: Figure | None, indicator: Indicator) -> Content:
    """The content the cell is to have; raises NotANumber, Question or Refused."""
    before = content_of(current)
    after = replace(before, **_words(typed), **source(typed))
    if "text" in typed:
        after = _with_number(after, _text(typed, "text"), indicator)
    if "eleven_months" in typed or "december_estimate" in typed:
        after = _with_parts(after, typed, indicator)
    return _with_origin(before, after)


def _text(typed: Mapping[str, Any], name: str) -> str:
    value = typed[name]
    if not isinstance(value, str) or "\x00" in value:
        raise Refused(_("The entry cannot be read. Reload the page and enter it again."))
    return nfc(value).strip()


def _words(typed: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: _text(typed, name) for name in WORDS if name in typed}
    for name, limit in LIMITS.items():
        if len(found.get(name, "")) > limit:
            message = _("The text is too long: at most %(limit)s characters.")
            raise Refused(message % {"limit": limit})
    return found


def source(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The document that was chosen; raises Refused where it is no longer there."""
    if "source" not in typed:
        return {}
    chosen = typed["source"]
    if chosen in (None, ""):
        return {"source_id": None}
    known = str(chosen).isdecimal() and len(str(chosen)) < 18
    if not known or not SourceDocument.objects.filter(pk=int(chosen)).exists():
        raise Refused(_("This source document is no longer there. Choose another one."))
    return {"source_id": int(chosen)}


def _with_number(after: Content, text: str, indicator: Indicator) -> Content:
    """The cell's number or mark; a known eleven months stays and December follows."""
    if not text:  # the parts would make the year again
        return replace(after, state=None, value=None, eleven_months=None, december_estimate=None)
    marks = {mark.casefold(): state for state, mark in words.state_marks().items()}
    marks |= {"…": State.MISSING, "–": State.ZERO}
    state = marks.get(text.casefold())
    if state is not None:
        return replace(
            after,
            state=state,
            value=None,
            eleven_months=None,
            december_estimate=None,
            computed_part=YearPart.NONE,
            value_given=text,
            unit_given="",
        )
    value = _number(text, "text")
    changed = _with_value(after, value, text, indicator)
    if changed is after:
        return after
    return _settled(changed, parts.typed_year(_parts(after), value))


def _with_value(after: Content, value: Decimal, given: str, indicator: Indicator) -> Content:
    """Another number as it was given; beside the same one stays what the source wrote."""
    if after.state in (State.VALUE, State.ZERO) and value == after.value:
        return after  # "gần 4 tỷ USD"
    return replace(
        after,
        state=State.VALUE,
        value=value,
        value_given=given[:40],
        unit_given=str(indicator.measure.label)[:40],
    )


def _with_parts(after: Content, typed: Mapping[str, Any], indicator: Indicator) -> Content:
    """Eleven months and December make the year; of the three, two give the third."""
    eleven = _part(typed, "eleven_months")
    december = _part(typed, "december_estimate")
    if eleven is None and december is None:
        return _settled(after, parts.Parts())
    settled = parts.typed_parts(_parts(after), eleven, december)
    assert settled.year is not None
    given = format_number(settled.year, language())
    return _settled(_with_value(after, settled.year, given, indicator), settled)


def _parts(content: Content) -> parts.Parts:
    return parts.Parts(
        year=content.value,
        eleven=content.eleven_months,
        december=content.december_estimate,
        computed=content.computed_part,
    )


def _settled(content: Content, settled: parts.Parts) -> Content:
    return replace(
        content,
        eleven_months=settled.eleven,
        december_estimate=settled.december,
        computed_part=settled.computed,
    )


def _part(typed: Mapping[str, Any], name: str) -> Decimal | None:
    text = _text(typed, name) if name in typed else ""
    return _number(text, name) if text else None


def _number(text: str, field: str) -> Decimal:
    try:
        return parse_number(text, language())
    except AmbiguousNumber as asked:
        raise Question(field, asked) from asked


def _with_origin(before: Content, after: Content) -> Content:
    """A number typed, or an inferred one that now has a document, is no longer what it was.

    "About" and the reasoning of an inferred number go with it, unless they
    were written anew together with the number.
    """
    retyped = (before.state, before.value) != (after.state, after.value)
    inferred = before.origin == Origin.INFERRED
    if retyped and inferred:
        kept = {name: getattr(after, name) for name in ("precision", "note")}
        stale = [name for name, text in kept.items() if text == getattr(before, name)]
        emptied: dict[str, Any] = dict.fromkeys(stale, "")
        after = replace(after, **emptied)
    documented = inferred and after.source_id is not None
    return replace(after, origin=Origin.TYPED) if retyped or documented else after
