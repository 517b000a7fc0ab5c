"""One row of a sheet that was taken for an indicator: what it says of plan and actual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from common.contracts import Indicator
from common.numbers import format_number
from common.text import search_key
from documents.models import SourceDocument
from imports.book import Value, address
from imports.contract import Fault, Mark, Number, Parsed
from imports.headings import names_a_unit, shown
from indicators.actions import PAGE_LENGTH
from indicators.entry.cells import language
from indicators.imported import columns, units
from indicators.imported.contents import Carried, Given
from indicators.imported.names import brackets
from indicators.imported.units import FileUnits
from indicators.models import PlanStage, Side, State, Status

NUMBERS = (columns.PLAN, columns.ACTUAL, columns.ESTIMATE, columns.ELEVEN, columns.DECEMBER)
_OF_ACTUAL = NUMBERS[1:]
_SHARES = ("percent", "percent_a_year", "percentage_points", "points_a_year")
_MARKS = {
    Mark.NIL: State.ZERO,
    Mark.MISSING: State.MISSING,
    Mark.NOT_APPLICABLE: State.NOT_APPLICABLE,
}

Told = tuple[dict[str, Any], dict[str, str]]  # of a cell: number and state; words with it


def fault(parsed: Parsed, name: str, message: str) -> Fault:
    column = parsed.columns.get(name)
    place = "" if column is None else address(column, parsed.number)
    return Fault(name if place else "", place, shown(parsed.raw.get(name)), message)


def name_of(parsed: Parsed) -> str:
    return str(parsed.values.get(columns.NAME) or shown(parsed.raw.get(columns.NAME))).strip()


def has_numbers(parsed: Parsed) -> bool:
    return any(parsed.values.get(name) is not None for name in NUMBERS)


def unit_of(parsed: Parsed) -> str:
    """The unit of the row: in its own column, or in brackets after the name."""
    written = str(parsed.values.get(columns.UNIT) or "").strip()
    in_name = (one for one in brackets(name_of(parsed)) if names_a_unit(one))
    return written or next(in_name, "")


def place_of(parsed: Parsed, side: str) -> str:
    """The column a fault of this side is told at."""
    names = (columns.PLAN,) if side == Side.PLAN else _OF_ACTUAL
    filled = [name for name in names if parsed.values.get(name) is not None]
    return (filled or list(names))[0]


class Documents:
    """Source documents by number and by what they are called; read when first asked for."""

    @cached_property
    def _by_name(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for document in SourceDocument.objects.all():
            for name in filter(None, (document.code, document.number, document.citation)):
                found.setdefault(search_key(name), set()).add(document.pk)
        return found

    def find(self, written: str) -> set[int]:
        return self._by_name.get(search_key(written), set())


@dataclass
class IndicatorRow:
    """``faults`` gathers what is wrong, so that all of it is told at once."""

    parsed: Parsed
    indicator: Indicator
    documents: Documents
    file_units: FileUnits = field(default_factory=FileUnits)
    carried: Carried = field(default_factory=Carried)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, message: str) -> None:
        self.faults.append(fault(self.parsed, name, message))

    def given(self) -> dict[str, Given]:
        """What the row says by side; the words beside the numbers belong to the actual one."""
        self._check_unit()
        values = self.parsed.values
        actual, plan = self._actual(), self._number(columns.PLAN)
        parts = (columns.ELEVEN, columns.DECEMBER)
        has_actual = actual is not None or any(isinstance(values.get(p), Number) for p in parts)
        beside = self._beside()
        found: dict[str, Given] = {}
        if plan is not None:
            number, words = plan
            said = self._words(Side.PLAN, alone=not has_actual) | words
            own = {} if has_actual else beside
            carried = self._carried(Side.PLAN, own)
            found[Side.PLAN] = Given(**number, words=said, beside=own, carried=carried)
        if has_actual:
            number, words = actual or ({}, {})
            found[Side.ACTUAL] = Given(
                **number,
                eleven=self._part(columns.ELEVEN),
                december=self._part(columns.DECEMBER),
                words=self._words(Side.ACTUAL) | words,
                beside=beside,
                carried=self._carried(Side.ACTUAL, beside),
            )
        return found

    def _carried(self, side: str, beside: Mapping[str, Any]) -> Mapping[str, Any]:
        """The page of one document is none of another that the row names."""
        if "source_id" in beside:
            return {}
        column = self.parsed.columns.get(place_of(self.parsed, side))
        return self.carried.at("" if column is None else address(column, self.parsed.number))

    # --- units -------------------------------------------------------------------------

    def _check_unit(self) -> None:
        try:
            units.factor(unit_of(self.parsed), self.indicator)
        except units.OtherUnit:
            there = self.parsed.values.get(columns.UNIT)
            self.fault(columns.UNIT if there else columns.NAME, self._other_unit())

    def _other_unit(self) -> str:
        return _("This row is kept in %(unit)s. Give the number or the unit accordingly.") % {
            "unit": self.indicator.measure.label
        }

    def unit_at(self, name: str) -> str:
        """The unit of a cell: its own, of its row, of its column, or of the whole table."""
        return (
            self._unit_beside(name)
            or unit_of(self.parsed)
            or self.file_units.at(self.parsed.columns.get(name))
        )

    def factor(self, name: str) -> Decimal | None:
        """By how much the number of a cell is multiplied; None where that cannot be known.

        "ĐVT: triệu USD" above a table says nothing of its rows of delegations.
        """
        beside = self._unit_beside(name)
        try:
            return units.factor(self.unit_at(name), self.indicator, is_beside=bool(beside))
        except units.OtherUnit:
            is_of_row = bool(beside or unit_of(self.parsed))
            return Decimal(1) if self.indicator.measure.counted and not is_of_row else None

    def _unit_beside(self, name: str) -> str:
        """What stands behind the number in its cell: "53 đoàn"."""
        read = self.parsed.values.get(name)
        return read.unit if isinstance(read, Number) else ""

    # --- numbers -----------------------------------------------------------------------

    def _actual(self) -> Told | None:
        """The year's actual, from the column of estimates where the other one is empty."""
        actual, estimate = self._number(columns.ACTUAL), self._number(columns.ESTIMATE)
        if estimate is None:
            return actual
        if actual is not None and actual[0]["value"] != estimate[0]["value"]:
            self.fault(
                columns.ESTIMATE,
                _("The row has an actual and an estimated number that differ. Leave one of them."),
            )
        if actual is not None:
            return actual
        number, words = estimate
        if number["state"] == State.VALUE:
            words = {"status": str(Status.ESTIMATE)} | words
        return number, words

    def _number(self, name: str) -> Told | None:
        """State, value and writing of a cell, and the words that stood with its number."""
        read = self.parsed.values.get(name)
        if read is None:
            return None
        text = _as_given(self.parsed.raw.get(name))
        if isinstance(read, Mark):
            nil = Decimal(0) if read is Mark.NIL else None
            return {"state": str(_MARKS[read]), "value": nil, "text": text}, {}
        number = read if isinstance(read, Number) else Number(Decimal(str(read)))
        value = self._in_own_unit(name, number.value)
        if number.is_percent and self.indicator.measure.family not in _SHARES:
            self.fault(name, self._other_unit())
        state = State.VALUE if value else State.ZERO
        unit = self.unit_at(name) or str(self.indicator.measure.label)
        words = {"precision": number.precision} if number.precision else {}
        words |= self._kind(name, number.status)
        return {"state": str(state), "value": value, "text": text, "unit": unit}, words

    def says_percent(self, name: str) -> bool:
        """Whether the cell is written or shown with a percent sign."""
        read = self.parsed.values.get(name)
        return isinstance(read, Number) and read.is_percent

    def _part(self, name: str) -> Decimal | None:
        read = self.parsed.values.get(name)
        return self._in_own_unit(name, read.value) if isinstance(read, Number) else None

    def _in_own_unit(self, name: str, number: Decimal) -> Decimal:
        factor = self.factor(name)
        is_told = not self._unit_beside(name) and unit_of(self.parsed)  # at the unit of the row
        if factor is None and not is_told:
            self.fault(name, self._other_unit())
        value = number * (factor or 1)
        return value.normalize() if value else Decimal(0)  # equal numbers are the same

    # --- words -------------------------------------------------------------------------

    def _kind(self, name: str, status: str) -> dict[str, str]:
        """ "Ước" belongs to an actual, "dự kiến" to a plan."""
        if not status:
            return {}
        if name == columns.PLAN and status in PlanStage.values:
            return {"plan_stage": status}
        if name != columns.PLAN and status in Status.values:
            return {"status": status}
        self.fault(name, _("This word does not belong to a number of this column. Remove it."))
        return {}

    def _words(self, side: str, *, alone: bool = True) -> dict[str, str]:
        """Certainty, qualifier and kind of plan out of their own columns."""
        names = [columns.STAGE if side == Side.PLAN else columns.STATUS]
        if alone:
            names.append(columns.PRECISION)
        values = self.parsed.values
        return {name: str(values[name]) for name in names if values.get(name)}

    def _beside(self) -> dict[str, Any]:
        values = self.parsed.values
        found: dict[str, Any] = {}
        if note := str(values.get(columns.NOTE) or "").strip():
            found["note"] = note
        if page := str(values.get(columns.PAGE) or "").strip():
            found["source_page"] = page[:PAGE_LENGTH]
        if source := str(values.get(columns.SOURCE) or "").strip():
            known = self.documents.find(source)
            if len(known) == 1:
                found["source_id"] = next(iter(known))
            else:
                self.fault(columns.SOURCE, _unknown_source(known))
        return found


def _as_given(raw: Value) -> str:
    return format_number(raw, language()) if isinstance(raw, Decimal) else shown(raw).strip()


def _unknown_source(known: set[int]) -> str:
    if known:
        return _("Several source documents are called so. Choose one on the entry screen.")
    return _("There is no source document of this number. Add it first, or empty the cell.")
