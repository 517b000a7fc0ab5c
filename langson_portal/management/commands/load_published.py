"""Loads what the province has published, and what a fresh portal needs to work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.loading import load_agencies
from accounts.models import Agency
from documents.loading import load_sources
from indicators.assigning import open_year
from indicators.loading import load_facts, load_figures
from reference.loading import load_reference
from reference.models import ReportingYear
from reports.loading import load_offices, load_report

FIRST_YEAR = 2006


class Command(BaseCommand):
    help = "Load reference data, sources, published figures, offices, reports; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-reference",
            action="store_true",
            help="Leave countries, places, gates, partners and mechanisms as they are.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures = settings.BASE_DIR / "fixtures"
        with pghistory.context(command="load_published"):
            if not options["without_reference"]:
                self.load_reference(fixtures / "reference", options["verbosity"])
            agencies = load_agencies(fixtures / "reference" / "agencies.csv")
            sources = load_sources(fixtures / "published" / "sources.csv")
            open_years()
            figures = load_figures(fixtures / "published" / "figures.csv")
            facts = load_facts(fixtures / "published" / "facts.csv")
            offices = load_offices(fixtures / "reports" / "offices.toml")
            reports = sum(map(load_report, sorted((fixtures / "reports").glob("[0-9]*.toml"))))
        if options["verbosity"]:
            self.stdout.write(
                f"· published data: {agencies} agencies, {sources} documents, {figures} figures, "
                f"{facts} facts, {offices} offices, {reports} reports added "
                f"({Agency.objects.count()} agencies in all)"
            )

    def load_reference(self, folder: Path, verbosity: int) -> None:
        done = load_reference(folder)
        if verbosity:
            self.stdout.write(
                f"· reference data: {done.added} rows added, {done.renewed} renewed, "
                f"{done.kept} values left as people changed them"
            )


def open_years() -> None:
    """Every year since the first published one, and next year for its plan."""
    known = set(ReportingYear.objects.values_list("year", flat=True))
    for year in range(FIRST_YEAR, timezone.localdate().year + 2):
        if year not in known:
            open_year(year, by=None)
