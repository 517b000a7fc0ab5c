"""The whole portal running as people meet it: web server, worker, beat, real figures."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from langson_portal.embedded import free_port
from langson_portal.management.commands.serve import commands
from tests.servers import ROOT, Slot, data_folder


def until(happens: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait for something that must happen; says what did not."""
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.1)


@dataclass
class Stack:
    """A running portal of its own; its parts can be stopped and started."""

    slot: Slot
    port: int
    passwords: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **changes: str) -> dict[str, str]:
        settings = {"DJANGO_SETTINGS_MODULE": "langson_portal.settings.dev"}
        return {**os.environ, **self.slot.environment(), **settings, **changes}

    def manage(self, *arguments: str) -> str:
        """Run a command of the portal on this stack's data."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, **changes: str) -> None:
        """Start ``web``, ``worker`` or ``beat`` as everywhere else it is started."""
        log = (self.log_folder / f"{name}.log").open("a")
        command = commands("127.0.0.1", self.port)[name]
        if name == "beat":  # not where this process has its own files
            command[-1] = f"--schedule={self.log_folder / 'beat-schedule'}"
        self.running[name] = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment(**changes),
            stdout=log,
            stderr=log,
        )

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @property
    def log_folder(self) -> Path:
        return self.slot.files.parent

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{self.url}/song/", timeout=2).status == 200
        return False


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A portal with the published figures and demo accounts, as `make run` serves it."""
    made = Stack(Slot.claim(data_folder()), free_port())
    made.slot.prepare()
    made.manage("load_published")
    made.manage("demo_accounts")
    accounts = json.loads((made.slot.files.parent / "demo-accounts.json").read_text())
    made.passwords = accounts
    for name in ("web", "worker", "beat"):
        made.start(name)
    until(made.answers, "the web server answering")
    yield made
    for name in list(made.running):
        made.stop(name)
