"""Turnover through the border gates: what one gate did in one direction in one period.

A row is stamped with the first day of its (last) month. That day lies in the
month and in the year by both calendars, 15/12–14/12 and 1/1–31/12, so rows
add up over either without knowing which is asked for.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import TruncYear
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.text import NormalTextField
from history.tracking import tracked
from reference.gates import Gate
from registers.models import NO_HISTORY, Record
from registers.querysets import RecordQuerySet
from trade.choices import Commodity, Flow, Kind, Regime, Scope
from trade.gates import refusal

MILLION = Decimal(1_000_000)
# No day up to this one lies ahead: of most rows that is all there is to ask.
_BEGUN = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)


# Which goods on which side of the border a row counts: with kind and month the key of a row.
GOODS = ("gate", "flow", "scope", "regime", "commodity", "is_local")


class TurnoverQuerySet(RecordQuerySet):
    def months(self) -> TurnoverQuerySet:
        return self.filter(kind=Kind.MONTH)

    def counted(self) -> TurnoverQuerySet:
        """What yearly figures are made of: present rows of the province's own report."""
        return self.alive().filter(scope=Scope.REPORT).exclude(kind=Kind.PLAN)

    def to_date(self) -> TurnoverQuerySet:
        """Years to date with the ``months_there`` of the same goods and their ``months_sum``."""
        theirs = {name: OuterRef(name) for name in GOODS}
        months = (
            Turnover.objects.alive()
            .months()
            .filter(month__gte=OuterRef("of_year"), month__lte=OuterRef("month"), **theirs)
            .order_by()
            .values("gate")
        )
        rows = self.alive().filter(kind=Kind.TO_DATE).annotate(of_year=TruncYear("month"))
        return rows.annotate(
            months_there=models.Subquery(months.annotate(n=models.Count("pk")).values("n")),
            months_sum=models.Subquery(months.annotate(n=models.Sum("value")).values("n")),
        )


