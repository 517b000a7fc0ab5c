"""Writing figures: every save is a new version, nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import Indicator, Kind
from common.numbers import format_number
from documents.models import SourceDocument
from indicators import remarks
from indicators.declarations import indicators
from indicators.models import Figure, Origin, PlanStage, Precision, Side, State, Status, YearPart
from reference.models import Period, ReportingYear
from reference.periods import guard, held_year, kept

PAGE_LENGTH = 60  # characters of a place, as "12-13", "PL 2" or "Bieu 02!F12"


class Refused(Exception):
    """A value that cannot stand in its cell; the message says why and what to do."""


class Conflict(Exception):
    """Somebody else changed the cell meanwhile; ``current`` is what stands there now."""

    def __init__(self, current: Figure | None) -> None:
        super().__init__("changed meanwhile")
        self.current = current


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Which cell is meant."""

    indicator: str
    period: Period
    agency: Agency
    side: str

    def versions(self):
        return Figure.objects.filter(
            indicator=self.indicator, period=self.period, agency=self.agency, side=self.side
        )


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is to stand in the cell; ``state`` None empties it."""

    state: str | None = State.VALUE
    value: Decimal | None = None
    eleven_months: Decimal | None = None
    december_estimate: Decimal | None = None
    computed_part: str = YearPart.NONE
    value_given: str = ""
    unit_given: str = ""
    status: str = Status.UNSTATED
    plan_stage: str = PlanStage.UNSTATED
    precision: str = Precision.EXACT
    origin: str = Origin.TYPED
    source_id: int | None = None
    source_page: str = ""
    note: str = ""


def content_of(figure: Figure | None) -> Content:
    """What stands in a cell, as it would be written again."""
    if figure is None:
        return Content(state=None)
    return Content(**{field.name: getattr(figure, field.name) for field in fields(Content)})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stood in a cell once its year was held: nobody else writes into it since."""

    opened: ReportingYear | None
    current: Figure | None
    has_remarks: bool = True  # open ones; who has not looked takes it that there are


def record(
    cell: Cell,
    content: Content,
    *,
    by: User,
    seen_version: int,
    today: dt.date | None = None,
    standing: Standing | None = None,
) -> Figure | None:
    """Save a cell and return its current version (None when emptied).

    ``standing`` is what the caller read under ``held_year`` in the transaction
    it is in; without it that is read here. Raises PermissionDenied,
    reference.periods.PeriodRefusal, Refused, or Conflict when ``seen_version``
    (0 for an empty cell) is no longer current.
    """
    indicator = allowed(cell, by)
    with transaction.atomic(savepoint=standing is None):
        if standing is None:
            standing = _standing(cell)
        is_plan = cell.side == Side.PLAN
        day = today or timezone.localdate()
        guard(cell.period, standing.opened, is_plan=is_plan, today=day)
        content = fitting(indicator, content, cell.period)
        cell = replace(cell, period=kept(cell.period))
        return _recorded(cell, content, standing, by=by, seen_version=seen_version)


def _standing(cell: Cell) -> Standing:
    opened = held_year(cell.period.year)
    is_new = cell.period.pk is None
    current = None if is_new else cell.versions().current().select_for_update().first()
    return Standing(opened=opened, current=current)


def _recorded(
    cell: Cell, content: Content, standing: Standing, *, by: User, seen_version: int
) -> Figure | None:
    current = standing.current
    if (current.version if current else 0) != seen_version:
        raise Conflict(current)
    if current is None and content.state is None:
        return None
    if current is not None and _same(current, content):
        return current
    fresh = _write(cell, content, current, by)
    if fresh is not None and fresh.version > 1 and standing.has_remarks:
        remarks.settle([fresh], by=by)
    return fresh


@transaction.atomic
def cite(
    seen: Collection[int],
    source: SourceDocument,
    page: str = "",
    *,
    by: User,
    today: dt.date | None = None,
) -> list[Figure]:
    """Give many cells one source and page: a new version each, or none at all.

    ``seen`` are the figures as the person saw them, by primary key. Returns the
    current versions in that order; who already has this source and page stays.
    Raises what ``record`` raises; Conflict when one of them is no longer current.
    """
    found = Figure.objects.filter(pk__in=seen).visible_to(by)
    years = sorted(set(found.values_list("period__year", flat=True)))
    held = {year: held_year(year) for year in years}
    rows = found.select_related("period", "agency").order_by("pk").select_for_update(of=("self",))
    figures = {figure.pk: figure for figure in rows}
    if len(figures) < len(set(seen)):
        raise Refused(_("One of the cells is no longer there. Reload the page and choose again."))
    for figure in figures.values():
        cell = cell_of(figure)
        allowed(cell, by)
        is_plan = figure.side == Side.PLAN
        day = today or timezone.localdate()
        guard(figure.period, held[figure.period.year], is_plan=is_plan, today=day)
        if not figure.is_current:
            raise Conflict(cell.versions().current().first())
    fresh = _cited(figures, source, page[:PAGE_LENGTH], by)
    return [fresh.get(pk, figures[pk]) for pk in dict.fromkeys(seen)]


def _cited(
    figures: dict[int, Figure], source: SourceDocument, page: str, by: User
) -> dict[int, Figure]:
    """New versions of those that have another source or page, by the key of the old one."""
    fresh = {
        pk: _next_version(figure, by, source_id=source.pk, source_page=page)
        for pk, figure in figures.items()
        if (figure.source_id, figure.source_page) != (source.pk, page)
    }
    Figure.objects.filter(pk__in=fresh).update(is_current=False)
    Figure.objects.bulk_create(fresh.values())
    remarks.settle(fresh.values(), by=by)
    return fresh


