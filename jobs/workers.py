"""Whether anybody does the work."""

from __future__ import annotations

from celery import current_app


def worker_answers(seconds: float = 0.7) -> bool:
    """Whether a worker answers a ping; False also when the broker does not."""
    try:
        return bool(current_app.control.ping(timeout=seconds, limit=1))
    except Exception:  # any transport error means the same to the reader of the page
        return False
