"""Exchanging money: by one rate a year, itself a figure with a source.

A rate is a fact (``FX.RATE``) of a year, its scope the currency's code, its
value how many VND one unit is. A sum is exchanged by the rate of the year it
is asked for. Where a rate is not known there is no sum, but the name of the
currency that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.numbers import format_number, round_half_up
from common.units import Unit
from indicators.models import Fact

RATE = "FX.RATE"
UNIT = "vnd"
HOME = "VND"
DECIMALS = 2  # what was exchanged is never told more exactly

Money = Mapping[str, Decimal]  # by currency
Rates = Mapping[tuple[str, int], Fact]


def rates(years: Iterable[int]) -> Rates:
    """The known rates of some years, by currency and year."""
    found = Fact.objects.filter(code=RATE, year__in=set(years)).select_related("source")
    return {(fact.scope, fact.year): fact for fact in found if fact.year is not None}


@dataclass(frozen=True)
class Exchanged:
    """A sum in one currency: the amount, or which rates it wants."""

    year: int
    amount: Decimal | None
    by: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()

    def in_units(self, unit: Unit) -> Decimal:
        """The amount in an indicator's unit; what was exchanged is told in hundredths of it."""
        assert self.amount is not None
        told = self.amount / unit.factor
        return round_half_up(told, DECIMALS) if self.by else told

    def said(self) -> str:
        """What belongs beside the sum, in words; "" where nothing was exchanged."""
        if self.missing:
            return _("Not added up: the exchange rate %(year)s of %(currencies)s is missing.") % {
                "year": self.year,
                "currencies": ", ".join(self.missing),
            }
        if not self.by:
            return ""
        language = get_language() or "vi"
        told = "; ".join(
            _("1 %(currency)s = %(value)s VND (%(source)s)")
            % {
                "currency": fact.scope,
                "value": format_number(fact.value, language),
                "source": fact.source.citation if fact.source else _("no source"),
            }
            for fact in self.by
        )
        return _("Exchanged by the rates of %(year)s: %(rates)s.") % {
            "year": self.year,
            "rates": told,
        }


def exchange(money: Money, to: str, year: int, known: Rates) -> Exchanged:
    """Amounts of several currencies as one; a currency that sums up to nothing needs no rate."""
    total, used, missing = Decimal(0), {}, set()
    for currency, amount in sorted(money.items()):
        if currency == to or not amount:
            total += amount
            continue
        factors = []
        for one in (currency, to):
            fact = known.get((one, year))
            if one == HOME:
                factors.append(Decimal(1))
            elif fact is None:
                missing.add(one)
            else:
                factors.append(fact.value)
                used[one] = fact
        if len(factors) == 2:
            total += amount * factors[0] / factors[1]
    if missing:
        return Exchanged(year, None, missing=tuple(sorted(missing)))
    return Exchanged(year, total, by=tuple(used.values()))
