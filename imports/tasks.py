"""Celery tasks of imports: one call."""

from celery import shared_task

from imports import clearing


@shared_task(name="imports.tasks.clear", expires=1800)
def clear() -> None:
    clearing.clear()
