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
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
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
    for act in sorted(acts, key=lambda act: (max(act.done_on, first), act.pk or 0)):
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
    records, parameters = _sql(
        rows.order_by().values_list("pk", Coalesce(*rows.model.ACTIVE_FROM), "ended_on")
        if len(rows.model.ACTIVE_FROM) > 1
        else rows.order_by().values_list("pk", rows.model.ACTIVE_FROM[0], "ended_on")
    )
    acts = rows.model.acts.rel.related_model._meta.db_table
    moving = ", ".join(["%s"] * len(MOVING))
    statement = f"""
        record (project, first, until) AS ({records}),
        step (project, first, until, turn) AS (
            SELECT project, first, until, 0 FROM record
            UNION ALL
            SELECT project, GREATEST(act.done_on, first),
                CASE act.kind WHEN %s THEN act.until ELSE GREATEST(act.done_on, first) - 1 END,
                act.id
            FROM {acts} AS act JOIN record ON project = act.project_id
            WHERE act.kind IN ({moving})
        ),
        known (project, first, last) AS (
            SELECT project, first, LEAST(until,
                LEAD(first) OVER (PARTITION BY project ORDER BY first, turn) - 1)
            FROM step
        ),
        stint AS (SELECT * FROM known WHERE last IS NULL OR last >= first)
    """
    return statement, (*parameters, str(Deed.EXTENDED), *map(str, MOVING))


def _sql(rows: models.QuerySet[Any]) -> Statement:
    statement, parameters = rows.query.sql_with_params()
    return statement, tuple(parameters)


class ProjectQuerySet(RecordQuerySet):
    def _all(self) -> Any:
        """Every project, whatever these rows were narrowed to."""
        return self.model._default_manager.all()

    def in_force_on(self, day: dt.date) -> Self:
        """The projects that ran on a day, as it was known then.

        Only where an act moved the end are stints to be put together; most
        projects run from their own first day to their own last one.
        """
        alive = self._all().alive()
        names = alive.model.ACTIVE_FROM
        acts = alive.model.acts.rel.related_model.objects.filter(kind__in=MOVING)
        tables, parameters = stints(alive.filter(pk__in=acts.values("project")))
        moved = RawSQL(
            f"WITH {tables} SELECT project FROM stint "
            "WHERE first <= %s AND (last IS NULL OR last >= %s)",
            (*parameters, day, day),
        )
        begun = Coalesce(*names) if len(names) > 1 else F(names[0])
        unmoved = alive.alias(begun=begun).filter(
            Q(ended_on=None) | Q(ended_on__gte=day), begun__lte=day
        )
        return self.filter(
            Q(pk__in=moved) | Q(pk__in=unmoved.exclude(pk__in=acts.values("project")).values("pk"))
        )

    def over_by(self, day: dt.date) -> Self:
        """The projects that had begun by a day and were in force no more."""
        names = self._all().model.ACTIVE_FROM
        begun = Coalesce(*names, *names[-1:])
        return (
            self.alias(begun=begun)
            .filter(begun__lte=day)
            .exclude(pk__in=self._all().alive().in_force_on(day).values("pk"))
        )
