"""Years and periods: what a figure belongs to, with first and last day."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.contracts import Calendar
from history.tracking import tracked
from reference.gates import Gate, GatePlace, GateStatus
from reference.partners import Country, Mechanism, MechanismPartner, Partner
from reference.places import Place, PlaceSuccession

__all__ = [
    "Country",
    "Gate",
    "GatePlace",
    "GateStatus",
    "Mechanism",
    "MechanismPartner",
    "Partner",
    "Period",
    "Place",
    "PlaceSuccession",
    "ReportingYear",
]


@tracked()
class ReportingYear(models.Model):
    """A year that is open in the portal; a locked one refuses edits."""

    year = models.PositiveSmallIntegerField(gettext_lazy("year"), primary_key=True)
    opened_at = models.DateTimeField(gettext_lazy("opened"), default=timezone.now, editable=False)
    locked_on = models.DateField(gettext_lazy("locked on"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("reporting year")
        verbose_name_plural = gettext_lazy("reporting years")
        ordering = ("-year",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="reporting_year_is_plausible",
                violation_error_message=gettext_lazy("The year must lie between 1990 and 2100."),
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class PeriodQuerySet(models.QuerySet["Period"]):
    def full_year(self, year: int, calendar: str = Calendar.ADMINISTRATIVE) -> Period:
        """The twelve months of a year; raises Period.DoesNotExist."""
        return self.get(kind=Period.Kind.YEAR_TO_DATE, year=year, months=12, calendar=str(calendar))

    def full_years(self, years: list[int]) -> PeriodQuerySet:
        """The twelve-month periods of some years, on both calendars."""
        return self.filter(kind=Period.Kind.YEAR_TO_DATE, months=12, year__in=years)


@tracked()
class Period(models.Model):
    """A year to date of 1–12 months, a single month, or a span of years.

    ``year`` is the (last) year; ``from_year`` differs only for spans.
    ``months`` is how many months a year to date covers, or which month a
    single month is; it is 0 for spans. Days are stored, because the
    administrative year (15/12–14/12) and the calendar year both exist.
    """

    class Kind(models.TextChoices):
        YEAR_TO_DATE = "year_to_date", gettext_lazy("year to date")
        MONTH = "month", gettext_lazy("month")
        SPAN = "span", gettext_lazy("span of years")

    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind.choices)
    from_year = models.PositiveSmallIntegerField(gettext_lazy("from year"))
    year = models.PositiveSmallIntegerField(gettext_lazy("year"))
    months = models.PositiveSmallIntegerField(gettext_lazy("months"))
    calendar = models.CharField(
        gettext_lazy("calendar"),
        max_length=20,
        choices=[
            (Calendar.ADMINISTRATIVE.value, gettext_lazy("administrative (15/12 – 14/12)")),
            (Calendar.CALENDAR.value, gettext_lazy("calendar year (1/1 – 31/12)")),
        ],
    )
    first_day = models.DateField(gettext_lazy("first day"))
    last_day = models.DateField(gettext_lazy("last day"))
    due_on = models.DateField(
        gettext_lazy("to be sent by"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty: some working days after the last day, as configured."),
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("period")
        verbose_name_plural = gettext_lazy("periods")
        ordering = ("-year", "-from_year", "kind", "-months", "calendar")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("kind", "from_year", "year", "months", "calendar"), name="period_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="period_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="span", months=0, year__gt=models.F("from_year"))
                | Q(~Q(kind="span"), from_year=models.F("year"), months__gte=1, months__lte=12),
                name="period_months_fit_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_full_year(self) -> bool:
        return self.kind == self.Kind.YEAR_TO_DATE and self.months == 12

    @property
    def name(self) -> str:
        """How people call it: "năm 2019", "6 tháng đầu năm 2019", "giai đoạn 2006 - 2010"."""
        if self.kind == self.Kind.SPAN:
            return _("period %(first)s – %(last)s") % {"first": self.from_year, "last": self.year}
        if self.is_full_year:
            return _("year %(year)s") % {"year": self.year}
        if self.kind == self.Kind.MONTH:
            return _("month %(month)s of %(year)s") % {"month": self.months, "year": self.year}
        return _("first %(months)s months of %(year)s") % {"months": self.months, "year": self.year}

    def has_begun(self, today: dt.date) -> bool:
        return today >= self.first_day
