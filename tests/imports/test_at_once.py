"""Many at the same moment: one import is made, and two imports are both right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.db import connection, connections

from accounts.models import User
from imports import pipeline, tokens
from imports.models import Upload
from imports.opening import Refused
from jobs import actions as jobs
from jobs.models import Job
from tests.imports.standin import Desk, months, turnover_source
from tests.stack import until
from tests.trade.sample import gates
from trade.models import Turnover

__all__ = ["turnover_source"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("turnover_source"),
]
State = Upload.State


@pytest.fixture
def at_desk(desk: User) -> Desk:
    gates()
    return Desk(desk)


def at_once(work: list[Callable[[], Any]]) -> list[Any]:
    """Do all of it in threads of their own; what came of each."""

    def alone(one: Callable[[], Any]) -> Any:
        try:
            return one()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(alone, work))


@contextmanager
def held(statement: str, *parameters: Any) -> Iterator[Callable[[], None]]:
    """Something locked by somebody else until they let go of it."""
    other = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    try:
        with other.cursor() as cursor:
            cursor.execute(statement, parameters)
        yield other.rollback
    finally:
        other.close()


def waiting_for_a_lock(number: int) -> Callable[[], bool]:
    def are() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            return cursor.fetchone()[0] >= number

    return are


def test_ten_confirms_at_the_same_moment_make_one_import(at_desk: Desk) -> None:
    upload = at_desk.upload(months(5))
    token = tokens.sign(upload, at_desk.user)

    def confirm() -> Upload:
        return pipeline.confirm(upload, by=at_desk.user, token=token)

    statement = "SELECT FROM imports_upload WHERE id = %s FOR UPDATE"
    with held(statement, upload.pk) as let_go, ThreadPoolExecutor(1) as pool:
        answers = pool.submit(at_once, [confirm] * 10)
        until(waiting_for_a_lock(10), "ten confirms waiting")
        let_go()
        found = answers.result()
    assert {answer.state for answer in found} == {State.WRITING}
    (job,) = Job.objects.filter(kind="imports.write")
    at_once([lambda: jobs.run(job.pk)] * 3)
    assert Turnover.objects.count() == 5
    assert Job.objects.get(pk=job.pk).attempts == 1


def test_two_imports_of_different_records_at_once_are_both_right(at_desk: Desk) -> None:
    first = at_desk.upload(months(300))
    second = at_desk.upload(months(300, gate="CHIMA"))
    done = at_once([lambda: at_desk.confirm(first), lambda: at_desk.confirm(second)])
    assert [(upload.state, upload.written_rows) for upload in done] == [(State.DONE, 300)] * 2
    assert Turnover.objects.count() == 600


def test_of_two_imports_of_the_same_records_one_sees_what_the_other_wrote(at_desk: Desk) -> None:
    first, second = at_desk.upload(months(50)), at_desk.upload(months(50, value=7))
    done = at_once([lambda: at_desk.confirm(first), lambda: at_desk.confirm(second)])
    assert sorted(upload.state for upload in done) == [State.DONE, State.READY]
    later = next(upload for upload in done if upload.state == State.READY)
    assert later.counts == {"changed": 50}
    assert Turnover.objects.count() == 50


def test_an_undo_asked_twice_at_once_is_done_once(at_desk: Desk) -> None:
    upload = at_desk.confirm(at_desk.upload(months(20)))
    done = at_once([lambda: at_desk.undo(upload)] * 2)
    assert not [answer for answer in done if isinstance(answer, Refused)]
    upload.refresh_from_db()
    assert (upload.state, upload.undone_rows) == (State.UNDONE, 20)
    assert {row.version for row in Turnover.objects.all()} == {2}
