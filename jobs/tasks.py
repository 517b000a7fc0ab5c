"""Celery tasks: an id in, one call."""

from celery import shared_task

from jobs import actions


@shared_task(name="jobs.tasks.run")
def run(job_id: int) -> None:
    actions.run(job_id)


@shared_task(name="jobs.tasks.sweep", expires=30)
def sweep() -> None:
    actions.sweep()
