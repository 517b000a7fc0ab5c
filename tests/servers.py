"""Real servers for tests: one data folder, one slot of it for each process.

A slot is a database, a broker number and a folder for files. Whoever holds
its lock owns it, so tests run in parallel, and twice at once, without
meeting. The database is copied from a template that is migrated once for
each state of the migrations.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from langson_portal.embedded import APPLICATION, OWNER, DataFolder

ROOT = Path(__file__).resolve().parent.parent
SLOTS = 16  # as many as a broker has numbered databases
TEMPLATE = "portal_template_"


def data_folder() -> DataFolder:
    return DataFolder(Path(os.environ.get("PORTAL_TEST_DATA") or ROOT / ".build" / "test-data"))


@dataclass(frozen=True)
class Slot:
    """What one test process has to itself for as long as it lives."""

    folder: DataFolder
    number: int
    lock: int

    @classmethod
    def claim(cls, folder: DataFolder) -> Slot:
        """The first slot nobody holds."""
        for number in range(SLOTS):
            lock = os.open(folder.path / f"slot-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(folder, number, lock)
            os.close(lock)
        raise RuntimeError(f"All {SLOTS} slots of {folder.path} are in use.")

    @property
    def database(self) -> str:
        return f"portal_test_{self.number}"

    @property
    def files(self) -> Path:
        return self.folder.path / f"slot-{self.number}" / "files"

    def environment(self) -> dict[str, str]:
        """A complete environment: the same one for this process and all it starts."""
        broker = urlsplit(self.folder.redis_url())._replace(path=f"/{self.number}").geturl()
        return {
            **self.folder.environment(),
            "PORTAL_DATA": str(self.folder.path),
            "DATABASE_URL": self.folder.database_url(APPLICATION, self.database),
            "DATABASE_OWNER_URL": self.folder.database_url(OWNER, self.database),
            "REDIS_URL": broker,
            "FILES_ROOT": str(self.files),
            "LOG_LEVEL": "WARNING",
        }

    def prepare(self) -> None:
        """Empty files, an empty broker and a fresh copy of the migrated template."""
        shutil.rmtree(self.files.parent, ignore_errors=True)
        self.files.mkdir(parents=True, mode=0o700)
        redis.Redis.from_url(self.environment()["REDIS_URL"]).flushdb()
        with _one_at_a_time(self.folder), _as_owner(self.folder) as cursor:
            template = _migrated_template(self.folder, cursor)
            name = sql.Identifier(self.database)
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(statement.format(name, sql.Identifier(template)))

    def analyze(self) -> None:
        """Statistics as the database takes them by itself in time; only the owner of tables may."""
        with _as_owner(self.folder, self.database) as cursor:
            cursor.execute("ANALYZE")

    def empty(self) -> None:
        """Empty all tables as their owner; the application may not even do that.

        A request that a browser is still making may stand in the way: then again.
        """
        with _as_owner(self.folder, self.database) as cursor:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN"
                " ('django_migrations', 'django_content_type', 'auth_permission')"
            )
            tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
            statement = sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables)
            for _attempt in range(5):
                try:
                    return cursor.execute(statement)
                except psycopg2.errors.DeadlockDetected as deadlock:
                    last = deadlock
            raise last


@contextlib.contextmanager
def _as_owner(folder: DataFolder, database: str = "postgres") -> Iterator[Cursor]:
    connection = psycopg2.connect(folder.database_url(OWNER, database))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        yield cursor


@contextlib.contextmanager
def _one_at_a_time(folder: DataFolder) -> Iterator[None]:
    with open(folder.path / "template.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _migrated_template(folder: DataFolder, cursor: Cursor) -> str:
    """The template of today's migrations, made when it is missing; older ones go."""
    wanted = TEMPLATE + _state_of_migrations()
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE}%"])
    known = [name for (name,) in cursor.fetchall()]
    if wanted in known:
        return wanted
    for name in known:  # a draft of a run that was broken off among them
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
    draft = f"{TEMPLATE}draft"
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
    environment = {
        **os.environ,
        **folder.environment(),
        "DATABASE_URL": folder.database_url(APPLICATION, draft),
        "DATABASE_OWNER_URL": folder.database_url(OWNER, draft),
        "DJANGO_SETTINGS_MODULE": "langson_portal.settings.test",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The test database cannot be migrated:\n{done.stdout}{done.stderr}")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(rename.format(sql.Identifier(draft), sql.Identifier(wanted)))
    return wanted


def _state_of_migrations() -> str:
    """A mark that changes with any migration, the grants after them, or a library."""
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("history/*.py")]
    digest = hashlib.sha256()
    for path in (*sorted(files), ROOT / "requirements.lock"):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
