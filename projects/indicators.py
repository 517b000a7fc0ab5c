"""Foreign money: direct investment, official development assistance, NGO aid.

Totals of running projects are multi-year money at a date, not money of the
year: they are stocks and are never summed over years.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Better, Calendar, Fact, Group, Indicator, Kind

GROUPS: tuple[Group, ...] = (
    Group(code="fdi", label=pgettext_lazy("group", "Foreign direct investment"), order=50),
    Group(code="oda", label=pgettext_lazy("group", "Official development assistance"), order=60),
    Group(code="ngo", label=pgettext_lazy("group", "Foreign NGO aid"), order=70),
)

# FDI and ODA follow the statistical calendar, NGO aid the administrative year.
_stock = partial(
    Indicator,
    kind=Kind.AT_DATE,
    agency="STC",
    better=Better.HIGHER,
    calendar=Calendar.CALENDAR,
)
_fdi = partial(_stock, group="fdi")
_oda = partial(_stock, group="oda")
_ngo = partial(Indicator, group="ngo", agency="SNGV", better=Better.HIGHER, kind=Kind.IN_PERIOD)

INDICATORS: tuple[Indicator, ...] = (
    _fdi(
        code="FDI.PROJECT_ACTIVE",
        label=_("Active FDI projects"),
        unit="project",
        order=10,
    ),
    _fdi(
        code="FDI.CAPITAL_REGISTERED",
        label=_("Total registered FDI capital"),
        unit="million_usd",
        order=20,
    ),
    _oda(
        code="ODA.PROJECT_ACTIVE",
        label=_("ODA programmes and projects under way"),
        unit="project",
        order=10,
    ),
    _oda(
        code="ODA.CAPITAL_TOTAL",
        label=_("Total ODA investment"),
        unit="billion_vnd",
        order=20,
    ),
    _ngo(
        code="NGO.PROJECT_NEW",
        label=_("New foreign NGO projects"),
        unit="project",
        order=10,
    ),
    _ngo(
        code="NGO.PROJECT_EXPANDED",
        label=_("Foreign NGO projects extended"),
        unit="project",
        order=20,
    ),
    _ngo(
        code="NGO.VALUE_NEW",
        label=_("Value of new and extended foreign NGO projects"),
        unit="usd",
        order=30,
    ),
    _ngo(
        code="NGO.NONPROJECT_COUNT",
        label=_("Non-project aid items"),
        unit="aid_item",
        order=40,
    ),
    _ngo(
        code="NGO.NONPROJECT_VALUE",
        label=_("Value of non-project aid"),
        unit="usd",
        order=50,
    ),
    _ngo(
        code="NGO.PROJECT_ACTIVE",
        label=_("Running foreign NGO projects"),
        unit="project",
        kind=Kind.AT_DATE,
        order=60,
    ),
    _ngo(
        code="NGO.VALUE_ACTIVE",
        label=_("Total value of running foreign NGO projects"),
        unit="usd",
        kind=Kind.AT_DATE,
        order=70,
    ),
    _ngo(
        code="NGO.SAMSUNG_SCHOOL_VALUE",
        label=_("Value of the project “Samsung School of Hope” (whole phase)"),
        unit="usd",
        kind=Kind.AT_DATE,
        order=80,
    ),
)

FACTS: tuple[Fact, ...] = (
    Fact(
        code="NGO.COW_BANK_YEAR",
        label=_("Year of the Cow Bank project in Bắc Sơn district"),
        unit="calendar_year",
    ),
    Fact(
        code="FX.RATE",  # of each currency in each year: its scope is the currency
        label=_("Exchange rate of the year: VND for one unit of the currency"),
        unit="vnd",
    ),
    Fact(
        code="ODA.PROJECT_CAPITAL",
        label=_("Expected investment of the Việt Trì – Hưng Yên – Đồng Đăng urban project (ADB)"),
        unit="million_usd",
    ),
    Fact(
        code="ODA.TA_PROJECT",
        label=_("Technical assistance project RETA 7356 (Đồng Đăng – Bằng Tường)"),
        unit="project",
    ),
)
