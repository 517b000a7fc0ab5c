"""A page of a register that costs the same at a thousand rows and at a million.

Pages are found by the last row seen (keyset), never by counting from the
start; counting stops at a bound; column totals are one aggregate, asked for
apart when the list is longer than the bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from registers.contract import Column, Register

PER_PAGE = 50
COUNTED = 10_000  # beyond this a list is only "more than 10.000"


@dataclass(frozen=True)
class Order:
    """What a list is sorted by; the primary key decides among equals."""

    column: str
    field: str
    descending: bool

    @property
    def name(self) -> str:
        return f"-{self.column}" if self.descending else self.column

    def __str__(self) -> str:
        return self.name

    def by(self, *, backwards: bool = False) -> tuple[Any, ...]:
        sign = "-" if self.descending is not backwards else ""
        return (f"{sign}{self.field}", f"{sign}pk")

    def after(self, value: Any, pk: int, *, nullable: bool, backwards: bool = False) -> Q:
        """The rows behind one row. Empty values are the largest, as PostgreSQL sorts them.

        Both columns are compared as one pair, which is how the index is sorted:
        a row deep among equals is found as fast as any.
        """
        down = self.descending is not backwards
        if value is None:
            beside = Q(**{f"{self.field}__isnull": True, f"pk__{'lt' if down else 'gt'}": pk})
            return beside | Q(**{f"{self.field}__isnull": False}) if down else beside
        compare = TupleLessThan if down else TupleGreaterThan
        behind = Q(compare((F(self.field), F("pk")), (value, pk)))
        return behind | Q(**{f"{self.field}__isnull": True}) if nullable and not down else behind


def order(register: Register, wanted: str) -> Order:
    """The order asked for in the address, or the register's own."""
    for name in (wanted, register.default_sort):
        column = register.column(name.removeprefix("-"))
        if column is not None and column.sort:
            return Order(column.name, column.sort, name.startswith("-"))
    return Order(register.day, register.day, True)


@dataclass(frozen=True)
class Window:
    """The rows of one page and where its neighbours begin."""

    rows: Sequence[Any]
    after: int | None  # the last row, when there are more behind it
    before: int | None  # the first row, when there are more in front of it


def window(rows: QuerySet, by: Order, *, after: str = "", before: str = "") -> Window:
    """The page behind or in front of a row; a row that is gone means the first page."""
    backwards = not after and bool(before)
    start = _start(rows, by, after or before)
    if start is None:
        backwards = False
    found = rows.order_by(*by.by(backwards=backwards))
    if start is not None:
        nullable = rows.model._meta.get_field(by.field).null
        found = found.filter(by.after(*start, nullable=nullable, backwards=backwards))
    # First the keys, out of the index alone; then the rows with what belongs to them.
    keys = list(found.select_related(None).values_list("pk", flat=True)[: PER_PAGE + 1])
    has_more = len(keys) > PER_PAGE
    keys = keys[:PER_PAGE]
    if backwards:
        keys.reverse()
    ahead = has_more if not backwards else start is not None
    behind = has_more if backwards else start is not None
    return Window(
        _in_order(rows, keys),
        after=keys[-1] if keys and ahead else None,
        before=keys[0] if keys and behind else None,
    )


def _in_order(rows: QuerySet, keys: list[int]) -> list[Any]:
    by_key = {row.pk: row for row in rows.order_by().filter(pk__in=keys)} if keys else {}
    return [by_key[key] for key in keys if key in by_key]


def _start(rows: QuerySet, by: Order, pk: str) -> tuple[Any, int] | None:
    if not pk.isdecimal():
        return None
    everything = rows.model._default_manager.filter(pk=int(pk[:18]))
    value = everything.annotate(_at=F(by.field)).values_list("_at", "pk").first()
    return value


def bounded_count(rows: QuerySet) -> int:
    """How many rows, or one more than COUNTED."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def totals(rows: QuerySet, columns: Sequence[Column]) -> dict[str, Any]:
    """The sums of the columns that can be summed, in one query."""
    sums = {
        f"total_{column.name}": Sum(column.total) if isinstance(column.total, str) else column.total
        for column in columns
        if column.total
    }
    found = rows.order_by().aggregate(**sums) if sums else {}
    added = {column.name: found[f"total_{column.name}"] for column in columns if column.total}
    tallied = {column.name: column.tally(rows) for column in columns if column.tally}
    return added | tallied
