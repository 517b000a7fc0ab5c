"""The border: yearly totals of violations, and what is fixed about the line.

Single incidents are restricted data; their yearly totals are published and
ordinary.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Better, Fact, Group, Indicator, Kind

GROUPS: tuple[Group, ...] = (
    Group(code="border", label=pgettext_lazy("group", "Border management"), order=100),
)

_violations = partial(
    Indicator,
    unit="incident",
    kind=Kind.IN_PERIOD,
    group="border",
    agency="BDBP",
    better=Better.LOWER,
)

INDICATORS: tuple[Indicator, ...] = (
    _violations(
        code="BORDER.VIOLATION",
        label=_("Violations of the border regime agreement"),
        order=10,
        parts=("BORDER.VIOLATION_CN", "BORDER.VIOLATION_VN"),
    ),
    _violations(
        code="BORDER.VIOLATION_CN",
        label=_("Violations by the Chinese side"),
        order=20,
        child_of="BORDER.VIOLATION",
    ),
    _violations(
        code="BORDER.VIOLATION_VN",
        label=_("Violations by the Vietnamese side"),
        order=30,
        child_of="BORDER.VIOLATION",
    ),
)

FACTS: tuple[Fact, ...] = (
    Fact(code="BORDER.LENGTH", label=_("Length of the border"), unit="kilometre"),
    Fact(code="BORDER.GATE.INTL", label=_("Number of international border gates"), unit="gate"),
    Fact(code="BORDER.GATE.MAIN", label=_("Number of main border gates"), unit="gate"),
    Fact(code="BORDER.GATE.SECONDARY", label=_("Number of secondary border gates"), unit="gate"),
    Fact(
        code="BORDER.DEMARCATION_YEARS",
        label=_("Years since the border was demarcated and marked"),
        unit="year",
    ),
)
