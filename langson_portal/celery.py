"""Celery carries jobs; a row in PostgreSQL decides them (see jobs.models.Job)."""

from pathlib import Path

from celery import Celery
from celery.beat import Service
from celery.signals import after_task_publish, beat_init

app = Celery("langson_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def leave_signs_of_life(sender: Service, **kwargs: object) -> None:
    """In beat, touch a file beside the schedule whenever the broker took a task.

    A health check looks at its age: a beat that hangs, or whose broker is
    gone, has a process but sends nothing.
    """
    sent = Path(f"{sender.schedule_filename}.sent")

    def touch(**kwargs: object) -> None:
        sent.touch()

    after_task_publish.connect(touch, weak=False)
