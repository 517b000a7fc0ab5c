"""An upload on its way: whose it is, once and whole, what is told, and taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.signing import dumps
from django.db import connection
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from imports import pipeline, tokens
from imports.contract import Choice, Outcome
from imports.models import Match, Upload, UploadRow
from imports.opening import Refused
from imports.undoing import stored
from jobs import actions as jobs
from jobs.models import Job
from reference.models import ReportingYear
from registers import actions
from registers.declarations import registers
from registers.models import RecordUse
from tests.imports.standin import Desk, TurnoverSource, months, turnover_source
from tests.trade.sample import gates
from trade.models import Turnover

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
State = Upload.State


@pytest.fixture
def at_desk(desk: User) -> Desk:
    """Somebody who may import everywhere; records belong to the desk's agency."""
    gates()
    return Desk(desk)


def values() -> dict[str, Decimal]:
    rows = Turnover.objects.alive().order_by("month")
    return {f"{row.month:%m/%Y}": row.value for row in rows}


# --- what is told ---------------------------------------------------------------------------


def test_a_clean_file_is_read_checked_and_can_be_confirmed(at_desk: Desk) -> None:
    upload = at_desk.upload(months(3))
    assert (upload.state, upload.counts) == (State.READY, {"new": 3})
    assert upload.matching == {"0": "month", "1": "gate", "2": "flow", "3": "value", "4": "note"}
    assert not Turnover.objects.exists()


def test_the_rows_of_the_preview_are_the_rows_of_the_file(at_desk: Desk) -> None:
    rows = [
        *months(5),
        ("02/2019", "KHONGCO", "export", 5, ""),
        ("03/2019", "HUUNGHI", "x", -1, ""),
    ]
    upload = at_desk.upload(rows)
    assert sum(upload.counts.values()) == upload.rows.count() == len(rows)
    assert upload.counts == {"new": 5, "faulty": 2}
    faults = [(fault["cell"], fault["value"]) for row in upload.rows.all() for fault in row.faults]
    assert faults == [("B7", "KHONGCO"), ("D8", "-1")]


def test_what_stands_there_already_is_told_apart(at_desk: Desk) -> None:
    at_desk.confirm(at_desk.upload(months(3)))
    rows = [
        *months(2),
        ("03/2015", "HUUNGHI", "export", 7, ""),
        ("04/2015", "HUUNGHI", "export", 8, ""),
    ]
    upload = at_desk.upload(rows)
    assert upload.counts == {"unchanged": 2, "changed": 1, "new": 1}
    changed = upload.rows.get(outcome=Outcome.CHANGED)
    assert (changed.before, changed.values) == ({"value": "1002.00"}, {"value": "7"})


