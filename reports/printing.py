"""Printing a report: from composed values to the PDF in its official form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts.models import User
from common import charts
from common.text import nfc, search_key
from indicators.computed import Span
from indicators.declarations import indicators
from indicators.ledger import Entry
from indicators.models import Figure, FigureUse
from indicators.wording import say_period
from reference.periods import days
from registers import counted
from registers.models import RecordUse
from reports import record_annexes
from reports.annex import Table
from reports.compose import Composed, ComposedSection, compose, one_moment
from reports.issue import Issue
from reports.models import IssuingOffice, Report, Run
from reports.pdf import document as form
from reports.pdf.engine import PdfResult, render
from reports.record_annexes import RecordAnnex

Step = Callable[[str, int], None]
ANNEX_TITLE = "Tổng hợp chỉ tiêu {period}"
EXPLAINED_TITLE = "Thuyết minh số liệu {period}"


@dataclass(frozen=True)
class Printed:
    """A finished PDF with everything its run keeps."""

    pdf: PdfResult
    composed: Composed
    listed: list[RecordAnnex]
    warnings: list[str]

    @property
    def ledger(self) -> list[dict]:
        return [entry.as_json() for entry in self.composed.ledger.entries]

    @property
    def file_name(self) -> str:
        report = self.composed.report
        name = search_key(f"{self.composed.outline.name} {_of_period(report)}").replace(" ", "-")
        return f"bao-cao-{name}.pdf"


def print_report(
    report: Report, office: IssuingOffice, viewer: User, issue: Issue, step: Step
) -> Printed:
    """Compose and print a report as ``viewer``; ``step`` hears how far it is.

    The report is Vietnamese whatever the language of the screen. Raises
    reports.pdf.engine.RenderFailed.
    """
    with translation.override("vi"):
        step("collecting", 10)
        with one_moment():
            composed = compose(report, viewer)
            listed = record_annexes.collect(report, composed.outline.annexes, viewer)
            view = official_view(composed, office, issue, listed)
            stamp = data_stamp(report, composed.ledger.entries, listed)
            warnings = [*composed.warnings, *record_annexes.warnings(listed)]
        step("drawing", 35)
        drawings = _drawings(composed)
        step("laying_out", 55)
        document = form.pdf_document(
            view,
            charts=drawings,
            created=stamp,
            modified=stamp,
            identifier=f"langson-{report.outline}-{_of_period(report)}-{report.pk}",
            keywords=(say_period(*_time(report)), composed.outline.name, office.name),
        )
    pdf = render(document)
    step("storing", 95)
    return Printed(pdf, composed, listed, warnings)


def _drawings(composed: Composed) -> dict[str, str]:
    return {
        section.key: charts.svg(section.chart.spec)
        for section in composed.kept
        if section.chart is not None and section.chart.spec is not None
    }


def official_view(
    composed: Composed, office: IssuingOffice, issue: Issue, listed: Iterable[RecordAnnex] = ()
) -> form.ReportView:
    """The composed report as the official form wants it."""
    report = composed.report
    return form.ReportView(
        office=_office(office),
        abstract_lines=_lines(composed.abstract),
        signer=form.Signer(
            capacity_lines=_lines(office.capacity_lines),
            position_lines=_lines(office.position_lines),
            name=nfc(issue.signer),
            government_position="\n".join(_lines(office.held_office_lines)),
        ),
        sections=tuple(_section(section) for section in composed.kept),
        number=issue.number,
        issued_on=issue.issued_on,
        draft=issue.is_draft,
        type_name=composed.outline.type_name,
        addressees=_lines(office.addressees),
        legal_bases=_lines(report.legal_bases),
        opening_html=composed.opening,
        closing=_text(composed.closing),
        recipients=_lines(office.recipients),
        archive_line=office.archive_line,
        annexes=(*_annexes(composed), *_lists(listed)),
        contents=composed.outline.contents,
        chart_list=composed.outline.chart_list,
    )


def _annexes(composed: Composed) -> Iterator[form.Annex]:
    """All indicators, and what was written to explain some of them."""
    period = say_period(*_time(composed.report))
    yield form.Annex(title=ANNEX_TITLE.format(period=period), table=_table(composed.annex))
    if composed.explained is not None:
        title = EXPLAINED_TITLE.format(period=period)
        yield form.Annex(title=title, table=_table(composed.explained))


def _lists(listed: Iterable[RecordAnnex]) -> Iterator[form.Annex]:
    """The annexes that list records, where there are some."""
    for annex in listed:
        if not annex.is_empty:
            yield form.Annex(annex.title, _table(annex.table), annex.intro, is_wide=True)


def _time(report: Report) -> tuple[int, int]:
    return report.period.year, report.period.months


def _of_period(report: Report) -> str:
    """The period in a name: "2019", "6 tháng đầu năm 2019"."""
    return say_period(*_time(report)).removeprefix("năm ")


def _office(office: IssuingOffice) -> form.Office:
    return form.Office(
        name_lines=_lines(office.name_lines),
        issuing_name=office.issuing_name,
        symbol=office.symbol,
        place=office.place,
        superior_lines=_lines(office.superior_lines),
        superior_bold=office.superior_bold,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _text(markup: str) -> str:
    return markup.removeprefix("<p>").removesuffix("</p>")


def _section(section: ComposedSection) -> form.Section:
    html = section.html
    if section.directives:
        items = "".join(f"<li>{escape(text)}.</li>" for text in section.directives)
        html += f"<p>Các văn bản được quán triệt, thực hiện:</p><ul>{items}</ul>"
    drawn = section.chart
    return form.Section(
        level=section.level,
        number=section.number,
        heading=section.title,
        html=html,
        charts=(form.Chart(section.key, section.chart_caption, drawn.reading),) if drawn else (),
        tables=(_table(section.table),) if section.table else (),
        anchor=f"muc-{section.key}",
    )


def _table(table: Table) -> form.Table:
    return form.Table(
        columns=tuple(form.Column(c.heading, c.width_mm, c.kind) for c in table.columns),
        rows=tuple(
            form.Row(
                tuple(_cell(cell) for cell in line.cells),
                line.kind if line.kind in ("", "total") else "group",
            )
            for line in table.lines
        ),
        notes=tuple(table.notes),
    )


def _cell(cell: Entry | str | None) -> str:
    return cell.text if isinstance(cell, Entry) else cell or ""


def data_stamp(
    report: Report, entries: Iterable[Entry], listed: Iterable[RecordAnnex] = ()
) -> dt.datetime:
    """When the newest text, figure or record in it was written: the same data, the same stamp."""
    ids = {pk for entry in entries for pk, _version in entry.figures}
    moments = [report.created_at]
    moments += report.sections.values_list("edited_at", flat=True)
    moments += Figure.objects.filter(pk__in=ids).values_list("entered_at", flat=True)
    moments += [record.changed_at for annex in listed for _code, record in annex.records]
    return max(moments).replace(microsecond=0)


@transaction.atomic
def note_lists(run: Run, printed: Printed) -> None:
    """Tell the records that stand in the annexes where they are listed."""
    record_annexes.note_listed(run, printed.listed, _label(run, printed.composed))


@transaction.atomic
def note_records(run: Run, composed: Composed) -> None:
    """Tell the records an issued copy counted: they cannot be deleted from under it.

    Drafts count anew each time and are not noted.
    """
    if run.is_draft or run.requested_by is None:
        return
    period = composed.report.period
    address, label = reverse("reports:run", args=[run.pk]), _label(run, composed)
    uses: dict[tuple[str, int], RecordUse] = {}
    for code, year in {pair for entry in composed.ledger.entries for pair in entry.sums}:
        first, last = days(period.kind, year, year, period.months, indicators()[code].calendar)
        found = counted.rows(code, year, Span(0, first, last), run.requested_by)
        if found is None:
            continue
        register, rows = found
        for pk in rows.values_list("pk", flat=True):
            use = RecordUse(register=register.code, record_id=pk, is_frozen=True)
            use.label, use.address = label, address
            uses[register.code, pk] = use
    RecordUse.objects.bulk_create(uses.values(), batch_size=2000, ignore_conflicts=True)


def _label(run: Run, composed: Composed) -> str:
    named = (composed.outline.name, _of_period(run.report), run.number_and_symbol)
    return " ".join(filter(None, named))


@transaction.atomic
def note_uses(run: Run, composed: Composed) -> None:
    """Tell the figures where they are printed.

    Drafts are noted once, at the report; a copy with number and date keeps its
    notes for good, so that a printed number can always be explained.
    """
    report, is_frozen = run.report, not run.is_draft
    address = reverse(
        "reports:run" if is_frozen else "reports:detail", args=[run.pk if is_frozen else report.pk]
    )
    titles = {section.key: section.label for section in composed.kept}
    uses = {
        (figure, titles[entry.place], entry.text)
        for entry in composed.ledger.entries
        if entry.place in titles
        for figure, _version in entry.figures
    }
    FigureUse.objects.filter(address=address, is_frozen=False).delete()
    label = _label(run, composed)
    FigureUse.objects.bulk_create(
        FigureUse(
            figure_id=figure,
            place=place,
            text=text,
            label=label,
            address=address,
            is_frozen=is_frozen,
        )
        for figure, place, text in sorted(uses)
    )
