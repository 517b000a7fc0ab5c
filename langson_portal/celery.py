"""Celery carries jobs; a row in PostgreSQL decides them (see jobs.models.Job)."""

from celery import Celery

app = Celery("langson_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
