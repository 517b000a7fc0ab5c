"""What the clerical office adds after signature, and the rules it meets everywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.dates import short_date
from reports.models import Report
from reports.pdf.document import Signer

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")


@dataclass(frozen=True)
class Issue:
    """Number, date and signer of a copy; all empty in a draft."""

    number: str = ""
    issued_on: dt.date | None = None
    signer: str = ""

    @property
    def is_draft(self) -> bool:
        return not (self.number and self.issued_on)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and the field it belongs to ("" for both together)."""

    field: str
    message: str


def faults(issue: Issue, report: Report, today: dt.date) -> list[Fault]:
    """Everything that is wrong with an issue of this report."""
    return [*_number_faults(issue), *_date_faults(issue, report, today), *_other(issue, report)]


def _number_faults(issue: Issue) -> Iterator[Fault]:
    if issue.number and not issue.number.isdecimal():
        yield Fault("number", _("The number is digits only: 05, 128."))
    if bool(issue.number) != bool(issue.issued_on):
        message = _("Number and date go together: enter both, or leave both empty for a draft.")
        yield Fault("", message)


def _date_faults(issue: Issue, report: Report, today: dt.date) -> Iterator[Fault]:
    day = issue.issued_on
    if day is None:
        return
    if day > today:
        yield Fault("issued_on", _("%(day)s has not come yet.") % {"day": short_date(day)})
    elif day < report.period.first_day:
        yield Fault(
            "issued_on",
            _("%(day)s is before the period begins (%(first)s).")
            % {"day": short_date(day), "first": short_date(report.period.first_day)},
        )


def _other(issue: Issue, report: Report) -> Iterator[Fault]:
    if issue.signer and not _NAME.fullmatch(issue.signer):
        yield Fault("signer", _("Enter the signer's full name, letters only."))
    try:
        Signer(capacity_lines=(), name=issue.signer)
    except ValueError:
        yield Fault("signer", _("Enter the signer's name without academic titles."))
    before = report.runs.issued().first() if not issue.is_draft else None
    if before is None or before.issued_on is None:
        return
    if (_int(before.number), before.issued_on) != (_int(issue.number), issue.issued_on):
        yield Fault(
            "number",
            _("This report was issued as %(number)s on %(day)s; a second number cannot be given.")
            % {"number": before.number_and_symbol, "day": short_date(before.issued_on)},
        )


def _int(number: str) -> int | None:
    return int(number) if number.isdecimal() else None
