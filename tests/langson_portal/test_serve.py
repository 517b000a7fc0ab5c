"""`manage.py serve` on a data folder of its own: however it ends, nothing lives on."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from langson_portal.embedded import CannotStart, DataFolder, free_port, postgres, valkey
from tests.langson_portal.test_settings import OURS
from tests.servers import ROOT
from tests.stack import until

PATIENCE = 180  # seconds: a disk that others write to takes long to end a database
# Gives the command a terminal of its own, as a window of a person has; the tests themselves may
# have been started so as to outlive theirs.
IN_A_TERMINAL = (
    "import fcntl, os, signal, sys, termios;"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL);"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    made = DataFolder(tmp_path_factory.mktemp("serve"))
    made.prepare()
    return made


def living(folder: DataFolder) -> list[str]:
    """Every process that works for the folder: its name is in their environment."""
    mark = os.fsencode(f"PORTAL_DATA={folder.path}")
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/song/", timeout=2).status == 200
    return False


@contextlib.contextmanager
def serving(folder: DataFolder, port: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The running command and the other end of its terminal."""
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, "manage.py", "serve", "--no-data", f"--port={port}"],
        cwd=ROOT,
        env={**bare, "PORTAL_DATA": str(folder.path)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        with contextlib.suppress(OSError):
            os.close(ours)
        process.terminate()
        process.wait(PATIENCE)


def database_answers(folder: DataFolder) -> bool:
    port = folder.ports().get("postgres")
    with contextlib.suppress(OSError):
        if port:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return True
    return False


@pytest.mark.parametrize("ending", ["closed terminal", "SIGTERM"])
def test_a_running_portal_takes_everything_along(folder, ending):
    port = free_port()
    with serving(folder, port) as (process, terminal):
        until(lambda: answers(port), "the portal answering", 120)
        assert len(living(folder)) > 5
        if ending == "closed terminal":
            os.close(terminal)
        else:
            process.send_signal(getattr(signal, ending))
        process.wait(PATIENCE)
        until(lambda: not living(folder), "the end of all its processes", PATIENCE)
    assert not database_answers(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_portal_that_is_still_starting_stops_its_servers(folder, number):
    with serving(folder, free_port()) as (process, _terminal):
        until(lambda: database_answers(folder), "the database answering", 60)
        process.send_signal(number)
        assert process.wait(PATIENCE) in (128 + number, 120)
        until(lambda: not living(folder), "the end of all its processes", PATIENCE)


def test_a_program_with_the_number_of_a_dead_database_is_not_the_database(tmp_path):
    folder = DataFolder(tmp_path / "reused")
    folder.prepare()
    folder.use(valkey=False)
    folder.leave()
    port = folder.ports()["postgres"]
    stale = f"{os.getpid()}\n{folder.postgres}\n1\n{port}\n\n127.0.0.1\n1 1\nready\n"
    (folder.postgres / "postmaster.pid").write_text(stale)
    assert not postgres.runs(folder.postgres)
    folder.use(valkey=False)
    assert postgres.runs(folder.postgres) and database_answers(folder)
    folder.leave()
    assert not postgres.runs(folder.postgres)


def test_a_process_whose_second_server_fails_stops_the_first(tmp_path):
    folder = DataFolder(tmp_path / "half")
    folder.prepare()
    (folder.valkey / "valkey.log").symlink_to(tmp_path / "no" / "such")  # then it does not start
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**bare, "PORTAL_DATA": str(folder.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode and "Valkey" in done.stderr
    assert (folder.postgres / "PG_VERSION").exists()
    assert not postgres.runs(folder.postgres) and not valkey.runs(folder.valkey)
    with pytest.raises(CannotStart):
        folder.use(postgres=False)
    folder.leave()


def test_a_killed_queue_is_waited_for_until_it_has_loaded_what_it_kept(tmp_path):
    known = {"valkey": "secret"}
    port = valkey.start(tmp_path, known, None)
    with redis.Redis(port=port, password="secret") as client:
        client.eval("for n = 1, 1000000 do redis.call('RPUSH', 'jobs', n) end", 0)
        os.kill(int((tmp_path / "valkey.pid").read_text()), signal.SIGKILL)
    until(lambda: not valkey.runs(tmp_path), "the end of the queue", 60)
    port = valkey.start(tmp_path, known, None)
    with redis.Redis(port=port, password="secret", retry=Retry(NoBackoff(), 0)) as client:
        assert client.llen("jobs") == 1_000_000
    valkey.stop(tmp_path)
