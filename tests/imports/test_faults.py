"""Faults around an import, with a real worker and broker: nothing half there, nothing lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from langson_portal.embedded import free_port, valkey
from langson_portal.embedded.machine import answers
from tests.imports.test_kill import ROWS, Database, confirm, database, kill, lines, upload
from tests.journey.test_newcomer import sign_in
from tests.stack import Stack, until

__all__ = ["database", "upload"]
pytestmark = pytest.mark.stack

RECEIVE = """
from django.core.files import File
from accounts.models import User
from imports import pipeline
from imports.declarations import open_to
user = User.objects.get(username="chuyenvien")
with open({path!r}, "rb") as content:
    file = File(content, name="kim-ngach.csv")
    print(pipeline.receive(file, source=open_to(user)["kim-ngach"], by=user).pk)
"""
# Where the worker waits while somebody else holds the table.
TABLES = {"reading": "imports_match", "checking": "imports_uploadrow"}
AT_WORK = 90_000  # ms


class Table:
    """A table somebody holds, so that the worker stops there."""

    def __init__(self, database: Database, name: str) -> None:
        self.database, self.name = database, name

    def hold(self) -> None:
        with self.database.holding.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {self.name} IN ACCESS EXCLUSIVE MODE")

    def is_waited_for(self) -> bool:
        return self.database.ask(
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            f" AND datname = current_database() AND query LIKE '%%{self.name}%%'"
        )


def end_the_lease(database: Database, upload: int, attempts: int) -> None:
    """As three minutes later, once the job has been begun so often."""
    until(lambda: database.job(upload, "state") == "running", "the job running")
    database.ask(
        "UPDATE jobs_job SET leased_until = now() - interval '1 second', attempts = %s"
        " WHERE id = (SELECT job_id FROM imports_upload WHERE id = %s)",
        attempts,
        upload,
    )


@pytest.mark.browser
@pytest.mark.parametrize("state", ["reading", "checking"])
@pytest.mark.parametrize("attempts", [1, 3], ids=["once", "as often as is allowed"])
def test_a_worker_killed_before_the_preview_leaves_a_page_that_goes_on(
    stack: Stack, database: Database, page: Page, tmp_path: Path, state: str, attempts: int
) -> None:
    sign_in(page, stack, "chuyenvien")
    file = tmp_path / "kim-ngach.csv"
    file.write_text("\n".join(lines(database)) + "\n", encoding="utf-8")
    table = Table(database, TABLES[state])
    table.hold()
    key = int(stack.manage("shell", "-v0", "-c", RECEIVE.format(path=str(file))))
    until(table.is_waited_for, "the worker waiting")
    assert database.state(key) == state
    kill(stack, only_children=False)
    database.let_go()
    until(lambda: not table.is_waited_for(), "the killed work going away")
    end_the_lease(database, key, attempts)

    page.goto(f"{stack.url}/nhap-tu-excel/{key}/")
    if attempts == 1:
        expect(page.get_by_text("đang chờ bộ phận xử lý khởi động lại")).to_be_visible()
    expect(page.locator(".import-rows")).to_have_count(0)
    stack.start("worker")
    if attempts > 1:
        expect(page.get_by_role("alert")).to_contain_text("Báo quản trị", timeout=AT_WORK)
        page.get_by_role("button", name="Thử lại").click()
    ready = page.get_by_role("button", name="Xác nhận nhập 1.500 dòng")
    expect(ready).to_be_visible(timeout=AT_WORK)
    assert database.ask("SELECT count(*) FROM imports_uploadrow WHERE upload_id = %s", key) == ROWS
    assert database.written(key) == 0
    page.get_by_role("button", name="Bỏ tệp này").click()
    expect(page.get_by_text("chưa ghi gì vào hệ thống").first).to_be_visible()


class Broker:
    """A broker of its own, that can lose everything it was told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.known, self.port = folder, {"valkey": "broker-of-a-test"}, free_port()
        folder.mkdir()

    @property
    def url(self) -> str:
        return f"redis://:{self.known['valkey']}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.port = valkey.start(self.folder, self.known, self.port)

    def kill(self) -> None:
        os.kill(int((self.folder / "valkey.pid").read_text()), signal.SIGKILL)
        until(lambda: not answers(self.port), "the broker being gone")
        for kept in (*self.folder.glob("*.rdb"), *self.folder.glob("appendonly*/*")):
            kept.unlink()


@pytest.fixture
def broker(stack: Stack, tmp_path: Path) -> Iterator[Broker]:
    """The worker and the clock listen to this broker; afterwards to their own again."""
    made = Broker(tmp_path / "broker")
    made.start()
    listen(stack, REDIS_URL=made.url)
    yield made
    listen(stack)
    valkey.stop(made.folder)


def listen(stack: Stack, **changes: str) -> None:
    for name in ("worker", "beat"):
        if name in stack.running:
            stack.stop(name)
        stack.start(name, **changes)


@pytest.mark.parametrize("when", ["it waits", "it runs"])
def test_a_broker_that_forgets_everything_loses_no_confirmed_import(
    stack: Stack, database: Database, upload: int, broker: Broker, when: str
) -> None:
    if when == "it waits":
        stack.stop("worker")
    else:
        database.hold_the_year()
    confirm(stack, upload, REDIS_URL=broker.url)
    if when == "it runs":
        until(database.is_writing, "the worker writing", seconds=90)
    assert (database.written(upload), database.state(upload)) == (0, "writing")
    broker.kill()
    broker.start()
    if when == "it waits":
        stack.start("worker", REDIS_URL=broker.url)
    else:
        database.let_go()
    until(lambda: database.state(upload) == "done", "the import", seconds=120)
    until(lambda: database.job(upload, "state") == "done", "the job")
    assert (database.written(upload), database.told(upload)) == (ROWS, ROWS)
