"""Background work as rows: the row decides, Celery only carries its number."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from history.tracking import tracked


class JobQuerySet(models.QuerySet["Job"]):
    def claim(self, job_id: int, worker: str) -> Job | None:
        """Take a waiting job, or one whose worker let its lease run out; else None.

        One conditional UPDATE: of two workers carrying the same number, one
        gets the row and the other leaves.
        """
        now = timezone.now()
        free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, leased_until__lt=now)
        claimed = self.filter(free, pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS).update(
            state=Job.State.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            started_at=now,
            leased_until=now + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS),
            progress=0,
            stage="",
        )
        return self.get(pk=job_id) if claimed else None

    def to_send(self) -> JobQuerySet:
        """Waiting jobs the broker may have lost, and running ones whose worker is gone."""
        now = timezone.now()
        forgotten = now - dt.timedelta(seconds=15)
        return self.filter(
            Q(state=Job.State.WAITING) & (Q(sent_at=None) | Q(sent_at__lt=forgotten))
            | Q(state=Job.State.RUNNING, leased_until__lt=now)
        )

    def worn_out(self) -> JobQuerySet:
        """Jobs that lost their worker as often as is allowed."""
        return self.filter(
            state=Job.State.RUNNING,
            leased_until__lt=timezone.now(),
            attempts__gte=settings.JOB_MAX_ATTEMPTS,
        )


@tracked(exclude=["progress", "stage", "leased_until", "sent_at", "worker", "input_hash", "result"])
class Job(models.Model):
    """One piece of work somebody asked for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("kind"), max_length=60)
    parameters = models.JSONField(_("parameters"), default=dict)
    input_hash = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    result = models.JSONField(default=dict)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-requested_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_percent"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False),
                name="job_done_has_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("state", "leased_until"),
                name="job_open",
                condition=Q(state__in=("waiting", "running")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def reference(self) -> str:
        """The code people read to the administrator."""
        return f"CV-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
