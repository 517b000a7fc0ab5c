"""The entry table of a period: gates down, exports and imports across, last year beside.

Values are typed in million USD, as the paper table has them, and stored in USD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import Change
from common.numbers import format_number, format_percent
from indicators.comparisons import Difference, change
from indicators.declarations import indicators
from reference.gates import Gate
from reference.models import ReportingYear
from registers.actions import may_enter
from registers.years import year_of
from trade.choices import Flow
from trade.gates import refusal, said_of
from trade.models import MILLION, Turnover
from trade.sheet import Sheet

# Names of what a cell sends: its text, the text it was opened with, the row it was opened on.
TEXT, BASE, SEEN, SURE, CHOICE = "v", "b", "s", "sure", "keep"
MINE, THEIRS = "mine", "theirs"


def in_millions(value: Decimal | None, decimals: int | None = None) -> str:
    if value is None:
        return ""
    return format_number(value / MILLION, get_language() or "vi", decimals)


def decimals_of(values: Iterable[Decimal]) -> int:
    """How many decimals every value needs, so that a column stands in line."""
    exponents = [(value / MILLION).normalize().as_tuple().exponent for value in values]
    return max([0, *(-one for one in exponents if isinstance(one, int))])


@dataclass
class Cell:
    """One gate, one flow: what is stored, what is typed, and what is wrong with it."""

    gate: Gate
    flow: Flow
    record: Turnover | None = None
    before: Decimal | None = None  # last year
    decimals: int = 0
    may_write: bool = True
    typed: str = ""
    base: str = ""
    seen: str = ""
    error: str = ""
    suggestion: str = ""  # what is probably meant by a number in the other language's writing
    doubt: str = ""  # looks like the wrong unit; to be confirmed
    clash: Clash | None = None

    def __post_init__(self) -> None:
        self.take_stored()

    def take_stored(self) -> None:
        """Begin again from what is stored."""
        self.seen = f"{self.record.pk}:{self.record.version}" if self.record else ""
        self.typed = self.base = in_millions(self.value, self.decimals)

    @property
    def name(self) -> str:
        return f"{self.gate.pk}-{self.flow.value}"

    @property
    def value(self) -> Decimal | None:
        return self.record.value if self.record else None

    @property
    def is_touched(self) -> bool:
        return self.typed != self.base

    @property
    def label(self) -> str:
        return f"{self.gate}, {self.flow.label}"

    @property
    def past(self) -> str:
        return in_millions(self.before, self.decimals)

    @property
    def change(self) -> str:
        return change_said(self.value, self.before)

    @property
    def has_message(self) -> bool:
        return bool(self.error or self.doubt or self.clash)


@dataclass(frozen=True)
class Clash:
    """What somebody else stored while this person typed."""

    who: Any
    when: Any
    theirs: str


def change_said(value: Decimal | None, before: Decimal | None) -> str:
    found: Difference | None = change(value, before, Change.PERCENT)
    if found is None:
        return ""
    sign = {"up": "+", "down": "−", "same": ""}[found.direction]
    return f"{sign}{format_percent(found.amount, get_language() or 'vi')}"


@dataclass(frozen=True)
class GateRow:
    gate: Gate
    said: str  # its class then
    closed: str  # why nothing can have passed, where something is stored all the same
    cells: tuple[Cell, ...]

    @cached_property
    def total(self) -> Total:
        return Total.of(self.cells)

    @property
    def has_message(self) -> bool:
        return any(cell.has_message for cell in self.cells)


@dataclass(frozen=True)
class Total:
    """A sum of cells beside the sum of last year."""

    value: Decimal | None
    before: Decimal | None
    decimals: int

    @staticmethod
    def of(cells: Iterable[Cell]) -> Total:
        cells = list(cells)
        value, before = (
            _sum(getattr(cell, name) for cell in cells) for name in ("value", "before")
        )
        return Total(value, before, cells[0].decimals if cells else 0)

    @property
    def now(self) -> str:
        return in_millions(self.value, self.decimals)

    @property
    def past(self) -> str:
        return in_millions(self.before, self.decimals)

    @property
    def change(self) -> str:
        return change_said(self.value, self.before)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


@dataclass
class Table:
    """The table as one person sees it."""

    sheet: Sheet
    viewer: User
    rows: list[GateRow] = field(init=False)
    decimals: int = field(init=False)
    has_demo: bool = field(init=False)

    def __post_init__(self) -> None:
        stored = _by_place(self.sheet.rows().visible_to(self.viewer).select_related("agency"))
        before = _by_place(self.sheet.last_year.rows().visible_to(self.viewer))
        self.decimals = decimals_of(row.value for row in (*stored.values(), *before.values()))
        self.has_demo = any(row.is_demo for row in (*stored.values(), *before.values()))
        shown = {gate for gate, _flow in (*stored, *before)}
        self.rows = []
        for gate in Gate.objects.prefetch_related("statuses__parent"):
            closed = refusal(gate, *self.sheet.days)
            if closed and gate.pk not in shown:
                continue
            cells = tuple(self._cell(gate, flow, stored, before) for flow in self.sheet.flows)
            said = said_of(gate, *self.sheet.days)
            self.rows.append(GateRow(gate, said, closed, cells))

    def _cell(self, gate: Gate, flow: Flow, stored: Places, before: Places) -> Cell:
        record, last = stored.get((gate.pk, flow)), before.get((gate.pk, flow))
        may_write = self.locked_on is None and (record is None or may_enter(record, self.viewer))
        before_value = last.value if last else None
        return Cell(gate, flow, record, before_value, self.decimals, may_write)

    @cached_property
    def locked_on(self) -> Any:
        """The day the year was closed on, or None."""
        year = year_of(self.sheet.month)
        return ReportingYear.objects.filter(year=year).values_list("locked_on", flat=True).first()

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells)

    @property
    def totals(self) -> list[Total]:
        """One for each flow, then all."""
        columns = [[row.cells[place] for row in self.rows] for place in range(self.width)]
        return [*map(Total.of, columns), *([Total.of(self.cells)] if self.width > 1 else [])]

    @property
    def earlier(self) -> Sheet:
        return self.sheet.moved(-1)

    @property
    def later(self) -> Sheet:
        return self.sheet.moved(1)

    @property
    def width(self) -> int:
        return len(self.sheet.flows)

    @property
    def may_write(self) -> bool:
        return any(cell.may_write for cell in self.cells)

    @cached_property
    def agency(self) -> Agency:
        """Whose new rows are: one's own agency's; for the desk, of who owes the figure."""
        owing = Agency.objects.filter(code=indicators()["TRADE.EXPORT"].agency)
        reach = self.viewer.reach(Verb.ENTER)
        if reach is None:
            return owing.get()
        return owing.filter(pk__in=reach).first() or Agency.objects.filter(pk__in=reach)[0]

    @property
    def has_emptied(self) -> bool:
        """Whether a row would be deleted, which is done for a reason."""
        return any(cell.base and not cell.typed for cell in self.cells)

    def bind(self, data: Mapping[str, str]) -> None:
        """Take what was typed, with what each cell was opened with."""
        for cell in self.cells:
            if cell.may_write and f"{TEXT}-{cell.name}" in data:
                cell.typed = data[f"{TEXT}-{cell.name}"].strip()
                cell.base = data.get(f"{BASE}-{cell.name}", "")
                cell.seen = data.get(f"{SEEN}-{cell.name}", "")


Places = dict[tuple[int, str], Turnover]


def _by_place(rows: Any) -> Places:
    return {(row.gate_id, row.flow): row for row in rows.select_related("changed_by")}
