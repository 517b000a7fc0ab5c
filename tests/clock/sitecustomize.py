"""A server that lives on another day: a test puts this folder on the server's PYTHONPATH.

Python imports a module of this name before anything else. The portal asks Django
for the time, so moving that one function moves the whole process, and the portal
itself knows nothing of it.
"""

from __future__ import annotations

import datetime as dt
import os

from django.utils import timezone

_real_now = timezone.now
_ahead = dt.datetime.fromisoformat(os.environ["CLOCK_STARTS_AT"]) - dt.datetime.now(dt.UTC)


def _now() -> dt.datetime:
    return _real_now() + _ahead


timezone.now = _now
