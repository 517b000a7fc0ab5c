"""Which function does which kind of job; apps register theirs in ``<app>/jobs.py``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from jobs.models import Job


class JobFailed(Exception):
    """Work that cannot be done; the message is shown to people as it is."""


class Reporter(Protocol):
    """What a job may tell while it runs."""

    def __call__(self, stage: str, percent: int) -> None: ...


Work = Callable[[Job, Reporter], dict[str, Any]]
_kinds: dict[str, Work] = {}


def job_kind(name: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind; it returns the job's result."""

    def register(work: Work) -> Work:
        if name in _kinds:
            raise ValueError(f"job kind {name!r} is declared twice")
        _kinds[name] = work
        return work

    return register


def work_for(kind: str) -> Work:
    """The function for a kind; raises KeyError for one nobody declares."""
    return _kinds[kind]
