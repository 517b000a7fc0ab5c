"""Places of the province: today's communes and wards, and the units there were before.

Districts ended on 1/7/2025; data of 2019 keep the place of their day, with
its district. A unit that changed is a new row that succeeds the old one, even
where the official code stayed the same. Communes of today carry the code of
their agency.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.lasting import LastingQuerySet
from common.text import NormalCharField
from history.tracking import tracked
from reference.entries import NO_HISTORY, Certainty, Entry, Sourced


class PlaceQuerySet(LastingQuerySet):
    def districts(self) -> Self:
        return self.filter(kind__in=Place.OF_DISTRICT_LEVEL)


@tracked(exclude=NO_HISTORY)
class Place(Entry):
    """A unit of local government between two days."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")
        CITY = "city", _("provincial city")
        COMMUNE = "commune", _("commune")
        WARD = "ward", _("ward")
        TOWNSHIP = "township", _("township")

    OF_DISTRICT_LEVEL = (Kind.DISTRICT, Kind.CITY)
    ABBREVIATIONS: ClassVar = {Kind.CITY: "TP", Kind.WARD: "P", Kind.TOWNSHIP: "TT"}

    code = NormalCharField(
        _("code"),
        max_length=10,
        blank=True,
        help_text=_("The official code; successive units may share one."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    district = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="communes",
        verbose_name=_("district"),
        help_text=_("The district it belonged to; empty since 1/7/2025."),
    )
    predecessors = models.ManyToManyField(
        "self",
        through="PlaceSuccession",
        symmetrical=False,
        related_name="successors",
        verbose_name=_("predecessors"),
    )
    is_on_border = models.BooleanField(_("on the border"), default=False)
    border_certainty = models.CharField(
        _("certainty of being on the border"), max_length=1, choices=Certainty.choices, blank=True
    )
    full_name = models.CharField(_("name with its district"), max_length=410, editable=False)

    objects: ClassVar = PlaceQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = pgettext_lazy("administrative", "place")
        verbose_name_plural = pgettext_lazy("administrative", "places")
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("code", "valid_from"),
                condition=~Q(code=""),
                nulls_distinct=False,
                name="place_code_once_a_day",
                violation_error_message=_("A place with this code and first day is there already."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def set_keys(self) -> None:
        """The full name is stored: a list of records prints it without asking for the district."""
        self.full_name = f"{self.name}, {self.district.name}" if self.district else self.name
        super().set_keys()

    def found_by(self) -> tuple[str, ...]:
        short = self.ABBREVIATIONS.get(self.Kind(self.kind), "") if self.kind else ""
        return (short, self.district.name if self.district else "", self.code)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        for commune in self.communes.all() if self.kind in self.OF_DISTRICT_LEVEL else ():
            before = (commune.full_name, commune.search_text)
            commune.district = self
            commune.set_keys()
            if before != (commune.full_name, commune.search_text):
                commune.save()

    def clean(self) -> None:
        if self.district and self.district.kind not in self.OF_DISTRICT_LEVEL:
            raise ValidationError({"district": _("Choose a district or a provincial city.")})


@tracked(exclude=NO_HISTORY)
class PlaceSuccession(Sourced):
    """Which place took over from which, wholly or in part."""

    place = models.ForeignKey(
        Place,
        on_delete=models.CASCADE,
        related_name="taken_over",
        verbose_name=pgettext_lazy("administrative", "place"),
    )
    predecessor = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="handed_over", verbose_name=_("predecessor")
    )
    is_partial = models.BooleanField(_("only a part"), default=False)

    class Meta:
        verbose_name = _("succession of places")
        verbose_name_plural = _("successions of places")
        ordering = ("place", "predecessor")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("place", "predecessor"), name="place_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.place}"
