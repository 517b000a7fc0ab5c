"""Why a job does not move, in words for who waits for it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.actions import broker_answers
from jobs.models import Job
from jobs.workers import worker_answers

PATIENCE = dt.timedelta(seconds=6)  # a waiting job older than this says why it waits


def why_it_waits(job: Job) -> str:
    """Why nothing moves, for a job nobody has begun or whose worker is gone; else ""."""
    now = timezone.now()
    unbegun = job.state == Job.State.WAITING and now - job.requested_at > PATIENCE
    abandoned = (
        job.state == Job.State.RUNNING and job.leased_until is not None and job.leased_until < now
    )
    if not (unbegun or abandoned):
        return ""
    asked = timezone.localtime(job.requested_at).strftime("%H:%M")
    if not broker_answers():
        return _(
            "The request was received at %(time)s and is kept; the queue cannot be reached now. "
            "No need to press again: it starts by itself."
        ) % {"time": asked}
    if not worker_answers():
        return _(
            "The request was received at %(time)s and waits for the worker to start again. "
            "No need to press again; the result will be here."
        ) % {"time": asked}
    return _("The request was received at %(time)s; other work is before it.") % {"time": asked}
