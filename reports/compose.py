"""Composing a report: outline + texts + year table, for one viewer.

Everything that prints or previews a report starts here, so a preview and a
PDF can never say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from indicators import year_table
from indicators.charts import YEARS, Chart
from indicators.charts import build as build_chart
from indicators.declarations import facts, indicators
from indicators.ledger import Ledger
from indicators.year_table import YearTable
from reports import findings, footnotes, proof
from reports.annex import Table, indicator_annex, small_table, source_numbers
from reports.models import Report, Section
from reports.narrative import (
    TOKEN,
    BadToken,
    Chip,
    Narrative,
    known_tokens,
    parse,
    plain_chip,
)
from reports.outlines import Outline, OutlineSection, outlines
from reports.outlines.numbering import below, numbers

CHART_LABEL = "Biểu đồ {number}. {title}"


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
    first_note: int = 1
    chart_number: int = 0  # 0: charts of this outline carry no numbers

    @property
    def has_content(self) -> bool:
        return bool(self.html or self.table or self.chart or self.directives)

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def chart_caption(self) -> str:
        title = self.chart.title if self.chart else ""
        numbered = CHART_LABEL.format(number=self.chart_number, title=title)
        return numbered if self.chart_number else title

    @property
    def noted(self) -> footnotes.Noted:
        """The text for a screen, its footnotes numbered through the report."""
        return footnotes.noted(self.html, self.first_note)


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
    explained: Table | None  # what was written to explain printed figures
    warnings: list[str]

    @property
    def kept(self) -> Iterator[ComposedSection]:
        return (section for section in self.sections if section.is_kept)

    @property
    def charts(self) -> list[ComposedSection]:
        """The sections that print a chart."""
        return [section for section in self.kept if section.chart]


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
    years = range(year - YEARS + 1, year + 2)
    return year_table.build(years, viewer, months=report.period.months)


def narrative_for(report: Report, table: YearTable, chip: Chip) -> Narrative:
    """Texts of a report are filled for its period."""
    return Narrative(Ledger(table), report.period.year, chip, months=report.period.months)


def compose(report: Report, viewer: User, chip: Chip = plain_chip) -> Composed:
    """Fill a report with figures as ``viewer`` may see them."""
    outline, year = outlines()[report.outline], report.period.year
    table = table_for(report, viewer)
    narrative = narrative_for(report, table, chip)
    ledger = narrative.ledger
    texts = {section.key: section for section in report.sections.all()}
    abstract = narrative.line(outline.abstract, "abstract")
    opening = narrative.fill(outline.opening, "opening")
    sections = [
        _section(report, skeleton, texts.get(skeleton.key), narrative)
        for skeleton in outline.sections
    ]
    _keep_and_number(sections, outline)
    closing = narrative.fill(outline.closing, "closing")
    numbers = source_numbers(table, year)
    annex = indicator_annex(table, ledger, year, numbers)
    found = findings.find(table, year)
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
        explained=findings.annex(found),
        warnings=[
            *findings.warnings(found),
            *_warnings(sections),
            *proof.warnings(s for s in sections if s.is_kept),
        ],
    )


def section_narrative(report: Report, viewer: User, markup: str, chip: Chip) -> Narrative:
    """What fills one text alone: only the figures its tokens need are read."""
    found = list(known_tokens(markup))
    codes = {token.code for token in found if token.code}
    codes |= {part for code in codes & indicators().keys() for part in indicators()[code].parts}
    year, months = report.period.year, report.period.months
    years = {year, year + 1, *(year + token.offset for token in found)}
    return narrative_for(report, year_table.build(years, viewer, months=months, codes=codes), chip)


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
        title=_title(narrative.line(skeleton.title, place), skeleton.level),
        html=html,
        table=small_table(skeleton.indicators, ledger.table, ledger, year, place),
        chart=_chart(skeleton.chart, narrative, place) if skeleton.chart else None,
        section=section,
        directives=_directives(report) if skeleton.source_documents else [],
        left_out=[_named(sentence, narrative) for sentence in narrative.left_out[before:]],
    )


def _title(title: str, level: int) -> str:
    """The headings of the first level are capitals, tokens in them included."""
    return title.upper() if level == 1 else title


def _directives(report: Report) -> list[str]:
    """The leading documents of the report, oldest first, as a document cites them."""
    by_age = (F("issued_year").asc(nulls_last=True), F("issued_on").asc(nulls_last=True), "number")
    return [document.official_citation for document in report.directives.order_by(*by_age)]


def _chart(code: str, narrative: Narrative, place: str) -> Chart | None:
    chart = build_chart(
        code, narrative.ledger.table, narrative.ledger, place, narrative.year, medium="paper"
    )
    return chart if chart.spec is not None else None


def _keep_and_number(sections: list[ComposedSection], outline: Outline) -> None:
    """Leave out what has nothing to say below it, then number what remains."""
    for position, section in enumerate(sections):
        under = below(sections, position)
        section.is_kept = section.has_content or any(one.has_content for one in under)
    kept = [section for section in sections if section.is_kept]
    for section, number in zip(kept, numbers(kept, outline.numbering), strict=True):
        section.number = number
    note, chart = 1, 0
    for section in kept:
        section.first_note = note
        note += footnotes.count(section.html)
        if section.chart and outline.chart_list:
            chart += 1
            section.chart_number = chart


def _named(sentence: str, narrative: Narrative) -> str:
    """A sentence with the names of its figures where their tokens stand."""

    def name(found: re.Match[str]) -> str:
        try:
            token = parse(found[1])
        except BadToken:
            return found[0]
        if token.kind in ("year", "period"):
            return narrative.line(found[0], "")
        declared = indicators().get(token.code) or facts().get(token.code)
        return f"[{declared.label}]" if declared else found[0]

    return TOKEN.sub(name, sentence)


def _warnings(sections: list[ComposedSection]) -> list[str]:
    """What the reader of the run must know: sections and sentences that were left out."""
    found = []
    for section in sections:
        if not section.is_kept:
            found.append(
                _("Section “%(title)s” has no text and was left out.") % {"title": section.title}
            )
        found.extend(
            _("Section %(label)s: left out for lack of figures: “%(sentence)s”")
            % {"label": section.label, "sentence": sentence}
            for sentence in section.left_out
        )
    return found
