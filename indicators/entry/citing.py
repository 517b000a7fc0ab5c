"""One source for many cells: what the browser sends, and what it is told of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from common.text import nfc
from indicators import remarks, year_table
from indicators.actions import PAGE_LENGTH
from indicators.declarations import indicators
from indicators.entry import answers, cells, hinting
from indicators.models import Figure, Side
from indicators.spans import WHOLE_YEAR, Span

MOST_CELLS = 1000
SHOWN_NAMES = 5


@dataclass(frozen=True)
class Request:
    """The figures as the person saw them, and the source they are to have."""

    figures: tuple[int, ...]
    source: int
    page: str

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Request:
        """Raises KeyError, TypeError or ValueError for what no page of ours sends."""
        figures, source, page = sent["figures"], sent["source"], nfc(sent["page"]).strip()
        numbers = [*figures, source]
        if not all(type(number) is int and 0 < number < 2**63 for number in numbers):
            raise ValueError("no keys")
        if not 1 <= len(figures) <= MOST_CELLS or len(page) > PAGE_LENGTH or "\x00" in page:
            raise ValueError("too many cells, none, or no page")
        return cls(tuple(figures), source, page)


def written(figures: Iterable[Figure], user: User) -> dict[str, Any]:
    """The cells as they stand now, each as after a save of its own."""
    by_sheet: dict[tuple[int, Span], list[Figure]] = {}
    for figure in figures:
        by_sheet.setdefault((figure.period.year, _span(figure)), []).append(figure)
    found: list[dict[str, Any]] = []
    for (year, span), members in by_sheet.items():
        codes = {code for figure in members for code in hinting.codes_for(figure.indicator)}
        read_at = answers.now()
        table = year_table.build(
            hinting.years_for(year), user, months=span.months, kind=span.kind, codes=codes
        )
        waiting = remarks.open_on(members)
        for figure in members:
            remark = waiting.get(figure.pk)
            answer = answers.from_table(
                table, figure, figure.indicator, year, remark, read_at=read_at
            )
            found.append(_named(figure) | answer)
    return {"cells": found}


def moved_on(request: Request, user: User) -> dict[str, Any]:
    """Which of the chosen cells somebody changed meanwhile, and what stands there now."""
    stale = Figure.objects.visible_to(user).filter(pk__in=request.figures, is_current=False)
    rows = list(stale.select_related("period", "agency").order_by("pk"))
    names = "; ".join(_title(figure) for figure in rows[:SHOWN_NAMES])
    if len(rows) > SHOWN_NAMES:
        names += "; …"
    message = _(
        "No source was written: somebody changed these cells meanwhile: %(cells)s. "
        "Their present numbers are shown now; check them and write the source again."
    )
    return {
        "message": message % {"cells": names},
        "cells": [_named(figure) | cells.cell_json(_present(figure)) for figure in rows],
    }


def _present(figure: Figure) -> Figure | None:
    found = Figure.objects.current().filter(
        indicator=figure.indicator,
        period=figure.period,
        agency=figure.agency,
        side=figure.side,
    )
    return found.select_related("source").first()


def _named(figure: Figure) -> dict[str, str]:
    return {"row": figure.indicator, "side": figure.side}


def _title(figure: Figure) -> str:
    indicator = indicators()[figure.indicator]
    return f"{cells.side_title(indicator, figure.period, figure.side)} – {indicator.label}"


def _span(figure: Figure) -> Span:
    """The sheet a figure stands on: plans stand on that of the whole year."""
    if figure.side == Side.PLAN:
        return WHOLE_YEAR
    return Span(figure.period.kind, figure.period.months)
