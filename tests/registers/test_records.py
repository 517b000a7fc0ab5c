"""What every register does with its records, asked of each declared register."""

from __future__ import annotations

import csv
import io
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from reference.models import ReportingYear
from reference.periods import PeriodRefusal, open_year
from registers import actions
from registers.actions import Conflict, Refused
from registers.models import Attachment, RecordUse, SavedFilter
from registers.resources import resource_of
from registers.timeline import timeline
from registers.years import year_of

PDF = b"%PDF-1.4 a scanned paper"


def address(sample, name, *arguments):
    return reverse(f"registers:{name}", args=[sample.of.slug, *arguments])


@pytest.fixture
def client(desk, client_of):
    return client_of(desk)


@pytest.fixture
def record(sample, agencies, desk):
    return sample.record(agencies["SCT"], desk)


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


def close_year_of(sample, record):
    year = year_of(record.day, sample.of.calendar)
    open_year(year)
    ReportingYear.objects.filter(year=year).update(locked_on=timezone.localdate())
    return year


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
    told = timeline(sample.of, record)
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


# --- attachments ----------------------------------------------------------------------


def test_an_attachment_leaves_as_a_download_and_nothing_else(sample, record, client):
    client.post(
        address(sample, "attach", record.pk), {"files": SimpleUploadedFile("biên bản.pdf", PDF)}
    )
    kept = Attachment.objects.get()
    assert (kept.size, len(kept.sha256), kept.content_type) == (len(PDF), 64, "application/pdf")
    answer = client.get(address(sample, "file", record.pk, kept.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.html", b"<script>alert(1)</script>"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("gia.pdf", b"<html>not a PDF</html>"),
        ("rong.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(sample, record, client, name, content):
    page = client.post(
        address(sample, "attach", record.pk),
        {"files": SimpleUploadedFile(name, content)},
        follow=True,
    )
    assert not Attachment.objects.exists()
    assert name in page.content.decode()


def test_a_file_that_is_far_too_large_is_refused_and_fills_no_disk(
    sample, record, client, settings, monkeypatch
):
    settings.FILE_UPLOAD_KEPT = 1024 * 1024
    settings.FILE_UPLOAD_HANDLERS = ["common.upload_handler.BoundedUploadHandler"]
    written = []
    write = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, data, start: (written.append(len(data)), write(self, data, start))[1],
    )
    huge = SimpleUploadedFile("to.pdf", PDF + bytes(21 * 1024 * 1024))
    page = client.post(address(sample, "attach", record.pk), {"files": huge}, follow=True)
    assert "lớn hơn 20 MB" in page.content.decode()
    assert not Attachment.objects.exists()
    assert sum(written) <= 1024 * 1024 + 64 * 1024


def test_the_same_file_twice_is_one_attachment(sample, record, client):
    for _turn in range(2):
        client.post(
            address(sample, "attach", record.pk), {"files": SimpleUploadedFile("a.pdf", PDF)}
        )
    assert Attachment.objects.count() == 1


def test_an_attachment_becomes_a_source_figures_can_cite(sample, record, client):
    client.post(address(sample, "attach", record.pk), {"files": SimpleUploadedFile("a.pdf", PDF)})
    kept = Attachment.objects.get()
    client.post(address(sample, "cite", record.pk, kept.pk))
    kept.refresh_from_db()
    assert kept.source.file_sha256 == kept.sha256
    assert kept.source.file.read() == PDF


def test_a_file_of_a_restricted_record_becomes_no_source(sample, agencies, desk, client):
    record = sample.record(agencies["SCT"], desk, data_class="restricted")
    client.post(address(sample, "attach", record.pk), {"files": SimpleUploadedFile("a.pdf", PDF)})
    client.post(address(sample, "cite", record.pk, Attachment.objects.get().pk))
    assert Attachment.objects.get().source is None


# --- the list ------------------------------------------------------------------------


def many(sample, agencies, desk, count):
    """Copies of one record, some with empty values, written at once."""
    have = sample.of.model.objects.count()
    first = sample.record(agencies["SCT"], desk, **sample.nth(have))
    model = sample.of.model
    if sample.nth(1):
        for number in range(have + 1, count):
            sample.record(agencies["SCT"], desk, **sample.nth(number))
        return count
    copies = []
    for _number in range(1, count):
        copy = model.objects.get(pk=first.pk)
        copy.pk, copy.entry_key = None, None
        copies.append(copy)
    try:
        model.objects.bulk_create(copies)
    except Exception:
        pytest.skip("this register allows no copies")
    return count


def test_every_sortable_column_leads_through_all_rows_and_back(sample, agencies, desk, client):
    total = many(sample, agencies, desk, 120)
    link = re.compile(rf'href="{address(sample, "list")}(\d+)/"')
    sortable = [column.name for column in sample.of.columns if column.sort]
    assert sortable
    for name in (sign + column for column in sortable for sign in ("", "-")):
        seen: list[str] = []
        query = f"?sort={name}"
        pages = []
        while query:
            page = client.get(address(sample, "list") + query).content.decode()
            pages.append(link.findall(page))
            seen += pages[-1]
            found = re.search(r'rel="next" href="([^"]+)"', page)
            query = found[1].replace("&amp;", "&") if found else ""
        assert len(seen) == len(set(seen)) == total
        back = re.search(r'rel="prev" href="([^"]+)"', page)[1].replace("&amp;", "&")
        assert (
            link.findall(client.get(address(sample, "list") + back).content.decode()) == pages[-2]
        )


def test_a_list_asks_no_more_for_more_rows(sample, agencies, desk, client):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address(sample, "list"))
        return len(found)

    sample.record(agencies["SCT"], desk)
    client.get(address(sample, "list"))
    few = queries()
    many(sample, agencies, desk, 60)
    assert queries() == few


def test_search_and_filters_find_a_record_by_words_without_accents(sample, record, client):
    detail = address(sample, "detail", record.pk)
    listed = address(sample, "list")
    open_year(2019)
    assert detail in client.get(f"{listed}?q={sample.word}").content.decode()
    assert detail not in client.get(f"{listed}?q=khongcogi").content.decode()
    assert detail in client.get(f"{listed}?{sample.filtered}").content.decode()
    assert detail not in client.get(f"{listed}?{sample.empty}").content.decode()


def test_a_filter_is_kept_under_a_name_by_the_person_who_made_it(
    sample, record, desk, leader, client, client_of
):
    client.post(address(sample, "save_filter"), {"name": "Năm 2019", "query": sample.filtered})
    kept = SavedFilter.objects.get()
    assert (kept.user, kept.query) == (desk, sample.filtered)
    assert "Năm 2019" in client.get(address(sample, "list")).content.decode()
    other = client_of(leader)
    assert "Năm 2019" not in other.get(address(sample, "list")).content.decode()
    assert other.post(address(sample, "drop_filter", kept.pk)).status_code == 404
    client.post(address(sample, "drop_filter", kept.pk))
    assert not SavedFilter.objects.exists()


# --- export ---------------------------------------------------------------------------


def test_an_export_has_exactly_what_is_filtered(sample, record, client):
    open_year(2019)
    for query, rows in ((sample.filtered, 1), (sample.empty, 0)):
        answer = client.get(f"{address(sample, 'export', 'csv')}?{query}")
        text = b"".join(answer.streaming_content).decode()
        assert text.startswith("\ufeff")
        assert len(list(csv.reader(io.StringIO(text)))) == rows + 1
        answer = client.get(f"{address(sample, 'export', 'xlsx')}?{query}")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        assert book.active.max_row == rows + 1


def test_a_text_that_looks_like_a_formula_leaves_as_text(sample, agencies, desk, client):
    name, _value = sample.changed
    sample.record(agencies["SCT"], desk, **{name: "=1+1"})
    answer = client.get(address(sample, "export", "csv"))
    assert "'=1+1" in b"".join(answer.streaming_content).decode()
    answer = client.get(address(sample, "export", "xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    cell = next(cell for cell in cells if cell.value == "=1+1")
    assert cell.data_type == "s" and cell.quotePrefix


def test_sample_data_say_so_everywhere(sample, record, client):
    sample.of.model.objects.update(is_demo=True)
    for page in (address(sample, "list"), address(sample, "detail", record.pk)):
        assert "dữ liệu minh họa" in client.get(page).content.decode().lower()
    answer = client.get(address(sample, "export", "csv"))
    assert "dữ liệu minh họa" in b"".join(answer.streaming_content).decode()


# --- the admin ------------------------------------------------------------------------


def test_administrators_enter_records_in_the_django_admin(
    sample, agencies, admin_user, client_of, desk
):
    meta = sample.of.model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    client = client_of(admin_user)
    data = sample.data(agencies["SCT"])
    for lines in sample.of.lines:
        data |= {f"{lines.name}-MIN_NUM_FORMS": "0", f"{lines.name}-MAX_NUM_FORMS": "1000"}
    answer = client.post(reverse(f"{name}_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    made = sample.of.model.objects.get()
    assert (made.created_by, made.version) == (admin_user, 1)
    assert client.get(reverse(f"{name}_changelist"), {"q": sample.word}).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[made.pk])).status_code == 200
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(reverse(f"{name}_export")).streaming_content))
    )
    titles, row = (list(cells) for cells in book.active.iter_rows(values_only=True))
    columns = resource_of(sample.register)().columns
    assert titles == [str(column.label) for column in columns]
    assert (row[0], len(row)) == (made.pk, len(columns))
    named = {column.name for column in columns}
    assert named >= {*sample.of.fields, *(lines.name for lines in sample.of.lines)}
    hidden = sample.record(agencies["SNNMT"], desk, data_class="restricted", **sample.nth(1))
    assert client.get(reverse(f"{name}_change", args=[hidden.pk])).status_code == 302


def test_the_admins_import_leads_to_the_portal(sample, admin_user, client_of):
    meta = sample.of.model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    answer = client_of(admin_user).get(reverse(f"{name}_import"), follow=True)
    assert answer.redirect_chain == [(address(sample, "list"), 302)]
    assert "Tệp bản ghi do người nhập liệu nhập" in answer.content.decode()
    with pytest.raises(NoReverseMatch):
        reverse(f"{name}_process_import")  # the library's own view


def test_the_admin_refuses_what_the_portal_refuses(sample, record, agencies, admin_user, client_of):
    close_year_of(sample, record)
    meta = sample.of.model._meta
    change = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    answer = client_of(admin_user).post(change, sample.data(agencies["SCT"], record, seen="1"))
    assert answer.status_code == 200
    assert "đã chốt" in answer.content.decode()


def test_only_actions_write_for_whom_may(sample, record, other_officer):
    with pytest.raises(PermissionDenied):
        actions.restore(sample.of, record, by=other_officer)
