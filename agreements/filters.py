from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from agreements.models import Agreement
from agreements.words import IN_FORCE, Area, Level, Renewal, Status
from reference.partners import Mechanism, Partner
from registers.filters import DateFilter, PickerFilter, RecordFilter

VALID = "valid"  # in force, whatever happened before
ENDING = "ending"  # in force, but not for long


def statuses() -> list[tuple[str, Any]]:
    soon = gettext("ends within %(days)s days") % {"days": settings.EXPIRY_NOTICE_DAYS}
    return [
        (VALID, pgettext_lazy("status of an agreement", "in force (also amended, extended)")),
        (ENDING, soon),
        *Status.choices,
    ]


class AgreementFilter(RecordFilter):
    FIRST = ("q", "year", "level", "status")

    level = django_filters.ChoiceFilter(
        label=_("Level of signing"), choices=Level.choices, empty_label=_("all levels")
    )
    status = django_filters.ChoiceFilter(
        label=pgettext_lazy("of an agreement", "Status"),
        choices=statuses,
        empty_label=_("all statuses"),
        method="of_status",
    )
    on = DateFilter(label=_("Status on the day"), method="of_day")
    area = django_filters.ChoiceFilter(
        label=_("Field of cooperation"),
        choices=Area.choices,
        empty_label=pgettext_lazy("of cooperation", "all fields"),
        method="of_area",
    )
    partner = PickerFilter(
        label=_("Foreign party"), queryset=Partner.objects.all(), method="with_partner"
    )
    own_agency = PickerFilter(label=_("Vietnamese party"), queryset=Agency.objects.all())
    mechanism = PickerFilter(label=_("Cooperation mechanism"), queryset=Mechanism.objects.all())
    renewal = django_filters.ChoiceFilter(
        label=_("Renewal"), choices=Renewal.choices, empty_label=_("all rules")
    )

    class Meta:
        model = Agreement
        fields = ("level", "own_agency", "mechanism", "renewal")

    @property
    def day(self) -> dt.date:
        """The day status is asked for: today, unless another was."""
        return self.form.cleaned_data.get("on") or timezone.localdate()

    def of_day(self, rows: Any, name: str, day: dt.date | None) -> QuerySet:
        """The list then shows how each stood that day, and nothing signed later."""
        return rows.as_of(day) if day else rows

    def of_status(self, rows: Any, name: str, value: str) -> QuerySet:
        if value == VALID:
            return rows.with_status(IN_FORCE, self.day)
        if value == ENDING:
            return rows.ending(self.day, settings.EXPIRY_NOTICE_DAYS)
        return rows.with_status((value,), self.day) if value else rows

    def of_area(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(areas__contains=[value]) if value else rows

    def with_partner(self, rows: QuerySet, name: str, partner: Partner | None) -> QuerySet:
        """Also what was signed with a part of it."""
        if partner is None:
            return rows
        theirs = Agreement.partners.through.objects.filter(
            Q(partner=partner) | Q(partner__part_of=partner)
        )
        return rows.filter(pk__in=theirs.values("agreement"))
