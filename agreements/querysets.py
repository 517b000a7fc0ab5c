"""The status of agreements on a day, asked in SQL; ``agreements.statuses`` says the same of one.

Nothing is stored that time alone would make wrong: status and end of term come
from the dates of the agreement and from the acts recorded up to the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Ceil, Coalesce, ExtractMonth, ExtractYear

from agreements.words import IN_FORCE, ActKind, Renewal, Status
from registers.querysets import RecordQuerySet


class _Months(Func):
    """A day so many months later; the last of a month where that has fewer days."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = models.DateField()


class AgreementQuerySet(RecordQuerySet):
    def as_of(self, day: dt.date) -> Self:
        """Each with ``asked_on``, ``status_then`` and ``ends_then``, its last day in force."""
        acts = _acts().filter(agreement=OuterRef("pk"), done_on__lte=day)
        return self.annotate(
            asked_on=Value(day),
            _first_end=Coalesce(
                _last(acts.filter(kind=ActKind.EXTENDED), "expires_on"), F("expires_on")
            ),
            ends_then=Case(
                When(_rolled(day), then=_renewed_end(day)),
                default=F("_first_end"),
                output_field=models.DateField(),
            ),
            _begins=Coalesce("effective_on", "signed_on"),
            _paused=_last(acts.filter(kind__in=(ActKind.SUSPENDED, ActKind.RESUMED)), "kind"),
            _changed=_last(acts.filter(kind__in=(ActKind.AMENDED, ActKind.EXTENDED)), "kind"),
            status_then=_status(acts, day),
        )

    def with_status(self, wanted: Iterable[str], day: dt.date) -> Self:
        """Those signed by a day that had one of these statuses on it."""
        return self.filter(signed_on__lte=day).as_of(day).filter(status_then__in=list(wanted))

    def in_force(self, day: dt.date) -> Self:
        return self.with_status(IN_FORCE, day)

    def ending(self, day: dt.date, days: int) -> Self:
        """Those whose term ends within some days; also where it will renew itself."""
        running = self.with_status([*IN_FORCE, Status.SUSPENDED], day)
        return running.filter(ends_then__range=(day, day + dt.timedelta(days=days)))


def _acts() -> Any:
    """The acts; asked for by name, since their model stands on this one."""
    return apps.get_model("agreements", "Act")._default_manager.order_by("-done_on", "-pk")


def _last(acts: Any, column: str) -> Subquery:
    return Subquery(acts.values(column)[:1])


def _rolled(day: dt.date) -> Q:
    """Whether the agreement has renewed itself by a day."""
    return Q(renewal=Renewal.AUTOMATIC, _first_end__lt=day)


def _renewed_end(day: dt.date) -> _Months:
    """The first end of term, moved by whole renewals until it is not before the day."""
    end = F("_first_end")
    behind = (
        (Value(day.year) - ExtractYear(end)) * 12
        + (Value(day.month) - ExtractMonth(end))
        + Case(When(_first_end__day__lt=day.day, then=1), default=0)
    )
    term = F("renewal_months")
    return _Months(end, Cast(Ceil(behind * Value(1.0) / term) * term, models.IntegerField()))


def _status(acts: Any, day: dt.date) -> Case:
    return Case(
        When(Exists(acts.filter(kind=ActKind.TERMINATED)), then=Value(Status.TERMINATED)),
        When(ends_then__lt=day, then=Value(Status.EXPIRED)),
        When(_begins__gt=day, then=Value(Status.PENDING)),
        When(_paused=ActKind.SUSPENDED, then=Value(Status.SUSPENDED)),
        When(_rolled(day), then=Value(Status.EXTENDED)),
        When(_changed__isnull=False, then=F("_changed")),
        default=Value(Status.IN_FORCE),
        output_field=models.CharField(),
    )
