"""Files beside a record, asked of each declared register."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from registers.models import Attachment
from tests.registers.samples import PDF, address


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
