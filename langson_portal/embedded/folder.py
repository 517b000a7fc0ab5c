"""The data folder: secrets, ports, and who uses its servers right now."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from langson_portal.embedded import postgres, valkey
from langson_portal.embedded.machine import undisturbed, write_private
from langson_portal.embedded.postgres import APPLICATION, DATABASE, OWNER


class DataFolder:
    """One folder with everything a local portal keeps."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.secrets_file = self.path / "secrets.json"
        self.ports_file = self.path / "ports.json"
        self.postgres = self.path / "postgres"
        self.valkey = self.path / "valkey"
        self._lock: int | None = None

    @property
    def exists(self) -> bool:
        return self.secrets_file.exists()

    def prepare(self) -> None:
        """Create the folder with fresh secrets; an existing one keeps its own."""
        self.path.mkdir(parents=True, exist_ok=True)
        for part in (self.postgres, self.valkey, self.path / "files"):
            part.mkdir(mode=0o700, exist_ok=True)
        if self.exists:
            return
        names = ("secret_key", "superuser", "owner", "application", "valkey")
        values = {name: secrets.token_urlsafe(48) for name in names}
        _write_json(self.secrets_file, values)

    def secrets(self) -> dict[str, str]:
        return json.loads(self.secrets_file.read_text())

    def ports(self) -> dict[str, int]:
        return json.loads(self.ports_file.read_text()) if self.ports_file.exists() else {}

    def database_url(self, role: str, database: str = DATABASE) -> str:
        known = self.secrets()
        password = known[{OWNER: "owner", APPLICATION: "application"}.get(role, "superuser")]
        return (
            f"postgres://{role}:{password}@127.0.0.1:{self.ports().get('postgres', 0)}/{database}"
        )

    def redis_url(self) -> str:
        return f"redis://:{self.secrets()['valkey']}@127.0.0.1:{self.ports().get('valkey', 0)}/0"

    def environment(self) -> dict[str, str]:
        """What the settings need to work on this folder and its servers."""
        return {
            "SECRET_KEY": self.secrets()["secret_key"],
            "DATABASE_URL": self.database_url(APPLICATION),
            "DATABASE_OWNER_URL": self.database_url(OWNER),
            "REDIS_URL": self.redis_url(),
            "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
            "FILES_ROOT": str(self.path / "files"),
        }

    def use(self, *, postgres: bool = True, valkey: bool = True) -> None:
        """Make the servers run and keep them for as long as this process lives."""
        self._lock = os.open(self.path / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        atexit.register(self.leave)  # before: when one server fails the other must still stop
        with self._starting():
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self._start(with_postgres=postgres, with_valkey=valkey)

    def leave(self) -> None:
        """Let go; the last one out stops the servers."""
        if self._lock is None:
            return
        lock, self._lock = self._lock, None
        with self._starting():
            fcntl.flock(lock, fcntl.LOCK_UN)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still needs them
            finally:
                os.close(lock)
            try:
                postgres.stop(self.postgres)
            finally:
                valkey.stop(self.valkey)

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        """One process at a time looks at, starts or stops the servers."""
        with undisturbed(), open(self.path / "start.lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _start(self, *, with_postgres: bool, with_valkey: bool) -> None:
        ports = self.ports()
        known = self.secrets()
        if with_postgres and not postgres.runs(self.postgres):
            ports["postgres"] = postgres.start(self.postgres, known, ports.get("postgres"))
        if with_valkey and not valkey.runs(self.valkey):
            ports["valkey"] = valkey.start(self.valkey, known, ports.get("valkey"))
        _write_json(self.ports_file, ports)


def _write_json(path: Path, values: Mapping[str, object]) -> None:
    draft = path.with_suffix(".new")
    write_private(draft, json.dumps(dict(values), indent=1))
    draft.replace(path)
