"""Prints a year's report from the shell, by the same road as the portal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from accounts.roles import Verb
from common.dates import NotADate, parse_short_date
from reports.issue import Issue, faults
from reports.models import Report
from reports.outlines import outlines
from reports.pdf.engine import RenderFailed
from reports.printing import print_report


class Command(BaseCommand):
    help = "Render the report of a year to date to PDF; prints pages, seconds and SHA-256."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--kind", default="A", help="code of the outline")
        parser.add_argument("--months", type=int, default=12, help="of the year to date: 6, 9")
        parser.add_argument("--output", type=Path, required=True, help="the PDF to write")
        parser.add_argument("--number", default="", help="number given after signature")
        parser.add_argument("--date", default="", help="date of issue, dd/mm/yyyy")
        parser.add_argument("--signer", default="", help="name under the signature")
        parser.add_argument("--as", dest="username", default="", help="render as this user")

    def handle(
        self, *args: Any, year: int, kind: str, months: int, output: Path, **options: Any
    ) -> None:
        if kind not in outlines():
            raise CommandError(f"No outline {kind!r}; there is: {', '.join(outlines())}.")
        reports = Report.objects.select_related("period", "office")
        report = reports.filter(period__year=year, period__months=months, outline=kind).first()
        if report is None:
            asked = f"{kind} of {year}" if months == 12 else f"{kind} of {months} months of {year}"
            raise CommandError(f"There is no report {asked} yet: make it in the portal.")
        issue = Issue(options["number"], _day(options["date"]), options["signer"])
        if wrong := faults(issue, report, timezone.localdate()):
            raise CommandError("\n".join(fault.message for fault in wrong))
        viewer = _viewer(options["username"])
        try:
            printed = print_report(report, report.office, viewer, issue, _silent)
            output.write_bytes(printed.pdf.content)
        except RenderFailed as failure:
            raise CommandError(failure.message) from failure
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        pdf = printed.pdf
        self.stdout.write(f"{pdf.pages} pages  {pdf.seconds:.2f} seconds  sha256 {pdf.sha256}")
        for warning in printed.warnings:
            self.stderr.write(warning)


def _silent(stage: str, percent: int) -> None:
    """The shell needs no progress bar."""


def _day(text: str) -> dt.date | None:
    try:
        return parse_short_date(text) if text else None
    except NotADate as error:
        raise CommandError(f"--date {text}: {error}") from error


def _viewer(username: str) -> User:
    """The named user, or one who may read everything: there is no table without a viewer."""
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {username!r}.")
        return user
    for user in User.objects.filter(is_active=True).order_by("pk"):
        if user.may(Verb.EXPORT, everywhere=True):
            return user
    raise CommandError("No active user may export reports; name one with --as.")
