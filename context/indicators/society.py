"""Society, the province's ranks, and the targets set for years ahead."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Better, Calendar, Group, Indicator, Kind, PlanLabel
from context.indicators.rows import HAPPENED, SHARE, STANDS, row

GROUPS: tuple[Group, ...] = (
    Group(code="society", label=pgettext_lazy("group", "Society"), order=140),
    Group(code="governance", label=pgettext_lazy("group", "Governance ranks"), order=150),
    Group(code="targets", label=pgettext_lazy("group", "Targets"), order=160),
)

_society = partial(row, group="society")
_rank = partial(
    row,
    unit="rank",
    group="governance",
    kind=Kind.RANK,
    better=Better.LOWER,
    calendar=Calendar.CALENDAR,
)
_target = partial(row, group="targets", plan_label=PlanLabel.TARGET, calendar=Calendar.CALENDAR)
# The line of 2016–2020 still measured 2021; values on two lines are never compared.
_POVERTY_LINES = (
    (2016, "chuẩn nghèo đa chiều 2016–2020"),
    (2022, "chuẩn nghèo đa chiều 2022–2025"),
)

INDICATORS: tuple[Indicator, ...] = (
    _society(
        10,
        "SOC.NTM_COMMUNE_NEW",
        _("Communes newly meeting new-countryside standards"),
        "commune",
        agency="SNNMT",
        **HAPPENED,
    ),
    _society(
        20,
        "SOC.NTM_ADV_COMMUNE_NEW",
        _("Communes newly meeting advanced new-countryside standards"),
        "commune",
        agency="SNNMT",
        **HAPPENED,
    ),
    _society(
        30,
        "SOC.POVERTY_RATE",
        _("Rate of poor households (multidimensional poverty line)"),
        "percent",
        agency="SNNMT",
        kind=Kind.RATE,
        better=Better.LOWER,
        plan_label=PlanLabel.TARGET,
        standards=_POVERTY_LINES,
    ),
    _society(
        40,
        "SOC.POVERTY_REDUCTION_AVG",
        _("Average yearly fall in poor households"),
        "points_a_year",
        agency="SNNMT",
        yearly=False,
        **SHARE,
    ),
    _society(
        50,
        "SOC.VILLAGE_ROAD",
        _("Villages with a hardened car road to their centre"),
        "percent",
        agency="SNNMT",
        **SHARE,
    ),
    _society(
        60,
        "SOC.COMMUNE_POWER",
        _("Communes on the national power grid"),
        "percent",
        agency="SCT",
        **SHARE,
    ),
    _society(
        70,
        "SOC.SCHOOL_AGE",
        _("Children of school age at school"),
        "percent",
        agency="SGDDT",
        **SHARE,
    ),
    _society(
        80, "SOC.SCHOOL_TOTAL", _("Number of schools"), "school", agency="SGDDT", kind=Kind.AT_DATE
    ),
    _society(
        90,
        "SOC.SCHOOL_STD",
        _("Schools meeting national standards"),
        "school",
        agency="SGDDT",
        child_of="SOC.SCHOOL_TOTAL",
        **STANDS,
    ),
    _society(
        100,
        "SOC.CULTURE_HOUSEHOLD",
        _("Households with the culture title"),
        "percent",
        agency="SVHTTDL",
        **SHARE,
    ),
    _society(
        110,
        "SOC.CULTURE_VILLAGE",
        _("Villages and residential groups with the culture title"),
        "percent",
        agency="SVHTTDL",
        **SHARE,
    ),
    _society(
        120,
        "SOC.HEALTH_COMMUNE",
        _("Communes, wards and townships meeting health criteria"),
        "commune",
        agency="SYT",
        **STANDS,
    ),
    # Not a percentage: a change of these is told in percent, not in points.
    _society(
        130,
        "SOC.DOCTOR_RATE",
        _("Doctors for 10,000 people"),
        "doctor_rate",
        agency="SYT",
        **STANDS,
    ),
    _society(
        140,
        "SOC.BED_RATE",
        _("Hospital beds for 10,000 people"),
        "bed_rate",
        agency="SYT",
        **STANDS,
    ),
    _society(
        150,
        "SOC.HEALTH_INSURANCE",
        _("People with health insurance"),
        "percent",
        agency="SYT",
        **SHARE,
    ),
    _society(160, "SEC.CRIME_SOLVED", _("Crimes solved"), "percent", agency="CAT", **SHARE),
    _society(
        170,
        "SEC.SERIOUS_CRIME_SOLVED",
        _("Serious crimes solved"),
        "percent",
        agency="CAT",
        child_of="SEC.CRIME_SOLVED",
        **SHARE,
    ),
    _rank(
        10,
        "GOV.PCI_RANK",
        _("Rank in provincial competitiveness (PCI)"),
        agency="STC",
    ),
    _rank(20, "GOV.DTI_RANK", _("Rank in digital transformation (DTI)"), agency="SKHCN"),
    _rank(30, "GOV.PGI_RANK", _("Rank in the Green Index (PGI)"), agency="STC"),
    _target(
        10,
        "PLAN.IND_PARK",
        _("Industrial parks in operation"),
        "zone",
        agency="BQLKKT",
        **STANDS,
    ),
    _target(
        20,
        "PLAN.IND_CLUSTER_MIN",
        _("Industrial clusters (lower bound)"),
        "cluster",
        agency="SCT",
        **STANDS,
    ),
    _target(
        30,
        "PLAN.IND_CLUSTER_MAX",
        _("Industrial clusters (upper bound)"),
        "cluster",
        agency="SCT",
        **STANDS,
    ),
    _target(
        40,
        "PLAN.IND_OCCUPANCY",
        _("Occupancy of each industrial park and cluster"),
        "percent",
        agency="BQLKKT",
        **SHARE,
    ),
    _target(
        50,
        "PLAN.BGEZ_INFRA_BUDGET",
        _("State budget for technical infrastructure of border gates"),
        "billion_vnd",
        agency="BQLKKT",
        yearly=False,
        **HAPPENED,
    ),
)
