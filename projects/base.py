"""What every project with foreign money has: decision, amounts, acts, money of each year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.text import NormalCharField, NormalTextField
from projects.stints import Deed, ProjectQuerySet, Status, status_on
from reference.places import Place
from registers.models import Line, Record

FIRST_YEAR = 1988  # the first law on foreign investment


class Sector(models.TextChoices):
    AGRICULTURE = "agriculture", gettext_lazy("agriculture, forestry, rural development")
    INDUSTRY = "industry", gettext_lazy("industry, processing")
    ENERGY = "energy", gettext_lazy("energy")
    TRADE = "trade", gettext_lazy("trade, services, tourism")
    TRANSPORT = "transport", gettext_lazy("transport, logistics, border gates")
    URBAN = "urban", gettext_lazy("urban development, water supply and drainage")
    ENVIRONMENT = "environment", gettext_lazy("environment, climate change, disasters")
    HEALTH = "health", gettext_lazy("health")
    EDUCATION = "education", gettext_lazy("education, training")
    SOCIAL = "social", gettext_lazy("social welfare, poverty reduction")
    GOVERNANCE = "governance", gettext_lazy("governance, technical assistance")
    OTHER = "other", pgettext_lazy("sector", "other")


class Currency(models.TextChoices):
    """By their codes, as on paper; the first ones are the most used."""

    USD = "USD", "USD"
    VND = "VND", "VND"
    CNY = "CNY", "CNY"
    EUR = "EUR", "EUR"
    JPY = "JPY", "JPY"
    KRW = "KRW", "KRW"
    AUD = "AUD", "AUD"
    CHF = "CHF", "CHF"
    GBP = "GBP", "GBP"
    HKD = "HKD", "HKD"
    SGD = "SGD", "SGD"
    THB = "THB", "THB"
    TWD = "TWD", "TWD"


class Change(models.TextChoices):
    """What an amount does to what stood before: nothing is written over."""

    INITIAL = "initial", gettext_lazy("initial")
    INCREASE = "increase", gettext_lazy("supplement")
    DECREASE = "decrease", gettext_lazy("decrease")


class Project(Record):
    """The common base; amounts, acts and disbursements are lines of each register's own.

    Fields whose words differ between the registers are declared by each:
    ``number`` and ``decided_on`` are of the certificate or decision.
    """

    DAY = "decided_on"
    IN_FORCE: ClassVar[Any] = Status.ACTIVE.label  # what being active is called here
    ACTIVE_FROM: ClassVar[tuple[str, ...]] = ("decided_on",)  # the first of these that is known

    name = NormalCharField(gettext_lazy("name"), max_length=500)
    sector = models.CharField(
        pgettext_lazy("of a project", "sector"), max_length=20, choices=Sector.choices
    )
    places = models.ManyToManyField(
        Place,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("places"),
        help_text=gettext_lazy("Communes, districts, or the whole province."),
    )
    note = NormalTextField(gettext_lazy("note"), blank=True)

    number: Any
    decided_on: Any
    ended_on: Any
    amounts: Any
    acts: Any
    disbursements: Any

    objects: ClassVar[Any] = ProjectQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def sorted_by(prefix: str) -> list[models.Index]:
        """The indexes of a list that is sorted and paged by its key."""
        return [
            models.Index(fields=(name, "id"), condition=Q(deleted_at=None), name=f"{prefix}_{name}")
            for name in ("decided_on", "name", "ended_on", "sector")
        ]

    @staticmethod
    def in_order(prefix: str, after: str = "decided_on") -> list[models.CheckConstraint]:
        """The end does not lie before ``after``."""
        return [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(**{after: None}) | Q(ended_on__gte=F(after)),
                name=f"{prefix}_ends_after_{after}",
                violation_error_message=gettext_lazy("The end lies before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> tuple[object, ...]:
        return (self.name, self.number, self.owner, self.managing_agency)  # type: ignore[attr-defined]

    def clean(self) -> None:
        if isinstance(self.decided_on, dt.date) and self.decided_on > timezone.localdate():
            raise ValidationError({"decided_on": _("This day has not come yet.")})
        if self.decided_on and self.ended_on and self.ended_on < self.decided_on:
            raise ValidationError(
                {"ended_on": _("The end lies before the day of the certificate or decision.")}
            )

    # --- over time ---------------------------------------------------------------------

    @property
    def active_from(self) -> dt.date:
        return next(day for name in self.ACTIVE_FROM if (day := getattr(self, name)))

    def status_on(self, day: dt.date) -> Status:
        """What was known on a day: from the dates and from the acts recorded up to it."""
        return status_on(self.active_from, self.ended_on, self.acts.all() if self.pk else (), day)

    @property
    def status(self) -> Status:
        return self.status_on(timezone.localdate())

    def counted_days(self) -> Iterable[dt.date]:
        return self.counted()

    def counted(self) -> Mapping[dt.date, Any]:
        """The record on its own day; each amount, act and year of money on theirs.

        So a project of a closed year is still extended, supplemented and
        disbursed in an open one.
        """
        found: dict[dt.date, list[Any]] = {self.decided_on: [self._own()]}
        if self.pk is None:
            return found
        for line in (*self.amounts.all(), *self.acts.all(), *self.disbursements.all()):
            found.setdefault(line.counts_on or self.decided_on, []).append(line.content())
        return found

    def _own(self) -> tuple[Any, ...]:
        """What was certified or decided; the rest may be corrected at any time."""
        names = {"name", "decided_on", "ended_on", "started_on", "kind", "deleted_at"}
        fields = [field for field in self._meta.concrete_fields if field.name in names]
        return tuple(getattr(self, field.attname) for field in fields)


class ProjectLine(Line):
    """A row of a project; ``counts_on`` is None where it counts on the project's own day."""

    project_id: int

    class Meta:
        abstract = True

    @property
    def counts_on(self) -> dt.date | None:
        raise NotImplementedError

    def content(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field.attname) for field in self._meta.concrete_fields)


