"""What every register does with its records, asked of each declared register."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from reference.periods import PeriodRefusal
from registers import actions
from registers.actions import Conflict, Refused
from registers.models import Attachment, RecordUse
from registers.timeline import timeline
from tests.registers.samples import PDF, address, close_year_of


def test_a_form_sent_twice_makes_one_record(sample, agencies, client):
    data = sample.data(agencies["SCT"], entry_key=str(uuid.uuid4()))
    first = client.post(address(sample, "add"), data)
    again = client.post(address(sample, "add"), data)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    assert sample.of.model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_the_same_moment_makes_one_record(sample, agencies, desk, client_of):
    data = sample.data(agencies["SCT"], entry_key=str(uuid.uuid4()))

    def send(_turn):
        try:
            return client_of(desk).post(address(sample, "add"), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, range(2)))
    assert answers == [302, 302]
    assert sample.of.model.objects.count() == 1


def test_a_likely_twin_is_shown_before_it_is_saved(sample, record, agencies, client):
    if sample.of.twins is None:
        pytest.skip("this register knows no twins")
    data = sample.data(agencies["SCT"], entry_key=str(uuid.uuid4()))
    asked = client.post(address(sample, "add"), data)
    assert asked.status_code == 422
    assert "Giống bản ghi đã có" in asked.content.decode()
    assert address(sample, "detail", record.pk) in asked.content.decode()
    assert sample.of.model.objects.count() == 1
    assert client.post(address(sample, "add"), data | {"twins_seen": "1"}).status_code == 302
    assert sample.of.model.objects.count() == 2


def test_a_twin_nobody_may_see_is_not_spoken_of(sample, agencies, desk, officer, client_of):
    if sample.of.twins is None:
        pytest.skip("this register knows no twins")
    sample.record(agencies["SNNMT"], desk)
    data = sample.data(agencies["SCT"], entry_key=str(uuid.uuid4()))
    assert client_of(officer).post(address(sample, "add"), data).status_code == 302


def test_the_second_of_two_people_sees_the_first_ones_change_and_chooses(
    sample, record, agencies, client
):
    name, theirs = sample.changed
    change = address(sample, "change", record.pk)
    assert (
        client.post(
            change, sample.data(agencies["SCT"], record, seen="1", **{name: theirs})
        ).status_code
        == 302
    )
    late = sample.data(agencies["SCT"], record, seen="1", **{name: f"{theirs} (2)"})
    page = client.post(change, late)
    assert page.status_code == 409
    assert theirs in page.content.decode()
    assert shown(record, name) == theirs
    # Theirs stands:
    assert client.post(change, late | {"seen": "2", f"{name}_own": "0"}).status_code == 302
    assert shown(record, name) == theirs
    # Ours stands:
    seen = str(sample.of.model.objects.get().version)
    assert client.post(change, late | {"seen": seen, f"{name}_own": "1"}).status_code == 302
    assert shown(record, name) == f"{theirs} (2)"


def shown(record, name):
    return str(getattr(type(record).objects.get(pk=record.pk), name))


def test_saving_the_same_words_twice_is_no_conflict(sample, record, agencies, client):
    name, value = sample.changed
    data = sample.data(agencies["SCT"], record, seen="1", **{name: value})
    change = address(sample, "change", record.pk)
    assert client.post(change, data).status_code == 302
    assert client.post(change, data).status_code == 302


def test_a_draft_is_drawn_again_without_a_word_of_blame(sample, client):
    lines = {
        f"{one.name}-{key}_FORMS": "0" for one in sample.of.lines for key in ("TOTAL", "INITIAL")
    }
    page = client.post(address(sample, "add"), {"draft": "1", **lines})
    assert page.status_code == 200
    assert "errorlist" not in page.content.decode()
    assert sample.of.model.objects.count() == 0


# --- closed years, deletion ---------------------------------------------------------


def test_records_of_a_closed_year_do_not_change(sample, record, agencies, desk, client):
    year = close_year_of(sample, record)
    name, value = sample.changed
    page = client.post(
        address(sample, "change", record.pk),
        sample.data(agencies["SCT"], record, seen="1", **{name: value}),
    )
    assert page.status_code == 422
    assert f"Số liệu năm {year} đã chốt" in page.content.decode()
    with pytest.raises(PeriodRefusal):
        actions.delete(sample.of, record, by=desk, seen=1, reason="thử")
    with pytest.raises(PeriodRefusal):
        sample.record(agencies["SNNMT"], desk, **sample.nth(1))
    client.post(address(sample, "attach", record.pk), {"files": SimpleUploadedFile("a.pdf", PDF)})
    # What an agreement signed that year came to is papers of later years.
    assert Attachment.objects.exists() == record.lives_on


def test_a_deleted_record_stays_with_its_reason_until_it_is_restored(sample, record, client):
    delete = address(sample, "delete", record.pk)
    client.post(delete, {"seen": "1", "reason": " "})
    assert sample.of.model.objects.alive().count() == 1
    client.post(delete, {"seen": "1", "reason": "nhập trùng"})
    gone = sample.of.model.objects.get()
    assert gone.is_deleted and gone.deletion_reason == "nhập trùng"
    listed = client.get(address(sample, "list")).content.decode()
    detail = address(sample, "detail", record.pk)
    assert detail not in listed
    assert detail in client.get(address(sample, "list") + "?state=deleted").content.decode()
    assert "nhập trùng" in client.get(detail).content.decode()
    client.post(address(sample, "restore", record.pk))
    assert detail in client.get(address(sample, "list")).content.decode()


def test_a_record_somebody_changed_meanwhile_is_not_deleted(sample, record, desk):
    with pytest.raises(Conflict):
        actions.delete(sample.of, record, by=desk, seen=7, reason="thử")


def test_a_record_a_frozen_report_stands_on_is_not_deleted(sample, record, desk, client):
    RecordUse.objects.create(
        register=sample.register,
        record_id=record.pk,
        label="Báo cáo số 12/BC-UBND",
        address="/bao-cao/1/",
        is_frozen=True,
    )
    with pytest.raises(Refused, match="Báo cáo số 12/BC-UBND"):
        actions.delete(sample.of, record, by=desk, seen=1, reason="thử")
    assert (
        "Báo cáo số 12/BC-UBND" in client.get(address(sample, "detail", record.pk)).content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_the_history_tells_who_did_what_and_why(sample, record, agencies, desk, client):
    name, value = sample.changed
    client.post(
        address(sample, "change", record.pk),
        sample.data(agencies["SCT"], record, seen="1", **{name: value}),
    )
    client.post(address(sample, "attach", record.pk), {"files": SimpleUploadedFile("a.pdf", PDF)})
    client.post(address(sample, "delete", record.pk), {"seen": "2", "reason": "nhập trùng"})
    client.post(address(sample, "restore", record.pk))
    told = timeline(sample.of, record, Attachment.objects.ever_of(sample.of.code, record.pk))
    assert [str(one.deed) for one in told] == [
        "đã khôi phục bản ghi",
        "đã xóa bản ghi",
        "đã đính kèm tệp",
        "đã sửa bản ghi",
        "đã nhập bản ghi",
    ]
    assert {one.who for one in told} == {str(desk)}
    assert told[1].why == "nhập trùng"
    assert value in [line.after for line in told[3].lines]


def test_history_knows_the_import_a_change_came_with(sample, record, desk):
    name, value = sample.changed
    setattr(record, name, value)
    actions.save(sample.of, record, by=desk, seen=1, import_id=42)
    assert record.import_id == 42
    assert timeline(sample.of, record)[0].import_id == 42


def test_only_actions_write_for_whom_may(sample, record, other_officer):
    with pytest.raises(PermissionDenied):
        actions.restore(sample.of, record, by=other_officer)
