"""Amounts of several currencies in words: each in its own, none exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.utils.translation import get_language

from common.numbers import format_number
from projects.base import Change

EVERY = Q()
SIGNED = Case(When(change=Change.DECREASE, then=-F("amount")), default=F("amount"))


def told(money: Iterable[tuple[str, Decimal]]) -> list[str]:
    """ "257.900.000 USD" for each currency that comes to something."""
    language = get_language() or "vi"
    # A space that does not break: lists break between amounts, never within one.
    return [
        f"{format_number(amount, language)}\u00a0{currency}" for currency, amount in money if amount
    ]


def by_currency(lines: Iterable[Any]) -> list[str]:
    """The lines of one record added up."""
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.currency] = found.get(line.currency, Decimal(0)) + line.signed
    return told(sorted(found.items()))


def promised(record: Any) -> list[str]:
    """All that was registered or committed so far, counterpart funds included."""
    return by_currency(record.amounts.all())


def of_capital(*kinds: str) -> Any:
    """The amounts of one kind of capital, as a column shows them."""
    return lambda record: by_currency(
        line for line in record.amounts.all() if line.capital in kinds
    )


def disbursed(record: Any) -> list[str]:
    """The money of all years so far."""
    return by_currency(record.disbursements.all())


def tally(name: str, counted: Q = EVERY, amount: Any = SIGNED) -> Any:
    """The lines ``name`` of all filtered records, by currency: the total of a column."""

    def added(rows: QuerySet[Any]) -> list[str]:
        lines = getattr(rows.model, name).rel.related_model.objects.filter(counted)
        sums = (
            lines.filter(project__in=rows.order_by().values("pk"))
            .order_by("currency")
            .values_list("currency")
            .annotate(total=Sum(amount))
        )
        return told(sums)

    return added
