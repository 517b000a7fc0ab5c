"""PostgreSQL and Valkey out of wheels, for machines without servers.

A data folder holds secrets (mode 600), the two servers' data and the files of
the portal. Any process may ask for the folder's servers: the first starts
them, everyone holds a shared lock while using them, and the last one out
stops them. So a shell never pulls the database from under a running portal.
"""

from langson_portal.embedded.folder import DataFolder
from langson_portal.embedded.machine import CannotStart, free_port
from langson_portal.embedded.postgres import (
    APPLICATION,
    DATABASE,
    OWNER,
    SUPERUSER,
    SYSTEM_USER,
    postgres_binary,
)

__all__ = [
    "APPLICATION",
    "DATABASE",
    "OWNER",
    "SUPERUSER",
    "SYSTEM_USER",
    "CannotStart",
    "DataFolder",
    "free_port",
    "postgres_binary",
]