@tracked(exclude=NO_HISTORY)
class Turnover(Record):
    """One value in USD: of a month, of the year so far, or planned for a year."""

    DAY = "month"
    WORDED_BY = ("kind", "month", "gate_id", "flow", "commodity")

    kind = models.CharField(gettext_lazy("kind of period"), max_length=10, choices=Kind.choices)
    month = models.DateField(
        gettext_lazy("month"),
        help_text=gettext_lazy("Such as 11/2019; for a plan of the year 12/2019."),
    )
    gate = models.ForeignKey(
        Gate, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("border gate")
    )
    flow = models.CharField(gettext_lazy("flow"), max_length=10, choices=Flow.choices)
    regime = models.CharField(
        gettext_lazy("customs regime"),
        max_length=20,
        choices=Regime.choices,
        blank=True,
        default=Regime.TOGETHER,
    )
    commodity = models.CharField(
        gettext_lazy("group of goods"),
        max_length=20,
        choices=Commodity.choices,
        blank=True,
        default=Commodity.TOGETHER,
        help_text=gettext_lazy(
            "Rows of one period add up: goods entered by group are not entered together as well."
        ),
    )
    scope = models.CharField(
        gettext_lazy("statistical scope"),
        max_length=10,
        choices=Scope.choices,
        help_text=gettext_lazy("Only the province's own report feeds the yearly figures."),
    )
    is_local = models.BooleanField(
        gettext_lazy("local goods"),
        default=False,
        help_text=gettext_lazy(
            "Exports of goods made in the province. All exports hold them already: rows of local "
            "goods feed only the figure of their own."
        ),
    )
    value = models.DecimalField(
        gettext_lazy("value in USD"),
        max_digits=18,
        decimal_places=2,
        help_text=gettext_lazy("In USD, not in million: 1.5 million is 1 500 000."),
    )
    vehicles = models.PositiveIntegerField(
        gettext_lazy("vehicles or wagons"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Wagons at a railway gate, vehicles at others."),
    )
    note = NormalTextField(pgettext_lazy("of a record", "note"), blank=True)

    objects: ClassVar[Any] = TurnoverQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("row of turnover")
        verbose_name_plural = gettext_lazy("rows of turnover")
        ordering = ("-month", "pk")
        indexes: ClassVar = [
            *Record.Meta.indexes,
            *(
                models.Index(
                    fields=(name, "id"), condition=Q(deleted_at=None), name=f"turnover_{name}"
                )
                for name in ("month", "value", "gate", "flow")
            ),
            models.Index(
                fields=("month",),
                condition=Q(deleted_at=None, kind=Kind.TO_DATE),
                name="turnover_to_date",
            ),
            # Yearly figures read a third of a million rows out of this index alone.
            models.Index(
                fields=("month",),
                include=("value", "flow", "is_local"),
                condition=Q(deleted_at=None, kind=Kind.MONTH, scope=Scope.REPORT),
                name="turnover_counted",
            ),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            # The goods first: the months beside a year to date are found through this index.
            models.UniqueConstraint(
                fields=(*GOODS, "kind", "month"),
                condition=Q(deleted_at=None),
                nulls_distinct=False,
                name="turnover_once",
                violation_error_message=gettext_lazy(
                    "There is a row for these goods in this period already: change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="turnover_is_not_negative",
                violation_error_message=gettext_lazy("Turnover cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="turnover_stands_at_its_month",
                violation_error_message=gettext_lazy("A month such as 11/2019."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PLAN) | Q(month__month=12),
                name="turnover_is_planned_for_a_year",
                violation_error_message=gettext_lazy("A plan is for a whole year."),
            ),
            models.CheckConstraint(
                condition=Q(is_local=False) | Q(flow=Flow.EXPORT),
                name="turnover_of_local_goods_is_exported",
                violation_error_message=gettext_lazy("Only exports are counted as local goods."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} · {self.gate} · {self.get_flow_display()}"

    def get_month_display(self) -> str:
        """A month as people write it; read by whatever shows the field."""
        return f"{self.month:%m/%Y}" if isinstance(self.month, dt.date) else ""

    @property
    def period(self) -> str:
        """How people call what the row covers."""
        return period_name(self.kind, self.month)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of what the row covers."""
        return days_of(self.kind, self.month)

    def search_words(self) -> Iterable[Any]:
        gate = self.gate if self.gate_id else ""
        return (self.period, gate, self.get_flow_display(), self.get_commodity_display())

    def own_words(self) -> Iterable[Any]:
        return (self.note,)

    def clean(self) -> None:
        self.clean_alone()
        self._refuse_second_row()

    def clean_alone(self) -> None:
        problems: dict[str, str] = {}
        if isinstance(self.value, Decimal) and self.value < 0:
            problems["value"] = _("Turnover cannot be negative.")
        if self.is_local and self.flow == Flow.IMPORT:
            problems["is_local"] = _("Only exports are counted as local goods.")
        if isinstance(self.month, dt.date):
            stands_at = self.month.replace(day=1, **({"month": 12} if self._is_plan else {}))
            if stands_at != self.month:
                self.month = stands_at
            if not self._is_plan and self.month > _BEGUN and self.month > timezone.localdate():
                problems["month"] = _("This month has not begun yet.")
            elif self.gate_id and (closed := refusal(self.gate, *self.days)):
                problems["gate"] = closed
        if problems:
            raise ValidationError(problems)

    def _refuse_second_row(self) -> None:
        """One row for the same goods in one period, whoever keeps it."""
        if not (self.gate_id and isinstance(self.month, dt.date)):
            return
        same = {name: getattr(self, name) for name in (*GOODS, "kind", "month")}
        other = Turnover.objects.alive().filter(**same).exclude(pk=self.pk).first()
        is_sent_twice = other and other.entry_key and other.entry_key == self.entry_key
        if other is None or is_sent_twice:
            return
        raise ValidationError(
            _(
                "There is a row for %(row)s with the same goods already, kept by %(agency)s. "
                "Change that row instead of adding one."
            )
            % {"row": other, "agency": other.agency}
        )

    @property
    def _is_plan(self) -> bool:
        return self.kind == Kind.PLAN


@lru_cache(maxsize=1024)
def days_of(kind: str, month: dt.date) -> tuple[dt.date, dt.date]:
    """The calendar days a row of this kind covers."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return (month if kind == Kind.MONTH else month.replace(month=1)), last


def period_name(kind: str, month: dt.date | None) -> str:
    if month is None:
        return ""
    said = {"months": month.month, "month": month.month, "year": month.year}
    if kind == Kind.PLAN:
        return _("plan of %(year)s") % said
    if kind == Kind.MONTH:
        return _("month %(month)s of %(year)s") % said
    if month.month == 12:
        return _("year %(year)s") % said
    return _("first %(months)s months of %(year)s") % said
