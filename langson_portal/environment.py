"""The one place where the process environment is read.

Everything the portal takes from outside is a field of ``Environment``; what
production cannot do without is required, and all that is missing is named at
once instead of one failure at a time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
REQUIRED = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "FILES_ROOT")
OPTIONAL = (
    "DATABASE_OWNER_URL",
    "DATABASE_ROLE",
    "CSRF_TRUSTED_ORIGINS",
    "STATIC_ROOT",
    "LOG_LEVEL",
    "TRUSTED_PROXIES",
)


@dataclass(frozen=True)
class Environment:
    """What the portal was told from outside."""

    secret_key: str
    database: dict[str, Any]
    application_role: str
    redis_url: str
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    files_root: Path
    static_root: Path
    log_level: str
    trusted_proxies: int


def read() -> Environment:
    """Read the environment; raises ImproperlyConfigured naming all that is missing.

    ``DATABASE_ROLE=owner`` (set by manage.py for migrations) connects as the
    owner of the tables; everything else runs as the application's own role,
    which can neither change the schema nor rewrite history.
    """
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            "Missing in the environment: "
            + ", ".join(missing)
            + ". Run `make setup` for a local data folder, or set them (see README.md)."
        )
    env = environ.Env()
    as_owner = env.str("DATABASE_ROLE", "application") == "owner"
    if as_owner and not os.environ.get("DATABASE_OWNER_URL"):
        raise ImproperlyConfigured("DATABASE_ROLE=owner needs DATABASE_OWNER_URL")
    return Environment(
        secret_key=env.str("SECRET_KEY"),
        database=env.db_url("DATABASE_OWNER_URL" if as_owner else "DATABASE_URL"),
        application_role=urlsplit(os.environ["DATABASE_URL"]).username or "",
        redis_url=env.str("REDIS_URL"),
        allowed_hosts=env.list("ALLOWED_HOSTS"),
        csrf_trusted_origins=env.list("CSRF_TRUSTED_ORIGINS", default=[]),
        files_root=Path(env.str("FILES_ROOT")),
        static_root=Path(env.str("STATIC_ROOT", str(BASE_DIR / ".build" / "collected"))),
        log_level=env.str("LOG_LEVEL", "INFO"),
        trusted_proxies=env.int("TRUSTED_PROXIES", 0),
    )
