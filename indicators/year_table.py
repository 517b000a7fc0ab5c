"""The year table: for every indicator its plan, actual and last year.

The only door through which readers get figures. It is built in a fixed number
of queries, whatever the number of years, indicators and rows, and never
without a viewer: what a person may not read is not in their table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from django.db.models import Q

from accounts.models import User
from common.contracts import Indicator
from indicators import comparisons
from indicators.comparisons import PartsGap
from indicators.declarations import facts, indicators
from indicators.models import Assignment, Fact, Figure, Origin, Side, State
from indicators.registered import FULL_YEAR, SO_FAR, Number, Place, Slot, numbers
from indicators.rows import Row, Value, number_of
from reference.models import Period

_COLUMNS = (
    "pk", "indicator", "side", "period__year", "period__calendar", "agency__code", "version",
    "state", "value", "status", "plan_stage", "precision", "origin", "source_id", "entered_at",
)  # fmt: skip


class YearTable:
    """Rows by indicator and year; an indicator nobody entered has an empty row."""

    def __init__(
        self,
        years: Sequence[int],
        months: int,
        values: dict[Place, Value],
        facts: dict[str, list[Fact]],
        kind: str = Period.Kind.YEAR_TO_DATE,
        computed: dict[Place, Value] | None = None,
    ) -> None:
        self._computed = computed or {}
        self.years = tuple(years)
        self.months = months
        self.kind = kind
        self._values = values
        self._facts = facts
        self._rows: dict[tuple[str, int], Row] = {}

    def row(self, code: str, year: int) -> Row:
        """The row of an indicator; raises KeyError for one nobody declares."""
        key = (code, year)
        if key not in self._rows:
            self._rows[key] = Row(
                indicator=indicators()[code],
                year=year,
                months=self.months,
                kind=self.kind,
                plan=self._values.get((code, year, Side.PLAN)),
                actual=self._told((code, year, Side.ACTUAL)),
                last=self._told((code, year - 1, Side.ACTUAL)),
                so_far=self._told((code, year, SO_FAR)),
                computed=self._computed.get((code, year, Side.ACTUAL)),
                by_month=self._by_month(code, year),
            )
        return self._rows[key]

    def put(self, value: Value) -> None:
        """Have it stand as if it were stored: what odd numbers are told from before they are."""
        self._values[(value.indicator, value.year, value.side)] = value
        if self.kind == Period.Kind.MONTH and value.side == Side.ACTUAL:
            self._values[(value.indicator, value.year, self.months)] = value
        self._rows.clear()

    def _told(self, place: Place) -> Value | None:
        """What was typed; where nothing was, what the register adds up to."""
        computed = self._computed.get(place)
        stands_in = computed if computed is not None and computed.stands_in else None
        return self._values.get(place) or stands_in

    def _by_month(self, code: str, year: int) -> tuple[Value | None, ...]:
        if self.months == FULL_YEAR and self.kind == Period.Kind.YEAR_TO_DATE:
            return ()  # a year stands for itself: its months are not read
        return tuple(self._told((code, year, month)) for month in range(1, self.months + 1))

    def rows(self, year: int, *, yearly: bool = True) -> Iterator[Row]:
        """All rows of a year in the outline's order; spans' averages on request."""
        for code, indicator in indicators().items():
            if indicator.yearly or not yearly:
                yield self.row(code, year)

    def series(self, code: str) -> list[Row]:
        """One indicator over all the table's years, gaps included."""
        return [self.row(code, year) for year in self.years]

    def parts_gap(self, row: Row, side: str = Side.ACTUAL) -> PartsGap | None:
        """Sum of the parts and its gap to the total; None when they agree or one is missing."""
        parts = [number_of(self.row(part, row.year).of(side)) for part in row.indicator.parts]
        return comparisons.parts_gap(number_of(row.of(side)), parts) if parts else None

    def fact(self, code: str, year: int) -> Fact | None:
        """The fact of that year, or one that belongs to no year; never another year's."""
        known = self._facts.get(code, [])
        return next((fact for fact in known if fact.year == year), None) or next(
            (fact for fact in known if fact.year is None), None
        )


