"""The unit a row of a sheet is in, and what one of it is in the indicator's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from common.contracts import Indicator
from common.units import UNITS, Unit, alternatives
from imports.headings import Heading, names_a_unit, unit_key
from imports.layout import Layout
from indicators.imported.names import in_both

_WAYS = ((re.compile(r"\bd\b"), "vnd"), (re.compile(r"\b1 ?000\b"), "nghin"))


@dataclass(frozen=True)
class FileUnits:
    """The units a file gives above its rows: in headings, else once for the whole table."""

    columns: Mapping[int, str] = field(default_factory=dict)
    everywhere: str = ""

    @classmethod
    def of(cls, layout: Layout) -> FileUnits:
        found: dict[int, str] = {}
        for column, title in layout.titles.items():
            said = [text for text in Heading(title).units if names_a_unit(text)]
            found |= {column: said[0]} if said else {}
        notes = [note for note in layout.unit_notes if names_a_unit(note)]
        return cls(found, notes[0] if len(notes) == 1 else "")

    def at(self, column: int | None) -> str:
        return self.columns.get(-1 if column is None else column) or self.everywhere


class OtherUnit(ValueError):
    """A unit in which the row cannot be given."""


def factor(written: str, indicator: Indicator, *, is_beside: bool = False) -> Decimal:
    """By how much a number in this unit is multiplied; raises OtherUnit.

    "Người" beside "lượt người" and words nobody knows ("lượt") are taken for
    the unit of the row where it is the only one of its kind; of money every
    unit has to be known, and so has what stands beside the number in its cell.
    """
    key = _key(written)
    own = indicator.measure
    known = [unit for unit in _known().get(key, ()) if unit.family == own.family]
    if known:
        return known[0].factor / own.factor
    family = list(alternatives(indicator.unit))
    if not key or (len(family) == 1 and _may_be(key, own, is_beside)):
        return Decimal(1)
    raise OtherUnit(written)


def fits(written: str, indicator: Indicator) -> bool:
    try:
        factor(written, indicator)
    except OtherUnit:
        return False
    return True


def _may_be(key: str, own: Unit, is_beside: bool) -> bool:
    return (key not in _known() and not is_beside) or _is_within(key, own)


def _is_within(key: str, own: Unit) -> bool:
    return any(set(key.split()) <= set(_key(name).split()) for name in in_both(own.label))


def _key(text: str) -> str:
    key = unit_key(text)
    for way, meant in _WAYS:
        key = way.sub(meant, key)
    return key


@cache
def _known() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in UNITS.values():
        for name in in_both(unit.label):
            if unit not in found.setdefault(_key(name), []):
                found[_key(name)].append(unit)
    return found
