"""The ledger: every number that leaves for a page or a report passes here.

It formats the number and notes which version of which figure stands where, so
that a printed sentence can always answer "where from?".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from common.contracts import Change
from common.numbers import format_cell, format_number, format_percent
from common.units import UNITS
from indicators import wording
from indicators.models import Fact, State
from indicators.rows import Row, Value
from indicators.spans import Span, records_address
from indicators.wording import Quantity
from indicators.year_table import YearTable

INFERRED_MARK = "\u00a0(*)"  # with a space that keeps it beside its number
SAMPLE_MARK = "\u00a0(**)"


@dataclass(frozen=True)
class Entry:
    """One number in one place, and the figures it stands on."""

    place: str
    text: str
    indicator: str
    form: str
    year: int
    figures: tuple[tuple[int, int], ...]  # (figure id, version), the shown one first
    fact: int | None = None
    inferred: bool = False
    sampled: bool = False  # rests on sample records
    sums: tuple[tuple[str, int], ...] = ()  # (indicator, year) of sums of records it stands on
    records: str = ""  # where the shown one tells what it stands on

    def as_json(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "text": self.text,
            "indicator": self.indicator,
            "form": self.form,
            "year": self.year,
            "figures": [list(pair) for pair in self.figures],
            "fact": self.fact,
            "inferred": self.inferred,
            "sampled": self.sampled,
            "sums": [list(pair) for pair in self.sums],
        }

    @property
    def figure_id(self) -> int | None:
        """The figure a click on the number opens."""
        return self.figures[0][0] if self.figures else None


Say = Callable[[Row, YearTable, str | None], str]


@dataclass(frozen=True)
class Form:
    """One way to say something about a row.

    ``uses`` names what it stands on; ``clause`` marks a comparison, which is
    left out with its comma when there is nothing to compare. Anything else
    that is missing takes its sentence with it.
    """

    say: Say
    uses: Callable[[Row, YearTable], list[Value | None]]
    clause: bool = False


def _quantity(row: Row, value: Value | None) -> Quantity | None:
    if value is None or value.number is None:
        return None
    return Quantity(value.number, row.indicator.measure, value.precision, value.status)


def _said(value_of: Callable[[Row], Value | None], speak: Callable[..., str]) -> Say:
    def say(row: Row, table: YearTable, unit: str | None) -> str:
        quantity = _quantity(row, value_of(row))
        return speak(quantity, unit) if quantity else ""

    return say


def _plan(row: Row, table: YearTable, unit: str | None) -> str:
    return wording.say_plan(row.plan_ratio, row.indicator.plan_label, row.is_full_year)


def _change(with_base: bool) -> Say:
    def say(row: Row, table: YearTable, unit: str | None) -> str:
        return wording.say_change(
            row.difference,
            row.indicator.measure,
            row.year - 1,
            row.last.status if row.last else "",
            full_year=row.is_full_year,
            with_base=with_base,
            times=row.times,
        )

    return say


def _parts_note(row: Row, table: YearTable, unit: str | None) -> str:
    gap, total = table.parts_gap(row), _quantity(row, row.actual)
    return wording.say_parts_note(total, gap.sum) if gap and total else ""


def _parts(row: Row, table: YearTable) -> list[Value | None]:
    return [row.actual, *(table.row(part, row.year).actual for part in row.indicator.parts)]


FORMS: dict[str, Form] = {
    "value": Form(_said(lambda row: row.actual, wording.say_value), lambda row, _t: [row.actual]),
    "reached": Form(
        _said(lambda row: row.actual, wording.say_reached), lambda row, _t: [row.actual]
    ),
    "number": Form(_said(lambda row: row.actual, wording.say_number), lambda row, _t: [row.actual]),
    "last": Form(_said(lambda row: row.last, wording.say_value), lambda row, _t: [row.last]),
    "plan_value": Form(_said(lambda row: row.plan, wording.say_value), lambda row, _t: [row.plan]),
    "plan": Form(_plan, lambda row, _t: [row.actual, row.plan], clause=True),
    "change": Form(_change(True), lambda row, _t: [row.actual, row.last], clause=True),
    "change_short": Form(_change(False), lambda row, _t: [row.actual, row.last], clause=True),
    "parts_note": Form(_parts_note, _parts, clause=True),
}


@dataclass
class Ledger:
    """Formats numbers of one table for one document or page, in one language."""

    table: YearTable
    language: str = "vi"
    entries: list[Entry] = field(default_factory=list)

    def say(
        self, code: str, form: str, place: str, *, year: int, unit: str | None = None
    ) -> Entry | None:
        """A form of an indicator in Vietnamese prose; None when there is nothing to say.

        Raises KeyError for an indicator or form nobody declares and
        UnitMismatch for a unit of another family.
        """
        spoken, row = FORMS[form], self.table.row(code, year)
        text = spoken.say(row, self.table, unit)
        used = [value for value in spoken.uses(row, self.table) if value is not None]
        if text and not spoken.clause:
            text += mark(used[0])
        return self._note(place, text, code, form, year, used) if text else None

    def say_fact(self, code: str, form: str, place: str, *, year: int) -> Entry | None:
        """A fact of the year in prose ("231,74 km", "lần thứ 10"); None when unknown."""
        fact: Fact | None = self.table.fact(code, year)
        if fact is None:
            return None
        quantity = Quantity(fact.value, UNITS[fact.unit], fact.precision)
        speak = wording.say_number if form == "number" else wording.say_value
        entry = Entry(place, speak(quantity), code, form, year, (), fact=fact.pk)
        self.entries.append(entry)
        return entry

    # --- cells of tables, cards and charts ---------------------------------------

    def value(self, value: Value | None, place: str) -> Entry | None:
        """A bare value in a table cell; None for a cell nobody filled."""
        if value is None:
            return None
        text = format_cell(value.state, value.number, language=self.language)
        word = wording.PRECISION_WORDS[value.precision]
        if word and value.state == State.VALUE and self.language == "vi":
            text = f"{word} {text}"
        text += mark(value)
        return self._note(place, text, value.indicator, "value", value.year, [value])

    def ratio(self, row: Row, place: str) -> Entry | None:
        """Percent of the plan in a table cell ("90,8"), or None without a base."""
        if row.plan_ratio is None:
            return None
        text = format_percent(row.plan_ratio).removesuffix("%")
        text = text if self.language == "vi" else format_number(_one(row.plan_ratio), "en")
        used = [value for value in (row.actual, row.plan) if value]
        return self._note(place, text, row.indicator.code, "plan", row.year, used)

    def difference(self, row: Row, place: str) -> Entry | None:
        """The signed change in a table cell ("-2,2%", "+4", "+0,55 điểm %"), or None."""
        found = row.difference
        if found is None:
            return None
        number = format_number(found.signed, self.language)
        sign = "+" if found.direction == "up" else ""
        text = f"{sign}{number}{_SUFFIX[found.how]}"
        used = [value for value in (row.actual, row.last) if value]
        return self._note(place, text, row.indicator.code, "change", row.year, used)

    def _note(
        self, place: str, text: str, code: str, form: str, year: int, used: list[Value]
    ) -> Entry:
        entry = Entry(
            place,
            text,
            code,
            form,
            year,
            tuple(
                (value.figure_id, value.version) for value in used if value.figure_id is not None
            ),
            inferred=any(value.is_inferred for value in used),
            sampled=any(value.is_sample for value in used),
            sums=tuple((value.indicator, value.year) for value in used if value.is_computed),
            records=self._records(used[0]) if used and used[0].is_computed else "",
        )
        self.entries.append(entry)
        return entry

    def _records(self, value: Value) -> str:
        """Where a sum of records tells what it stands on."""
        period = Span(self.table.kind, self.table.months)
        return records_address(value.indicator, value.year, period)


def mark(value: Value) -> str:
    """The sign behind a number that is no ordinary one; the table's notes say what it means."""
    if value.is_inferred:
        return INFERRED_MARK
    return SAMPLE_MARK if value.is_sample else ""


_SUFFIX = {
    Change.PERCENT: "%",
    Change.UNITS: "",
    Change.POINTS: " điểm %",
    Change.PLACES: " bậc",
}


def _one(ratio: Decimal) -> Decimal:
    return ratio.quantize(Decimal("0.1"))
