"""A child whose answer is read while it writes."""

from __future__ import annotations

import os
import time

import pytest

from common import limited
from common.limited import MIB, ChildDied, Death, Limits

LIMITS = Limits(seconds=30, cpu_seconds=30, memory_bytes=512 * MIB, output_bytes=MIB)


@pytest.fixture
def child(tmp_path, monkeypatch):
    """A module of these lines."""

    def made(*lines: str) -> str:
        (tmp_path / "child_of_a_test.py").write_text("\n".join(("import os, sys, time", *lines)))
        monkeypatch.setattr(limited, "ROOT", tmp_path)
        return "child_of_a_test"

    return made


def test_lines_come_before_the_child_has_ended(child, tmp_path):
    goes_on = "while not os.path.exists('go'): time.sleep(0.01)"
    module = child("print(sys.stdin.read(), flush=True)", goes_on, "print('end')")
    found = limited.lines(module, b"asked", LIMITS)
    assert next(found) == b"asked\n"
    (tmp_path / "go").touch()
    assert list(found) == [b"end\n"]


def test_a_child_that_fails_is_told_after_its_last_line(child):
    found = limited.lines(child("print('one', flush=True)", "sys.exit('why')"), b"", LIMITS)
    assert next(found) == b"one\n"
    with pytest.raises(ChildDied) as died:
        next(found)
    assert (died.value.how, died.value.complaint) == (Death.CRASHED, "why")


def test_a_child_that_reads_nothing_is_told_by_how_it_ended(child):
    found = limited.lines(child("os.close(0)", "sys.exit('why')"), b"x" * MIB, LIMITS)
    with pytest.raises(ChildDied):
        list(found)


def test_whoever_leaves_off_reading_ends_the_child(child):
    found = limited.lines(child("print(os.getpid(), flush=True)", "time.sleep(600)"), b"", LIMITS)
    number = int(next(found))
    begun = time.monotonic()
    found.close()
    assert time.monotonic() - begun < 60
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_child_that_is_stuck_is_ended(child):
    short = Limits(seconds=-9.5, cpu_seconds=30, memory_bytes=512 * MIB, output_bytes=MIB)
    found = limited.lines(child("time.sleep(600)"), b"", short)
    with pytest.raises(ChildDied) as died:
        list(found)
    assert died.value.how is Death.TOO_LONG
