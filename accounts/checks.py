"""Start-up and deployment checks of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError

from accounts.models import User


def no_demo_accounts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Active demo accounts, whose passwords lie in a file, stop a real installation."""
    if settings.DEMO_ACCOUNTS_ALLOWED:
        return []
    try:
        names = list(
            User.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True)
        )
    except DatabaseError:
        return []  # no database, or not migrated yet: then there is no account either
    if not names:
        return []
    return [
        Error(
            f"Demo accounts are active: {', '.join(sorted(names))}.",
            hint="Close them with: manage.py demo_accounts --deactivate",
            id="accounts.E001",
        )
    ]


def no_demo_accounts_in(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same wherever a database is checked: each migration, each ``--database``."""
    return no_demo_accounts(app_configs) if databases else []
