"""A delegation, out or in: who went where and when, decided by whom, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Agency
from common.dates import short_date
from common.text import NormalCharField, NormalTextField
from delegations.choices import TOOK_PLACE, Direction, Funding, Pillar, Reception, Status
from delegations.querysets import DelegationQuerySet
from delegations.rules import Faults, faults_of_days, refuse
from history.tracking import tracked
from reference.partners import Country, Partner
from registers.models import NO_HISTORY, Record

# What is written down when a delegation is back, maybe after its year was closed.
AFTERWARDS = ("results", "report_due_on", "reported_on", "report_number", "note")
BOOKKEEPING = (*NO_HISTORY, "version", "changed_by", "changed_at", "import_id")


@tracked(exclude=NO_HISTORY)
class Delegation(Record):
    """One delegation; it counts once, in the period of its first day, when it took place."""

    DAY = "began_on"

    direction = models.CharField(
        gettext_lazy("direction"), max_length=3, choices=Direction.choices, editable=False
    )
    title = NormalCharField(gettext_lazy("name of the delegation"), max_length=300)
    content = NormalTextField(gettext_lazy("content of work"), blank=True)
    pillar = models.CharField(
        gettext_lazy("pillar of foreign affairs"),
        max_length=10,
        choices=Pillar.choices,
        default=Pillar.STATE,
    )
    head = NormalCharField(gettext_lazy("head of delegation"), max_length=200, blank=True)
    head_position = NormalCharField(gettext_lazy("position"), max_length=200, blank=True)
    persons = models.PositiveIntegerField(
        gettext_lazy("number of people"),
        null=True,
        blank=True,
        help_text=gettext_lazy("With the head of delegation."),
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("partner"),
    )
    organisation = NormalCharField(
        gettext_lazy("sending organisation"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Who sends the delegation, where it is not among the partners."),
    )
    countries = models.ManyToManyField(
        Country,
        related_name="+",
        verbose_name=gettext_lazy("countries and territories"),
        help_text=gettext_lazy("All of them: in the figures each country is counted once a year."),
    )
    began_on = models.DateField(gettext_lazy("from day"))
    ended_on = models.DateField(gettext_lazy("to day"), null=True, blank=True)
    status = models.CharField(
        pgettext_lazy("of a delegation", "status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PLANNED,
        help_text=gettext_lazy(
            "Only delegations under way or ended are counted, in the period of their first day."
        ),
    )
    lead_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("lead agency"),
    )
    supporters = models.ManyToManyField(
        Agency, blank=True, related_name="+", verbose_name=gettext_lazy("coordinating agencies")
    )
    authority = NormalCharField(
        gettext_lazy("deciding authority"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy(
            "For example: Standing Board of the provincial Party Committee, provincial "
            "People's Committee."
        ),
    )
    decision_number = NormalCharField(
        gettext_lazy("number of the decision or permit"), max_length=100, blank=True
    )
    decided_on = models.DateField(gettext_lazy("day of the decision"), null=True, blank=True)
    funding = models.CharField(
        gettext_lazy("source of funding"),
        max_length=10,
        choices=Funding.choices,
        blank=True,
        default="",
    )
    cost = models.DecimalField(
        gettext_lazy("cost (million VND)"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, gettext_lazy("This cannot be below 0."))],
    )
    reception = models.CharField(
        gettext_lazy("mode of reception"),
        max_length=10,
        choices=Reception.choices,
        blank=True,  # delegations out have none; the forms of delegations in ask for it
        default="",
        help_text=gettext_lazy("Each mode is counted by itself in the yearly figures."),
    )
    purpose = NormalTextField(gettext_lazy("purpose"), blank=True)
    results = NormalTextField(gettext_lazy("results"), blank=True)
    report_due_on = models.DateField(gettext_lazy("report due on"), null=True, blank=True)
    reported_on = models.DateField(gettext_lazy("report handed in on"), null=True, blank=True)
    report_number = NormalCharField(
        gettext_lazy("number of the report"), max_length=100, blank=True
    )
    note = NormalTextField(gettext_lazy("note"), blank=True)

    objects: ClassVar[Any] = DelegationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("delegation")
        verbose_name_plural = gettext_lazy("delegations")
        ordering = ("-began_on", "-pk")
        indexes: ClassVar = [
            *Record.Meta.indexes,
            *(
                models.Index(
                    fields=("direction", name, "id"),
                    condition=Q(deleted_at=None),
                    name=f"delegation_{name}",
                )
                for name in ("began_on", "persons", "status", "reception")
            ),
            models.Index(
                fields=("direction", "report_due_on"),
                condition=Q(deleted_at=None, reported_on=None),
                name="delegation_no_report_yet",
            ),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")),
                name="delegation_ends_after_it_begins",
                violation_error_message=gettext_lazy("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=~TOOK_PLACE | Q(persons__gte=1),
                name="delegation_counted_has_people",
                violation_error_message=gettext_lazy(
                    "A delegation that took place has at least one person."
                ),
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT, reception="")
                | Q(direction=Direction.IN, reception__in=Reception.values),
                name="delegation_reception_fits",
                violation_error_message=gettext_lazy(
                    "Delegations in have a mode of reception, delegations out have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0),
                name="delegation_cost_not_below_zero",
                violation_error_message=gettext_lazy("This cannot be below 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({short_date(self.began_on)})"

    def search_words(self) -> Iterable[Any]:
        yield from (self.title, self.content, self.purpose, self.head, self.head_position)
        yield from (self.organisation, self.partner or "", self.lead_agency or "")
        yield from (self.decision_number, self.report_number)
        if self.pk:
            yield from self.countries.all()

    @property
    def took_place(self) -> bool:
        return self.status in (Status.UNDER_WAY, Status.ENDED)

    def counted(self) -> Mapping[dt.date, Any]:
        """Everything but what comes afterwards stays as it was once its year is closed."""
        kept = [
            getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in (*AFTERWARDS, *BOOKKEEPING)
        ]
        countries = [country.pk for country in self.countries.all()] if self.pk else []
        return {self.began_on: (kept, sorted(countries))}

    def clean(self) -> None:
        faults = faults_of_days(self)
        if self.took_place and not self.persons:
            faults.setdefault("persons", _("A delegation that took place has at least one person."))
        if self.status == Status.DECIDED and not self.decision_number:
            faults.setdefault("decision_number", _("Give the number of the decision or permit."))
        faults |= self._faults_of_papers()
        refuse(faults)
        if self.report_due_on is None:
            self.report_due_on = self.default_report_day()

    def _faults_of_papers(self) -> Faults:
        """Papers dated on days that cannot be."""
        faults: Faults = {}
        last = self.ended_on or self.began_on
        if self.decided_on and last and self.decided_on > last:
            faults["decided_on"] = _("The decision is later than the journey.")
        if self.reported_on and self.began_on and self.reported_on < self.began_on:
            faults["reported_on"] = _("The report is earlier than the journey.")
        elif self.reported_on and self.reported_on > timezone.localdate():
            faults["reported_on"] = _("This day has not come yet.")
        if self.report_due_on and last and self.report_due_on < last:
            faults["report_due_on"] = _("The report would be due before the last day.")
        return faults

    def default_report_day(self) -> dt.date | None:
        """By when who has been abroad reports, unless something else was agreed."""
        if self.direction != Direction.OUT or self.ended_on is None:
            return None
        return self.ended_on + dt.timedelta(days=settings.POST_TRIP_REPORT_DAYS)


@tracked()
class DelegationCountry(Delegation.countries.through):  # type: ignore[name-defined]
    """A country of a delegation; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("country of a delegation")
        verbose_name_plural = gettext_lazy("countries of delegations")


@tracked()
class DelegationSupporter(Delegation.supporters.through):  # type: ignore[name-defined]
    """An agency that helps with a delegation; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("coordinating agency of a delegation")
        verbose_name_plural = gettext_lazy("coordinating agencies of delegations")
