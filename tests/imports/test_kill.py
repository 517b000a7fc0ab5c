"""A real worker killed in the middle of an import, and a broker that is away."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from langson_portal.embedded import free_port
from tests.servers import ROOT
from tests.stack import Stack, until

pytestmark = pytest.mark.stack

ROWS = 1500
YEAR = 2016
CONFIRM = """
from imports import pipeline, tokens
from imports.models import Upload
upload = Upload.objects.get(pk={upload})
pipeline.confirm(upload, by=upload.by, token=tokens.sign(upload, upload.by))
"""


class Database:
    """What stands in the stack's database, seen from outside."""

    def __init__(self, stack: Stack) -> None:
        self.address = stack.slot.environment()["DATABASE_URL"]
        self.looking = psycopg2.connect(self.address)
        self.looking.autocommit = True
        self.holding = psycopg2.connect(self.address)

    def ask(self, statement: str, *parameters: Any) -> Any:
        with self.looking.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchone()[0] if cursor.description else None

    def hold_the_year(self) -> None:
        """Whoever has written records of this year waits, before it is committed."""
        with self.holding.cursor() as cursor:
            cursor.execute("SELECT FROM reference_reportingyear WHERE year = %s FOR UPDATE", [YEAR])
            assert cursor.rowcount == 1

    def let_go(self) -> None:
        self.holding.rollback()

    def state(self, upload: int) -> str:
        return self.ask("SELECT state FROM imports_upload WHERE id = %s", upload)

    def written(self, upload: int) -> int:
        return self.ask("SELECT count(*) FROM trade_turnover WHERE import_id = %s", upload)

    def told(self, upload: int) -> int:
        return self.ask("SELECT count(*) FROM trade_turnoverevent WHERE import_id = %s", upload)

    def job(self, upload: int, column: str) -> Any:
        return self.ask(
            f"SELECT job.{column} FROM jobs_job job JOIN imports_upload upload"
            " ON upload.job_id = job.id WHERE upload.id = %s",
            upload,
        )

    def is_writing(self) -> bool:
        """Whether the worker has written everything, and waits for the year."""
        return self.ask(
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database() AND query LIKE '%%reference_reportingyear%%'"
        )

    def let_the_lease_run_out(self, upload: int) -> None:
        """As three minutes later."""
        self.ask(
            "UPDATE jobs_job SET leased_until = now() - interval '1 second' WHERE state = 'running'"
            " AND id = (SELECT job_id FROM imports_upload WHERE id = %s)",
            upload,
        )


@pytest.fixture
def database(stack: Stack) -> Iterator[Database]:
    made = Database(stack)
    yield made
    made.let_go()
    made.looking.close()
    made.holding.close()


@pytest.fixture
def upload(stack: Stack, database: Database, tmp_path: Path) -> Iterator[int]:
    """A checked file of turnover, ready to be confirmed; taken back afterwards."""
    file = tmp_path / "kim-ngach.csv"
    file.write_text("\n".join(lines(database)) + "\n", encoding="utf-8")
    told = json.loads(stack.manage("import_file", "kim-ngach", str(file), "--as", "chuyenvien"))
    assert told["counts"]["new"] == ROWS
    yield told["upload"]
    database.let_go()
    until(lambda: database.state(told["upload"]) in ("done", "ready"), "the import ending")
    database.ask("DELETE FROM trade_turnover WHERE import_id = %s", told["upload"])


def lines(database: Database) -> Iterator[str]:
    """Rows of one year, no two about the same goods."""
    yield "agency;kind;month;gate;flow;scope;regime;commodity;value (USD)"
    gates = database.ask("SELECT array_agg(code ORDER BY code) FROM reference_gate")[:4]
    regimes = ("business", "processing", "reexport", "transit", "bonded", "other")
    goods = ("fruit", "farm", "anise", "jelly", "rosin", "wood", "ore", "cloth")
    for number in range(ROWS):
        month = dt.date(YEAR, number % 12 + 1, 1)
        rest, place = divmod(number // 12, len(gates))
        rest, regime = divmod(rest, len(regimes))
        kind = goods[rest % len(goods)]
        yield (
            f"SCT;month;{month:%m/%Y};{gates[place]};export;report;{regimes[regime]};{kind};"
            f"{1000 + number}"
        )


def confirm(stack: Stack, upload: int, **changes: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", CONFIRM.format(upload=upload)],
        cwd=ROOT,
        env=stack.environment(**changes),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def family(pid: int) -> list[int]:
    """A process and all it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def kill(stack: Stack, *, only_children: bool) -> None:
    worker = stack.running["worker"]
    for pid in family(worker.pid)[1 if only_children else 0 :]:
        os.kill(pid, signal.SIGKILL)
    if not only_children:
        worker.wait()
        del stack.running["worker"]


@pytest.mark.parametrize("only_children", [True, False], ids=["its process", "the whole worker"])
def test_a_killed_import_is_there_wholly_and_once(
    stack: Stack, database: Database, upload: int, only_children: bool
) -> None:
    database.hold_the_year()
    confirm(stack, upload)
    until(database.is_writing, "the worker writing")
    assert (database.written(upload), database.state(upload)) == (0, "writing")
    kill(stack, only_children=only_children)
    database.let_go()
    until(lambda: not database.is_writing(), "the killed work going away")
    assert (database.written(upload), database.state(upload)) == (0, "writing")
    database.let_the_lease_run_out(upload)
    if not only_children:
        stack.start("worker")
    until(lambda: database.state(upload) == "done", "the import", seconds=90)
    until(lambda: database.job(upload, "state") == "done", "the job")
    assert database.written(upload) == ROWS
    assert database.job(upload, "attempts") == 2
    events = (
        "SELECT count(*) FROM trade_turnoverevent WHERE import_id = %s AND pgh_label = 'insert'"
    )
    assert database.ask(events, upload) == ROWS


def test_without_a_broker_a_confirmed_import_is_kept_and_made(
    stack: Stack, database: Database, upload: int
) -> None:
    confirm(stack, upload, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    assert database.state(upload) in ("writing", "done")
    until(lambda: database.state(upload) == "done", "the import", seconds=60)
    assert database.written(upload) == ROWS
