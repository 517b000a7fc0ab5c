"""Filters of the three registers; with a year comes the question which records of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.base import Change, Currency, Sector
from projects.models import AidKind, FdiProject, Modality, NgoAid, NgoCapital, OdaProject
from reference.models import Period
from reference.partners import Country
from reference.periods import days
from reference.places import Place
from registers.filters import PickerFilter, RecordFilter

DECIDED, ACTIVE, OVER, SUPPLEMENTED, NEW = "", "active", "over", "supplemented", "new"


class ProjectFilter(RecordFilter):
    """``by`` says what a year means: decided in it, in force at its end, supplemented in it."""

    FIRST = ("q", "year", "by", "country")
    PROMISED = Q()  # the amounts whose increase is a supplement

    year = django_filters.ChoiceFilter(
        label=_("Year"), choices=(), empty_label=_("all years"), method="of_year"
    )
    by = django_filters.ChoiceFilter(
        label=_("Which of the year"),
        choices=[
            (ACTIVE, _("in force on its last day")),
            (SUPPLEMENTED, _("capital supplemented in it")),
            (NEW, _("decided or supplemented in it")),
            (OVER, _("over by its last day")),
        ],
        empty_label=_("decided in it"),
        method="of_question",
    )
    country = PickerFilter(label=_("Country"), queryset=Country.objects.all())
    sector = django_filters.ChoiceFilter(
        label=_("Sector"), choices=Sector.choices, empty_label=_("all sectors")
    )
    place = PickerFilter(
        label=_("Place"), queryset=Place.objects.all(), field_name="places", distinct=False
    )
    currency = django_filters.ChoiceFilter(
        label=_("Currency"),
        choices=Currency.choices,
        empty_label=_("all currencies"),
        method="with_currency",
    )

    def of_year(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A year alone asks for what was decided in it; else ``of_question`` reads it."""
        if not value or self.form.cleaned_data.get("by"):
            return rows
        return rows.in_days(*self._days(int(value)))  # type: ignore[attr-defined]

    def of_question(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        year = self.form.cleaned_data.get("year")
        today = timezone.localdate()
        first, last = self._days(int(year)) if year else (dt.date.min, today)
        if value == ACTIVE:
            return rows.in_force_on(last)
        if value == OVER:
            return rows.over_by(last)
        supplements = self._meta.model.amounts.rel.related_model.objects.filter(
            self.PROMISED, change=Change.INCREASE, decided_on__range=(first, last)
        ).order_by()
        keys = supplements.values("project")
        if value == NEW:  # each half out of its own index, which an "or" has none of
            decided = rows.order_by().in_days(first, last)
            keys = keys.union(decided.values("pk"))
        return rows.filter(pk__in=keys)

    def _days(self, year: int) -> tuple[dt.date, dt.date]:
        return days(Period.Kind.YEAR_TO_DATE, year, year, 12, self.register.calendar)

    def with_currency(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        amounts = self._meta.model.amounts.rel.related_model.objects.filter(currency=value)
        return rows.filter(pk__in=amounts.values("project"))


class FdiFilter(ProjectFilter):
    class Meta:
        model = FdiProject
        fields = ("by", "country", "sector", "place", "currency")


class OdaFilter(ProjectFilter):
    modality = django_filters.ChoiceFilter(
        label=_("Modality"), choices=Modality.choices, empty_label=_("all modalities")
    )

    class Meta:
        model = OdaProject
        fields = ("by", "country", "modality", "sector", "place", "currency")


class NgoFilter(ProjectFilter):
    FIRST = ("q", "year", "by", "aid")
    PROMISED = Q(capital=NgoCapital.AID)

    aid = django_filters.ChoiceFilter(
        label=_("Kind of aid"),
        choices=[
            ("project", pgettext_lazy("aid", "programmes, projects")),
            ("non_project", pgettext_lazy("aid", "non-project aid")),
        ],
        empty_label=pgettext_lazy("aid", "all kinds"),
        method="of_aid",
    )

    class Meta:
        model = NgoAid
        fields = ("by", "aid", "country", "sector", "place", "currency")

    def of_aid(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        item = Q(kind=AidKind.NON_PROJECT)
        return rows.filter(item if value == AidKind.NON_PROJECT else ~item)
