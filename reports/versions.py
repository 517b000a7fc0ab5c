"""The versions of a section, out of its history: who wrote what, when.

Every save is in the history. In the list, what one person saved within some
minutes is one version: nobody looks for the seventh automatic save.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from accounts.models import User
from reports.merging import Diff, Say, diff
from reports.models import Section

TOGETHER = dt.timedelta(minutes=10)
MOST = 40  # versions shown
_EVENTS = 2000  # saves looked back on


@dataclass(frozen=True)
class Saved:
    """One saved text."""

    version: int
    text: str
    by: int | None
    at: dt.datetime


@dataclass(frozen=True)
class Version:
    """Consecutive saves of one person, as one; ``changes`` are those since the version before."""

    number: int
    by: User | None
    began: dt.datetime
    ended: dt.datetime
    saves: int
    changes: Diff
    is_current: bool
    is_first: bool


def text_of(section: Section, version: int) -> str | None:
    """The text a version had; None for one that never was."""
    events = section.events.filter(version=version)
    return events.order_by("-pgh_id").values_list("text", flat=True).first()


def texts(section: Section) -> list[Saved]:
    """All saved texts, oldest first; what changed beside the text is no version."""
    rows = section.events.order_by("-pgh_id")[:_EVENTS]
    saved = [
        Saved(*row) for row in rows.values_list("version", "text", "edited_by_id", "edited_at")
    ][::-1]
    return saved[:1] + [new for old, new in pairwise(saved) if new.text != old.text]


def versions(section: Section, say: Say) -> list[Version]:
    """The newest versions first, each with its readable changes."""
    groups = list(_together(texts(section)))
    people = User.objects.in_bulk({group[-1].by for group in groups if group[-1].by})
    made = [
        Version(
            number=group[-1].version,
            by=people.get(group[-1].by or 0),
            began=group[0].at,
            ended=group[-1].at,
            saves=len(group),
            changes=diff(before[-1].text if before else "", group[-1].text, say),
            is_current=group is groups[-1],
            is_first=before is None,
        )
        for before, group in list(zip([None, *groups], groups, strict=False))[-MOST:]
    ]
    return made[::-1]


def _together(saved: list[Saved]) -> Iterator[list[Saved]]:
    """What one person saved without a longer pause; the outline's own text stays alone."""
    group: list[Saved] = []
    for one in saved:
        last = group[-1] if group else None
        if last and last.by is not None and last.by == one.by and one.at - last.at <= TOGETHER:
            group.append(one)
            continue
        if group:
            yield group
        group = [one]
    if group:
        yield group
