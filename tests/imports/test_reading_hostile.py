"""Files nobody should send: each is refused in words or read, soon, in little memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from common.limited import MIB, ROOT, environment
from imports import opening
from imports.book import Broken, Flaw
from imports.opening import LIMITS, open_book
from imports.reading.cells import Reason
from tests.imports import books
from tests.imports.hostile import BROKEN_CELLS, HOSTILE, TABLE, Hostile

SECONDS = 10  # of the processor, which a busy machine does not stretch


def values(book) -> list[tuple]:
    return [row.cells for row in book.sheets[0]]


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused_in_words_or_read(hostile: Hostile, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content, before = hostile.make(), spent()
    if hostile.is_read:
        assert values(open_book(ContentFile(content), hostile.name)) == [*map(tuple, TABLE)]
    else:
        with pytest.raises(opening.Refused) as refused:
            open_book(ContentFile(content), hostile.name)
        assert refused.value.reason is hostile.reason
        assert hostile.detail in refused.value.message
        assert len(refused.value.message) > 20
    assert spent() - before < SECONDS
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason):
    assert len(opening.worded(reason, "Biểu 01!F12")) > 20


MEASURE = """
import json, resource, sys
from common import limited
asked = sys.stdin.buffer.read()
try:
    limited.run("imports.reader", asked, limited.Limits(**json.loads(asked)["limits"]))
except limited.ChildDied:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
"""


def measured(path: Path, name: str) -> tuple[float, int]:
    """Seconds of the processor and bytes in memory of one real child.

    Asked of a small process: the memory of whoever starts a child counts as the child's.
    """
    request = {"path": str(path), "name": name, "limits": asdict(LIMITS)}
    said = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=json.dumps(request).encode(),
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        check=True,
    )
    seconds, memory = json.loads(said.stdout)
    return seconds, memory


@pytest.mark.parametrize(
    "name", ["bom.xlsx", "khai gian.xlsx", "ô 100 MB.xlsx", "ô cuối.xlsx", "vòng thư mục.xls"]
)
def test_the_child_stays_within_its_memory(tmp_path, name):
    hostile = next(hostile for hostile in HOSTILE if hostile.name == name)
    path = tmp_path / "x"
    path.write_bytes(hostile.make())
    cpu, memory = measured(path, name)
    assert cpu < SECONDS
    assert memory < LIMITS.memory_bytes


def test_a_hundred_thousand_rows_are_read_in_a_few_seconds_and_little_memory(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(books.xlsx({"Sổ": books.trade(100_000)}))
    cpu, memory = measured(path, "a.xlsx")
    assert cpu < 10
    assert memory < 256 * MIB


def test_the_child_that_takes_too_long_is_ended_and_that_is_said(monkeypatch, tmp_path):
    short = opening.Limits(seconds=0.1, cpu_seconds=1, memory_bytes=512 * MIB, output_bytes=MIB)
    monkeypatch.setattr(opening, "LIMITS", short)
    with pytest.raises(opening.Refused) as refused:
        open_book(ContentFile(books.xlsx({"A": books.trade(8_000)})), "a.xlsx")
    assert refused.value.reason is Reason.TOO_LONG


def test_after_a_child_that_died_the_next_file_is_read():
    with pytest.raises(opening.Refused):
        open_book(ContentFile(b"\xd0\xcf\x11\xe0" + b"\xff" * 5000), "a.xls")
    assert values(open_book(ContentFile(books.xlsx({"A": TABLE})), "a.xlsx")) == [
        *map(tuple, TABLE)
    ]


@pytest.mark.parametrize("make", [books.xlsx, books.xls, books.ods])
def test_a_cell_that_cannot_be_used_is_told_by_its_place(make):
    rows = [BROKEN_CELLS[0], [BROKEN_CELLS[1][0], "a"]]
    book = open_book(ContentFile(make({"A": rows})), "a.bin")
    cell = book.sheets[0].rows[1].cells[0]
    assert isinstance(cell, Broken) and cell.flaw is Flaw.ERROR and cell.text.startswith("#")
    assert book.sheets[0].rows[1].cells[1] == "a"


def test_texts_no_database_takes_are_broken_cells():
    rows = [BROKEN_CELLS[0], ["#REF!", BROKEN_CELLS[1][1]], BROKEN_CELLS[2]]
    book = open_book(ContentFile(books.csv(rows)), "a.csv")
    flaws = [[cell.flaw for cell in row.cells] for row in book.sheets[0].rows[1:]]
    assert flaws == [[Flaw.ERROR, Flaw.CONTROL], [Flaw.CONTROL, Flaw.TOO_LONG]]
    shown = [cell.text for row in book.sheets[0].rows[1:] for cell in row.cells]
    assert all(text.isprintable() and len(text) <= 41 for text in shown)


def test_a_name_of_any_kind_is_only_asked_for_its_ending():
    names = ["../../etc/passwd.csv", "a\0.csv", "‮vsc.csv", "x" * 5000 + ".csv", "$(id).csv"]
    for name in names:
        assert values(open_book(ContentFile(books.csv(TABLE)), name)) == [*map(tuple, TABLE)]
