"""The overview of a year: cards of key figures and charts, out of one year table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.contracts import Label
from common.dates import short_date
from dashboards.cards import Card, cards
from dashboards.differences import Difference, differences, needed
from dashboards.keys import CHARTS, CONTEXT_FIGURES, KEY_FIGURES, Key
from documents.models import SourceDocument
from indicators import charts, year_table
from indicators.charts import Chart
from indicators.declarations import indicators
from indicators.ledger import Ledger
from indicators.models import Status
from indicators.year_table import YearTable
from reference.models import Period, ReportingYear

SOURCES_NAMED = 2


@dataclass(frozen=True)
class ChartBlock:
    """A chart with the documents it rests on, in words."""

    chart: Chart
    sources: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the page of one year shows."""

    year: int
    years: tuple[int, ...]  # newest first
    cards: tuple[Card, ...]
    context: tuple[Card, ...]
    missing: tuple[Label, ...]
    differences: tuple[Difference, ...]
    blocks: tuple[ChartBlock, ...]
    state: str
    updated: dt.datetime | None
    latest_filled: int | None  # among the years in the charts' reach

    @property
    def previous(self) -> int | None:
        return max((year for year in self.years if year < self.year), default=None)

    @property
    def next(self) -> int | None:
        return min((year for year in self.years if year > self.year), default=None)

    @property
    def behind(self) -> list[Card]:
        """What stays behind its plan."""
        return [card for card in (*self.cards, *self.context) if card.misses_plan]

    @property
    def unexplained(self) -> list[Difference]:
        return [one for one in self.differences if not one.said]

    @property
    def explained(self) -> list[Difference]:
        return [one for one in self.differences if one.said]

    @property
    def has_inferred(self) -> bool:
        return any(card.stands_on_inferred for card in (*self.cards, *self.context))

    @property
    def has_samples(self) -> bool:
        return any(card.stands_on_samples for card in (*self.cards, *self.context))

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.context)


def latest_year(viewer: User, today: dt.date) -> int | None:
    """The latest year that has a report, else one with a key figure, else this year.

    None before any year is open. Which years have a report is asked of their
    periods: readers stand on one floor and do not import each other.
    """
    reported = Period.objects.filter(report__isnull=False).aggregate(last=Max("year"))["last"]
    if reported is not None:
        return reported
    opened = ReportingYear.objects.filter(year__lte=today.year)
    years = sorted(opened.values_list("year", flat=True))
    if not years:
        return None
    keys = _declared(KEY_FIGURES)
    table = year_table.build(years, viewer, codes=[key.code for key in keys])
    return _latest_filled(table, keys) or years[-1]


def _latest_filled(table: YearTable, keys: Sequence[Key]) -> int | None:
    """The latest year of the table for which somebody gave a key figure."""
    for year in reversed(table.years):
        actuals = (table.row(key.code, year).actual for key in keys)
        if any(value and not (value.is_inferred or value.is_computed) for value in actuals):
            return year
    return None


def build(year: int, viewer: User, language: str) -> Overview | None:
    """The overview as ``viewer`` may see it; None for a year that is not open."""
    opened = {row.year: row for row in ReportingYear.objects.all()}
    if year not in opened:
        return None
    shown = _codes()
    years = range(year - charts.YEARS + 1, year + 1)
    table = year_table.build(years, viewer, codes=needed(shown))
    ledger = Ledger(table, language)
    drawn = [charts.build(code, table, ledger, f"overview {code}", year) for code in CHARTS]
    drawn = [chart for chart in drawn if chart.lines]
    documents = SourceDocument.objects.in_bulk({pk for chart in drawn for pk in chart.source_ids})
    keys, context = _declared(KEY_FIGURES), _declared(CONTEXT_FIGURES)
    return Overview(
        year=year,
        years=tuple(sorted(opened, reverse=True)),
        cards=tuple(cards(keys, ledger, year)),
        context=tuple(cards(context, ledger, year)),
        missing=tuple(
            indicators()[key.code].label for key in keys if table.row(key.code, year).actual is None
        ),
        differences=tuple(differences(table, year, shown)),
        blocks=tuple(
            ChartBlock(chart, _sources([documents[pk] for pk in chart.source_ids]))
            for chart in drawn
        ),
        state=_state(opened[year], table, (*keys, *context)),
        updated=_updated(table, year, (*keys, *context)),
        latest_filled=_latest_filled(table, keys),
    )


def _declared(keys: Iterable[Key]) -> list[Key]:
    return [key for key in keys if key.code in indicators()]


def _codes() -> set[str]:
    """Every indicator the page may show."""
    on_cards = [(key.code, *key.beside) for key in (*KEY_FIGURES, *CONTEXT_FIGURES)]
    return set().union(*on_cards, *(charts.CHARTS[code].codes for code in CHARTS))


# --- lines of text ----------------------------------------------------------------------


def _state(opened: ReportingYear, table: YearTable, keys: Sequence[Key]) -> str:
    if opened.locked_on is not None:
        return _("Closed on %(day)s") % {"day": short_date(opened.locked_on)}
    actuals = [table.row(key.code, opened.year).actual for key in keys]
    if any(value is not None and value.status == Status.ESTIMATE for value in actuals):
        return _("With estimates, not closed")
    return _("Not closed")


def _updated(table: YearTable, year: int, keys: Sequence[Key]) -> dt.datetime | None:
    rows = [table.row(key.code, year) for key in keys]
    values = [value for row in rows for value in (row.plan, row.actual) if value is not None]
    return max((value.entered_at for value in values if value.entered_at), default=None)


def _sources(documents: Sequence[SourceDocument]) -> str:
    """The first documents by who issued them and when, and how many more."""
    named = [_short(document) for document in documents[:SOURCES_NAMED]]
    more = len(documents) - len(named)
    if more > 0:
        text = ngettext("%(count)s more document", "%(count)s more documents", more)
        named.append(text % {"count": more})
    return "; ".join(named)


def _short(document: SourceDocument) -> str:
    who = document.number or document.issuer or document.subject
    return f"{who} ({document.date_text})" if document.date_text else who
