from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency
from delegations.choices import Funding, Gathering, Pillar, Reception, Status
from delegations.models import Inbound, Meeting, Outbound
from reference.partners import Country, Mechanism, Partner
from registers.filters import PickerFilter, RecordFilter
from registers.models import Visibility

TOOK_PLACE, PLANNED = "took_place", "to_come"
STATUSES = [
    (TOOK_PLACE, _("took place (counted)")),
    (PLANNED, _("still to come")),
    *Status.choices,
]
NOT_UPDATED, OVERDUE = "not_updated", "report_overdue"


class PlanFilter(RecordFilter):
    """What took place is one choice among the statuses: it is what the figures count."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATUSES, empty_label=_("all statuses"), method="of_status"
    )
    lead_agency = PickerFilter(label=_("Lead agency"), queryset=Agency.objects.all())
    data_class = django_filters.ChoiceFilter(
        label=_("Who may see it"), choices=Visibility.choices, empty_label=_("all labels")
    )

    def of_status(self, rows: Any, name: str, value: str) -> QuerySet:
        if value == TOOK_PLACE:
            return rows.took_place()
        return rows.planned() if value == PLANNED else rows.filter(status=value)

    def of_attention(self, rows: Any, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        return rows.report_overdue(today) if value == OVERDUE else rows.not_updated(today)


class DelegationFilter(PlanFilter):
    FIRST: tuple[str, ...] = ("q", "year", "status")

    countries = PickerFilter(label=_("Country or territory"), queryset=Country.objects.all())
    partner = PickerFilter(label=_("Partner"), queryset=Partner.objects.all())
    pillar = django_filters.ChoiceFilter(
        label=_("Pillar"), choices=Pillar.choices, empty_label=_("all pillars")
    )
    funding = django_filters.ChoiceFilter(
        label=_("Source of funding"),
        choices=[choice for choice in Funding.choices if choice[0]],
        empty_label=_("all sources"),
    )
    attention = django_filters.ChoiceFilter(
        label=_("Needs attention"),
        choices=[
            (OVERDUE, _("report overdue")),
            (NOT_UPDATED, _("first day gone by, status not updated")),
        ],
        empty_label=pgettext_lazy("attention", "all records"),
        method="of_attention",
    )


class OutboundFilter(DelegationFilter):
    class Meta:
        model = Outbound
        fields = ("status", "countries", "partner", "pillar", "lead_agency", "funding")


class InboundFilter(DelegationFilter):
    FIRST = ("q", "year", "reception", "status")

    reception = django_filters.ChoiceFilter(
        label=_("Mode of reception"), choices=Reception.choices, empty_label=_("all modes")
    )

    class Meta:
        model = Inbound
        fields = ("reception", "status", "countries", "partner", "pillar", "lead_agency", "funding")


class MeetingFilter(PlanFilter):
    FIRST = ("q", "year", "kind", "status")

    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a meeting", "Type"),
        choices=Gathering.choices,
        empty_label=pgettext_lazy("of a meeting", "all types"),
    )
    mechanism = PickerFilter(label=_("Cooperation mechanism"), queryset=Mechanism.objects.all())
    partners = PickerFilter(label=_("Partner"), queryset=Partner.objects.all())
    attention = django_filters.ChoiceFilter(
        label=_("Needs attention"),
        choices=[(NOT_UPDATED, _("first day gone by, status not updated"))],
        empty_label=pgettext_lazy("attention", "all records"),
        method="of_attention",
    )

    class Meta:
        model = Meeting
        fields = ("kind", "status", "mechanism", "partners", "lead_agency")
