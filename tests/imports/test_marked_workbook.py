"""The marked workbook: made once by a job, true of the last check, its owner's alone."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from imports import marking, pipeline
from imports.models import MarkedWorkbook, Upload
from imports.opening import Refused
from jobs import actions as jobs
from jobs.models import Job
from tests.imports.standin import Desk, months, turnover_source
from tests.trade.sample import gates

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
ClientOf = Callable[[User], Client]
WRONG_GATE = ("05/2015", "KHONGCO", "export", 7, "")
ASKED = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "marked"}


@pytest.fixture
def at_desk(desk: User) -> Desk:
    gates()
    return Desk(desk)


@pytest.fixture
def faulty(at_desk: Desk) -> Upload:
    return at_desk.upload([*months(2), WRONG_GATE])


def made(upload: Upload) -> MarkedWorkbook:
    marked = pipeline.mark(upload, by=upload.by)
    jobs.run(marked.job_id)
    marked.refresh_from_db()
    return marked


def marking_jobs() -> int:
    return Job.objects.filter(kind="imports.mark").count()


def test_it_is_the_persons_own_rows_with_the_faulty_cells_commented(faulty: Upload):
    with made(faulty).file.open() as file:
        page = openpyxl.load_workbook(io.BytesIO(file.read())).active
    assert page is not None
    assert page["B4"].value == "KHONGCO"
    assert "Không có cửa khẩu này" in page["B4"].comment.text
    assert page["B3"].comment is None


def test_asked_for_twice_it_is_made_once(faulty: Upload):
    first, second = (pipeline.mark(faulty, by=faulty.by) for _time in range(2))
    assert (first.job, marking_jobs()) == (second.job, 1)
    marked = made(faulty)
    jobs.run(marked.job_id)
    assert made(faulty).file == marked.file
    assert marking_jobs() == 1


def test_a_check_that_is_made_anew_makes_it_untrue(
    at_desk: Desk, faulty: Upload, django_capture_on_commit_callbacks
):
    file = made(faulty).file
    asked_before = pipeline.mark(faulty, by=faulty.by).job
    with django_capture_on_commit_callbacks(execute=True):
        at_desk.worked(pipeline.answer(faulty, by=faulty.by, answers={"number:D": "vi"}))
    assert not file.storage.exists(file.name)
    faulty.refresh_from_db()
    assert made(faulty).job != asked_before


def test_work_that_was_overtaken_by_another_check_leaves_nothing(faulty: Upload):
    marked = pipeline.mark(faulty, by=faulty.by)
    MarkedWorkbook.objects.all().delete()
    jobs.run(marked.job_id)
    assert not MarkedWorkbook.objects.exists()
    assert Job.objects.get(pk=marked.job_id).state == Job.State.DONE


@pytest.mark.parametrize("how", ["put aside", "cleared"])
def test_it_goes_with_the_upload(
    how: str, faulty: Upload, settings, django_capture_on_commit_callbacks
):
    file = made(faulty).file
    with django_capture_on_commit_callbacks(execute=True):
        if how == "put aside":
            pipeline.discard(faulty, by=faulty.by)
        else:
            settings.IMPORT_UNCONFIRMED_DAYS = 0
            pipeline.clearing.clear()
    assert not Upload.objects.exists()
    assert not file.storage.exists(file.name)


def test_without_a_fault_there_is_none(at_desk: Desk):
    with pytest.raises(Refused):
        pipeline.mark(at_desk.upload(months(2)), by=at_desk.user)


def test_work_that_failed_can_be_asked_for_again(faulty: Upload, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_args: object) -> bytes:
        raise Refused("Không đọc được.")

    with monkeypatch.context() as context:
        context.setattr("imports.work_marking.marked", refuse)
        marked = made(faulty)
    assert marked.job is not None
    assert (marked.job.error, bool(marked.file)) == ("Không đọc được.", False)
    assert made(faulty).file


def test_the_page_shows_it_coming_and_then_hands_it_over(faulty: Upload, client_of: ClientOf):
    client = client_of(faulty.by)
    page, file = (reverse(f"imports:{name}", args=[faulty.pk]) for name in ("show", "marked"))
    assert client.get(file).status_code == 404
    assert client.post(reverse("imports:mark", args=[faulty.pk])).headers["Location"] == page
    coming = client.get(page, **ASKED).content.decode()
    assert "hx-trigger" in coming and "<progress" in coming and "<html" not in coming
    assert client.get(file).status_code == 404
    jobs.run(MarkedWorkbook.objects.get().job_id)
    there = client.get(page, **ASKED).content.decode()
    assert "data-fetch" in there and "hx-trigger" not in there
    assert "data-fetch" not in client.get(page).content.decode()
    answer = client.get(file)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('"kim-ngach-danh-dau-loi.xlsx"')


def test_my_work_names_it(faulty: Upload, client_of: ClientOf):
    pipeline.mark(faulty, by=faulty.by)
    shown = client_of(faulty.by).get(reverse("dashboards:my_jobs")).content.decode()
    assert "kim-ngach.csv: đánh dấu lỗi" in shown


def test_no_temporary_file_is_left(faulty: Upload, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    content = ContentFile(b"x;y\n1;2\n")
    assert marking.marked(content, "a.csv", [], "")
    assert made(faulty).file
    assert list(tmp_path.iterdir()) == []
