"""The economy of the province, on the statistical calendar."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Calendar, Fact, Group, Indicator, Kind, PlanLabel
from context.indicators.rows import GROWS, HAPPENED, SHARE, row

GROUPS: tuple[Group, ...] = (
    Group(code="economy", label=pgettext_lazy("group", "Economy"), order=120),
)

_economy = partial(row, group="economy", agency="CTK", calendar=Calendar.CALENDAR)
_NATIONAL = pgettext_lazy("scope", "the whole country")

INDICATORS: tuple[Indicator, ...] = (
    _economy(10, "ECON.GRDP_GROWTH", _("GRDP growth"), "percent", **GROWS),
    _economy(20, "ECON.GRDP", _("GRDP at current prices"), "billion_vnd", **HAPPENED),
    _economy(
        30,
        "ECON.GRDP_USD",
        _("GRDP at current prices, in USD"),
        "billion_usd",
        child_of="ECON.GRDP",
        **HAPPENED,
    ),
    _economy(40, "ECON.GRDP_SHARE", _("Share of GRDP in the country's GDP"), "percent", **SHARE),
    _economy(50, "ECON.GRDP_PC", _("GRDP per person"), "million_vnd", **HAPPENED),
    _economy(
        60,
        "ECON.GRDP_PC_USD",
        _("GRDP per person, in USD"),
        "usd",
        child_of="ECON.GRDP_PC",
        **HAPPENED,
    ),
    # A share of the economy is neither good nor bad; shares need not add up to 100.
    _economy(
        70,
        "ECON.STRUCT_AGRI",
        _("Share of agriculture and forestry"),
        "percent",
        kind=Kind.RATE,
    ),
    _economy(
        80, "ECON.STRUCT_IND", _("Share of industry and construction"), "percent", kind=Kind.RATE
    ),
    _economy(90, "ECON.STRUCT_SERV", _("Share of services"), "percent", kind=Kind.RATE),
    _economy(
        100, "ECON.IIP_GROWTH", _("Growth of industrial production (IIP)"), "percent", **GROWS
    ),
    _economy(
        110,
        "ECON.BUDGET_REVENUE",
        _("State budget revenue in the province"),
        "billion_vnd",
        agency="STC",
        plan_label=PlanLabel.BUDGET,
        **HAPPENED,
    ),
    _economy(
        120,
        "ECON.BUDGET_REVENUE_DOMESTIC",
        _("Domestic budget revenue"),
        "billion_vnd",
        agency="STC",
        plan_label=PlanLabel.BUDGET,
        child_of="ECON.BUDGET_REVENUE",
        **HAPPENED,
    ),
    _economy(
        130,
        "ECON.GDP_VN",
        _("GDP of the country"),
        "billion_vnd",
        kind=Kind.IN_PERIOD,
        scope=_NATIONAL,
    ),
    _economy(
        140,
        "ECON.GDP_VN_USD",
        _("GDP of the country, in USD"),
        "billion_usd",
        kind=Kind.IN_PERIOD,
        scope=_NATIONAL,
        child_of="ECON.GDP_VN",
    ),
    _economy(
        150,
        "ECON.GRDP_GROWTH_AVG",
        _("Average GRDP growth"),
        "percent",
        yearly=False,
        **GROWS,
    ),
    _economy(
        160,
        "ECON.KEY_BGEZ",
        _("Key border-gate economic zones of the country"),
        "zone",
        agency="BQLKKT",
        kind=Kind.AT_DATE,
        scope=_NATIONAL,
        yearly=False,
    ),
)

FACTS: tuple[Fact, ...] = (
    Fact(
        code="ECON.GRDP_GROWTH_DIFF",
        label=_("Average GRDP growth against the period before"),
        unit="percentage_points",
    ),
    Fact(code="ENT.SUSPENDED", label=_("Enterprises suspended, then reopened"), unit="enterprise"),
    Fact(
        code="ENT.CAPACITY",
        label=_("Design capacity of lead electrolysis"),
        unit="tonne_a_year",
    ),
    Fact(code="ENT.LEAD_PURITY", label=_("Lead content"), unit="percent"),
    Fact(code="ENT.EXPORT_MARKET", label=_("New export markets named"), unit="country"),
    Fact(code="GEO.DIST_NANNING", label=_("Distance to Nanning"), unit="kilometre"),
    Fact(code="GEO.DIST_HANOI", label=_("Distance to Hà Nội"), unit="kilometre"),
    Fact(
        code="TOUR.FIRST_CN_GROUP",
        label=_("Visitors of the year's first Chinese tour group"),
        unit="person",
    ),
)
