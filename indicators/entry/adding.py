"""What a register adds up to, beside the cell where somebody typed it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from common.numbers import format_number
from indicators.computed import computation_of
from indicators.rows import Row


@dataclass(frozen=True)
class SumOfRecords:
    """The sum, how far it lies from what was typed, and the records behind it."""

    text: str
    gap: str  # signed; "" where they agree or nothing was typed
    url: str
    note: str = ""  # by which rate it was exchanged, or why there is no sum
    is_sample: bool = False


def sum_of_records(row: Row, language: str, note: str = "") -> SumOfRecords | None:
    """None for a row no register adds up to."""
    if row.computed is None or row.computed.number is None:
        return SumOfRecords(text="…", gap="", url=records_url(row), note=note) if note else None
    found = row.register_gap
    return SumOfRecords(
        text=format_number(row.computed.number, language),
        gap="" if found is None else signed(found, language),
        url=records_url(row),
        is_sample=row.computed.is_sample,
        note=note,
    )


def signed(number: Decimal, language: str) -> str:
    return ("+" if number > 0 else "") + format_number(number, language)


def records_url(row: Row) -> str:
    """The list of the records that were counted."""
    computation = computation_of()[row.indicator.code]
    query = computation.queries.get(row.indicator.code, "")
    address = reverse("registers:list", args=[computation.register])
    return f"{address}?{'&'.join(filter(None, (urlencode({'year': row.year}), query)))}"
