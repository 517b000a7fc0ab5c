"""Annex VI: turnover of each gate, as the province's own report counts it.

Rows are too many to be listed and are added up by gate, months first; a year
to date stands in where months are missing, as in ``trade.figures``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from common.numbers import format_number
from indicators.comparisons import plan_ratio
from reference.gates import Gate
from registers.annexes import Annex, Cells, Heading, Part
from trade.choices import Flow, Kind, Scope
from trade.models import MILLION

EXPORT, IMPORT, LOCAL, VEHICLES, PLAN, BEFORE = range(6)
Sums = dict[int, Decimal]


def by_gate(rows: Any, first: dt.date, last: dt.date) -> Sequence[Cells]:
    """A line for each gate with turnover in the days, and one for all of them."""
    found: dict[int, Sums] = defaultdict(lambda: defaultdict(Decimal))
    for gate, place, value in _turnover(rows, first, last):
        found[gate][place] += value
    if not found:
        return ()
    for gate, place, value in _turnover(rows, _year_before(first), _year_before(last)):
        if place in (EXPORT, IMPORT):
            found[gate][BEFORE] += value
    of_year = rows.filter(scope=Scope.REPORT, kind=Kind.PLAN, month__year=last.year)
    for gate, value in of_year.values_list("gate").annotate(Sum("value")).order_by():
        found[gate][PLAN] += value
    gates = Gate.objects.in_bulk(found)
    order = sorted(found, key=lambda pk: (gates[pk].position, pk))
    total: Sums = defaultdict(Decimal)
    for sums in found.values():
        for place, value in sums.items():
            total[place] += value
    return [*(_cells(str(gates[pk]), found[pk]) for pk in order), _cells("Cộng", total)]


def _turnover(rows: Any, first: dt.date, last: dt.date) -> Any:
    """(gate, place, value): months added up, and what years to date have beyond them."""
    counted = rows.counted().in_days(first, last)
    keys = ("gate", "flow", "is_local")
    months = counted.months().values_list(*keys).order_by()
    for gate, flow, is_local, value, vehicles in months.annotate(Sum("value"), Sum("vehicles")):
        yield gate, _place(flow, is_local=is_local), value
        if not is_local:
            yield gate, VEHICLES, Decimal(vehicles or 0)
    latest = {}
    for row in counted.to_date().order_by("month"):
        goods = (row.gate_id, row.flow, row.regime, row.commodity, row.is_local)
        if (row.months_there or 0) < row.month.month:
            latest[goods] = row.value - (row.months_sum or 0)
    for (gate, flow, _regime, _commodity, is_local), value in latest.items():
        yield gate, _place(flow, is_local=is_local), value


def _place(flow: str, *, is_local: bool) -> int:
    if is_local:
        return LOCAL
    return EXPORT if flow == Flow.EXPORT else IMPORT


def _year_before(day: dt.date) -> dt.date:
    return (
        day.replace(year=day.year - 1, day=min(day.day, 28))
        if day.month == 2
        else day.replace(year=day.year - 1)
    )


def _cells(name: str, sums: Sums) -> Cells:
    whole = sums[EXPORT] + sums[IMPORT]
    return (
        name,
        _millions(whole),
        _millions(sums[EXPORT]),
        _millions(sums[IMPORT]),
        _millions(sums[PLAN]),
        _percent(plan_ratio(whole, sums[PLAN])),
        _millions(sums[BEFORE]),
        _change(plan_ratio(whole, sums[BEFORE])),
        _millions(sums[LOCAL]),
        sums[VEHICLES] or "",
    )


def _millions(value: Decimal) -> str:
    return format_number(value / MILLION, decimals=1) if value else ""


def _percent(value: Decimal | None) -> str:
    return "" if value is None else format_number(value, decimals=1)


def _change(ratio: Decimal | None) -> str:
    """Of the year before, as the annex of indicators tells it: -2,2%, +15,8%."""
    if ratio is None:
        return ""
    change = ratio - 100
    return f"{'+' if change > 0 else ''}{format_number(change, decimals=1)}%"


ANNEXES = (
    Annex(
        code="turnover",
        title="Kim ngạch xuất nhập khẩu theo cửa khẩu {period}",
        unit="Đơn vị tính: triệu USD; phạm vi: qua địa bàn tỉnh (số báo cáo của tỉnh)",
        headings=(
            Heading("Cửa khẩu", 58),
            Heading("Tổng", 21, "number"),
            Heading("Xuất khẩu", 21, "number"),
            Heading("Nhập khẩu", 21, "number"),
            Heading("Kế hoạch năm", 21, "number"),
            Heading("% KH", 18, "number"),
            Heading("Cùng kỳ năm trước", 22, "number"),
            Heading("So cùng kỳ", 18, "number"),
            Heading("Xuất khẩu hàng địa phương", 22, "number"),
            Heading("Phương tiện, toa", 22, "number"),
        ),
        parts=(Part(register="trade", sums=by_gate),),
    ),
)
