"""Every model's history, kept by database triggers from its first migration.

Triggers catch what forms, bulk writes, imports and plain SQL do alike; the
event tables are append-only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def tracked(*, exclude: Sequence[str] = ()) -> Callable[[Model], Model]:
    """Keep inserts, updates and deletes of a model; ``exclude`` names what is no history.

    Left out are secrets (password hashes) and heartbeats (progress of a job),
    which would drown the trail.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
    )
