"""Rows of a sheet against the figures of a year: what is new, changed, or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from common.contracts import Indicator
from common.numbers import format_number
from common.text import search_key
from documents.models import SourceDocument
from imports.book import address
from imports.contract import Checked, Fault, Mark, Number, Outcome, Parsed
from imports.headings import names_a_unit, shown
from indicators import year_table
from indicators.actions import Content, Refused, content_of
from indicators.declarations import groups, indicators
from indicators.entry import hinting
from indicators.entry.cells import language
from indicators.imported import columns, comparing, contents, units
from indicators.imported.contents import Given
from indicators.imported.names import Names, brackets, without_marks
from indicators.imported.standing import Standing
from indicators.models import Origin, PlanStage, Side, State, Status

NUMBERS = (columns.PLAN, columns.ACTUAL, columns.ESTIMATE, columns.ELEVEN, columns.DECEMBER)
_OF_ACTUAL = (columns.ACTUAL, columns.ESTIMATE, columns.ELEVEN, columns.DECEMBER)
_MARKS = {
    Mark.NIL: State.ZERO,
    Mark.MISSING: State.MISSING,
    Mark.NOT_APPLICABLE: State.NOT_APPLICABLE,
}


def readable(by: User) -> dict[str, Indicator]:
    """The rows of a year this person may know of."""
    return {
        code: row
        for code, row in indicators().items()
        if row.yearly and by.may(Verb.READ, data_class=row.data_class)
    }


@dataclass
class _Row:
    """One row on its way: what is wrong is gathered, so that all of it is told at once."""

    parsed: Parsed
    indicator: Indicator
    factor: Decimal = Decimal(1)
    unit: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, message: str) -> None:
        self.faults.append(fault(self.parsed, name, message))


def fault(parsed: Parsed, name: str, message: str) -> Fault:
    column = parsed.columns.get(name)
    place = "" if column is None else address(column, parsed.number)
    return Fault(name if place else "", place, shown(parsed.raw.get(name)), message)


class Checker:
    """Everything a check needs, read once; then asked row by row."""

    def __init__(
        self,
        year: int,
        by: User,
        *,
        origin: str = Origin.IMPORTED,
        carried: Mapping[str, Any] | None = None,
    ) -> None:
        """``carried``: source and page of every new number whose row names none."""
        self.year, self._origin = year, origin
        self._carried = dict(carried or {})
        self._rows = readable(by)
        self._names = Names(self._rows, {c: g.label for c, g in groups().items()})
        self._standing = Standing(year, by)
        self._table = year_table.build(hinting.years_for(year), by)
        self._met: dict[str, int] = {}

    def check(self, parsed: Parsed) -> Checked:
        name = _name(parsed)
        self._names.under(parsed.section)
        faults = [one for one in parsed.faults if one.field not in _silent(self.year)]
        code = self._code(parsed, name)
        if not _has_numbers(parsed) and not faults:
            return self._heading(parsed, name, code)
        if isinstance(code, Fault):
            return Checked(parsed.number, Outcome.FAULTY, name, faults=[*faults, code])
        indicator = self._rows[code]
        row = _Row(parsed, indicator, faults=faults)
        row.unit = _unit(parsed, name)
        try:
            row.factor = units.factor(row.unit, indicator)
        except units.OtherUnit:
            place = columns.UNIT if parsed.values.get(columns.UNIT) else columns.NAME
            row.fault(
                place,
                _("This row is kept in %(unit)s. Give the number or the unit accordingly.")
                % {"unit": indicator.measure.label},
            )
        self._names.met(code)
        self._met_before(row)
        return self._checked(row, name)

    # --- which row ---------------------------------------------------------------------

    def _code(self, parsed: Parsed, name: str) -> str | Fault:
        given = str(parsed.values.get(columns.CODE) or "").strip()
        if given in self._rows:
            return given
        kinds = list(self._names.likely(name))
        unit = _unit(parsed, name)
        for found in kinds:
            fitting = [code for code in found if _fits(unit, self._rows[code])]
            if len(fitting) == 1:
                return fitting[0]
        first = kinds[0] if kinds else []
        if len(first) == 1:
            return first[0]  # its unit is another: that is told at the unit
        return fault(parsed, columns.NAME, self._unknown(name, first))

    def _unknown(self, name: str, found: list[str]) -> str:
        if found:
            labels = ", ".join(f"“{self._rows[code].label}”" for code in found)
            return _("The name may mean any of %(rows)s. Write it as the form has it.") % {
                "rows": labels
            }
        like = self._names.like(name)
        if like:
            return _(
                "There is no such indicator. If “%(row)s” is meant, write it so; "
                "else remove the row."
            ) % {"row": like}
        return _(
            "There is no such indicator. Write the name as the form has it, or remove the row."
        )

    def _heading(self, parsed: Parsed, name: str, code: str | Fault) -> Checked:
        """A row without a number: nothing is said about its cells."""
        title = without_marks(name) or name
        if isinstance(code, str):
            self._names.met(code)
            title = _title(name, self._rows[code])
        else:
            self._names.under(name)
        return Checked(parsed.number, Outcome.UNCHANGED, title)

    def _met_before(self, row: _Row) -> None:
        first = self._met.setdefault(row.indicator.code, row.parsed.number)
        if first != row.parsed.number:
            row.fault(
                columns.NAME,
                _("Row %(number)s is about the same indicator. Keep one of the two.")
                % {"number": first},
            )

    # --- what of it --------------------------------------------------------------------

    def _checked(self, row: _Row, name: str) -> Checked:
        result = Checked(row.parsed.number, Outcome.UNCHANGED, _title(name, row.indicator))
        after: dict[str, Content] = {}
        made: list[bool] = []
        for side, given in self._given(row).items():
            place = _place(row.parsed, side)
            found = self._standing.find(row.indicator, side)
            before = content_of(found.figure)
            try:
                after[side] = content = contents.wanted(given, found.figure, self._origin)
            except Refused as refused:
                row.fault(place, str(refused))
                continue
            if not contents.differ(before, content):
                continue
            refusal = self._standing.refusal(found, row.indicator, content)
            if refusal:
                row.fault(place, refusal)
                continue
            made.append(found.figure is None)
            result.values.setdefault("cells", {})[side] = {
                "seen": found.version,
                "content": contents.as_json(content),
            }
            result.before[side] = contents.as_json(before) if found.figure else None
            result.shown |= self._shown(side, before, content)
        result.values["indicator"] = row.indicator.code
        self._compare(row, after, result)
        result.faults = row.faults
        if row.faults:
            result.outcome = Outcome.FAULTY
        elif made:
            result.outcome = Outcome.NEW if all(made) else Outcome.CHANGED
        return result

    def _given(self, row: _Row) -> dict[str, Given]:
        """What the row says by side; the words beside the numbers belong to the actual one."""
        values = row.parsed.values
        actual = self._actual(row)
        plan = self._number(row, columns.PLAN)
        has_actual = actual is not None or any(
            isinstance(values.get(name), Number) for name in (columns.ELEVEN, columns.DECEMBER)
        )
        found: dict[str, Given] = {}
        if plan is not None:
            said = self._words(row, Side.PLAN, alone=not has_actual)
            beside = {} if has_actual else self._beside(row)
            found[Side.PLAN] = Given(
                **plan[0], words=said | plan[1], beside=beside, carried=self._carried
            )
        if has_actual:
            number, words = actual or ({}, {})
            found[Side.ACTUAL] = Given(
                **number,
                eleven=self._part(row, columns.ELEVEN),
                december=self._part(row, columns.DECEMBER),
                words=self._words(row, Side.ACTUAL) | words,
                beside=self._beside(row),
                carried=self._carried,
            )
        return found

    def _actual(self, row: _Row) -> tuple[dict[str, Any], dict[str, str]] | None:
        """The year's actual, from the column of estimates where the other one is empty."""
        actual = self._number(row, columns.ACTUAL)
        estimate = self._number(row, columns.ESTIMATE)
        if estimate is None:
            return actual
        if actual is not None and actual[0]["value"] != estimate[0]["value"]:
            row.fault(
                columns.ESTIMATE,
                _("The row has an actual and an estimated number that differ. Leave one of them."),
            )
        if actual is not None:
            return actual
        number, words = estimate
        if number["state"] == State.VALUE:
            words = {"status": str(Status.ESTIMATE)} | words
        return number, words

    def _number(self, row: _Row, name: str) -> tuple[dict[str, Any], dict[str, str]] | None:
        """State, value and writing of a cell, and the words that stood with its number."""
        read = row.parsed.values.get(name)
        if read is None:
            return None
        text = _as_given(row.parsed.raw.get(name))
        if isinstance(read, Mark):
            return {"state": str(_MARKS[read]), "value": _nil(read), "text": text}, {}
        number = read if isinstance(read, Number) else Number(Decimal(str(read)))
        value = _exact(number.value * row.factor)
        state = State.VALUE if value else State.ZERO
        unit = row.unit or str(row.indicator.measure.label)
        words = {"precision": number.precision} if number.precision else {}
        words |= self._kind(row, name, number.status)
        return {"state": str(state), "value": value, "text": text, "unit": unit}, words

    def _kind(self, row: _Row, name: str, status: str) -> dict[str, str]:
        """ "Ước" belongs to an actual, "dự kiến" to a plan."""
        if not status:
            return {}
        if name == columns.PLAN and status in PlanStage.values:
            return {"plan_stage": status}
        if name != columns.PLAN and status in Status.values:
            return {"status": status}
        row.fault(name, _("This word does not belong to a number of this column. Remove it."))
        return {}

    def _part(self, row: _Row, name: str) -> Decimal | None:
        read = row.parsed.values.get(name)
        return _exact(read.value * row.factor) if isinstance(read, Number) else None

    def _words(self, row: _Row, side: str, *, alone: bool = True) -> dict[str, str]:
        """Certainty, qualifier and kind of plan out of their own columns."""
        names = [columns.STAGE if side == Side.PLAN else columns.STATUS]
        if alone:
            names.append(columns.PRECISION)
        values = row.parsed.values
        return {name: str(values[name]) for name in names if values.get(name)}

    def _beside(self, row: _Row) -> dict[str, Any]:
        values = row.parsed.values
        found: dict[str, Any] = {}
        if note := str(values.get(columns.NOTE) or "").strip():
            found["note"] = note
        if page := str(values.get(columns.PAGE) or "").strip():
            found["source_page"] = page[:20]
        if source := str(values.get(columns.SOURCE) or "").strip():
            known = self._documents.get(search_key(source), set())
            if len(known) == 1:
                found["source_id"] = next(iter(known))
            else:
                row.fault(columns.SOURCE, _unknown_source(known))
        return found

    @cached_property
    def _documents(self) -> dict[str, set[int]]:
        """Source documents by number and by what they are called."""
        found: dict[str, set[int]] = {}
        for document in SourceDocument.objects.all():
            for name in filter(None, (document.code, document.number, document.citation)):
                found.setdefault(search_key(name), set()).add(document.pk)
        return found

    # --- what is told of it ------------------------------------------------------------

    def _shown(self, side: str, before: Content, after: Content) -> dict[str, list[str]]:
        name = columns.PLAN if side == Side.PLAN else columns.ACTUAL
        told = {}
        if contents.said(before) != contents.said(after):
            told[name] = [contents.said(before), contents.said(after)]
        if before.note != after.note:
            told[columns.NOTE] = [before.note, after.note]
        if before.source_id != after.source_id:
            told[columns.SOURCE] = [_citation(before.source_id), _citation(after.source_id)]
        if before.source_page != after.source_page:
            told[columns.PAGE] = [before.source_page, after.source_page]
        return told

    def _compare(self, row: _Row, after: Mapping[str, Content], result: Checked) -> None:
        known = self._table.row(row.indicator.code, self.year)
        changed = comparing.with_contents(known, after, self.year)
        found = list(comparing.notes(self._table, changed, row.parsed.raw, row.factor))
        for side in result.values.get("cells", {}):
            found += comparing.odd(self._table, changed, side)
        if found:
            result.shown[columns.CHECK] = ["", " ".join(found)]