def _next_version(figure: Figure, by: User, **changed: Any) -> Figure:
    """The same figure with other words beside it; an inferred one now has its document."""
    kept = {field.name: getattr(figure, field.name) for field in fields(Content)}
    if figure.origin == Origin.INFERRED:
        kept["origin"] = Origin.TYPED
    return Figure(
        indicator=figure.indicator,
        period=figure.period,
        agency=figure.agency,
        side=figure.side,
        version=figure.version + 1,
        entered_by=by,
        **(kept | changed),
    )


def cell_of(figure: Figure) -> Cell:
    return Cell(
        indicator=figure.indicator, period=figure.period, agency=figure.agency, side=figure.side
    )


def allowed(cell: Cell, by: User) -> Indicator:
    """The row of a cell this person may enter; raises Refused or PermissionDenied."""
    indicator = indicators().get(cell.indicator)
    if indicator is None:
        raise Refused(_("There is no indicator “%(code)s”.") % {"code": cell.indicator})
    if not by.may(Verb.ENTER, data_class=indicator.data_class, agency_id=cell.agency.pk):
        raise PermissionDenied(
            _("The figures of %(agency)s are entered by that agency or the compiling desk.")
            % {"agency": cell.agency}
        )
    return indicator


_NO_PARTS: dict[str, Any] = {
    "eleven_months": None,
    "december_estimate": None,
    "computed_part": YearPart.NONE,
}


def fitting(indicator: Indicator, content: Content, period: Period) -> Content:
    """The content as it is stored; raises Refused where it cannot stand in the row."""
    content = _completed(content)
    _check(indicator, content, period)
    return content


def _completed(content: Content) -> Content:
    """Eleven months and December make the year; a zero is its own state."""
    fields = asdict(content)
    if content.eleven_months is not None and content.december_estimate is not None:
        fields["value"] = content.eleven_months + content.december_estimate
        fields["state"] = State.VALUE
        fields["computed_part"] = content.computed_part or YearPart.YEAR
    else:
        fields |= _NO_PARTS
    if fields["state"] == State.VALUE and fields["value"] == 0:
        fields["state"] = State.ZERO
    if fields["state"] == State.ZERO:
        fields["value"] = Decimal(0)
    if fields["state"] in (State.MISSING, State.NOT_APPLICABLE, None):
        fields |= _NO_PARTS | {"value": None}
    return Content(**fields)


def _check(indicator: Indicator, content: Content, period: Period) -> None:
    for choice, choices in (
        (content.status, Status), (content.plan_stage, PlanStage), (content.precision, Precision)
    ):  # fmt: skip
        if choice not in choices.values:
            raise Refused(_("“%(choice)s” is not in the list.") % {"choice": choice})
    if content.state is not None and content.state not in State.values:
        raise Refused(_("“%(choice)s” is not in the list.") % {"choice": content.state})
    if content.value is None and content.state == State.VALUE:
        names = {"row": indicator.label}
        raise Refused(_("%(row)s: enter a number, or choose why there is none.") % names)
    if content.eleven_months is not None and not _has_parts(indicator, period):
        raise Refused(
            _("%(row)s does not add up from eleven months and December: enter it whole.")
            % {"row": indicator.label}
        )
    _check_number(indicator, content.value, str(indicator.label))
    # A year that is right may be the sum of two parts that are not.
    for part, name in (
        (content.eleven_months, _("Eleven months")),
        (content.december_estimate, _("Estimated December")),
    ):
        _check_number(indicator, part, f"{indicator.label} – {name}")


def _has_parts(indicator: Indicator, period: Period) -> bool:
    """Only what happens in the period adds up over a year; countries visited do not."""
    return indicator.kind is Kind.IN_PERIOD and period.is_full_year


def _check_number(indicator: Indicator, number: Decimal | None, row: str) -> None:
    if number is None:
        return
    names = {"row": row, "unit": indicator.measure.label, "value": format_number(number)}
    if number < 0 and not indicator.may_be_negative:
        raise Refused(
            _(
                "%(row)s cannot be negative (%(value)s). If this is the decrease on last year, "
                "it need not be entered: the portal computes it."
            )
            % names
        )
    whole = number == number.to_integral_value()
    if (indicator.measure.counted or indicator.kind is Kind.RANK) and not whole:
        raise Refused(
            _("%(row)s is counted in whole %(unit)s; %(value)s is not a whole number.") % names
        )
    if abs(number) >= Decimal(10) ** 18:
        raise Refused(_("%(row)s: the number has too many digits.") % names)


def _same(current: Figure, content: Content) -> bool:
    fields = asdict(content)
    if not content.value_given:  # what the source wrote is kept when the screen does not say
        fields.pop("value_given")
        fields.pop("unit_given")
    fields.pop("origin")
    return all(getattr(current, name) == value for name, value in fields.items())


def _write(cell: Cell, content: Content, current: Figure | None, by: User) -> Figure | None:
    if current is not None:
        Figure.objects.filter(pk=current.pk).update(is_current=False)
    if content.state is None:
        return None
    fresh = Figure(
        indicator=cell.indicator,
        period=cell.period,
        agency=cell.agency,
        side=cell.side,
        version=_last_version(cell, current) + 1,
        entered_by=by,
        entered_at=timezone.now(),
        **asdict(content),
    )
    try:
        fresh.save(force_insert=True)
    except IntegrityError as error:  # two first saves of a cell whose year nobody can hold
        raise Conflict(None) from error
    if current is not None and current.source_id == fresh.source_id:
        fresh.source = current.source  # known already
    return fresh


def _last_version(cell: Cell, current: Figure | None) -> int:
    """The version before the next one: the current one is always the latest."""
    if current is not None:
        return current.version
    return cell.versions().aggregate(last=Max("version"))["last"] or 0
