"""Who has a section open right now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from reports.models import Section, SectionPresence

GONE_AFTER = dt.timedelta(seconds=35)  # three heartbeats
FORGOTTEN_AFTER = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Others:
    """Other people in the section, and whether oneself is there in another window."""

    names: list[str]
    is_here_twice: bool


def beat(section: Section, user: User, window: str) -> Others:
    """Say that ``user`` is here, and hear who else is."""
    now = timezone.now()
    SectionPresence.objects.update_or_create(
        section=section, user=user, window=window[:40], defaults={"seen_at": now}
    )
    SectionPresence.objects.filter(section=section, seen_at__lt=now - FORGOTTEN_AFTER).delete()
    here = (
        SectionPresence.objects.filter(section=section, seen_at__gte=now - GONE_AFTER)
        .exclude(user=user, window=window[:40])
        .select_related("user")
    )
    names = dict.fromkeys(str(one.user) for one in here if one.user_id != user.pk)
    return Others(list(names), any(one.user_id == user.pk for one in here))


def leave(section: Section, user: User, window: str) -> None:
    SectionPresence.objects.filter(section=section, user=user, window=window[:40]).delete()
