"""Things that exist between two days: open ends mean always."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def in_force(first: Any, last: Any = None) -> Q:
    """What exists on some day from the first to the last, both included; on the first alone
    without a last. Days may be expressions."""
    until = first if last is None else last
    begun = Q(valid_from=None) | Q(valid_from__lte=until)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=first))


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message=_("The last day is before the first day."),
    )


class LastingQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        """The rows that existed on a day."""
        return self.filter(in_force(day))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """The rows that existed on some day of a span."""
        return self.filter(in_force(first, last))


class Lasting:
    """A row with ``valid_from`` and ``valid_to``; the model declares them."""

    valid_from: Any
    valid_to: Any

    def existed_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
