"""What does not add up among the figures of an overview, and how it was explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from common.contracts import Label
from indicators import explanations
from indicators.declarations import indicators
from indicators.entry import hinting
from indicators.year_table import YearTable


@dataclass(frozen=True)
class Difference:
    """A figure that differs from its parts or its register; ``said`` is empty until explained."""

    figure: int
    label: Label
    seen: str
    said: str


def needed(codes: Iterable[str]) -> set[str]:
    """These indicators with the parts they are held against."""
    known = set(codes) & indicators().keys()
    return known.union(*(indicators()[code].parts for code in known))


def differences(table: YearTable, year: int, codes: Iterable[str]) -> list[Difference]:
    """In the order of the year's table; one query."""
    wanted = set(codes)
    found = [
        (row.indicator.label, hint)
        for row in table.rows(year)
        if row.indicator.code in wanted
        for hint in hinting.of_row(table, row)
        if hint.kind in hinting.DIFFERENCES
    ]
    if not found:
        return []
    said = explanations.standing({hint.figure for _label, hint in found})
    return [_difference(label, hint, said) for label, hint in found]


def _difference(label: Label, hint: hinting.RowHint, said: explanations.Standing) -> Difference:
    answer = said.get((hint.figure, hint.kind))
    text = answer.text if answer is not None and hint.answered_by(answer) else ""
    return Difference(hint.figure, label, hint.say(), text)