def build(
    years: Iterable[int],
    viewer: User,
    *,
    months: int = FULL_YEAR,
    kind: str = Period.Kind.YEAR_TO_DATE,
    codes: Iterable[str] | None = None,
) -> YearTable:
    """The table of some years, as ``viewer`` may see it.

    ``kind`` and ``months`` are those of ``Period``: years to date of so many
    months, or one month of each year. Plans are those of the whole year.
    A fixed number of queries: figures with the year before each, facts, and
    assignments where two agencies say something about the same place.
    ``codes`` reads only some indicators and facts, for who shows no more.
    """
    wanted = sorted(set(years))
    with_bases = sorted({*wanted, *(year - 1 for year in wanted)})
    declared = indicators()
    only = None if codes is None else list(codes)
    named = Q() if only is None else Q(indicator__in=only)
    found = (
        Figure.objects.current()
        .visible_to(viewer)
        .filter(_periods(kind, months, only), named, period__year__in=with_bases)
        .order_by("period__from_year", "pk")
        .values_list(*_COLUMNS, "period__kind", "period__months")
    )
    assigned = _Assigned(with_bases, named)
    chosen: dict[Place, Value] = {}
    for *columns, found_kind, found_months in found:
        value = Value(*columns)
        indicator = declared.get(value.indicator)
        if indicator is None or indicator.yearly != (found_kind != Period.Kind.SPAN):
            continue  # a span of a yearly indicator is no year of it
        if value.side == Side.PLAN or found_kind == Period.Kind.SPAN:
            _choose(chosen, value.side, value, indicator, assigned)
            continue
        if (found_kind, found_months) == (kind, months):
            _choose(chosen, value.side, value, indicator, assigned)
        if found_kind == Period.Kind.MONTH:
            _choose(chosen, found_months, value, indicator, assigned)
        elif kind == Period.Kind.MONTH:
            _choose(chosen, SO_FAR, value, indicator, assigned)
    computed = {
        place: _computed(place, number)
        for place, number in numbers(
            with_bases, viewer, months=months, kind=kind, codes=only
        ).items()
    }
    return YearTable(wanted, months, chosen, _cited(wanted, only), kind, computed)


def _computed(place: Place, found: Number) -> Value:
    """What a register adds up to, in the place of a figure nobody entered."""
    code, year, _slot = place
    indicator = indicators()[code]
    return Value(
        figure_id=None,
        indicator=code,
        side=Side.ACTUAL,
        year=year,
        calendar=indicator.calendar,
        agency=indicator.agency,
        version=0,
        state=State.VALUE if found.value else State.ZERO,
        value=found.value,
        status="",
        plan_stage="",
        precision="",
        origin=Origin.COMPUTED,
        source_id=None,
        entered_at=None,
        is_sample=found.is_sample,
        stands_in=found.stands_in,
    )


def _periods(kind: str, months: int, only: Sequence[str] | None) -> Q:
    """The periods a table is made of; spans of years only for who has values of such."""
    to_date = Q(period__kind=Period.Kind.YEAR_TO_DATE)
    known = indicators()
    averages = only is None or any(code in known and not known[code].yearly for code in only)
    spans = Q(period__kind=Period.Kind.SPAN) if averages else Q()
    if kind == Period.Kind.YEAR_TO_DATE and months == FULL_YEAR:
        return to_date & Q(period__months=months) | spans
    plans = to_date & Q(period__months=FULL_YEAR, side=Side.PLAN)
    single = Q(period__kind=Period.Kind.MONTH, period__months__lte=months)
    done = to_date & Q(period__months=months) | single
    return plans | done & Q(side=Side.ACTUAL) | spans


def _cited(years: Sequence[int], only: Sequence[str] | None) -> dict[str, list[Fact]]:
    """The facts of some years by code; who asks for indicators alone asks for no fact."""
    found: dict[str, list[Fact]] = {}
    named = None if only is None else [code for code in only if code in facts()]
    if named == []:
        return found
    of_years = Fact.objects.filter(Q(year__in=years) | Q(year=None))
    cited = of_years if named is None else of_years.filter(code__in=named)
    for fact in cited.select_related("source"):
        found.setdefault(fact.code, []).append(fact)
    return found


class _Assigned:
    """Who owes an indicator in a year; asked for when two agencies say something about it."""

    def __init__(self, years: Sequence[int], named: Q) -> None:
        self._rows = Assignment.objects.filter(named, year__in=years)

    @cached_property
    def _by_place(self) -> dict[tuple[str, int], str]:
        rows = self._rows.values_list("indicator", "year", "agency__code")
        return {(indicator, year): agency for indicator, year, agency in rows}

    def responsible(self, value: Value, indicator: Indicator) -> str:
        return self._by_place.get((value.indicator, value.year), indicator.agency)


def _choose(
    chosen: dict[Place, Value],
    slot: Slot,
    value: Value,
    indicator: Indicator,
    assigned: _Assigned,
) -> None:
    """Put a value in its place; of several agencies' the responsible one counts.

    Nothing is summed: no indicator declares ``Aggregation.SUM`` yet, and a sum
    has to know that every agency has answered.
    """
    if value.calendar != indicator.calendar and indicator.yearly:
        return  # the other calendar's days: kept, never joined
    key = (value.indicator, value.year, slot)
    if key not in chosen or value.agency == assigned.responsible(value, indicator):
        chosen[key] = value


def owing_agency(indicator: Indicator, year: int) -> str:
    """The code of the agency that owes an indicator in a year."""
    found = Assignment.objects.filter(indicator=indicator.code, year=year)
    return found.values_list("agency__code", flat=True).first() or indicator.agency
