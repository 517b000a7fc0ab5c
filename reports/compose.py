"""Composing a report: outline + texts + year table, for one viewer.

Everything that prints or previews a report starts here, so a preview and a
PDF can never say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from common.dates import point_letter, roman
from indicators import year_table
from indicators.charts import YEARS, Chart
from indicators.charts import build as build_chart
from indicators.ledger import Ledger
from indicators.year_table import YearTable
from reports.annex import Table, indicator_annex, small_table, source_numbers
from reports.models import Report, Section
from reports.narrative import Chip, Narrative, plain_chip
from reports.outlines import Outline, OutlineSection, outlines

_NUMBERING: dict[int, Callable[[int], str]] = {
    1: lambda position: f"{roman(position)}.",
    2: lambda position: f"{position}.",
    3: lambda position: f"{point_letter(position)})",
}


@dataclass
class ComposedSection:
    """One section as it will stand on paper; ``is_kept`` is False when it has nothing to say."""

    key: str
    level: int
    title: str
    html: str
    table: Table | None
    chart: Chart | None
    section: Section | None
    directives: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    number: str = ""
    is_kept: bool = True

    @property
    def has_content(self) -> bool:
        return bool(self.html or self.table or self.chart or self.directives)

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass
class Composed:
    """A whole report with the ledger of every number in it."""

    report: Report
    outline: Outline
    table: YearTable
    ledger: Ledger
    abstract: str
    opening: str
    closing: str
    sections: list[ComposedSection]
    annex: Table
    warnings: list[str]

    @property
    def kept(self) -> Iterator[ComposedSection]:
        return (section for section in self.sections if section.is_kept)


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of the same moment, whoever writes meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def table_for(report: Report, viewer: User) -> YearTable:
    """The year table a report needs: its charts' years, and next year's plan."""
    year = report.period.year
    return year_table.build(range(year - YEARS + 1, year + 2), viewer)


def compose(report: Report, viewer: User, chip: Chip = plain_chip) -> Composed:
    """Fill a report with figures as ``viewer`` may see them."""
    outline, year = outlines()[report.outline], report.period.year
    table = table_for(report, viewer)
    ledger = Ledger(table)
    narrative = Narrative(ledger, year, chip)
    texts = {section.key: section for section in report.sections.all()}
    abstract = narrative.line(outline.abstract, "abstract")
    opening = narrative.fill(outline.opening, "opening")
    sections = [
        _section(report, skeleton, texts.get(skeleton.key), narrative)
        for skeleton in outline.sections
    ]
    _keep_and_number(sections)
    closing = narrative.fill(outline.closing, "closing")
    numbers = source_numbers(table, year)
    annex = indicator_annex(table, ledger, year, numbers)
    return Composed(
        report=report,
        outline=outline,
        table=table,
        ledger=ledger,
        abstract=abstract,
        opening=opening,
        closing=closing,
        sections=sections,
        annex=annex,
        warnings=_warnings(sections),
    )


def compose_section(
    report: Report, key: str, text: str, viewer: User, chip: Chip
) -> dict[str, Any]:
    """One section's narrative alone, for a preview: its HTML and what was left out."""
    narrative = Narrative(Ledger(table_for(report, viewer)), report.period.year, chip)
    return {"html": narrative.fill(text, key), "left_out": narrative.left_out}


def _section(
    report: Report, skeleton: OutlineSection, section: Section | None, narrative: Narrative
) -> ComposedSection:
    year, before = report.period.year, len(narrative.left_out)
    html = narrative.fill(section.text if section else skeleton.text, skeleton.key)
    ledger = narrative.ledger
    place = skeleton.key
    return ComposedSection(
        key=skeleton.key,
        level=skeleton.level,
        title=narrative.line(skeleton.title, place),
        html=html,
        table=small_table(skeleton.indicators, ledger.table, ledger, year, place),
        chart=_chart(skeleton.chart, narrative, place) if skeleton.chart else None,
        section=section,
        directives=_directives(report) if skeleton.source_documents else [],
        left_out=narrative.left_out[before:],
    )


def _directives(report: Report) -> list[str]:
    """The leading documents of the report, oldest first, as a document cites them."""
    dated = report.directives.order_by(F("issued_on").asc(nulls_last=True), "number")
    return [document.official_citation for document in dated]


def _chart(code: str, narrative: Narrative, place: str) -> Chart | None:
    chart = build_chart(
        code, narrative.ledger.table, narrative.ledger, place, narrative.year, medium="paper"
    )
    return chart if chart.spec is not None else None


def _keep_and_number(sections: list[ComposedSection]) -> None:
    """Leave out what has nothing to say below it, then number what remains."""
    for position, section in enumerate(sections):
        below = []
        for later in sections[position + 1 :]:
            if later.level <= section.level:
                break
            below.append(later)
        section.is_kept = section.has_content or any(one.has_content for one in below)
    counters = {level: 0 for level in _NUMBERING}
    for section in (one for one in sections if one.is_kept):
        counters[section.level] += 1
        for deeper in range(section.level + 1, max(counters) + 1):
            counters[deeper] = 0
        section.number = _NUMBERING[section.level](counters[section.level])


def _warnings(sections: list[ComposedSection]) -> list[str]:
    """What the reader of the run must know: sections and sentences that were left out."""
    found = []
    for section in sections:
        if not section.is_kept:
            found.append(
                _("Section “%(title)s” has no text and was left out.") % {"title": section.title}
            )
            continue
        found.extend(
            _("Section %(label)s: left out for lack of figures: “%(sentence)s”")
            % {"label": section.label, "sentence": sentence}
            for sentence in section.left_out
        )
    return found
