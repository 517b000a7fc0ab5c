"""Differences of a report's year: what does not add up, and how it was explained.

A difference is told on the page of the printing and never stops it; what was
written to explain a printed figure is an annex of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.numbers import format_number
from indicators import explanations
from indicators.entry import hinting
from indicators.explanations import Standing
from indicators.models import Explanation, Side
from indicators.rows import Row, Value
from indicators.year_table import YearTable
from reports.annex import Column, Line, Table

COLUMNS = (
    Column("TT", 8, "center"),
    Column("Chỉ tiêu", 42),
    Column("Nội dung", 55),
    Column("Thuyết minh", 60),
)


@dataclass(frozen=True)
class Finding:
    """One odd thing about one printed figure; ``said`` is empty while nobody explained it."""

    label: str
    issue: str
    said: str
    differs: bool  # from its parts or its register

    @property
    def warning(self) -> str:
        names = {"label": self.label, "issue": self.issue, "said": self.said}
        if self.said:
            return _("%(label)s: %(issue)s Explanation: %(said)s") % names
        return _("%(label)s: %(issue)s Not explained yet.") % names


def find(table: YearTable, year: int) -> list[Finding]:
    """Everything that differs, and everything that was explained; one query."""
    rows = list(table.rows(year))
    figures = [value.figure_id for row in rows for value in _entered(row) if value.figure_id]
    said = explanations.standing(figures)
    return [one for row in rows for one in _of_row(table, row, said)]


def warnings(found: Sequence[Finding]) -> list[str]:
    """The differences, for the page of the printing."""
    return [one.warning for one in found if one.differs]


def annex(found: Sequence[Finding]) -> Table | None:
    """The explanations that stand; None where there is none."""
    explained = [one for one in found if one.said]
    if not explained:
        return None
    made = Table(COLUMNS)
    for position, one in enumerate(explained, start=1):
        made.lines.append(Line((str(position), one.label, one.issue, one.said)))
    return made


def _entered(row: Row) -> Iterator[Value]:
    return (value for value in (row.plan, row.actual) if value and value.figure_id is not None)


def _of_row(table: YearTable, row: Row, said: Standing) -> Iterator[Finding]:
    label = str(row.indicator.label)
    for hint in hinting.of_row(table, row):
        if hint.kind in hinting.DIFFERENCES:
            answer = said.get((hint.figure, hint.kind))
            text = answer.text if answer is not None and hint.answered_by(answer) else ""
            yield Finding(label, hint.seen, text, differs=True)
    for value in _entered(row):
        for kind in Explanation.Kind:
            answer = said.get((value.figure_id or 0, kind))
            if answer is not None and kind not in hinting.DIFFERENCES:
                yield Finding(label, _issue(row, value, kind), answer.text, differs=False)


def _issue(row: Row, value: Value, kind: Explanation.Kind) -> str:
    """ "Thực hiện 4.750 triệu USD: khác xa các năm trước." """
    number = "" if value.number is None else format_number(value.number)
    told = f"{capfirst(Side(value.side).label)} {number} {row.indicator.measure.label}"
    return f"{told}: {kind.label}."
