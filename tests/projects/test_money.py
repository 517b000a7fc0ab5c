"""Amounts keep their currency until they are exchanged by a sourced rate of the year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.models import Fact
from projects.rates import RATE, exchange, rates

MILLION = Decimal(10) ** 6


@pytest.fixture
def known(db):
    for currency, value in (("USD", "23050.24"), ("CNY", "3300")):
        Fact.objects.create(code=RATE, year=2019, scope=currency, value=Decimal(value), unit="vnd")
    return rates([2018, 2019])


def test_one_currency_needs_no_rate():
    found = exchange({"USD": 5 * MILLION}, "USD", 2019, {})
    assert (found.amount, found.missing, found.said()) == (5 * MILLION, (), "")


def test_currencies_are_exchanged_by_the_rates_of_the_year(known):
    found = exchange({"USD": MILLION, "VND": 10 * MILLION}, "VND", 2019, known)
    assert found.amount == Decimal("23050240000") + 10 * MILLION
    assert "1 USD = 23.050,24 đồng" in found.said() and "2019" in found.said()


def test_what_is_not_dong_goes_over_dong(known):
    found = exchange({"CNY": Decimal("2305024")}, "USD", 2019, known)
    assert found.amount == 330000
    assert {fact.scope for fact in found.by} == {"CNY", "USD"}


def test_without_a_rate_there_is_no_sum_but_the_name_of_what_is_missing(known):
    found = exchange({"EUR": MILLION, "USD": MILLION}, "VND", 2019, known)
    assert found.amount is None
    assert found.missing == ("EUR",)
    assert "chưa có tỷ giá năm 2019 của EUR" in found.said()
    # Another year's rate is none.
    assert exchange({"USD": MILLION}, "VND", 2018, known).missing == ("USD",)


def test_a_currency_that_comes_to_nothing_needs_no_rate():
    assert exchange({"EUR": Decimal(0), "USD": MILLION}, "USD", 2019, {}).amount == MILLION
