"""What a sheet says about a cell, and what is to stand there then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.numbers import format_cell, format_number
from indicators.actions import PAGE_LENGTH, Content, Refused, content_of
from indicators.entry import parts
from indicators.entry.cells import language
from indicators.models import Figure, Origin, PlanStage, Precision, State, Status, YearPart

_DECIMALS = ("value", "eleven_months", "december_estimate")
WORDS = ("status", "plan_stage", "precision")
BESIDE = ("source_id", "source_page", "note")


TO_BE_MADE = -1  # as the key of a source: the file itself, a document once it is confirmed


@dataclass(frozen=True)
class Carried:
    """What a new number takes whose row names no source: a document, and a place in it.

    ``sheet`` is given where the document is the file itself: the place is the number's cell.
    """

    content: Mapping[str, Any] = field(default_factory=dict)  # of BESIDE
    sheet: str = ""

    def at(self, cell: str) -> Mapping[str, Any]:
        if not self.sheet:
            return self.content
        return {**self.content, "source_page": f"{self.sheet}!{cell}"[-PAGE_LENGTH:]}


@dataclass(frozen=True, kw_only=True)
class Given:
    """One cell of the sheet, in the indicator's unit; None where it says nothing of the year."""

    state: str | None = None
    value: Decimal | None = None
    text: str = ""
    unit: str = ""
    eleven: Decimal | None = None
    december: Decimal | None = None
    words: Mapping[str, str]  # of WORDS, those that were said
    beside: Mapping[str, Any]  # of BESIDE, likewise
    carried: Mapping[str, Any] = field(default_factory=dict)  # of BESIDE, for another number only

    @property
    def has_parts(self) -> bool:
        return self.eleven is not None or self.december is not None


def wanted(given: Given, figure: Figure | None, origin: str = Origin.IMPORTED) -> Content:
    """The content of the cell after the import; raises Refused.

    Beside the same number everything stays that the sheet does not say
    otherwise. Another number comes with its own words: source, qualifier and
    certainty of the one before would say something nobody said of this one.
    """
    before = content_of(figure)
    after = _with_parts(given, before) if given.has_parts else _number(given, before)
    if (after.state, after.value) == (before.state, before.value):
        after = replace(after, value_given=before.value_given, unit_given=before.unit_given)
    else:
        note = "" if before.origin == Origin.INFERRED else before.note
        silent: dict[str, Any] = dict.fromkeys((*WORDS, "source_page"), "")
        after = replace(after, **silent, source_id=None, note=note, origin=origin)
        after = replace(after, **given.carried)
    after = replace(after, **dict[str, Any](given.words))
    after = replace(after, **given.beside)
    if after.origin == Origin.INFERRED and after.source_id is not None:
        after = replace(after, origin=origin)
    return after


def _number(given: Given, before: Content) -> Content:
    if given.state is None or (given.state, given.value) == (before.state, before.value):
        return before
    settled = parts.Parts()
    if given.value is not None and given.state == State.VALUE:
        settled = parts.typed_year(_parts_of(before), given.value)
    return _settled(before, given, settled, given.state, given.value)


def _with_parts(given: Given, before: Content) -> Content:
    """Eleven months and December of the sheet; with its year, the third is computed."""
    known = parts.Parts(year=given.value) if given.value is not None else _parts_of(before)
    settled = parts.typed_parts(known, given.eleven, given.december)
    if given.value is not None and settled.year != given.value:
        assert settled.year is not None
        raise Refused(
            _("Eleven months and December add up to %(sum)s, the year is %(year)s. Correct one.")
            % {"sum": _shown(settled.year), "year": _shown(given.value)}
        )
    same = (settled.year, settled.eleven, settled.december)
    if same == (before.value, before.eleven_months, before.december_estimate):
        return before
    return _settled(before, given, settled, State.VALUE, settled.year)


def _parts_of(content: Content) -> parts.Parts:
    return parts.Parts(
        year=content.value,
        eleven=content.eleven_months,
        december=content.december_estimate,
        computed=content.computed_part,
    )


def _settled(
    before: Content, given: Given, settled: parts.Parts, state: str, value: Decimal | None
) -> Content:
    return replace(
        before,
        state=State.ZERO if state == State.VALUE and value == 0 else state,
        value=value,
        eleven_months=settled.eleven,
        december_estimate=settled.december,
        computed_part=settled.computed if settled.are_known else YearPart.NONE,
        value_given=(given.text or (_shown(value) if value is not None else ""))[:40],
        unit_given=given.unit[:40],
    )


def differ(before: Content, after: Content) -> bool:
    """Whether anything but the writing of the number is another."""
    ignored: dict[str, Any] = {"origin": "", "value_given": "", "unit_given": ""}
    return replace(before, **ignored) != replace(after, **ignored)


def said(content: Content) -> str:
    """The number with its words: "khoảng 5.230", "4.750 (ước)"."""
    text = format_cell(content.state, content.value, language=language())
    if content.precision and content.state == State.VALUE:
        text = f"{Precision(content.precision).label} {text}"
    kind = content.status or content.plan_stage
    if kind and text:
        label = str(Status(kind).label if content.status else PlanStage(kind).label)
        text = f"{text} ({label[:1].lower()}{label[1:]})"
    if content.eleven_months is not None and content.december_estimate is not None:
        text += f" = {_shown(content.eleven_months)} + {_shown(content.december_estimate)}"
    return text


def _shown(number: Decimal) -> str:
    return format_number(number, language())


def with_source(rows: Iterable[Mapping[str, Any]], source: int | None) -> int:
    """How many numbers of these rows, as they are staged, rest on this document; or on none."""
    cells = (cell["content"] for row in rows for cell in row.get("cells", {}).values())
    return sum(
        cell["source_id"] == source and cell["state"] in (State.VALUE, State.ZERO) for cell in cells
    )


# --- as rows keep it ------------------------------------------------------------------


def as_json(content: Content) -> dict[str, Any]:
    found = asdict(content)
    for name in _DECIMALS:
        found[name] = None if found[name] is None else str(found[name])
    return {name: str(value) if isinstance(value, str) else value for name, value in found.items()}


def from_json(stored: Mapping[str, Any]) -> Content:
    known = {one.name for one in fields(Content)}
    found = {name: value for name, value in stored.items() if name in known}
    for name in _DECIMALS:
        found[name] = None if found.get(name) is None else Decimal(found[name])
    return Content(**found)
