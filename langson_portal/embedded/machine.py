"""What both servers ask of the machine: programs, ports, private files, patience."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class CannotStart(RuntimeError):
    """A server could not be started; the message says which, why and what to do."""


def write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)


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


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold signals that end us back: half a start or half a stop would leave a server behind.

    Not by blocking them: the servers would inherit that and never hear SIGTERM.
    """
    came: list[int] = []
    before = {
        ending: signal.signal(ending, lambda number, frame: came.append(number))
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
    for number in came:
        signal.raise_signal(number)


def run(arguments: list[str], what: str, log: Path | None = None, **kwargs: Any) -> None:
    done = subprocess.run(  # output to a file: pg_ctl's child keeps a pipe open for ever
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
        start_new_session=True,  # Ctrl-C is for the launcher, which stops us in order
        **kwargs,
    )
    if done.returncode:
        tail = log.read_text(errors="replace")[-1500:] if log and log.exists() else ""
        raise CannotStart(f"{what} failed (exit {done.returncode}).\n{tail}")


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait(until: Callable[[], bool], otherwise: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        if time.monotonic() > deadline:
            raise CannotStart(otherwise)
        time.sleep(0.02)