def test_the_same_file_again_is_told(at_desk: Desk) -> None:
    first = at_desk.confirm(at_desk.upload(months(2)))
    again = at_desk.upload(months(2), name="ten-khac.csv")
    assert pipeline.imported_before(again) == first
    assert pipeline.imported_before(at_desk.upload(months(3))) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.4"), ("a.csv", b""), ("a", b"x"), ("../../etc/passwd", b"x")],
)
def test_what_is_no_table_is_refused_at_the_door(at_desk: Desk, name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        pipeline.receive(ContentFile(content, name=name), source=TurnoverSource(), by=at_desk.user)
    assert not Upload.objects.exists()


def test_a_file_without_rows_is_refused_with_a_reason(at_desk: Desk) -> None:
    upload = at_desk.upload([])
    assert upload.state == State.REFUSED
    assert upload.message


# --- answers ---------------------------------------------------------------------------------


def unknown_heading(at_desk: Desk) -> Upload:
    text = "Tháng;Cửa khẩu;Luồng;Giá trị (USD);Nhận xét riêng\n01/2019;HUUNGHI;export;5;xong\n"
    file = ContentFile(text.encode(), name="la.csv")
    return at_desk.worked(pipeline.receive(file, source=TurnoverSource(), by=at_desk.user))


def test_a_column_nobody_knows_is_asked_about_and_remembered(at_desk: Desk) -> None:
    upload = unknown_heading(at_desk)
    assert upload.state == State.ASKING
    asked = pipeline.answer(upload, by=at_desk.user, matching={"4": "note"})
    upload = at_desk.worked(asked)
    assert upload.state == State.READY
    assert upload.rows.get().values["note"] == "xong"
    assert Match.objects.get().field == "note"
    assert unknown_heading(at_desk).state == State.READY  # the next file is not asked about


def test_answers_name_only_what_is_there(at_desk: Desk) -> None:
    upload = unknown_heading(at_desk)
    for matching in ({"9": "note"}, {"4": "khong_co"}):
        with pytest.raises(Refused):
            pipeline.answer(upload, by=at_desk.user, matching=matching)


def test_a_duplicate_waits_until_somebody_chooses(at_desk: Desk) -> None:
    at_desk.confirm(at_desk.upload([("01/2019", "HUUNGHI", "export", 5, "trùng")]))
    upload = at_desk.upload([("01/2019", "HUUNGHI", "export", 6, "trùng")])
    assert upload.counts == {"duplicate": 1}
    with pytest.raises(Refused):
        at_desk.confirm(upload)
    assert pipeline.choose(upload, by=at_desk.user, choice=Choice.KEEP) == 0  # not on offer
    assert pipeline.choose(upload, by=at_desk.user, choice=Choice.UPDATE, rows=[2]) == 1
    assert at_desk.confirm(upload).written_rows == 1
    assert values() == {"01/2019": 6}


# --- all or nothing --------------------------------------------------------------------------


def test_with_a_fault_nothing_is_written_unless_the_good_rows_are_asked_for(at_desk: Desk) -> None:
    upload = at_desk.upload([*months(2), ("09/2019", "KHONGCO", "export", 1, "")])
    with pytest.raises(Refused):
        at_desk.confirm(upload)
    assert not Turnover.objects.exists()
    upload = at_desk.confirm(upload, only_good=True)
    assert (upload.state, upload.written_rows, upload.only_good) == (State.DONE, 2, True)
    assert len(values()) == 2


def test_history_knows_who_imported_what(at_desk: Desk) -> None:
    upload = at_desk.confirm(at_desk.upload(months(2)))
    for row in Turnover.objects.all():
        (event,) = row.events.all()
        assert event.pgh_label == "insert"
        assert event.pgh_context.metadata["import"] == upload.pk
        assert event.pgh_context.metadata["user"] == at_desk.user.pk
        assert row.import_id == upload.pk
        assert (row.created_by, row.version) == (at_desk.user, 1)
        assert "huu nghi" in row.search_text


def test_a_closed_year_refuses_the_whole_import(at_desk: Desk) -> None:
    upload = at_desk.upload([("01/2018", "HUUNGHI", "export", 5, ""), *months(1)])
    ReportingYear.objects.create(year=2018, locked_on=dt.date(2019, 1, 31))
    upload = at_desk.confirm(upload)
    assert upload.state == State.READY
    assert "2018" in upload.message
    assert not Turnover.objects.exists()


def test_a_record_changed_after_the_preview_is_shown_again_first(at_desk: Desk) -> None:
    at_desk.confirm(at_desk.upload(months(1)))
    upload = at_desk.upload(months(1, value=7))
    row = Turnover.objects.get()
    row.value = Decimal(99)
    actions.save(registers()["trade"], row, by=at_desk.user, seen=row.version)
    upload = at_desk.confirm(upload)
    assert (upload.state, upload.counts) == (State.READY, {"changed": 1})
    assert upload.rows.get().before == {"value": "99.00"}
    assert upload.message
    assert values() == {"01/2015": 99}
    assert at_desk.confirm(upload).state == State.DONE
    assert values() == {"01/2015": 7}


def test_a_row_somebody_entered_after_the_preview_is_met_as_theirs(at_desk: Desk) -> None:
    first, second = at_desk.upload(months(2)), at_desk.upload(months(2, value=5))
    at_desk.confirm(first)
    second = at_desk.confirm(second)
    assert (second.state, second.counts) == (State.READY, {"changed": 2})


def test_rights_withdrawn_after_the_preview_stop_the_import(at_desk: Desk) -> None:
    upload = at_desk.upload(months(1))
    token = tokens.sign(upload, at_desk.user)
    asked = pipeline.confirm(upload, by=at_desk.user, token=token)
    at_desk.user.role_holdings.all().delete()
    upload = at_desk.worked(asked)
    assert not Turnover.objects.exists()
    assert upload.job is not None
    assert upload.job.state == Job.State.FAILED


# --- whose it is -----------------------------------------------------------------------------


def test_an_upload_is_there_only_for_who_made_it(at_desk: Desk, officer: User) -> None:
    upload = at_desk.upload(months(1))
    own = tokens.sign(upload, at_desk.user)
    for token in (own, tokens.sign(upload, officer)):
        with pytest.raises(Http404):
            pipeline.confirm(upload, by=officer, token=token)
    with pytest.raises(Http404):
        pipeline.answer(upload, by=officer, answers={})
    with pytest.raises(Http404):
        pipeline.choose(upload, by=officer, choice=Choice.SKIP)
    with pytest.raises(Http404):
        pipeline.undo(upload, by=officer)
    with pytest.raises(Http404):
        pipeline.discard(upload, by=officer)


def test_a_token_is_for_this_person_this_file_and_this_place(at_desk: Desk, officer: User) -> None:
    upload, other = at_desk.upload(months(1)), at_desk.upload(months(2))
    good = tokens.sign(upload, at_desk.user)
    forged = dumps({"user": at_desk.user.pk, "upload": upload.pk}, key="another", salt=tokens.SALT)
    for token in ("", "x", good[:-1], forged, tokens.sign(other, at_desk.user)):
        with pytest.raises(Http404):
            pipeline.confirm(upload, by=at_desk.user, token=token)
    with pytest.raises(Http404):
        pipeline.confirm(upload, by=at_desk.user, token=tokens.sign(upload, officer))
    assert not Job.objects.filter(kind="imports.write").exists()


def test_a_token_of_yesterday_or_of_an_earlier_preview_asks_to_look_again(
    at_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = at_desk.upload(months(1))
    earlier = tokens.sign(upload, at_desk.user)
    upload = at_desk.worked(pipeline.answer(upload, by=at_desk.user, answers={}))
    with pytest.raises(Refused):
        pipeline.confirm(upload, by=at_desk.user, token=earlier)
    monkeypatch.setattr(tokens, "HOURS", -1)
    with pytest.raises(Refused):
        pipeline.confirm(upload, by=at_desk.user, token=tokens.sign(upload, at_desk.user))


def test_who_may_not_import_cannot_bring_a_file(at_desk: Desk, person: Any) -> None:
    with pytest.raises(Http404):
        Desk(person()).upload(months(1))


# --- once ------------------------------------------------------------------------------------


def test_a_confirm_sent_again_is_the_same_import(at_desk: Desk) -> None:
    upload = at_desk.upload(months(2))
    token = tokens.sign(upload, at_desk.user)
    for _time in range(3):
        pipeline.confirm(upload, by=at_desk.user, token=token)
    assert Job.objects.filter(kind="imports.write").count() == 1
    upload.refresh_from_db()
    at_desk.worked(upload)
    assert pipeline.confirm(upload, by=at_desk.user, token=token).state == State.DONE
    assert Turnover.objects.count() == 2


def test_a_job_whose_worker_is_gone_does_its_work_once(at_desk: Desk) -> None:
    upload = at_desk.upload(months(2))
    asked = pipeline.confirm(upload, by=at_desk.user, token=tokens.sign(upload, at_desk.user))
    at_desk.worked(asked)
    lost = {"state": Job.State.RUNNING, "leased_until": timezone.now() - dt.timedelta(minutes=5)}
    Job.objects.filter(pk=asked.job_id).update(**lost)  # its end was never noted
    at_desk.worked(asked)
    assert Turnover.objects.count() == 2


def test_work_that_failed_can_be_asked_for_again(
    at_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = at_desk.upload(months(2))
    with monkeypatch.context() as patch:
        patch.setattr(TurnoverSource, "write", lambda *_a, **_k: 1 / 0)
        upload = at_desk.confirm(upload)
    assert upload.state == State.WRITING
    assert upload.job is not None
    assert upload.job.state == Job.State.FAILED
    assert at_desk.worked(pipeline.again(upload, by=at_desk.user)).state == State.DONE


# --- back ------------------------------------------------------------------------------------


def test_undo_takes_back_what_was_added_and_what_was_changed(at_desk: Desk) -> None:
    at_desk.confirm(at_desk.upload(months(2)))
    upload = at_desk.confirm(at_desk.upload(months(4, value=7)))
    assert (upload.written_rows, len(values())) == (4, 4)
    upload = at_desk.undo(upload)
    assert (upload.state, upload.undone_rows, upload.kept_rows) == (State.UNDONE, 4, [])
    assert values() == {"01/2015": 1000, "02/2015": 1001}
    assert (upload.undone_by, upload.undone_at is None) == (at_desk.user, False)


def test_undo_leaves_and_lists_what_people_changed_since(at_desk: Desk) -> None:
    at_desk.confirm(at_desk.upload(months(1)))
    upload = at_desk.confirm(at_desk.upload(months(3, value=7)))
    register = registers()["trade"]
    for day in (dt.date(2015, 1, 1), dt.date(2015, 3, 1)):
        row = Turnover.objects.get(month=day)
        row.note = "sửa tay"
        actions.save(register, row, by=at_desk.user, seen=row.version)
    upload = at_desk.undo(upload)
    assert upload.undone_rows == 1
    assert [row["title"][:7] for row in upload.kept_rows] == ["2015-01", "2015-03"]
    assert values() == {"01/2015": 7, "03/2015": 9}


def test_what_stands_in_an_issued_report_is_not_taken_back(at_desk: Desk) -> None:
    upload = at_desk.confirm(at_desk.upload(months(2)))
    first = Turnover.objects.order_by("month").first()
    assert first is not None
    RecordUse.objects.create(register="trade", record_id=first.pk, label="BC", is_frozen=True)
    upload = at_desk.undo(upload)
    assert (upload.undone_rows, len(upload.kept_rows)) == (1, 1)


def test_what_undoing_would_keep_is_told_before_and_nothing_is_done(at_desk: Desk) -> None:
    at_desk.confirm(at_desk.upload(months(1)))
    upload = at_desk.confirm(at_desk.upload(months(3, value=7)))
    row = Turnover.objects.get(month=dt.date(2015, 3, 1))
    row.note = "sửa tay"
    actions.save(registers()["trade"], row, by=at_desk.user, seen=row.version)
    before = values()
    foreseen = pipeline.foresee(upload, by=at_desk.user)
    assert values() == before
    upload = at_desk.undo(upload)
    assert (foreseen.undone, stored(foreseen.kept)) == (upload.undone_rows, upload.kept_rows)
    assert upload.undone_rows == 2


def test_an_undo_that_would_take_nothing_back_is_not_made(at_desk: Desk) -> None:
    first = at_desk.confirm(at_desk.upload(months(2)))
    second = at_desk.confirm(at_desk.upload(months(2, value=7), name="sửa.csv"))
    first = at_desk.undo(first)
    assert (first.state, bool(first.message)) == (State.DONE, True)
    assert values() == {"01/2015": 7, "02/2015": 8}
    kept = pipeline.foresee(first, by=at_desk.user).kept
    assert {row.later for row in kept} == {second.pk}
    assert all("sửa.csv" in row.why and "nhập lại" in row.why for row in kept)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_imports_over_the_same_rows_are_undone_one_after_the_other(
    at_desk: Desk, times: int
) -> None:
    stood = at_desk.confirm(at_desk.upload(months(1)))
    start = values()
    made = [at_desk.confirm(at_desk.upload(months(3, value=10**n))) for n in range(times)]
    for upload in reversed(made):
        upload = at_desk.undo(upload)
        assert (upload.state, upload.undone_rows, upload.kept_rows) == (State.UNDONE, 3, [])
    assert values() == start
    at_desk.undo(stood)
    assert values() == {}


def test_what_people_changed_between_two_imports_stays_with_the_first(at_desk: Desk) -> None:
    first = at_desk.confirm(at_desk.upload(months(2)))
    row = Turnover.objects.get(month=dt.date(2015, 2, 1))
    row.value = Decimal(5)
    actions.save(registers()["trade"], row, by=at_desk.user, seen=row.version)
    at_desk.undo(at_desk.confirm(at_desk.upload(months(2, value=7))))
    assert values() == {"01/2015": 1000, "02/2015": 5}
    first = at_desk.undo(first)
    assert [row["title"][:7] for row in first.kept_rows] == ["2015-02"]
    assert values() == {"02/2015": 5}


def test_undo_is_told_by_history_and_what_was_added_can_be_restored(at_desk: Desk) -> None:
    upload = at_desk.undo(at_desk.confirm(at_desk.upload(months(1))))
    (row,) = Turnover.objects.all()
    assert row.is_deleted
    assert upload.file_name in row.deletion_reason
    latest = row.events.order_by("pgh_id").last().pgh_context.metadata
    assert (latest["import"], latest["undone"]) == (upload.pk, True)
    actions.restore(registers()["trade"], row, by=at_desk.user)
    assert values() == {"01/2015": 1000}


def test_a_closed_year_is_not_undone(at_desk: Desk) -> None:
    upload = at_desk.confirm(at_desk.upload(months(1)))
    ReportingYear.objects.create(year=2015, locked_on=dt.date(2016, 1, 31))
    upload = at_desk.undo(upload)
    assert upload.state == State.DONE
    assert "2015" in upload.message
    assert len(values()) == 1


def test_a_year_closed_since_the_preview_is_not_written_into(at_desk: Desk) -> None:
    upload = at_desk.upload(months(1))
    ReportingYear.objects.create(year=2015, locked_on=dt.date(2016, 1, 31))
    upload = at_desk.confirm(upload)
    assert (upload.state, values()) == (State.READY, {})
    assert "2015" in upload.message


def test_that_a_year_was_closed_is_said_before_the_undo(at_desk: Desk) -> None:
    upload = at_desk.confirm(at_desk.upload(months(1)))
    ReportingYear.objects.create(year=2015, locked_on=dt.date(2016, 1, 31))
    with pytest.raises(Refused, match="2015"):
        pipeline.foresee(upload, by=at_desk.user)


def test_an_undone_import_can_be_imported_again(at_desk: Desk) -> None:
    at_desk.undo(at_desk.confirm(at_desk.upload(months(2))))
    again = at_desk.upload(months(2))
    assert pipeline.imported_before(again) is None
    assert at_desk.confirm(again).written_rows == 2
    assert len(values()) == 2


# --- away ------------------------------------------------------------------------------------


def test_a_file_put_aside_leaves_nothing(
    at_desk: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    upload = at_desk.upload(months(2))
    storage, name = upload.file.storage, upload.file.name
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.discard(upload, by=at_desk.user)
    assert not storage.exists(name)
    assert not UploadRow.objects.exists()


def test_what_was_imported_is_not_put_aside(at_desk: Desk) -> None:
    upload = at_desk.confirm(at_desk.upload(months(1)))
    with pytest.raises(Refused):
        pipeline.discard(upload, by=at_desk.user)


def test_a_read_that_is_begun_twice_leaves_each_row_once(at_desk: Desk) -> None:
    upload = at_desk.upload(months(3))
    Upload.objects.filter(pk=upload.pk).update(state=State.CHECKING)  # as a killed worker left it
    Job.objects.filter(pk=upload.job_id).update(state=Job.State.WAITING, finished_at=None)
    jobs.run(upload.job_id)
    assert upload.rows.count() == 3
    upload.refresh_from_db()
    assert upload.state == State.READY


def test_reading_takes_the_same_number_of_queries_whatever_the_rows(at_desk: Desk) -> None:
    def queries(rows: int) -> int:
        with connection.execute_wrapper(counting := _Counting()):
            at_desk.confirm(at_desk.upload(months(rows)))
        return counting.number

    queries(1)
    few = queries(2)
    assert queries(12) == few


class _Counting:
    number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)
