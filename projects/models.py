"""Foreign money in the province: FDI, ODA and foreign NGO aid.

Three registers on one base: what a certificate, a financing agreement and an
approval decision have in common stands in ``projects.base``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.text import NormalCharField, NormalTextField
from history.tracking import tracked
from indicators.models import Fact
from projects.base import Act, Amount, Disbursement, Project
from reference.partners import Country
from registers.models import NO_HISTORY, Record


def country(label: Any, **more: Any) -> Any:
    return models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=label, **more
    )


class ExchangeRate(Fact):
    """What one unit of a currency is in VND, in a year: a fact like others, entered by people."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("yearly exchange rate")
        verbose_name_plural = gettext_lazy("yearly exchange rates")


# --- FDI ------------------------------------------------------------------------------


@tracked(exclude=NO_HISTORY)
class FdiProject(Project):
    """A project of foreign direct investment: in force from the day of its certificate."""

    investor = NormalCharField(gettext_lazy("investor"), max_length=300)
    country = country(gettext_lazy("country of the investor"))
    number = NormalCharField(
        gettext_lazy("number of the investment registration certificate"), max_length=80
    )
    decided_on = models.DateField(gettext_lazy("day of the first certificate"))
    ended_on = models.DateField(
        gettext_lazy("end of the term"),
        null=True,
        blank=True,
        help_text=gettext_lazy("As first certified; what came later stands in the acts below."),
    )
    owner = NormalCharField(
        gettext_lazy("enterprise that carries it out"), max_length=300, blank=True
    )
    managing_agency = NormalCharField(
        gettext_lazy("managing agency"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Who gave the certificate and follows the project."),
    )
    zone = NormalCharField(
        gettext_lazy("economic zone, industrial park"), max_length=200, blank=True
    )
    labour = models.PositiveIntegerField(gettext_lazy("workers"), null=True, blank=True)
    progress = NormalTextField(gettext_lazy("progress"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("FDI project")
        verbose_name_plural = gettext_lazy("FDI projects")
        ordering = ("-decided_on", "-pk")
        indexes: ClassVar = [*Record.Meta.indexes, *Project.sorted_by("fdi")]
        constraints: ClassVar = [*Record.Meta.constraints, *Project.in_order("fdi")]

    def search_words(self) -> tuple[object, ...]:
        return (*super().search_words(), self.investor, self.zone)


@tracked()
class FdiPlace(FdiProject.places.through):  # type: ignore[name-defined]
    """Where a project lies; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("place of an FDI project")
        verbose_name_plural = gettext_lazy("places of FDI projects")


@tracked()
class FdiAmount(Amount):
    project = models.ForeignKey(FdiProject, on_delete=models.CASCADE, related_name="amounts")

    class Meta(Amount.Meta):
        verbose_name = gettext_lazy("registered capital")


@tracked()
class FdiDisbursement(Disbursement):
    project = models.ForeignKey(FdiProject, on_delete=models.CASCADE, related_name="disbursements")

    class Meta(Disbursement.Meta):
        verbose_name = gettext_lazy("implemented capital of a year")


@tracked()
class FdiAct(Act):
    project = models.ForeignKey(FdiProject, on_delete=models.CASCADE, related_name="acts")

    class Meta(Act.Meta):
        verbose_name = gettext_lazy("act on a project")


# --- ODA ------------------------------------------------------------------------------


class Modality(models.TextChoices):
    PROGRAMME = "programme", pgettext_lazy("aid", "programme")
    PROJECT = "project", pgettext_lazy("aid", "project")
    NON_PROJECT = "non_project", pgettext_lazy("aid", "non-project aid")
    BUDGET = "budget", gettext_lazy("budget support")


class OdaCapital(models.TextChoices):
    GRANT = "grant", pgettext_lazy("capital", "grant aid")
    LOAN = "loan", pgettext_lazy("capital", "concessional loan")
    COUNTERPART = "counterpart", pgettext_lazy("capital", "counterpart fund")


class FromStart(Project):
    """Under way from its first day, or, where none is given, from its decision."""

    IN_FORCE: ClassVar = gettext_lazy("under way")
    ACTIVE_FROM: ClassVar = ("started_on", "decided_on")

    started_on = models.DateField(
        gettext_lazy("start day"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty: from the day of the decision."),
    )
    ended_on = models.DateField(
        gettext_lazy("last day as planned"),
        null=True,
        blank=True,
        help_text=gettext_lazy("As first decided; what came later stands in the acts below."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": _("The end lies before the beginning.")})


@tracked(exclude=NO_HISTORY)
class OdaProject(FromStart):
    """A programme or project of official development assistance or concessional loans."""

    modality = models.CharField(
        gettext_lazy("modality"),
        max_length=20,
        choices=Modality.choices,
        default=Modality.PROJECT,
    )
    donor = NormalCharField(gettext_lazy("donor"), max_length=300)
    country = country(
        gettext_lazy("country of the donor"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty for an organisation of many countries."),
    )
    number = NormalCharField(
        gettext_lazy("number of the decision or agreement"), max_length=120, blank=True
    )
    decided_on = models.DateField(gettext_lazy("day of the decision or agreement"))
    managing_agency = NormalCharField(gettext_lazy("managing agency"), max_length=200)
    owner = NormalCharField(gettext_lazy("project owner"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("ODA programme or project")
        verbose_name_plural = gettext_lazy("ODA programmes and projects")
        ordering = ("-decided_on", "-pk")
        indexes: ClassVar = [*Record.Meta.indexes, *Project.sorted_by("oda")]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            *Project.in_order("oda"),
            *Project.in_order("oda", after="started_on"),
        ]

    def search_words(self) -> tuple[object, ...]:
        return (*super().search_words(), self.donor)


@tracked()
class OdaPlace(OdaProject.places.through):  # type: ignore[name-defined]
    """Where a project works; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("place of an ODA project")
        verbose_name_plural = gettext_lazy("places of ODA projects")


@tracked()
class OdaAmount(Amount):
    project = models.ForeignKey(OdaProject, on_delete=models.CASCADE, related_name="amounts")
    capital = models.CharField(
        gettext_lazy("capital"), max_length=20, choices=OdaCapital.choices, default=OdaCapital.LOAN
    )

    class Meta(Amount.Meta):
        verbose_name = gettext_lazy("total investment")


@tracked()
class OdaDisbursement(Disbursement):
    project = models.ForeignKey(OdaProject, on_delete=models.CASCADE, related_name="disbursements")
    capital = models.CharField(
        gettext_lazy("capital"), max_length=20, choices=OdaCapital.choices, default=OdaCapital.LOAN
    )

    class Meta(Disbursement.Meta):
        verbose_name = gettext_lazy("disbursement of a year")


@tracked()
class OdaAct(Act):
    project = models.ForeignKey(OdaProject, on_delete=models.CASCADE, related_name="acts")

    class Meta(Act.Meta):
        verbose_name = gettext_lazy("act on a project")


# --- foreign NGO aid ------------------------------------------------------------------


class AidKind(models.TextChoices):
    PROGRAMME = "programme", pgettext_lazy("aid", "programme")
    PROJECT = "project", pgettext_lazy("aid", "project")
    NON_PROJECT = "non_project", pgettext_lazy("aid", "non-project aid")


class NgoCapital(models.TextChoices):
    AID = "aid", pgettext_lazy("capital", "committed aid")
    COUNTERPART = "counterpart", pgettext_lazy("capital", "counterpart fund")


@tracked(exclude=NO_HISTORY)
class NgoAid(FromStart):
    """Aid of a foreign non-governmental organisation: a programme, a project or an item."""

    kind = models.CharField(
        gettext_lazy("kind of aid"),
        max_length=20,
        choices=AidKind.choices,
        default=AidKind.PROJECT,
        help_text=gettext_lazy("Programmes count as projects; non-project aid counts apart."),
    )
    donor = NormalCharField(gettext_lazy("donor organisation"), max_length=300)
    country = country(gettext_lazy("country of the donor"))
    registration = NormalCharField(
        gettext_lazy("number of the INGO registration"), max_length=80, blank=True
    )
    number = NormalCharField(gettext_lazy("number of the approval decision"), max_length=80)
    decided_on = models.DateField(gettext_lazy("day of the approval decision"))
    managing_agency = NormalCharField(gettext_lazy("managing agency"), max_length=200, blank=True)
    owner = NormalCharField(gettext_lazy("owner of the aid"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("foreign NGO aid")
        verbose_name_plural = gettext_lazy("foreign NGO aid")
        ordering = ("-decided_on", "-pk")
        indexes: ClassVar = [
            *Record.Meta.indexes,
            *Project.sorted_by("ngo"),
            models.Index(fields=("kind", "id"), condition=Q(deleted_at=None), name="ngo_kind"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            *Project.in_order("ngo"),
            *Project.in_order("ngo", after="started_on"),
        ]

    def search_words(self) -> tuple[object, ...]:
        return (*super().search_words(), self.donor, self.registration)


@tracked()
class NgoPlace(NgoAid.places.through):  # type: ignore[name-defined]
    """Where aid goes; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("place of foreign NGO aid")
        verbose_name_plural = gettext_lazy("places of foreign NGO aid")


@tracked()
class NgoAmount(Amount):
    project = models.ForeignKey(NgoAid, on_delete=models.CASCADE, related_name="amounts")
    capital = models.CharField(
        gettext_lazy("capital"), max_length=20, choices=NgoCapital.choices, default=NgoCapital.AID
    )

    class Meta(Amount.Meta):
        verbose_name = gettext_lazy("value of aid")


@tracked()
class NgoDisbursement(Disbursement):
    project = models.ForeignKey(NgoAid, on_delete=models.CASCADE, related_name="disbursements")

    class Meta(Disbursement.Meta):
        verbose_name = gettext_lazy("disbursement of a year")


@tracked()
class NgoAct(Act):
    project = models.ForeignKey(NgoAid, on_delete=models.CASCADE, related_name="acts")

    class Meta(Act.Meta):
        verbose_name = gettext_lazy("act on a project")
