"""One cell of the entry screen: what it shows, who may change it, what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from common.contracts import Indicator, PlanLabel
from common.numbers import format_cell, format_number
from indicators import year_table
from indicators.actions import Cell, Refused, cell_of
from indicators.models import Figure, Origin, Remark, Side
from indicators.spans import Span
from reference.models import Period
from reference.periods import on_both_calendars


def language() -> str:
    return (get_language() or "vi").split("-")[0]


@dataclass(frozen=True, kw_only=True)
class EntryCell:
    """The plan or the actual of a row: what stands in it and whether it may be changed."""

    side: str
    agency: Agency | None
    figure: Figure | None
    is_mine: bool  # this person may enter figures of the agency that owes the cell
    refusal: str = ""  # why the period takes no figure now

    @property
    def is_open(self) -> bool:
        return self.is_mine and not self.refusal

    @property
    def text(self) -> str:
        return shown(self.figure)

    @property
    def source_short(self) -> str:
        return source_short(self.figure) if self.figure is not None else ""

    @property
    def is_inferred(self) -> bool:
        return self.figure is not None and self.figure.origin == Origin.INFERRED


def shown(figure: Figure | None) -> str:
    """What stands in the cell: the number in the reader's writing, or a mark."""
    if figure is None:
        return ""
    return format_cell(figure.state, figure.value, language=language())


def cell_json(figure: Figure | None, remark: Remark | None = None) -> dict[str, Any]:
    """A cell for the browser, with the remark that waits there; what is empty is left out."""
    if figure is None:
        return {"version": 0, "text": "", "state": ""}
    filled = {
        "version": figure.version,
        "figure": figure.pk,
        "state": figure.state,
        "text": shown(figure),
        "value": _plain(figure.value),
        "status": figure.status,
        "plan_stage": figure.plan_stage,
        "precision": figure.precision,
        "eleven_months": _shown_part(figure.eleven_months),
        "december_estimate": _shown_part(figure.december_estimate),
        "computed_part": figure.computed_part,
        "source": figure.source_id,
        "source_label": figure.source.citation if figure.source else "",
        "source_short": source_short(figure),
        "source_page": figure.source_page,
        "note": figure.note,
        "inferred": figure.origin == Origin.INFERRED,
        "remark": remark_json(remark) if remark is not None else None,
    }
    return {name: value for name, value in filled.items() if value not in ("", None, False)}


def remark_json(remark: Remark) -> dict[str, str]:
    """Why a cell was given back, or what is asked about it."""
    when = timezone.localtime(remark.written_at).strftime("%d/%m/%Y")
    who = str(remark.written_by)
    return {"kind": remark.kind, "text": remark.text, "who": who, "when": when}


def source_short(figure: Figure) -> str:
    """The source in a narrow column: its number, or who and when."""
    document = figure.source
    if document is None:
        return ""
    known = (document.issuer or document.subject, document.date_text[-4:])
    return document.number or ", ".join(filter(None, known))


def find(
    indicator: Indicator, year: int, span: Span, side: str, viewer: User
) -> tuple[Cell, Figure | None]:
    """The cell a save means, and what stands in it.

    It belongs to the agency whose figure stands there (as in the table, the
    owing agency's before another's), or to the owing agency when it is empty.
    """
    related = ("agency", "source", "period")
    here = (
        Figure.objects.current()
        .visible_to(viewer)
        .filter(
            indicator=indicator.code,
            side=side,
            period__kind=span.kind,
            period__year=year,
            period__months=span.months,
            period__calendar=str(indicator.calendar),
        )
    )
    found = list(here.select_related(*related).order_by())
    if len(found) > 1:
        owner = year_table.owing_agency(indicator, year)
        found.sort(key=lambda figure: (figure.agency.code != owner, figure.pk))
    if found:
        return cell_of(found[0]), found[0]
    owner = year_table.owing_agency(indicator, year)
    agency = Agency.objects.filter(code=owner).first()
    if agency is None:
        raise Refused(_("No agency is set for this row. Ask the administrator to assign one."))
    period = on_both_calendars(span.kind, year, span.months)[indicator.calendar]
    return Cell(indicator=indicator.code, period=period, agency=agency, side=side), None


def plan_title(indicator: Indicator, year: int) -> str:
    titles = {
        PlanLabel.PLAN: _("Plan %(year)s"),
        PlanLabel.BUDGET: _("Budget estimate %(year)s"),
        PlanLabel.TARGET: _("Target %(year)s"),
    }
    return titles[indicator.plan_label] % {"year": year}


def side_title(indicator: Indicator, period: Period, side: str) -> str:
    """How a cell is called in messages: "Thực hiện 2019", "Thực hiện 6 tháng đầu năm 2019"."""
    if side == Side.PLAN:
        return plan_title(indicator, period.year)
    if period.is_full_year:
        return _("Actual %(year)s") % {"year": period.year}
    return _("Actual, %(period)s") % {"period": period}


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _shown_part(value: Decimal | None) -> str:
    return "" if value is None else format_number(value, language())
