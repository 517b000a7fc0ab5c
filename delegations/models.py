"""Delegations, a proxy of them for the register of each direction, and meetings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from delegations.choices import Direction
from delegations.delegation import Delegation, DelegationCountry, DelegationSupporter
from delegations.meetings import Meeting, MeetingCountry, MeetingPartner
from delegations.querysets import DelegationQuerySet

__all__ = (
    "Delegation",
    "DelegationCountry",
    "DelegationSupporter",
    "Inbound",
    "Meeting",
    "MeetingCountry",
    "MeetingPartner",
    "Outbound",
)


class OutboundManager(models.Manager.from_queryset(DelegationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> DelegationQuerySet:
        return super().get_queryset().filter(direction=Direction.OUT)


class InboundManager(models.Manager.from_queryset(DelegationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> DelegationQuerySet:
        return super().get_queryset().filter(direction=Direction.IN)


class Outbound(Delegation):
    """A delegation of the province that goes abroad."""

    objects: ClassVar[Any] = OutboundManager()

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("delegation out")
        verbose_name_plural = gettext_lazy("delegations out")
        ordering = ("-began_on", "-pk")


class Inbound(Delegation):
    """A delegation from abroad that comes to the province."""

    objects: ClassVar[Any] = InboundManager()

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("delegation in")
        verbose_name_plural = gettext_lazy("delegations in")
        ordering = ("-began_on", "-pk")