def _name(parsed: Parsed) -> str:
    return str(parsed.values.get(columns.NAME) or shown(parsed.raw.get(columns.NAME))).strip()


def _title(name: str, indicator: Indicator) -> str:
    written = without_marks(name)
    return (
        str(indicator.label)
        if written in ("", indicator.label)
        else f"{written} → {indicator.label}"
    )


def _has_numbers(parsed: Parsed) -> bool:
    return any(parsed.values.get(name) is not None for name in NUMBERS)


def _place(parsed: Parsed, side: str) -> str:
    """The column a fault of this side is told at."""
    names = (columns.PLAN,) if side == Side.PLAN else _OF_ACTUAL
    filled = [name for name in names if parsed.values.get(name) is not None]
    return (filled or list(names))[0]


def _unit(parsed: Parsed, name: str) -> str:
    """The unit of the row: in its own column, or in brackets after the name."""
    written = str(parsed.values.get(columns.UNIT) or "").strip()
    return written or next((one for one in brackets(name) if names_a_unit(one)), "")


def _fits(unit: str, indicator: Indicator) -> bool:
    try:
        units.factor(unit, indicator)
    except units.OtherUnit:
        return False
    return True


def _exact(number: Decimal) -> Decimal:
    """Without zeros at the end, so that equal numbers are the same."""
    return number.normalize() if number else Decimal(0)


def _nil(mark: Mark) -> Decimal | None:
    return Decimal(0) if mark is Mark.NIL else None


def _as_given(raw: Any) -> str:
    return format_number(raw, language()) if isinstance(raw, Decimal) else shown(raw).strip()


def _citation(pk: int | None) -> str:
    document = SourceDocument.objects.filter(pk=pk).first() if pk else None
    return document.citation if document else ""


def _unknown_source(known: set[int]) -> str:
    if known:
        return _("Several source documents are called so. Choose one on the entry screen.")
    return _("There is no source document of this number. Add it first, or empty the cell.")


def _silent(year: int) -> Iterator[str]:
    return (one.name for one in columns.of(year) if one.is_silent)
