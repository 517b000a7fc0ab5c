"""Meetings with partners: sessions of mechanisms, talks, international conferences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Agency
from common.dates import short_date
from common.text import NormalCharField, NormalTextField
from delegations.choices import Form, Gathering, Status
from delegations.querysets import PlanQuerySet
from delegations.rules import faults_of_days, refuse
from history.tracking import tracked
from reference.partners import Country, Mechanism, Partner
from registers.models import NO_HISTORY, Record


@tracked(exclude=NO_HISTORY)
class Meeting(Record):
    """One meeting: what it was, who led both sides, and what was signed."""

    DAY = "began_on"

    title = NormalCharField(gettext_lazy("name, topic"), max_length=300)
    kind = models.CharField(
        pgettext_lazy("of a meeting", "type"), max_length=10, choices=Gathering.choices
    )
    mechanism = models.ForeignKey(
        Mechanism,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("cooperation mechanism"),
    )
    session_number = models.PositiveSmallIntegerField(
        gettext_lazy("session number"),
        null=True,
        blank=True,
        help_text=gettext_lazy("For example: 10, for the tenth session."),
    )
    began_on = models.DateField(gettext_lazy("from day"))
    ended_on = models.DateField(gettext_lazy("to day"), null=True, blank=True)
    place = NormalCharField(gettext_lazy("venue"), max_length=300, blank=True)
    form = models.CharField(
        gettext_lazy("form of the meeting"),
        max_length=10,
        choices=Form.choices,
        default=Form.IN_PERSON,
    )
    status = models.CharField(
        pgettext_lazy("of a delegation", "status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PLANNED,
    )
    lead_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("lead agency"),
    )
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="+", verbose_name=gettext_lazy("partners")
    )
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("countries and territories"),
    )
    our_head = NormalCharField(
        gettext_lazy("head of the Vietnamese side"), max_length=200, blank=True
    )
    our_position = NormalCharField(
        gettext_lazy("position of the Vietnamese head"), max_length=200, blank=True
    )
    their_head = NormalCharField(
        gettext_lazy("head of the foreign side"), max_length=200, blank=True
    )
    their_position = NormalCharField(
        gettext_lazy("position of the foreign head"), max_length=200, blank=True
    )
    our_delegates = models.PositiveIntegerField(
        gettext_lazy("Vietnamese delegates"), null=True, blank=True
    )
    their_delegates = models.PositiveIntegerField(
        gettext_lazy("foreign delegates"), null=True, blank=True
    )
    authority = NormalCharField(gettext_lazy("permitting authority"), max_length=200, blank=True)
    decision_number = NormalCharField(
        gettext_lazy("number of the decision or permit"), max_length=100, blank=True
    )
    documents_signed = NormalTextField(
        gettext_lazy("documents signed"), blank=True, help_text=gettext_lazy("One in each line.")
    )
    results = NormalTextField(gettext_lazy("results"), blank=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("meeting")
        verbose_name_plural = gettext_lazy("meetings")
        ordering = ("-began_on", "-pk")
        indexes: ClassVar = [
            *Record.Meta.indexes,
            *(
                models.Index(
                    fields=(name, "id"), condition=Q(deleted_at=None), name=f"meeting_{name}"
                )
                for name in ("began_on", "kind", "status")
            ),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")),
                name="meeting_ends_after_it_begins",
                violation_error_message=gettext_lazy("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({short_date(self.began_on)})"

    def search_words(self) -> Iterable[Any]:
        yield from (self.title, self.mechanism or "", self.place, self.documents_signed)
        yield from (self.our_head, self.our_position, self.their_head, self.their_position)
        if self.pk:
            yield from self.partners.all()
            yield from self.countries.all()

    def clean(self) -> None:
        faults = faults_of_days(self)
        if self.kind == Gathering.MECHANISM and self.mechanism_id is None:
            faults["mechanism"] = _("Choose the mechanism whose session this is.")
        if self.session_number == 0:
            faults["session_number"] = _("Sessions are counted from 1.")
        refuse(faults)


@tracked()
class MeetingPartner(Meeting.partners.through):  # type: ignore[name-defined]
    """A partner at a meeting; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("partner at a meeting")
        verbose_name_plural = gettext_lazy("partners at meetings")


@tracked()
class MeetingCountry(Meeting.countries.through):  # type: ignore[name-defined]
    """A country at a meeting; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("country at a meeting")
        verbose_name_plural = gettext_lazy("countries at meetings")
