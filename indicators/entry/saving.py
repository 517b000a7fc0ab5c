"""Saving one cell of the entry screen: what the browser means, and what it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.contracts import Indicator
from common.numbers import NotANumber
from indicators import remarks
from indicators.actions import Conflict, Refused, Standing, record
from indicators.declarations import indicators
from indicators.entry import answers, cells, words
from indicators.entry import input as entry_input
from indicators.models import Figure, Side
from indicators.spans import Span
from reference.periods import held_year


@dataclass(frozen=True)
class Meant:
    """The row and side the browser means, and the version it saw."""

    indicator: Indicator
    side: str
    version: int

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Meant:
        """Raises KeyError, TypeError or ValueError for what no page of ours sends."""
        indicator, version = indicators().get(str(typed["indicator"])), typed["version"]
        if indicator is None or not indicator.yearly or type(version) is not int or version < 0:
            raise ValueError("no such cell")
        if typed["side"] not in Side.values:
            raise ValueError("no such side")
        return cls(indicator, typed["side"], version)


def save(
    meant: Meant, typed: Mapping[str, Any], year: int, span: Span, user: User
) -> dict[str, Any]:
    """Record what was typed and answer with the cell as it stands.

    Raises what ``record`` raises, and entry_input.Question.
    """
    with transaction.atomic():
        standing, figure = _recorded(meant, typed, year, span, user)
    return answers.saved(figure, standing, meant.indicator.code, year, span, user)


def _recorded(
    meant: Meant, typed: Mapping[str, Any], year: int, span: Span, user: User
) -> tuple[Standing, Figure | None]:
    """What stood in the cell and what stands there now.

    The year is held first, so that what is read of the cell is what is replaced.
    """
    indicator = meant.indicator
    if meant.side == Side.PLAN and not span.is_full_year:
        raise Refused(words.plan_elsewhere())
    opened = held_year(year)
    if opened is None:
        raise Refused(not_opened(year))
    cell, current = cells.find(indicator, year, span, meant.side, user)
    if current is not None and current.version != meant.version:
        raise Conflict(current)
    try:
        content = entry_input.content(typed, current, indicator)
    except NotANumber as problem:
        place = f"{cells.side_title(indicator, cell.period, meant.side)} – {indicator.label}"
        message = _("Cell “%(place)s”: %(problem)s") % {"place": place, "problem": problem.message}
        raise Refused(message) from problem
    waiting = current is not None and remarks.has_open(current)
    standing = Standing(opened=opened, current=current, has_remarks=waiting or current is None)
    figure = record(cell, content, by=user, seen_version=meant.version, standing=standing)
    return standing, figure


def not_opened(year: int) -> str:
    return _("Year %(year)s has not been opened. Ask the administrator to open it.") % {
        "year": year
    }
