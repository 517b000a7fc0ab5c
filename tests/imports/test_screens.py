"""The pages of an import: whose they are, what they show, what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from imports import pipeline, tokens
from imports.contract import Outcome
from imports.models import Upload, UploadRow
from imports.preview import PER_PAGE
from jobs import actions as jobs
from tests.imports.standin import Desk, TurnoverSource, months, turnover_source
from tests.trade.sample import gates
from trade.models import Turnover

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
State = Upload.State
ClientOf = Callable[[User], Client]
WRONG_GATE = ("05/2015", "KHONGCO", "export", 7, "")


@pytest.fixture
def at_desk(desk: User) -> Desk:
    gates()
    return Desk(desk)


def page_of(client: Client, upload: Upload, query: str = "", **headers: Any) -> str:
    answer = client.get(reverse("imports:show", args=[upload.pk]) + query, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, upload: Upload, action: str, **fields: Any) -> Any:
    return client.post(reverse(f"imports:{action}", args=[upload.pk]), fields)


# --- whose it is --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["show", "file", "marked", "undo"])
def test_an_import_of_somebody_else_is_not_there(
    name: str, at_desk: Desk, officer: User, client_of: ClientOf
):
    upload = at_desk.upload([*months(2), WRONG_GATE])
    jobs.run(pipeline.mark(upload, by=at_desk.user).job_id)
    path = reverse(f"imports:{name}", args=[upload.pk])
    assert client_of(at_desk.user).get(path).status_code == 200
    assert client_of(officer).get(path).status_code == 404


@pytest.mark.parametrize(
    "action", ["answer", "choose", "confirm", "undo", "discard", "again", "mark"]
)
def test_nobody_acts_on_an_import_of_somebody_else(
    action: str, at_desk: Desk, officer: User, client_of: ClientOf
):
    upload = at_desk.upload(months(2))
    token = tokens.sign(upload, at_desk.user)
    answer = post(client_of(officer), upload, action, token=token, choice="skip")
    assert answer.status_code == 404
    assert Upload.objects.get().state == State.READY


@pytest.mark.parametrize("token", ["", "1:forged:token"])
def test_a_confirmation_without_the_token_of_the_preview_is_not_there(
    token: str, at_desk: Desk, client_of: ClientOf
):
    upload = at_desk.upload(months(2))
    assert post(client_of(at_desk.user), upload, "confirm", token=token).status_code == 404
    assert Upload.objects.get().state == State.READY


def test_somebody_without_the_source_finds_neither_template_nor_import(
    at_desk: Desk, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
):
    upload = at_desk.upload(months(2))
    monkeypatch.setattr(TurnoverSource, "may_import", lambda self, user: False)
    client = client_of(at_desk.user)
    path = reverse("imports:template", args=[TurnoverSource.code])
    assert client.get(path).status_code == 404
    assert client.get(reverse("imports:show", args=[upload.pk])).status_code == 404


# --- taking in ----------------------------------------------------------------------------


def test_a_file_that_is_sent_has_a_page_of_its_own(at_desk: Desk, client_of: ClientOf):
    file = ContentFile(b"x;y\n1;2\n", name="so lieu.csv")
    fields = {"source": TurnoverSource.code, "file": file}
    answer = client_of(at_desk.user).post(reverse("imports:receive"), fields)
    upload = Upload.objects.get()
    assert answer.headers["Location"] == reverse("imports:show", args=[upload.pk])
    assert (upload.file_name, upload.by, upload.state) == (
        "so lieu.csv",
        at_desk.user,
        State.READING,
    )


@pytest.mark.parametrize(
    ("name", "content", "source"),
    [
        ("ghi chu.docx", b"PK", TurnoverSource.code),
        ("trong.csv", b"", TurnoverSource.code),
        ("a.csv", b"x;y\n", "khong-co"),
        ("a.csv", b"x;y\n", ""),
    ],
)
def test_what_cannot_be_taken_in_is_refused_on_the_same_page(
    name: str, content: bytes, source: str, at_desk: Desk, client_of: ClientOf
):
    fields = {"source": source, "file": ContentFile(content, name=name)}
    answer = client_of(at_desk.user).post(reverse("imports:receive"), fields)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Upload.objects.exists()


# --- the preview --------------------------------------------------------------------------


def test_faults_are_shown_first_each_with_its_cell(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload([*months(3), WRONG_GATE])
    shown = page_of(client_of(at_desk.user), upload)
    assert '<span class="cell-name">B5</span>' in shown
    assert shown.count('<th scope="row"') == 1
    everything = page_of(client_of(at_desk.user), upload, "?loai=tat-ca")
    assert everything.count('<th scope="row"') == 4


def test_a_long_preview_is_paged_by_the_database(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload(months(2))
    rows = [
        UploadRow(upload=upload, number=number, outcome=Outcome.NEW, title=f"dòng {number}")
        for number in range(10, 2010)
    ]
    UploadRow.objects.bulk_create(rows)
    Upload.objects.filter(pk=upload.pk).update(counts={"new": 2002})
    client = client_of(at_desk.user)
    page_of(client, upload)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown = page_of(client, upload, "?loai=moi&page=3")
    assert shown.count('<th scope="row"') == PER_PAGE
    read = [query["sql"] for query in few if "imports_uploadrow" in query["sql"]]
    assert len(read) == 1 and "LIMIT 50 OFFSET 100" in read[0]
    assert "dòng 1500" in page_of(client, upload, "?dong=1500")
    assert "dòng 1500" not in page_of(client, upload, "?dong=1500&page=2")


def test_a_part_of_the_page_comes_alone_when_it_is_asked_for(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload(months(2))
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "preview"}
    shown = page_of(client_of(at_desk.user), upload, "?loai=moi", **asked)
    assert shown.startswith('<section id="preview"')
    assert "<html" not in shown


def test_a_duplicate_is_decided_on_the_page(at_desk: Desk, client_of: ClientOf):
    at_desk.confirm(at_desk.upload(months(1)))
    Turnover.objects.update(note="trùng")
    upload = at_desk.upload([("01/2015", "HUUNGHI", "export", 5000, "khác")])
    client = client_of(at_desk.user)
    assert "Bỏ qua" in page_of(client, upload)
    row = upload.rows.get().number
    assert post(client, upload, "choose", choice="update", row=row).status_code == 302
    assert upload.rows.get().choice == "update"
    assert post(client, upload, "choose", choice="burn").status_code == 404
    assert 'name="token"' in page_of(client, upload)


def test_only_the_good_rows_is_a_second_choice(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload([*months(2), WRONG_GATE])
    client, token = client_of(at_desk.user), tokens.sign(upload, at_desk.user)
    post(client, upload, "confirm", token=token)
    assert Upload.objects.get().state == State.READY
    post(client, upload, "confirm", token=token, only_good="1")
    assert Upload.objects.get().state == State.WRITING


# --- after it -----------------------------------------------------------------------------


def test_the_same_file_again_says_when_and_by_whom(at_desk: Desk, client_of: ClientOf):
    at_desk.confirm(at_desk.upload(months(2)))
    again = at_desk.upload(months(2))
    shown = page_of(client_of(at_desk.user), again)
    assert "Tệp này đã được nhập ngày" in shown
    assert at_desk.user.full_name in shown
    assert "Tệp không có gì mới" in shown


def test_my_work_shows_the_import(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload(months(2), name="tháng 1.csv")
    shown = client_of(at_desk.user).get(reverse("dashboards:my_jobs")).content.decode()
    assert "tháng 1.csv" in shown
    assert reverse("imports:show", args=[upload.pk]) in shown
    assert "chờ xác nhận" in shown


def test_a_file_put_aside_leaves_nothing(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload(months(2))
    answer = post(client_of(at_desk.user), upload, "discard")
    assert answer.headers["Location"] == reverse("imports:index")
    assert not Upload.objects.exists()
    assert not UploadRow.objects.exists()


def test_counts_are_written_as_the_language_does(at_desk: Desk, client_of: ClientOf):
    upload = at_desk.upload(months(2))
    Upload.objects.filter(pk=upload.pk).update(counts={"new": 100_000})
    assert "Xác nhận nhập 100.000 dòng" in page_of(client_of(at_desk.user), upload)


def test_the_same_fault_in_many_cells_is_said_once_and_each_cell_stays_listed(
    at_desk: Desk, client_of: ClientOf
):
    wrong = [(f"{month:02d}/2015", "KHONGCO", "export", 7, "") for month in range(1, 9)]
    upload = at_desk.upload([*wrong, ("09/2015", "HUUNGHI", "export", -1, "")])
    shown = page_of(client_of(at_desk.user), upload)
    _before, _mark, preview = shown.partition("fault-groups")
    groups, _mark, table = preview.partition("<table")
    assert "8 ô" in groups and groups.count("Không có cửa khẩu này. Sửa lại.") == 1
    assert "Giá trị không âm" not in groups
    cells = [f'<span class="cell-name">B{row}</span>' for row in range(2, 10)]
    assert [cell in groups for cell in cells] == [True] * 5 + [False] * 3
    assert all(cell in table for cell in cells)


def test_what_was_closed_since_shows_no_way_to_confirm(
    at_desk: Desk, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
):
    upload = at_desk.upload(months(2))
    refused = at_desk.upload([])
    monkeypatch.setattr(TurnoverSource, "refusal", lambda self: "Năm này đã chốt.")
    client = client_of(at_desk.user)
    for one in (upload, refused):
        shown = page_of(client, one)
        assert "Năm này đã chốt." in shown
        assert "Xác nhận nhập" not in shown and "Tải tệp khác lên" not in shown
    token = tokens.sign(upload, at_desk.user)
    shown = client.post(
        reverse("imports:confirm", args=[upload.pk]), {"token": token}, follow=True
    ).content.decode()
    assert "Năm này đã chốt." in shown
    assert Upload.objects.get(pk=upload.pk).state == State.READY


def test_the_marked_workbook_is_offered_also_after_only_the_good_rows_went_in(
    at_desk: Desk, client_of: ClientOf
):
    upload = at_desk.confirm(at_desk.upload([*months(2), WRONG_GATE]), only_good=True)
    client = client_of(at_desk.user)
    assert "Tải tệp đã đánh dấu lỗi" in page_of(client, upload)
    post(client, upload, "mark")
    jobs.run(pipeline.mark(upload, by=at_desk.user).job_id)
    assert client.get(reverse("imports:marked", args=[upload.pk])).status_code == 200


def test_what_was_undone_says_so(at_desk: Desk, client_of: ClientOf):
    done = at_desk.confirm(at_desk.upload(months(3)))
    changed = Turnover.objects.order_by("month").first()
    Turnover.objects.filter(pk=changed.pk).update(note="sửa sau", version=changed.version + 1)
    shown = page_of(client_of(at_desk.user), done)
    assert "outcome-undone" not in shown
    shown = page_of(client_of(at_desk.user), at_desk.undo(done))
    assert shown.count("outcome-undone") == 2  # not the row somebody changed since
    assert 'class="is-undone"' in shown


def test_a_preview_of_rows_that_mostly_stay_opens_on_the_others(at_desk: Desk, client_of: ClientOf):
    at_desk.confirm(at_desk.upload(months(4)))
    rows = months(4)
    rows[2] = (*rows[2][:3], 7, "")
    shown = page_of(client_of(at_desk.user), at_desk.upload(rows))
    assert shown.count("outcome-changed") == 1 and "outcome-unchanged" not in shown
