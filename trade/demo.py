"""Invented turnover of 2018 and 2019, month by month and gate by gate.

Sums are those published for 2019, and for 2018 those its published changes
lead back to; how they lie over gates, months and goods is made up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from registers.demo import Writer
from trade.choices import Commodity, Flow, Kind, Scope
from trade.models import Turnover

# In thousand USD.
SUMS = {
    (2018, Flow.EXPORT): 2_955_000,
    (2018, Flow.IMPORT): 1_900_000,
    (2019, Flow.EXPORT): 2_550_000,
    (2019, Flow.IMPORT): 2_200_000,
}
LOCAL = {2018: 125_500, 2019: 137_500}
PLANS = {Flow.EXPORT: 3_150_000, Flow.IMPORT: 2_080_000}  # for 2019

# Shares in percent, of exports and of imports.
GATES: Mapping[str, tuple[int, int]] = {
    "HUUNGHI": (44, 60),
    "GADONGDANG": (6, 12),
    "CHIMA": (7, 10),
    "TANTHANH": (28, 8),
    "COCNAM": (9, 6),
    "NAHINH": (3, 2),
    "BINHNGHI": (2, 1),
    "NANUA": (1, 1),
}
# The month of Tết is a quiet one; autumn is the season of fruit.
MONTHS = (95, 60, 85, 90, 95, 100, 105, 110, 115, 110, 105, 100)
# A small gate whose months were not kept in 2018: only quarters, from January on.
QUARTERLY = ("NANUA", 2018)
LOCAL_GOODS = (
    (Commodity.ANISE, "HUUNGHI", 34),
    (Commodity.JELLY, "TANTHANH", 26),
    (Commodity.ROSIN, "HUUNGHI", 18),
    (Commodity.WOOD, "COCNAM", 22),
)
THOUSAND = Decimal(1000)
LOAD = 85  # thousand USD on one vehicle or wagon, roughly


def write(demo: Writer) -> None:
    for (year, flow), total in SUMS.items():
        shares = [both[flow == Flow.IMPORT] for both in GATES.values()]
        for gate, of_year in zip(GATES, divided(total, shares), strict=True):
            by_month = divided(of_year, _weights(demo))
            if (gate, year) == QUARTERLY:
                for month in (3, 6, 9, 12):
                    _add(demo, year, month, sum(by_month[:month]), gate, flow, kind=Kind.TO_DATE)
                continue
            for month, value in enumerate(by_month, 1):
                _add(demo, year, month, value, gate, flow, vehicles=value // LOAD)
    _local_goods(demo)
    _plans(demo)


def _local_goods(demo: Writer) -> None:
    for year, total in LOCAL.items():
        shares = [share for _goods, _gate, share in LOCAL_GOODS]
        for (goods, gate, _share), of_year in zip(LOCAL_GOODS, divided(total, shares), strict=True):
            for month, value in enumerate(divided(of_year, _weights(demo)), 1):
                _add(demo, year, month, value, gate, Flow.EXPORT, commodity=goods, is_local=True)


def _plans(demo: Writer) -> None:
    for flow, total in PLANS.items():
        shares = [both[flow == Flow.IMPORT] for both in GATES.values()]
        for gate, value in zip(GATES, divided(total, shares), strict=True):
            _add(demo, 2019, 12, value, gate, flow, kind=Kind.PLAN)


def _add(
    demo: Writer,
    year: int,
    month: int,
    thousands: int,
    gate: str,
    flow: Flow,
    *,
    kind: Kind = Kind.MONTH,
    commodity: Commodity = Commodity.TOGETHER,
    is_local: bool = False,
    vehicles: int | None = None,
) -> None:
    demo.add(
        Turnover(
            agency=demo.agency("SCT"),
            kind=kind,
            month=dt.date(year, month, 1),
            gate=demo.gate(gate),
            flow=flow,
            scope=Scope.REPORT,
            commodity=commodity,
            is_local=is_local,
            value=thousands * THOUSAND,
            vehicles=vehicles,
        )
    )


def _weights(demo: Writer) -> list[int]:
    return [weight * 10 + demo.random.randint(-60, 60) for weight in MONTHS]


def divided(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts by weight; what rounding leaves goes to the last ones."""
    whole, parts, taken = sum(weights), [], 0
    reached = 0
    for weight in weights:
        reached += weight
        upto = total * reached // whole
        parts.append(upto - taken)
        taken = upto
    return parts
