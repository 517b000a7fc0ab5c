"""Delegations out and in: how many, how many people, how many countries.

Countries are counted distinctly, so they add up neither over periods nor over
agencies: such rows are cumulative and come whole from one register.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contracts import Aggregation, Better, Fact, Group, Indicator, Kind

GROUPS: tuple[Group, ...] = (
    Group(code="delegations_out", label=pgettext_lazy("group", "Delegations out"), order=20),
    Group(code="delegations_in", label=pgettext_lazy("group", "Delegations in"), order=30),
)

_row = partial(Indicator, kind=Kind.IN_PERIOD, agency="SNGV")
# Fewer trips abroad may be thrift or neglect: only visits received are good news as such.
_out = partial(_row, group="delegations_out", better=Better.NEUTRAL)
_in = partial(_row, group="delegations_in", better=Better.HIGHER)
_distinct = {
    "unit": "country",
    "kind": Kind.CUMULATIVE,
    "aggregation": Aggregation.REGISTER,
}

INDICATORS: tuple[Indicator, ...] = (
    _out(code="DELEG.OUT.COUNT", label=_("Number of delegations out"), unit="delegation", order=10),
    _out(
        code="DELEG.OUT.PERSONS",
        label=_("Person-visits of delegations out"),
        unit="person_visit",
        order=20,
    ),
    _out(
        code="DELEG.OUT.COUNTRIES",
        label=_("Countries and territories visited"),
        order=30,
        **_distinct,
    ),
    _in(
        code="DELEG.IN.COUNT",
        label=_("Number of delegations in"),
        unit="delegation",
        order=10,
        parts=("DELEG.IN.HOSTED.COUNT", "DELEG.IN.GUEST.COUNT", "DELEG.IN.PRESS.COUNT"),
    ),
    _in(
        code="DELEG.IN.HOSTED.COUNT",
        label=_("Delegations received by the province as host"),
        unit="delegation",
        order=20,
        child_of="DELEG.IN.COUNT",
    ),
    _in(
        code="DELEG.IN.GUEST.COUNT",
        label=_("Delegations of international guests"),
        unit="delegation",
        order=30,
        child_of="DELEG.IN.COUNT",
    ),
    _in(
        code="DELEG.IN.PRESS.COUNT",
        label=_("Delegations of reporters and experts"),
        unit="delegation",
        order=40,
        child_of="DELEG.IN.COUNT",
    ),
    _in(
        code="DELEG.IN.PERSONS",
        label=_("Person-visits of delegations in"),
        unit="person_visit",
        order=50,
        parts=("DELEG.IN.HOSTED.PERSONS", "DELEG.IN.GUEST.PERSONS", "DELEG.IN.PRESS.PERSONS"),
    ),
    _in(
        code="DELEG.IN.HOSTED.PERSONS",
        label=_("Person-visits received by the province as host"),
        unit="person_visit",
        order=60,
        child_of="DELEG.IN.PERSONS",
    ),
    _in(
        code="DELEG.IN.GUEST.PERSONS",
        label=_("Person-visits of international guests"),
        unit="person_visit",
        order=70,
        child_of="DELEG.IN.PERSONS",
    ),
    _in(
        code="DELEG.IN.PRESS.PERSONS",
        label=_("Person-visits of reporters and experts"),
        unit="person_visit",
        order=80,
        child_of="DELEG.IN.PERSONS",
    ),
    _in(
        code="DELEG.IN.COUNTRIES",
        label=_("Countries and territories of delegations in"),
        order=90,
        **_distinct,
    ),
)

FACTS: tuple[Fact, ...] = (
    Fact(
        code="DELEG.IN.YOY_COUNT",
        label=_("Published change in the number of delegations"),
        unit="delegation",
    ),
    Fact(
        code="DELEG.IN.YOY_PERSONS",
        label=_("Published change in the number of people"),
        unit="person",
    ),
    Fact(
        code="FA.JWC_SESSION",
        label=_("Session of the Joint Working Committee"),
        unit="session",
    ),
    Fact(
        code="FA.US_DPRK_SUMMIT",
        label=_("Session of the United States – DPRK Summit"),
        unit="session",
    ),
)
