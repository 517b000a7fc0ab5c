"""Whether a gate let goods through in a period, and what it was then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from common.dates import short_date
from reference.gates import Gate, GateStatus, Operation

FAR = dt.date.max


def statuses(gate: Gate) -> list[GateStatus]:
    """What the gate was, the earliest first; no query where they were prefetched."""
    known: Any = gate.statuses.all()
    return sorted(known, key=lambda status: status.valid_from or dt.date.min)


def refusal(gate: Gate, first: dt.date, last: dt.date) -> str:
    """Why nothing can have passed between two days, or "" where the gate was open on some.

    A gate that was read with its statuses is asked once for each span of days:
    a hundred thousand rows of a file are about a few hundred.
    """
    if "statuses" not in getattr(gate, "_prefetched_objects_cache", {}):
        return _refusal(gate, first, last)
    known: dict[tuple[dt.date, dt.date], str] = gate.__dict__.setdefault("_refusals", {})
    if (first, last) not in known:
        known[first, last] = _refusal(gate, first, last)
    return known[first, last]


def _refusal(gate: Gate, first: dt.date, last: dt.date) -> str:
    if not gate.existed_on(first) and not gate.existed_on(last):
        known = _outside(gate, last)
        if known:
            return known
    spells = [
        (begins, ends, status)
        for begins, ends, status in _spells(statuses(gate))
        if begins <= last and first <= ends
    ]
    if any(status.operation == Operation.OPEN for _begins, _ends, status in spells):
        return ""
    said = {"gate": gate, "first": short_date(first), "last": short_date(last)}
    if not spells:
        return _("Nothing is known of gate %(gate)s between %(first)s and %(last)s.") % said
    said["state"] = Operation(spells[-1][2].operation).label
    return (
        _(
            "Gate %(gate)s was not open between %(first)s and %(last)s: %(state)s. Choose another "
            "gate or period; a wrong status is put right in the table of gates."
        )
        % said
    )


def _outside(gate: Gate, last: dt.date) -> str:
    if gate.valid_from is not None and last < gate.valid_from:
        return _("Gate %(gate)s exists only from %(day)s on. Choose a later period.") % {
            "gate": gate,
            "day": short_date(gate.valid_from),
        }
    if gate.valid_to is not None and last > gate.valid_to:
        return _("Gate %(gate)s existed only until %(day)s. Choose an earlier period.") % {
            "gate": gate,
            "day": short_date(gate.valid_to),
        }
    return ""


def _spells(known: list[GateStatus]) -> Iterable[tuple[dt.date, dt.date, GateStatus]]:
    """Each status with its first and last day."""
    for place, status in enumerate(known):
        later = known[place + 1].valid_from if place + 1 < len(known) else None
        ends = later - dt.timedelta(days=1) if later else FAR
        yield status.valid_from or dt.date.min, ends, status


def said_of(gate: Gate, first: dt.date, last: dt.date) -> str:
    """The class of a gate in a period; where it changed meanwhile, since when."""
    spells = [
        (begins, status)
        for begins, ends, status in _spells(statuses(gate))
        if begins <= last and first <= ends
    ]
    if not spells:
        return ""
    begins, status = spells[-1]
    said = str(status.get_gate_class_display())
    if status.parent is not None:
        said = _("%(kind)s of %(gate)s") % {"kind": said, "gate": status.parent}
    if begins > first:
        before = f"{spells[-2][1].get_gate_class_display()} → " if len(spells) > 1 else ""
        said = _("%(before)s%(kind)s from %(day)s") % {
            "before": before,
            "kind": said,
            "day": short_date(begins),
        }
    return said
