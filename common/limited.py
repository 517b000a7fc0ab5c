"""Work that may run away, in a child process with limits: layout, files that people bring.

The parent calls ``run`` or ``lines``; the child's module calls ``confine`` before it
touches anything. It is a plain subprocess because Celery's pool workers are
daemonic and may not use multiprocessing. Knows neither Django nor the
database, so that a child starts quickly and holds nothing worth stealing.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    seconds: float
    cpu_seconds: int
    memory_bytes: int
    output_bytes: int  # of each file the child writes


class Death(StrEnum):
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    CRASHED = "crashed"


class ChildDied(Exception):
    """The child gave no answer; ``complaint`` is the end of what it wrote as errors."""

    def __init__(self, how: Death, returncode: int, complaint: str) -> None:
        self.how = how
        self.returncode = returncode
        self.complaint = complaint
        super().__init__(f"{how} ({returncode}): {complaint}")


def run(module: str, request: bytes, limits: Limits) -> bytes:
    """What ``python -m module`` writes for ``request``; raises ChildDied."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", module],
            input=request,
            capture_output=True,
            cwd=ROOT,
            env=environment(),
            # The child keeps its own time; this is for one that cannot, being stopped or stuck.
            timeout=limits.seconds + 10,
            # Ctrl-C at the parent lets a running piece finish: Celery stops warmly.
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildDied(Death.TOO_LONG, -signal.SIGKILL, f"{limits.seconds} s") from error
    if child.returncode == 0:
        return child.stdout
    raise _death(child.returncode, child.stderr)


def lines(module: str, request: bytes, limits: Limits) -> Generator[bytes, None, None]:
    """The same line by line, while the child goes on writing.

    A child that ends badly is told after its last line: ChildDied. Whoever leaves off
    reading ends it.
    """
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=ROOT,
            env=environment(),
            start_new_session=True,
        ) as child,
    ):
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            child.kill()

        watch = threading.Timer(limits.seconds + 10, give_up)
        watch.start()
        try:
            assert child.stdin is not None and child.stdout is not None
            with suppress(BrokenPipeError), child.stdin:  # one that died is told below
                child.stdin.write(request)
            yield from child.stdout
            child.wait()
        finally:
            watch.cancel()
            child.kill()  # where nobody reads on; one that ended is left in peace
        if is_late.is_set():
            raise ChildDied(Death.TOO_LONG, -signal.SIGKILL, f"{limits.seconds} s")
        if child.returncode:
            complaints.seek(0)
            raise _death(child.returncode, complaints.read())


def _death(returncode: int, complaint: bytes) -> ChildDied:
    said = complaint.decode(errors="replace")[-1000:].strip()
    return ChildDied(_how(returncode, said), returncode, said)


def _how(returncode: int, complaint: str) -> Death:
    if -returncode in (signal.SIGALRM, signal.SIGXCPU):
        return Death.TOO_LONG
    # SIGKILL that is not ours comes from the kernel's out-of-memory killer; the other signs are
    # C libraries that abort when they get no memory, or none for a thread.
    signs = ("allocat", "MemoryError", "Resource temporarily unavailable")
    if -returncode == signal.SIGKILL or any(sign in complaint for sign in signs):
        return Death.TOO_LARGE
    return Death.CRASHED


def environment() -> dict[str, str]:
    """No secrets for a process that reads other people's text."""
    kept = ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
    fixed = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    return {name: os.environ[name] for name in kept if name in os.environ} | fixed


def confine(limits: Limits) -> None:
    """The child bounds itself, so that it ends even when its parent is gone."""
    # Soft below hard: the soft limit sends SIGXCPU, which tells the parent why; the hard one kills.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
