"""Jobs: the row decides, whoever carries its number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from jobs import actions
from jobs.actions import LeaseLost
from jobs.kinds import JobFailed, job_kind
from jobs.models import Job
from reports.pdf.engine import Limits

done: list[int] = []


@job_kind("tests.count")
def count(job: Job, report: Any) -> dict[str, Any]:
    report("counting", 50)
    done.append(job.pk)
    return {"counted": True}


@job_kind("tests.refuse")
def refuse(job: Job, report: Any) -> dict[str, Any]:
    raise JobFailed("Không đếm được.")


@job_kind("tests.break")
def break_down(job: Job, report: Any) -> dict[str, Any]:
    raise ZeroDivisionError


@job_kind("tests.robbed")
def robbed(job: Job, report: Any) -> dict[str, Any]:
    Job.objects.filter(pk=job.pk).update(worker="somebody else")
    report("late", 90)
    return {}


@pytest.fixture
def ask(desk: User):
    def make(kind: str = "tests.count", **fields: Any) -> Job:
        return Job.objects.create(kind=kind, requested_by=desk, **fields)

    return make


def long_ago() -> dt.datetime:
    return timezone.now() - dt.timedelta(minutes=10)


def test_a_job_is_done_once_however_often_its_number_arrives(ask) -> None:
    job = ask()
    for _ in range(3):
        actions.run(job.pk)
    job.refresh_from_db()
    assert done.count(job.pk) == 1
    assert (job.state, job.attempts, job.progress) == (Job.State.DONE, 1, 100)
    assert job.finished_at is not None


def test_of_two_workers_one_gets_the_job(ask) -> None:
    job = ask()
    assert Job.objects.claim(job.pk, "a") is not None
    assert Job.objects.claim(job.pk, "b") is None


def test_a_job_whose_worker_is_gone_is_taken_over(ask) -> None:
    job = ask(state=Job.State.RUNNING, worker="gone", attempts=1, leased_until=long_ago())
    actions.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)


def test_a_worker_that_lost_its_lease_writes_nothing_more(ask) -> None:
    job = ask("tests.robbed")
    actions.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert job.worker == "somebody else"


def test_a_job_that_always_loses_its_worker_fails_with_a_reason(ask) -> None:
    job = ask(state=Job.State.RUNNING, attempts=settings.JOB_MAX_ATTEMPTS, leased_until=long_ago())
    actions.sweep()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.reference in job.error


def test_a_refusal_is_told_in_its_own_words(ask) -> None:
    job = ask("tests.refuse")
    actions.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "Không đếm được.")


def test_an_error_of_ours_is_told_without_its_trace(ask) -> None:
    job = ask("tests.break")
    actions.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.reference in job.error
    assert "ZeroDivision" not in job.error


def test_waiting_jobs_the_broker_forgot_are_sent_again(ask) -> None:
    fresh = ask(sent_at=timezone.now())
    forgotten = ask(sent_at=long_ago())
    never_sent = ask()
    assert set(Job.objects.to_send()) == {forgotten, never_sent}
    assert fresh not in Job.objects.to_send()


def test_only_the_number_travels_through_the_broker(ask, slot) -> None:
    import redis

    broker = redis.Redis.from_url(slot.environment()["REDIS_URL"])
    broker.delete("celery")
    job = ask(parameters={"secret": "không được lộ"})
    assert actions.send(job)
    (message,) = broker.lrange("celery", 0, -1)
    assert b"secret" not in message
    broker.delete("celery")


def test_the_same_question_has_the_same_mark(desk: User) -> None:
    first = actions.request("tests.count", by=desk, parameters={"a": 1, "năm": [2019]})
    again = actions.request("tests.count", by=desk, parameters={"năm": [2019], "a": 1})
    other = actions.request("tests.count", by=desk, parameters={"a": 2, "năm": [2019]})
    assert len(first.input_hash) == 64
    assert first.input_hash == again.input_hash != other.input_hash


def test_a_worker_that_comes_back_during_the_sweep_keeps_its_job(ask, monkeypatch) -> None:
    job = ask(state=Job.State.RUNNING, attempts=settings.JOB_MAX_ATTEMPTS, leased_until=long_ago())
    told = type(job).reference.fget

    def meanwhile(job: Job) -> str:
        Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() + dt.timedelta(minutes=1))
        return told(job)

    monkeypatch.setattr(Job, "reference", property(meanwhile))
    actions.sweep()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_a_lease_outlasts_the_slowest_pdf_and_ends_before_its_task() -> None:
    assert Limits().seconds + 30 < settings.JOB_LEASE_SECONDS < settings.CELERY_TASK_SOFT_TIME_LIMIT
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT


def test_a_reporter_without_its_job_stops_the_work(ask) -> None:
    job = ask(state=Job.State.DONE, finished_at=timezone.now())
    with pytest.raises(LeaseLost):
        actions._reporter(job, "me")("stage", 10)
