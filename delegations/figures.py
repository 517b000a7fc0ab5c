"""Delegations, people and countries, counted from the registers of both directions."""

from __future__ import annotations

from django.db.models import Count, Q, Sum

from delegations.choices import TOOK_PLACE, Reception
from delegations.models import Delegation, Inbound, Outbound
from indicators.computed import ByDay, Computation, Different

OUT, IN = "doan-ra", "doan-vao"  # the registers, by their words in addresses
OUT_COUNTRIES, IN_COUNTRIES = "DELEG.OUT.COUNTRIES", "DELEG.IN.COUNTRIES"

# Indicator → the mode of reception it counts, or None for all of them.
Modes = dict[str, Reception | None]
OUT_SUMS: Modes = {"DELEG.OUT.COUNT": None, "DELEG.OUT.PERSONS": None}
IN_SUMS: Modes = {
    "DELEG.IN.COUNT": None,
    "DELEG.IN.HOSTED.COUNT": Reception.HOSTED,
    "DELEG.IN.GUEST.COUNT": Reception.GUEST,
    "DELEG.IN.PRESS.COUNT": Reception.PRESS,
    "DELEG.IN.PERSONS": None,
    "DELEG.IN.HOSTED.PERSONS": Reception.HOSTED,
    "DELEG.IN.GUEST.PERSONS": Reception.GUEST,
    "DELEG.IN.PRESS.PERSONS": Reception.PRESS,
}


def condition(mode: Reception | None) -> Q:
    return Q(reception=mode) if mode else Q()


def sums(model: type[Delegation], modes: Modes) -> ByDay:
    """Delegations and the people in them; of a mode nobody came by there are none: a zero."""
    counts = {
        code: Sum("persons", filter=condition(mode), default=0)
        if code.endswith("PERSONS")
        else Count("pk", filter=condition(mode))
        for code, mode in modes.items()
    }
    return ByDay(rows=lambda: model.objects.alive().took_place(), day=model.DAY, counts=counts)


def countries(model: type[Delegation], code: str) -> Different:
    """Different countries: one that was visited five times is one."""
    return Different(
        rows=lambda: model.objects.alive().took_place(),
        day=model.DAY,
        things={code: "countries"},
    )


def feeds(modes: Modes, distinct: str) -> dict[str, Q]:
    """Which records count in which indicator, for the record's own page."""
    return {code: TOOK_PLACE & condition(mode) for code, mode in modes.items()} | {
        distinct: TOOK_PLACE
    }


def query(mode: Reception | None) -> str:
    """The list of the register filtered to what is counted."""
    return f"reception={mode.value}&status=took_place" if mode else "status=took_place"


OUT_FEEDS = feeds(OUT_SUMS, OUT_COUNTRIES)
IN_FEEDS = feeds(IN_SUMS, IN_COUNTRIES)

FIGURES = (
    Computation(
        codes=tuple(OUT_SUMS),
        compute=sums(Outbound, OUT_SUMS),
        register=OUT,
        queries={code: query(mode) for code, mode in OUT_SUMS.items()},
    ),
    Computation(
        codes=(OUT_COUNTRIES,),
        compute=countries(Outbound, OUT_COUNTRIES),
        register=OUT,
        queries={OUT_COUNTRIES: query(None)},
    ),
    Computation(
        codes=tuple(IN_SUMS),
        compute=sums(Inbound, IN_SUMS),
        register=IN,
        queries={code: query(mode) for code, mode in IN_SUMS.items()},
    ),
    Computation(
        codes=(IN_COUNTRIES,),
        compute=countries(Inbound, IN_COUNTRIES),
        register=IN,
        queries={IN_COUNTRIES: query(None)},
    ),
)
