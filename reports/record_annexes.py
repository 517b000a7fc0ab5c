"""The annexes of a report that list records, read out of the registers.

A record whose label limits it stands in none of them, whoever prints; what is
left out, and annexes nobody keeps records for, are told beside the report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.contracts import Calendar, DataClass
from indicators.wording import WHOLE_YEAR, say_next_period, say_period
from reference.models import Period
from reference.periods import days
from registers.annexes import Annex, Cells, Part, annexes
from registers.declarations import registers
from registers.models import RecordUse
from registers.showing import text
from reports.annex import Column, Line, Table
from reports.models import Report, Run

NUMBER = Column("TT", 8, "center")
SAMPLES = "Phụ lục có dữ liệu minh họa (**)"
SAMPLE_MARK = " (**)"
ORDINARY_ONLY = "Chỉ liệt kê bản ghi thông thường, nên có thể ít hơn tổng số nêu trong báo cáo."


@dataclass
class RecordAnnex:
    """One annex as it will stand on paper, and the records that stand in it."""

    title: str
    table: Table
    records: list[tuple[str, Any]] = field(default_factory=list)  # (register, record)
    held_back: int = 0  # records of the period whose label keeps them out
    has_samples: bool = False
    unit: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.table.lines

    @property
    def intro(self) -> str:
        """What stands right above the table."""
        return ". ".join(filter(None, (self.unit, SAMPLES if self.has_samples else "")))


def collect(report: Report, codes: tuple[str, ...], viewer: User) -> list[RecordAnnex]:
    """The annexes an outline asks for, those without records among them."""
    return [_annex(annexes()[code], report, viewer) for code in codes]


def _annex(annex: Annex, report: Report, viewer: User) -> RecordAnnex:
    columns = (NUMBER, *(Column(one.text, one.width_mm, one.kind) for one in annex.headings))
    period = _said_next(report.period) if annex.is_ahead else _said(report.period)
    made = RecordAnnex(annex.title.format(period=period), Table(columns), unit=annex.unit)
    for part in annex.parts:
        _add(made, part, report, viewer, is_ahead=annex.is_ahead)
    return made


def _add(made: RecordAnnex, part: Part, report: Report, viewer: User, *, is_ahead: bool) -> None:
    register = registers()[part.register]
    first, last = (_next_days if is_ahead else _days)(report.period, register.calendar)
    seen = register.model._default_manager.filter(register.where).alive().visible_to(viewer)
    wanted = part.rows(seen, first, last)
    made.held_back += wanted.exclude(data_class=DataClass.ORDINARY).count()
    if part.sums is not None:
        _add_sums(made, part.sums(seen.publishable(), first, last))
        made.has_samples |= wanted.publishable().filter(is_demo=True).exists()
        return
    records = list(
        wanted.publishable()
        .order_by(*part.order, "pk")
        .select_related(*register.related)
        .prefetch_related(*register.prefetch)
    )
    if not records:
        return
    made.has_samples |= any(record.is_demo for record in records)
    if register.data_class == DataClass.RESTRICTED and ORDINARY_ONLY not in made.table.notes:
        made.table.notes.append(ORDINARY_ONLY)  # said of every such annex, whoever prints it
    if part.heading:
        made.table.lines.append(Line((part.heading,), "group"))
    for record in records:
        made.records.append((register.code, record))
        cells = [text(value) for value in part.cells(record, last)]
        if record.is_demo:
            cells[0] += SAMPLE_MARK
        made.table.lines.append(Line((str(len(made.records)), *cells)))
    if part.total is not None:
        cells = [text(value) for value in part.total(records)]
        made.table.lines.append(Line(("", *cells), "total"))


def _add_sums(made: RecordAnnex, sums: Sequence[Cells]) -> None:
    """Lines over many records; the last is the total."""
    for position, values in enumerate(sums, 1):
        cells, is_total = [text(value) for value in values], position == len(sums)
        number = "" if is_total else str(position)
        made.table.lines.append(Line((number, *cells), "total" if is_total else ""))


# --- days and words ----------------------------------------------------------------------


def _days(period: Period, calendar: Calendar) -> tuple[dt.date, dt.date]:
    return days(period.kind, period.year, period.year, period.months, calendar)


def _next_days(period: Period, calendar: Calendar) -> tuple[dt.date, dt.date]:
    """The year that follows, or what is left of this one."""
    year, kind = period.year, Period.Kind.YEAR_TO_DATE
    if period.months == WHOLE_YEAR:
        return days(kind, year + 1, year + 1, WHOLE_YEAR, calendar)
    _first, last = _days(period, calendar)
    return last + dt.timedelta(days=1), days(kind, year, year, WHOLE_YEAR, calendar)[1]


def _said(period: Period) -> str:
    return say_period(period.year, period.months)


def _said_next(period: Period) -> str:
    return say_next_period(period.year, period.months)


# --- what is told beside the report --------------------------------------------------------


def warnings(found: list[RecordAnnex]) -> Iterator[str]:
    """What somebody who reads the run must know of its annexes."""
    empty = [annex.title for annex in found if annex.is_empty]
    if empty:
        yield _("Annexes without records, not printed: %(titles)s.") % {"titles": "; ".join(empty)}
    for annex in found:
        if annex.held_back:
            yield ngettext(
                "“%(title)s” does not list %(count)s internal – restricted record.",
                "“%(title)s” does not list %(count)s internal – restricted records.",
                annex.held_back,
            ) % {"title": annex.title, "count": annex.held_back}


def note_listed(run: Run, found: list[RecordAnnex], label: str) -> None:
    """Tell the records where they are listed, once for all drafts of a report.

    A copy with number and date keeps its notes for good: what it lists cannot
    be deleted from under it.
    """
    of_report = reverse("reports:detail", args=[run.report_id])
    if run.is_draft:
        RecordUse.objects.filter(address=of_report, is_frozen=False).delete()
    address = of_report if run.is_draft else reverse("reports:run", args=[run.pk])
    RecordUse.objects.bulk_create(
        (
            RecordUse(
                register=register,
                record_id=record.pk,
                label=label,
                address=address,
                is_frozen=not run.is_draft,
            )
            for annex in found
            for register, record in annex.records
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )
