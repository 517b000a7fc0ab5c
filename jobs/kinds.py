"""Which function does which kind of job; apps register theirs in ``<app>/jobs.py``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from jobs.models import Job


class JobFailed(Exception):
    """Work that cannot be done; the message is shown to people as it is."""


class Reporter(Protocol):
    """What a job may tell while it runs."""

    def __call__(self, stage: str, percent: int) -> None: ...


@dataclass(frozen=True)
class Shown:
    """A job as a list of work shows it: what it is about, where it is, how far it has come.

    ``waits`` is what the person has to do now that the work is done.
    """

    title: str
    address: str
    stage: str = ""
    waits: str = ""


Work = Callable[[Job, Reporter], dict[str, Any]]
Show = Callable[[Sequence[Job]], dict[int, Shown]]
_kinds: dict[str, Work] = {}
_shows: dict[str, Show] = {}


def job_kind(name: str, *, show: Show | None = None) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind; it returns the job's result.

    ``show`` tells of jobs by their key how a list shows them, all in one query.
    """

    def register(work: Work) -> Work:
        if name in _kinds:
            raise ValueError(f"job kind {name!r} is declared twice")
        _kinds[name] = work
        if show is not None:
            _shows[name] = show
        return work

    return register


def work_for(kind: str) -> Work:
    """The function for a kind; raises KeyError for one nobody declares."""
    return _kinds[kind]


def shown(jobs: Sequence[Job]) -> list[tuple[Job, Shown]]:
    """Jobs with how they are shown; one whose kind shows none is left out."""
    found: dict[int, Shown] = {}
    for kind in sorted({job.kind for job in jobs} & _shows.keys()):
        found |= _shows[kind]([job for job in jobs if job.kind == kind])
    return [(job, found[job.pk]) for job in jobs if job.pk in found]
