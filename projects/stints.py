"""From when to when a project is in force, as it was known on each day.

A project runs from its first day to its end; an extension moves the end from
the day it was decided, an end or revocation closes it. Between two acts lies
one stint with one end. The rule stands twice, in SQL for sums over thousands
of projects and in Python for one, and a test holds them together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from indicators.computed import Statement
from registers.querysets import RecordQuerySet


class Status(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("status of a project", "not started yet")
    ACTIVE = "active", pgettext_lazy("status of a project", "in force")
    SUSPENDED = "suspended", pgettext_lazy("status of a project", "suspended")
    EXPIRED = "expired", pgettext_lazy("status of a project", "term over")
    ENDED = "ended", pgettext_lazy("status of a project", "ended")
    REVOKED = "revoked", pgettext_lazy("status of a project", "revoked")


class Deed(models.TextChoices):
    EXTENDED = "extended", pgettext_lazy("act on a project", "extended")
    SUSPENDED = "suspended", pgettext_lazy("act on a project", "suspended")
    RESUMED = "resumed", pgettext_lazy("act on a project", "resumed")
    ENDED = "ended", pgettext_lazy("act on a project", "ended")
    REVOKED = "revoked", pgettext_lazy("act on a project", "revoked")


CLOSING = (Deed.ENDED, Deed.REVOKED)
MOVING = (Deed.EXTENDED, *CLOSING)  # what changes how long a project is in force
ON = (Status.ACTIVE, Status.SUSPENDED)  # a suspended project still is in force


def status_on(first: dt.date, end: dt.date | None, acts: Iterable[Any], day: dt.date) -> Status:
    """The status on a day, from what was recorded up to it."""
    if day < first:
        return Status.PLANNED
    closed, is_suspended = "", False
    for act in sorted(acts, key=lambda act: (act.done_on, act.pk or 0)):
        if act.done_on > day:
            break
        if act.kind == Deed.EXTENDED:
            end, closed = act.until, ""
        elif act.kind in CLOSING:
            closed = act.kind
        else:
            is_suspended = act.kind == Deed.SUSPENDED
    if closed:
        return Status(closed)
    if end is not None and end < day:
        return Status.EXPIRED
    return Status.SUSPENDED if is_suspended else Status.ACTIVE


def stints(rows: models.QuerySet[Any]) -> Statement:
    """``WITH`` tables of some projects: ``record`` and its stints (project, first, last).

    In SQL because the ORM cannot look at the next row of a union; nothing in
    these words comes from people.
    """
    records, parameters = _sql(rows.order_by().values_list("pk", _begun(rows.model), "ended_on"))
    acts = rows.model.acts.rel.related_model._meta.db_table
    moving = ", ".join(["%s"] * len(MOVING))
    statement = f"""
        record (project, first, until) AS ({records}),
        step (project, first, until, act, turn) AS (
            SELECT project, first, until, NULL::date, 0 FROM record
            UNION ALL
            SELECT project, GREATEST(act.done_on, first),
                CASE act.kind WHEN %s THEN act.until ELSE GREATEST(act.done_on, first) - 1 END,
                act.done_on, act.id
            FROM {acts} AS act JOIN record ON project = act.project_id
            WHERE act.kind IN ({moving})
        ),
        known (project, first, last) AS (
            SELECT project, first, LEAST(until,
                LEAD(first) OVER (PARTITION BY project ORDER BY first, act NULLS FIRST, turn) - 1)
            FROM step
        ),
        stint AS (SELECT * FROM known WHERE last IS NULL OR last >= first)
    """
    return statement, (*parameters, str(Deed.EXTENDED), *map(str, MOVING))


def _sql(rows: models.QuerySet[Any]) -> Statement:
    statement, parameters = rows.query.sql_with_params()
    return statement, tuple(parameters)


class ProjectQuerySet(RecordQuerySet):
    model: Any

    def begun_by(self, day: dt.date) -> Self:
        return self.alias(begun=_begun(self.model)).filter(begun__lte=day)

    def in_force_on(self, day: dt.date) -> Self:
        """The projects that ran on a day, as it was known then.

        The last act known that day decides: an extension by its new end, a
        closing by itself; where there is none, the project's own end does.
        """
        acts = self.model.acts.rel.related_model.objects.order_by()
        known = acts.filter(kind__in=MOVING, done_on__lte=day)
        later = known.filter(
            Q(done_on__gt=OuterRef("done_on"))
            | Q(done_on=OuterRef("done_on"), pk__gt=OuterRef("pk")),
            project=OuterRef("project"),
        )
        extended = known.filter(
            ~Exists(later), Q(until=None) | Q(until__gte=day), kind=Deed.EXTENDED
        )
        as_decided = Q(ended_on=None) | Q(ended_on__gte=day)
        return self.begun_by(day).filter(
            (as_decided & ~Q(pk__in=known.values("project"))) | Q(pk__in=extended.values("project"))
        )

    def over_by(self, day: dt.date) -> Self:
        """The projects that had begun by a day and were in force no more."""
        every = self.model._default_manager.all()
        return self.begun_by(day).exclude(pk__in=every.in_force_on(day).values("pk"))


def _begun(model: Any) -> Any:
    """The first of these days that is known."""
    names = model.ACTIVE_FROM
    return Coalesce(*names) if len(names) > 1 else F(*names)
