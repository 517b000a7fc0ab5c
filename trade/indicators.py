"""Turnover through the province, and exports of its own goods.

The province's reports, its customs branch and the count of all regimes give
three different turnovers for one year. These rows hold the first only; a
further scope is a further indicator, never a second value here.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Better, Fact, Group, Indicator, Kind

GROUPS: tuple[Group, ...] = (
    Group(code="trade", label=pgettext_lazy("group", "Trade turnover"), order=40),
)

_turnover = partial(
    Indicator,
    unit="million_usd",
    kind=Kind.IN_PERIOD,
    group="trade",
    agency="SCT",
    better=Better.HIGHER,
)
_THROUGH_PROVINCE = pgettext_lazy("scope", "through the province (the province's report)")
_LOCAL_GOODS = pgettext_lazy("scope", "local goods")

INDICATORS: tuple[Indicator, ...] = (
    _turnover(
        code="TRADE.TOTAL",
        label=_("Total import-export turnover"),
        order=10,
        scope=_THROUGH_PROVINCE,
        parts=("TRADE.EXPORT", "TRADE.IMPORT"),
    ),
    _turnover(
        code="TRADE.EXPORT",
        label=_("Export turnover"),
        order=20,
        scope=_THROUGH_PROVINCE,
        child_of="TRADE.TOTAL",
    ),
    _turnover(
        code="TRADE.IMPORT",
        label=_("Import turnover"),
        order=30,
        scope=_THROUGH_PROVINCE,
        child_of="TRADE.TOTAL",
    ),
    _turnover(
        code="TRADE.LOCAL_EXPORT",
        label=_("Exports of local goods"),
        order=40,
        also=("Kim ngạch xuất khẩu hàng địa phương", "Xuất khẩu địa phương"),
        scope=_LOCAL_GOODS,
    ),
    _turnover(
        code="TRADE.TOTAL_AVG",
        label=_("Average yearly import-export turnover"),
        unit="billion_usd_a_year",
        order=50,
        scope=_THROUGH_PROVINCE,
        yearly=False,
    ),
    _turnover(
        code="TRADE.LOCAL_EXPORT_GROWTH_AVG",
        label=_("Average yearly growth of local exports"),
        unit="percent_a_year",
        kind=Kind.GROWTH,
        order=60,
        scope=_LOCAL_GOODS,
        yearly=False,
    ),
)

FACTS: tuple[Fact, ...] = ()
