"""Asking for work, sending it to the broker, doing it, failing it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import socket
from typing import Any

import pghistory
from celery import current_app
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.kinds import JobFailed, Reporter, work_for
from jobs.models import Job

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must not write any more."""


def request(kind: str, *, by: User, parameters: dict[str, Any]) -> Job:
    """Store a job and send it once the transaction is committed.

    A request that cannot be sent is not lost: the row waits and the sweep
    sends it again.
    """
    job = Job.objects.create(
        kind=kind,
        requested_by=by,
        parameters=parameters,
        input_hash=_input_hash(kind, parameters),
    )
    transaction.on_commit(lambda: send(job))
    return job


def _input_hash(kind: str, parameters: dict[str, Any]) -> str:
    """One mark for the same question, whatever the order it was written down in."""
    canonical = json.dumps([kind, parameters], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def send(job: Job) -> bool:
    """Hand the job's number to the broker; False when the broker is down."""
    try:
        current_app.send_task("jobs.tasks.run", args=[job.pk], retry=False)
    except Exception as error:  # whatever the transport raises, the row keeps waiting
        logger.warning("broker does not take job %s: %s", job.pk, error)
        return False
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(sent_at=timezone.now())
    return True


def broker_answers() -> bool:
    """Whether the broker can be reached right now."""
    try:
        with current_app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except Exception:  # any transport error means the same to the reader of the page
        return False
    return True


def run(job_id: int) -> None:
    """Do one job, unless somebody else does it or it is done."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    job = Job.objects.claim(job_id, worker)
    if job is None:
        return
    with (
        translation.override(job.requested_by.language),
        pghistory.context(user=job.requested_by_id, job=job.pk),
    ):
        try:
            result = work_for(job.kind)(job, _reporter(job, worker))
        except LeaseLost:
            logger.warning("job %s was taken over by another worker", job.pk)
        except JobFailed as failure:
            _finish(job, worker, state=Job.State.FAILED, error=str(failure))
        except Exception:
            logger.exception("job %s failed", job.pk)
            _finish(
                job,
                worker,
                state=Job.State.FAILED,
                error=_(
                    "The work stopped because of an error in the portal. Figures and text are "
                    "unharmed. Tell the administrator (code %(code)s)."
                )
                % {"code": job.reference},
            )
        else:
            _finish(job, worker, state=Job.State.DONE, progress=100, result=result)


def _reporter(job: Job, worker: str) -> Reporter:
    def report(stage: str, percent: int) -> None:
        lease = timezone.now() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
        ours = Job.objects.filter(pk=job.pk, worker=worker, state=Job.State.RUNNING)
        if not ours.update(stage=stage, progress=percent, leased_until=lease):
            raise LeaseLost

    return report


def _finish(job: Job, worker: str, **fields: Any) -> None:
    try:
        Job.objects.filter(pk=job.pk, worker=worker, state=Job.State.RUNNING).update(
            finished_at=timezone.now(), leased_until=None, **fields
        )
    except DatabaseError:
        logger.exception("job %s: the outcome could not be written", job.pk)
        raise


def sweep() -> int:
    """Fail jobs that lost their worker too often, send again what may be lost."""
    for job in Job.objects.worn_out():
        with translation.override(job.requested_by.language):
            Job.objects.worn_out().filter(pk=job.pk).update(  # unless a worker came back
                state=Job.State.FAILED,
                finished_at=timezone.now(),
                error=_(
                    "The work was begun %(times)s times and never ended. "
                    "Tell the administrator (code %(code)s)."
                )
                % {"times": job.attempts, "code": job.reference},
            )
    waiting = list(Job.objects.to_send())
    return sum(send(job) for job in waiting)
