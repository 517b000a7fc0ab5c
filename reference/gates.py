"""Border gates, and what each of them was from which day on."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from common.lasting import LastingQuerySet
from common.text import NormalCharField
from history.tracking import tracked
from reference.entries import NO_HISTORY, Entry, Sourced
from reference.partners import Partner
from reference.places import Place


class GateClass(models.TextChoices):
    """The class in Vietnamese law."""

    INTERNATIONAL = "international", _("international gate")
    MAIN = "main", _("main (bilateral) gate")
    SECONDARY = "secondary", _("secondary gate")
    CLEARANCE_ROUTE = "clearance_route", _("customs clearance route")
    DEDICATED_ROAD = "dedicated_road", _("dedicated cargo road")
    OPENING = "opening", _("border opening")


class AgreementClass(models.TextChoices):
    """The class in the agreement with China, a system of its own."""

    INTERNATIONAL = "international", _("international by the agreement")
    BILATERAL = "bilateral", _("bilateral by the agreement")


class Operation(models.TextChoices):
    OPEN = "open", _("operating")
    CLOSED = "closed", _("operation suspended")
    NOT_OPENED = "not_opened", _("not yet opened")


class GateQuerySet(LastingQuerySet):
    def as_of(self, day: dt.date) -> Self:
        """With ``class_then``, ``operation_then`` and ``parent_then`` (an id) of a day."""
        then = GateStatus.objects.filter(gate=OuterRef("pk")).in_force(day)
        return self.annotate(
            class_then=Subquery(then.values("gate_class")[:1]),
            operation_then=Subquery(then.values("operation")[:1]),
            parent_then=Subquery(then.values("parent")[:1]),
        )

    def open_on(self, day: dt.date) -> Self:
        """The gates that existed and operated on a day."""
        return self.on(day).as_of(day).filter(operation_then=Operation.OPEN)


@tracked(exclude=NO_HISTORY)
class Gate(Entry):
    """A border gate, clearance route, dedicated road or opening."""

    class Mode(models.TextChoices):
        ROAD = "road", _("road")
        RAIL = "rail", _("railway")

    code = NormalCharField(_("code"), max_length=30, unique=True)
    mode = models.CharField(_("way of transport"), max_length=10, choices=Mode.choices)
    position = models.PositiveSmallIntegerField(
        _("order in tables"), default=100, help_text=_("Gates stand in this order.")
    )
    counterpart = NormalCharField(_("counterpart gate"), max_length=200, blank=True)
    counterpart_zh = NormalCharField(_("counterpart in Chinese"), max_length=60, blank=True)
    counterpart_pinyin = NormalCharField(_("counterpart in pinyin"), max_length=60, blank=True)
    counterpart_locality = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gates",
        verbose_name=_("locality on the other side"),
    )
    places = models.ManyToManyField(
        Place,
        blank=True,
        related_name="gates",
        verbose_name=_("communes"),
        help_text=_("Today's commune and those before it; the days of each decide."),
    )
    markers = NormalCharField(
        _("border markers"), max_length=100, blank=True, help_text=_("Such as 1116 – 1117.")
    )

    objects: ClassVar = GateQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("border gate")
        verbose_name_plural = _("border gates")
        ordering = ("position", "name_key", "pk")

    def found_by(self) -> tuple[str, ...]:
        return (self.counterpart, self.counterpart_pinyin, self.counterpart_zh, self.code)

    def status_on(self, day: dt.date) -> GateStatus | None:
        """What the gate was on a day; None before anything is known of it."""
        return self.statuses.select_related("parent").in_force(day).first()

    def is_open_on(self, day: dt.date) -> bool:
        status = self.status_on(day)
        return self.existed_on(day) and status is not None and status.operation == Operation.OPEN


class GateStatusQuerySet(models.QuerySet["GateStatus"]):
    def in_force(self, day: dt.date) -> Self:
        """What held on a day, latest first: only the first of each gate still holds."""
        begun = self.filter(Q(valid_from=None) | Q(valid_from__lte=day))
        return begun.order_by(F("valid_from").desc(nulls_last=True))


@tracked(exclude=NO_HISTORY)
class GateStatus(Sourced):
    """What a gate is from a day on, until its next status begins: no gaps, no overlaps."""

    gate = models.ForeignKey(
        Gate, on_delete=models.CASCADE, related_name="statuses", verbose_name=_("border gate")
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty: as far back as is known.")
    )
    gate_class = models.CharField(_("class of gate"), max_length=20, choices=GateClass.choices)
    agreement_class = models.CharField(
        _("class by the agreement"), max_length=20, choices=AgreementClass.choices, blank=True
    )
    operation = models.CharField(
        _("state of operation"), max_length=20, choices=Operation.choices, default=Operation.OPEN
    )
    parent = models.ForeignKey(
        Gate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("belongs to gate"),
    )

    objects: ClassVar[Any] = GateStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of a gate")
        verbose_name_plural = _("statuses of gates")
        ordering = ("gate", F("valid_from").asc(nulls_first=True))
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("gate", "valid_from"),
                nulls_distinct=False,
                name="gate_status_begins_once",
                violation_error_message=_("The gate has a status from this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.gate}: {self.get_gate_class_display()}, {self.get_operation_display()}"

    def clean(self) -> None:
        if self.parent_id is not None and self.parent_id == self.gate_id:
            raise ValidationError({"parent": _("A gate does not belong to itself.")})


@tracked()
class GatePlace(Gate.places.through):  # type: ignore[name-defined]
    """Where a gate lies; here only so that it has a history."""

    class Meta:
        proxy = True
        verbose_name = _("commune of a gate")
        verbose_name_plural = _("communes of gates")
