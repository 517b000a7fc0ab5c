"""Incidents at the border: what happened where, on whose side, and how it was settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.dates import short_date
from common.text import NormalCharField, NormalTextField
from history.tracking import tracked
from reference.places import Place
from registers.models import NO_HISTORY, Record


class Kind(models.TextChoices):
    ENCROACHMENT = "encroachment", gettext_lazy("cultivation or settlement across the line")
    BUILDING = "building", gettext_lazy("building, changes near the boundary line")
    GRAZING = "grazing", gettext_lazy("grazing across the border")
    RESOURCES = "resources", gettext_lazy("exploitation of resources")
    MARKER = "marker", gettext_lazy("damage to or displacement of a border marker")
    CROSSING = "crossing", gettext_lazy("illegal crossing of the border")
    EXPLOSION = "explosion", gettext_lazy("blasting, launched objects, aircraft")
    DISCHARGE = "discharge", gettext_lazy("discharge, change of a watercourse")
    SMUGGLING = "smuggling", gettext_lazy("smuggling")
    VIOLENCE = "violence", gettext_lazy("assault or seizure of persons")
    OTHER = "other", pgettext_lazy("kind of incident", "other")


class Side(models.TextChoices):
    VIETNAM = "vn", gettext_lazy("Viet Nam")
    CHINA = "cn", gettext_lazy("China")
    UNKNOWN = "unknown", gettext_lazy("not determined")


class Channel(models.TextChoices):
    NONE = "", gettext_lazy("none so far")
    LETTER = "letter", gettext_lazy("letter")
    TALKS = "talks", gettext_lazy("talks")
    BOTH = "both", gettext_lazy("letter and talks")


class Status(models.TextChoices):
    NEW = "new", pgettext_lazy("status of an incident", "new")
    DISCUSSED = "discussed", gettext_lazy("under discussion")
    SETTLED = "settled", gettext_lazy("settled")


@tracked(exclude=NO_HISTORY)
class Incident(Record):
    """One incident; those that break the regime agreement are counted as violations."""

    DAY = "happened_on"

    happened_on = models.DateField(gettext_lazy("day of the incident"))
    sector = NormalCharField(
        gettext_lazy("sector"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("The stretch of the boundary, for example: Tân Thanh, Cốc Nam."),
    )
    marker = NormalCharField(
        gettext_lazy("border marker"),
        max_length=60,
        blank=True,
        help_text=gettext_lazy("One marker or a stretch: 1090, 1088/2 – 1089."),
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("commune")
    )
    kind = models.CharField(gettext_lazy("type of incident"), max_length=20, choices=Kind.choices)
    side = models.CharField(gettext_lazy("violating side"), max_length=10, choices=Side.choices)
    breaks_agreement = models.BooleanField(
        gettext_lazy("breaks the border regime agreement"),
        default=False,
        help_text=gettext_lazy("Only these are counted as violations in the yearly figures."),
    )
    description = NormalTextField(gettext_lazy("description"))
    handling = NormalTextField(gettext_lazy("handling"), blank=True)
    channel = models.CharField(
        gettext_lazy("form of exchange"),
        max_length=10,
        choices=Channel.choices,
        blank=True,
        default="",
    )
    status = models.CharField(
        pgettext_lazy("of an incident", "status"),
        max_length=10,
        choices=Status.choices,
        default=Status.NEW,
    )

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("border incident")
        verbose_name_plural = gettext_lazy("border incidents")
        ordering = ("-happened_on", "-pk")
        indexes: ClassVar = [
            *Record.Meta.indexes,
            *(
                models.Index(
                    fields=(name, "id"), condition=Q(deleted_at=None), name=f"incident_{name}"
                )
                for name in ("happened_on", "kind", "side", "status")
            ),
        ]

    def __str__(self) -> str:
        where = self.marker or self.sector or str(self.place)
        return f"{short_date(self.happened_on)} · {self.get_kind_display()} · {where}"

    def search_words(self) -> Iterable[Any]:
        place = self.place.full_name if self.place_id else ""
        return (self.marker, self.sector, place, self.description, self.handling)

    def clean(self) -> None:
        if isinstance(self.happened_on, dt.date) and self.happened_on > timezone.localdate():
            raise ValidationError({"happened_on": _("This day lies in the future.")})
