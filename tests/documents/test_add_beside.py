"""Adding a document without leaving the work: a short form, and no document twice."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import actions
from documents.models import SourceDocument

pytestmark = pytest.mark.django_db
ADD = "/van-ban-nguon/them-nhanh/"


def typed(**changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "kind": "report",
        "number": "12/BC-SCT",
        "issued_on": "5/12/2019",
        "issuer": "Sở Công Thương",
        "subject": "Kim ngạch qua địa bàn năm 2019",
    }
    return fields | changes


def pdf(content: bytes = b"%PDF-1.7 ...") -> SimpleUploadedFile:
    return SimpleUploadedFile("bản quét.pdf", content)


def test_a_document_added_beside_the_table_is_named_to_it(client_of, officer):
    answer = client_of(officer).post(ADD, typed(file=pdf()))
    document = SourceDocument.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"id": document.pk, "label": document.citation}
    assert (document.added_by, document.file_name) == (officer, "bản quét.pdf")


def test_what_is_wrong_is_said_at_its_field(client_of, officer):
    answer = client_of(officer).post(ADD, typed(issued_on="31/02/2019", subject=""))
    text = unicodedata.normalize("NFC", answer.content.decode())
    assert answer.status_code == 422
    assert "không phải ngày" in text and "Chưa nhập ô này" in text and "12/BC-SCT" in text
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(
    "again",
    [
        {"number": "99/KH", "file": True},
        {"number": "12/bc-sct", "issuer": "SỞ CÔNG THƯƠNG"},
    ],
    ids=["the same file", "the same number, date and issuer"],
)
def test_what_is_there_already_is_offered_instead(client_of, officer, desk, again):
    known = actions.add_document(
        by=desk,
        number="12/BC-SCT",
        issued_on=dt.date(2019, 12, 5),
        issuer="Sở Công Thương",
        subject="Kim ngạch",
        file=pdf(),
    )
    if again.get("file"):
        again = again | {"file": pdf()}
    answer = client_of(officer).post(ADD, typed(**again))
    assert answer.status_code == 409
    assert f'data-use="{known.pk}"' in answer.content.decode()
    assert SourceDocument.objects.count() == 1

    if "file" in again:
        again["file"] = pdf()
    assert client_of(officer).post(ADD, typed(anyway="1", **again)).status_code == 201
    assert SourceDocument.objects.count() == 2


def test_documents_without_a_number_are_not_taken_for_one_another(client_of, officer):
    for _time in range(2):
        answer = client_of(officer).post(ADD, typed(number=""))
        assert answer.status_code == 201


def test_the_agency_entered_for_is_the_issuer_to_begin_with(client_of, desk):
    answer = client_of(desk).get(ADD, {"issuer": "Sở Công Thương"})
    assert 'value="Sở Công Thương"' in unicodedata.normalize("NFC", answer.content.decode())
