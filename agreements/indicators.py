"""International agreements signed in the year, by level of signing."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Better, Fact, Group, Indicator, Kind

GROUPS: tuple[Group, ...] = (
    Group(code="agreements", label=pgettext_lazy("group", "International agreements"), order=10),
)

_signed = partial(
    Indicator,
    unit="agreement",
    kind=Kind.IN_PERIOD,
    group="agreements",
    agency="SNGV",
    better=Better.HIGHER,
)

INDICATORS: tuple[Indicator, ...] = (
    _signed(
        code="AGREE.PROVINCE",
        label=_("International agreements signed at provincial level"),
        order=10,
    ),
    _signed(
        code="AGREE.DEPARTMENT",
        label=_("International agreements signed by departments and branches"),
        order=20,
    ),
)

FACTS: tuple[Fact, ...] = ()
