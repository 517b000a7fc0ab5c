"""The world outside: countries and territories, partners there, ways of working with them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.lasting import LastingQuerySet
from common.text import NormalCharField, NormalTextField
from history.tracking import tracked
from reference.entries import NO_HISTORY, Entry

HOME = "VN"


class CountryQuerySet(LastingQuerySet):
    def foreign(self) -> Self:
        """All but our own."""
        return self.exclude(iso2=HOME)


@tracked(exclude=NO_HISTORY)
class Country(Entry):
    """A country or territory, named as the Foreign Ministry names it."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        TERRITORY = "territory", _("territory")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.COUNTRY)
    iso2 = models.CharField(
        _("two-letter code"),
        max_length=2,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator("^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1."))],
    )
    iso3 = models.CharField(
        _("three-letter code"),
        max_length=3,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator("^[A-Z]{3}$", _("Three capital letters, as in ISO 3166-1."))],
    )
    name_en = NormalCharField(_("name in English"), max_length=200, blank=True)

    objects: ClassVar = CountryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("country or territory")
        verbose_name_plural = _("countries and territories")

    def found_by(self) -> tuple[str, ...]:
        return (self.iso2 or "", self.iso3 or "", self.name_en)


@tracked(exclude=NO_HISTORY)
class Partner(Entry):
    """A foreign locality, authority or organisation the province works with."""

    class Kind(models.TextChoices):
        REGION = "region", _("province-level region")
        CITY = "city", _("city")
        COUNTY_CITY = "county_city", _("county-level city")
        COUNTY = "county", _("county")
        AUTHORITY = "authority", _("authority")
        INTERNATIONAL = "international", _("international organisation")
        NGO = "ngo", _("non-governmental organisation")
        BUSINESS = "business", _("business")
        OTHER = "other", _("other partner")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country or territory"),
        help_text=_("Empty for an organisation of many countries."),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    name_foreign = NormalCharField(
        _("name in its own language"), max_length=200, blank=True, help_text=_("Such as 广西.")
    )
    name_latin = NormalCharField(_("name in Latin letters"), max_length=200, blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def found_by(self) -> tuple[str, ...]:
        return (self.name_latin, self.name_foreign)


@tracked(exclude=NO_HISTORY)
class Mechanism(Entry):
    """A standing way of working together: a yearly meeting, a committee, a joint area."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("regular meeting")
        TALKS = "talks", _("talks")
        COOPERATION = "cooperation", _("cooperation programme")
        CORRIDOR = "corridor", _("economic corridor or joint area")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    members = NormalTextField(_("who takes part"), blank=True)
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="mechanisms", verbose_name=_("partners")
    )

    class Meta(Entry.Meta):
        verbose_name = _("cooperation mechanism")
        verbose_name_plural = _("cooperation mechanisms")


@tracked()
class MechanismPartner(Mechanism.partners.through):  # type: ignore[name-defined]
    """Who takes part in a mechanism; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = _("partner in a mechanism")
        verbose_name_plural = _("partners in mechanisms")
