"""Eleven months, estimated December, the year: three linked cells, two typed, one computed.

Change a typed one and the computed one follows. Type into the computed one and
another becomes computed: December after the year, the year after either part.
Pure arithmetic; the words beside the cells come from ``told``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from common.numbers import format_number
from indicators.actions import Refused
from indicators.entry.cells import language
from indicators.models import Figure, YearPart


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The three as they stand; before two of them are known none is computed."""

    year: Decimal | None = None
    eleven: Decimal | None = None
    december: Decimal | None = None
    computed: str = YearPart.NONE

    @property
    def are_known(self) -> bool:
        return self.eleven is not None and self.december is not None


def typed_year(before: Parts, year: Decimal) -> Parts:
    """The year was typed: December follows, or the eleven months if they were computed."""
    after = replace(before, year=year)
    if not before.are_known:
        return after
    if before.computed == YearPart.ELEVEN_MONTHS:
        return _with_eleven(after)
    return _with_december(after)


def typed_parts(before: Parts, eleven: Decimal | None, december: Decimal | None) -> Parts:
    """One part was typed, or both; None for one that was not."""
    after = replace(
        before,
        eleven=before.eleven if eleven is None else eleven,
        december=before.december if december is None else december,
    )
    if eleven is not None and december is not None:
        return _with_year(after)
    if after.year is None and not after.are_known:
        raise Refused(_("Enter both: the eleven months and the estimate for December."))
    if eleven is not None and (not after.are_known or before.computed == YearPart.DECEMBER):
        return _with_december(after)
    if december is not None and (not after.are_known or before.computed == YearPart.ELEVEN_MONTHS):
        return _with_eleven(after)
    return _with_year(after)


def told(figure: Figure) -> list[tuple[str, str, str]]:
    """Name, number and "typed" or "computed by the portal" of each of the three."""
    if figure.eleven_months is None or figure.december_estimate is None:
        return []
    computed = figure.computed_part or YearPart.YEAR  # entered before the portal noted which
    rows = (
        (YearPart.ELEVEN_MONTHS, _("Eleven months"), figure.eleven_months),
        (YearPart.DECEMBER, _("Estimated December"), figure.december_estimate),
        (YearPart.YEAR, _("Whole year"), figure.value),
    )
    return [
        (name, format_number(number, language()), how(part == computed))
        for part, name, number in rows
        if number is not None
    ]


def how(is_computed: bool) -> str:
    return _("computed by the portal") if is_computed else _("typed")


def _with_december(parts: Parts) -> Parts:
    assert parts.year is not None and parts.eleven is not None
    if parts.year < parts.eleven:
        raise Refused(
            _("The year is less than its eleven months. Correct the eleven months first.")
        )
    december = parts.year - parts.eleven
    return replace(parts, december=december, computed=YearPart.DECEMBER)


def _with_eleven(parts: Parts) -> Parts:
    assert parts.year is not None and parts.december is not None
    if parts.year < parts.december:
        raise Refused(_("The year is less than its December alone. Correct December first."))
    eleven = parts.year - parts.december
    return replace(parts, eleven=eleven, computed=YearPart.ELEVEN_MONTHS)


def _with_year(parts: Parts) -> Parts:
    assert parts.eleven is not None and parts.december is not None
    return replace(parts, year=parts.eleven + parts.december, computed=YearPart.YEAR)
