"""Loads the issuing offices and the texts of published years' reports."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from common.contracts import Calendar
from documents.models import SourceDocument
from reference.models import Period
from reports.actions import create_report
from reports.cleaning import clean
from reports.models import IssuingOffice, Report

_LINES = (
    "superior_lines", "name_lines", "addressees", "capacity_lines", "position_lines",
    "held_office_lines", "recipients",
)  # fmt: skip


def load_offices(path: Path) -> int:
    """Add offices that are not there yet; returns how many are new."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))["office"]
    known = set(IssuingOffice.objects.values_list("code", flat=True))
    fresh = [office for office in data if office["code"] not in known]
    for office in fresh:
        lines = {name: "\n".join(office.get(name, ())) for name in _LINES}
        IssuingOffice.objects.create(**{**office, **lines})
    return len(fresh)


@transaction.atomic
def load_report(path: Path) -> bool:
    """Make a year's report with its own texts; an existing one is left alone."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    year, outline = data["year"], data["outline"]
    period = Period.objects.full_year(year, Calendar.ADMINISTRATIVE)
    if Report.objects.filter(period=period, outline=outline).exists():
        return False
    office = IssuingOffice.objects.get(code=data["office"])
    report = create_report(period, outline, office, by=None)
    report.legal_bases = "\n".join(data.get("legal_bases", ()))
    report.save(update_fields=["legal_bases"])
    codes = [code.lower() for code in data.get("directives", ())]
    report.directives.set(SourceDocument.objects.filter(code__in=codes))
    for section in report.sections.filter(key__in=data["texts"]):
        section.text = clean(data["texts"][section.key].strip())
        section.save(update_fields=["text"])
    return True