def not_negative(amount: Decimal | None) -> None:
    if amount is not None and amount < 0:
        raise ValidationError(
            {"amount": _("An amount cannot be negative; for less, choose “decrease”.")}
        )


def positive(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(amount__gte=0), name=model)


class Amount(ProjectLine):
    """Money that was registered or committed, or by how much that changed, in its own currency.

    It is a promise for the whole life of the project: the money of a single
    year stands in ``Disbursement``.
    """

    change = models.CharField(
        pgettext_lazy("of an amount", "change"),
        max_length=10,
        choices=Change.choices,
        default=Change.INITIAL,
    )
    amount = models.DecimalField(gettext_lazy("amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(
        gettext_lazy("currency"), max_length=3, choices=Currency.choices, default=Currency.USD
    )
    decided_on = models.DateField(
        gettext_lazy("since"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty for the initial amount: the project's own day."),
    )
    document = NormalCharField(gettext_lazy("document"), max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = (F("decided_on").asc(nulls_first=True), "pk")
        constraints: ClassVar = [positive("%(class)s_not_negative")]
        indexes: ClassVar = [  # what was supplemented in a year
            models.Index(fields=("decided_on", "project"), name="%(class)s_since")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def counts_on(self) -> dt.date | None:
        return self.decided_on

    @property
    def signed(self) -> Decimal:
        return -self.amount if self.change == Change.DECREASE else self.amount

    def clean(self) -> None:
        not_negative(self.amount)
        if self.change != Change.INITIAL and self.decided_on is None:
            raise ValidationError({"decided_on": _("Since which day? Enter the decision's day.")})
        if self.decided_on and self.decided_on > timezone.localdate():
            raise ValidationError({"decided_on": _("This day has not come yet.")})


def years() -> list[tuple[int, str]]:
    """The years money can have been disbursed in, the latest first."""
    return [(year, str(year)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]


class Disbursement(ProjectLine):
    """The money of one year: what was disbursed, or the capital that was carried out."""

    year = models.PositiveSmallIntegerField(gettext_lazy("year"), choices=years)
    amount = models.DecimalField(gettext_lazy("amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(
        gettext_lazy("currency"), max_length=3, choices=Currency.choices, default=Currency.USD
    )
    note = NormalCharField(gettext_lazy("note"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ("year", "pk")
        constraints: ClassVar = [positive("%(class)s_not_negative")]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount} {self.currency}"

    @property
    def counts_on(self) -> dt.date:
        return dt.date(self.year, 1, 1)

    @property
    def signed(self) -> Decimal:
        return self.amount

    def clean(self) -> None:
        not_negative(self.amount)


class Act(ProjectLine):
    """What happened to a project: its status on any day follows from these and its dates."""

    kind = models.CharField(
        pgettext_lazy("of a project", "act"), max_length=12, choices=Deed.choices
    )
    done_on = models.DateField(gettext_lazy("from day"))
    until = models.DateField(
        gettext_lazy("new end"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Of an extension only."),
    )
    document = NormalCharField(gettext_lazy("document"), max_length=120, blank=True)
    note = NormalCharField(gettext_lazy("note"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ("done_on", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def counts_on(self) -> dt.date:
        return self.done_on

    def clean(self) -> None:
        if self.kind == Deed.EXTENDED and self.until is None:
            raise ValidationError({"until": _("Extended until which day?")})
        if self.kind != Deed.EXTENDED and self.until is not None:
            raise ValidationError({"until": _("Only an extension has a new end.")})
        if self.until and self.done_on and self.until < self.done_on:
            raise ValidationError({"until": _("The new end lies before the day of the act.")})
