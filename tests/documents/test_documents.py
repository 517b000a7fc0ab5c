"""Source documents: who adds and changes them, what is uploaded, how a file is handed out."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from documents import actions, uploads
from documents.models import SourceDocument

pytestmark = pytest.mark.django_db
LIST = "/van-ban-nguon/"
PDF = b"%PDF-1.7 ..."


@pytest.fixture
def decision(desk) -> SourceDocument:
    return actions.add_document(
        by=desk,
        number="2345/QĐ-UBND",
        kind="decision",
        issuer="UBND tỉnh Lạng Sơn",
        subject="Giao kế hoạch kim ngạch năm 2019",
        file=SimpleUploadedFile("Quyết định 2345.pdf", PDF),
    )


def typed(**changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "kind": "report",
        "number": "12/BC-SCT",
        "issued_on": "5/12/2019",
        "issued_year": "",
        "issuer": "Sở Công Thương",
        "subject": "Kim ngạch qua địa bàn năm 2019",
    }
    return fields | changes


def changed(document: SourceDocument, **changes: object) -> dict[str, object]:
    """What the form sends when the document is changed as it is now."""
    return typed(seen=document.version, **changes)


def page_text(answer) -> str:
    return unicodedata.normalize("NFC", answer.content.decode())


def test_an_officer_adds_a_document_with_a_date_typed_the_vietnamese_way(client_of, officer):
    upload = SimpleUploadedFile("bản quét.pdf", PDF)
    answer = client_of(officer).post(f"{LIST}them/", typed(file=upload))
    document = SourceDocument.objects.get()
    assert answer.status_code == 302 and answer.url == f"{LIST}{document.pk}/"
    assert document.date_text == "05/12/2019"
    assert document.added_by == officer
    assert document.file_name == "bản quét.pdf"
    assert document.file_sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("issued_on", "31/02/2019", "không phải ngày"),
        ("issued_on", "12-05-2019", "không phải ngày"),
        ("issued_year", "19", "Năm gồm bốn chữ số"),
        ("issued_year", "2018", "Ngày thuộc năm khác"),
        ("subject", "", "Chưa nhập ô này"),
        ("kind", "thư", "không có trong danh sách"),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_nothing_is_stored(
    client_of, officer, field, text, said
):
    answer = client_of(officer).post(f"{LIST}them/", typed(**{field: text}))
    assert answer.status_code == 422
    assert said in page_text(answer)
    assert "12/BC-SCT" in page_text(answer)
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"<script>", "không khớp với phần mở rộng"),
        ("a.pdf", b"", "không khớp với phần mở rộng"),
        ("a.docx", PDF, "không khớp với phần mở rộng"),
        ("a.exe", b"MZ", "không thuộc loại tệp được nhận"),
        ("a.svg", b"<svg/>", "không thuộc loại tệp được nhận"),
        ("pdf", PDF, "không thuộc loại tệp được nhận"),
    ],
)
def test_a_file_must_be_what_its_name_says(client_of, officer, name, content, said):
    upload = SimpleUploadedFile(name, content)
    answer = client_of(officer).post(f"{LIST}them/", typed(file=upload))
    assert answer.status_code == 422
    assert said in page_text(answer)


def test_a_file_of_more_than_20_megabytes_is_refused_with_the_remedy():
    upload = SimpleUploadedFile("lớn.pdf", PDF)
    upload.size = 20 * 1024 * 1024 + 1
    with translation.override("vi"), pytest.raises(ValidationError, match="200 dpi"):
        uploads.check(upload)


@pytest.mark.parametrize("extension", uploads.SIGNATURES)
def test_every_accepted_kind_is_accepted(extension):
    uploads.check(SimpleUploadedFile(f"TỆP{extension.upper()}", uploads.SIGNATURES[extension]))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\Users\lan\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/x.pdf", "x.pdf"),
        (unicodedata.normalize("NFD", "Đoàn vào.pdf"), "Đoàn vào.pdf"),
        ("a\r\nSet-Cookie: x\u202e.pdf", "aSet-Cookie: x.pdf"),
        ("b" * 300 + ".pdf", "b" * 146 + ".pdf"),
    ],
)
def test_a_file_name_is_shown_without_folders_and_tricks(given, kept):
    assert uploads.clean_name(given) == kept


def test_a_file_is_a_download_that_no_browser_runs(client_of, leader, decision):
    answer = client_of(leader).get(f"{LIST}{decision.pk}/tep/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_document_without_file_says_so(client_of, leader, desk):
    document = actions.add_document(by=desk, subject="Nghị quyết 22-NQ/TW")
    answer = client_of(leader).get(f"{LIST}{document.pk}/tep/")
    assert answer.status_code == 404
    assert "không có tệp" in page_text(answer)


def test_nobody_reads_without_signing_in(decision):
    for address in (LIST, f"{LIST}{decision.pk}/", f"{LIST}{decision.pk}/tep/"):
        assert Client().get(address).url.startswith("/dang-nhap/")


def test_a_leader_reads_and_cannot_add(client_of, leader, decision):
    browser = client_of(leader)
    assert "Thêm văn bản" not in page_text(browser.get(LIST))
    assert browser.get(f"{LIST}them/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_document(by=leader, subject="x")


def test_a_document_is_changed_by_who_added_it_and_by_the_desk(
    client_of, officer, other_officer, desk
):
    document = actions.add_document(by=officer, subject="Báo cáo")
    address = f"{LIST}{document.pk}/sua/"
    assert client_of(other_officer).get(address).status_code == 403
    assert client_of(other_officer).post(address, typed()).status_code == 403
    assert client_of(officer).post(address, changed(document, number="1/BC")).status_code == 302
    assert client_of(desk).post(address, changed(document, number="2/BC")).status_code == 302
    document.refresh_from_db()
    assert document.number == "2/BC"


def test_a_change_without_a_new_file_keeps_the_file(client_of, desk, decision):
    before = decision.file.name
    client_of(desk).post(f"{LIST}{decision.pk}/sua/", changed(decision, subject="Khác"))
    decision.refresh_from_db()
    assert (decision.subject, decision.file.name) == ("Khác", before)


def test_a_wrong_file_leaves_the_stored_document_as_it_was(client_of, desk, decision):
    upload = SimpleUploadedFile("x.pdf", b"no")
    answer = client_of(desk).post(f"{LIST}{decision.pk}/sua/", typed(file=upload))
    assert answer.status_code == 422
    assert "Quyết định 2345.pdf" in page_text(answer)
    decision.refresh_from_db()
    assert decision.subject == "Giao kế hoạch kim ngạch năm 2019"


def test_a_store_that_cannot_be_written_is_told_at_the_file(client_of, officer, settings, tmp_path):
    blocked = tmp_path / "not-a-folder"
    blocked.write_text("")
    storages = {**settings.STORAGES}
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": blocked},
    }
    settings.STORAGES = storages
    upload = SimpleUploadedFile("a.pdf", PDF)
    answer = client_of(officer).post(f"{LIST}them/", typed(file=upload))
    assert "Máy chủ không ghi được tệp" in page_text(answer)
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ke hoach KIM NGACH"}, True),
        ({"q": "2345 lang son"}, True),
        ({"q": "quảng tây"}, False),
        ({"kind": "decision"}, True),
        ({"kind": "legal"}, False),
    ],
)
def test_the_list_is_searched_without_accents_and_by_kind(
    client_of, leader, decision, asked, found
):
    answer = client_of(leader).get(LIST, asked)
    assert ("2345/QĐ-UBND" in page_text(answer)) is found


def test_the_latest_document_comes_first_and_one_without_date_last(client_of, desk, leader):
    for subject, fields in (
        ("không ngày", {}),
        ("năm 2018", {"issued_year": 2018}),
        ("năm 2020", {"issued_year": 2020}),
    ):
        actions.add_document(by=desk, subject=subject, **fields)
    shown = [document.subject for document in client_of(leader).get(LIST).context["page"]]
    assert shown == ["năm 2020", "năm 2018", "không ngày"]


def test_a_figure_shows_on_the_document_it_rests_on(client_of, leader, desk, decision, year_2019):
    from indicators.models import Figure, Side, State
    from reference.models import Period

    Figure.objects.create(
        indicator="TRADE.TOTAL",
        period=Period.objects.full_year(2019),
        agency=desk.role_holdings.get().agency,
        side=Side.PLAN,
        state=State.VALUE,
        value=5230,
        value_given="5.230",
        unit_given="triệu USD",
        source=decision,
    )
    text = page_text(client_of(leader).get(f"{LIST}{decision.pk}/"))
    assert "5.230" in text and "triệu USD" in text


@pytest.fixture
def report_of_another(desk) -> SourceDocument:
    upload = SimpleUploadedFile("báo cáo.pdf", PDF)
    return actions.add_document(by=desk, subject="Báo cáo", kind="report", file=upload)


def cite(document: SourceDocument, agency, *, by=None, value: int = 5230) -> None:
    """A new version of one cell; ``by`` nobody is the load of published figures."""
    from indicators.models import Figure, Side, State
    from reference.models import Period

    before = Figure.objects.filter(agency=agency)
    before.update(is_current=False)
    Figure.objects.create(
        indicator="TRADE.TOTAL",
        period=Period.objects.full_year(2019),
        agency=agency,
        side=Side.PLAN,
        version=before.count() + 1,
        state=State.VALUE,
        value=value,
        source=document,
        entered_by=by,
    )


def offers_and_gives(client: Client, document: SourceDocument) -> tuple[bool, bool, bool]:
    """Whether list and page offer the file, and whether it is handed out."""
    address = f"{LIST}{document.pk}/tep/"
    listed, page = (
        address in page_text(client.get(path)) for path in (LIST, f"{LIST}{document.pk}/")
    )
    return listed, page, client.get(address).status_code == 200


def test_the_file_of_another_agencys_report_stays_closed(client_of, officer, report_of_another):
    assert offers_and_gives(client_of(officer), report_of_another) == (False, False, False)
    answer = client_of(officer).get(f"{LIST}{report_of_another.pk}/tep/")
    assert answer.status_code == 404
    assert "chỉ mở cho người đã thêm" in page_text(answer)


@pytest.mark.parametrize("kind", ["publication", "legal", "decision"])
def test_the_file_of_what_is_published_is_open_to_all_who_read(
    client_of, officer, report_of_another, kind
):
    SourceDocument.objects.update(kind=kind)
    assert offers_and_gives(client_of(officer), report_of_another) == (True, True, True)


def test_who_reads_all_agencies_has_every_file(client_of, leader, report_of_another):
    assert offers_and_gives(client_of(leader), report_of_another) == (True, True, True)


def test_who_added_a_file_has_it_and_another_agency_not(client_of, officer, other_officer):
    upload = SimpleUploadedFile("a.pdf", PDF)
    document = actions.add_document(by=officer, subject="Báo cáo", file=upload)
    assert offers_and_gives(client_of(officer), document) == (True, True, True)
    assert offers_and_gives(client_of(other_officer), document) == (False, False, False)


def test_the_agency_whose_figure_rests_on_it_has_the_file(
    client_of, officer, other_officer, agencies, report_of_another, year_2019
):
    cite(report_of_another, agencies["SCT"])
    assert offers_and_gives(client_of(officer), report_of_another) == (True, True, True)
    assert offers_and_gives(client_of(other_officer), report_of_another) == (False, False, False)


def test_citing_a_document_does_not_open_its_file(
    client_of, officer, agency_head, desk, agencies, report_of_another, year_2019
):
    cite(report_of_another, agencies["SCT"], by=officer)
    assert offers_and_gives(client_of(officer), report_of_another) == (False, False, False)
    assert offers_and_gives(client_of(agency_head), report_of_another) == (False, False, False)
    # Nor does a correction of the number by somebody who has the file: the source was not theirs.
    cite(report_of_another, agencies["SCT"], by=desk, value=5231)
    assert offers_and_gives(client_of(officer), report_of_another) == (False, False, False)


def test_a_citation_by_the_desk_opens_the_file_for_good(
    client_of, officer, other_officer, desk, person, agencies, year_2019
):
    document = actions.add_document(
        by=person("desk"), subject="Báo cáo", file=SimpleUploadedFile("a.pdf", PDF)
    )
    cite(document, agencies["SCT"], by=desk)
    cite(document, agencies["SCT"], by=officer, value=5231)
    assert offers_and_gives(client_of(officer), document) == (True, True, True)
    assert offers_and_gives(client_of(other_officer), document) == (False, False, False)


def test_who_added_a_document_opens_it_to_colleagues_by_citing_it(
    client_of, officer, agency_head, agencies, year_2019
):
    upload = SimpleUploadedFile("a.pdf", PDF)
    document = actions.add_document(by=officer, subject="Báo cáo", file=upload)
    assert offers_and_gives(client_of(agency_head), document) == (False, False, False)
    cite(document, agencies["SCT"], by=officer)
    assert offers_and_gives(client_of(agency_head), document) == (True, True, True)


def test_a_role_that_has_ended_opens_nothing(
    client_of, officer, person, agencies, report_of_another, year_2019
):
    former = person("desk")
    former.role_holdings.update(valid_to=dt.date(2019, 1, 1))
    cite(report_of_another, agencies["SCT"], by=former)
    assert offers_and_gives(client_of(officer), report_of_another) == (False, False, False)


def test_who_holds_no_role_has_no_file(person, decision):
    assert not SourceDocument.objects.with_file_open_to(person()).exists()


def test_a_file_gone_from_the_disk_is_told(client_of, leader, decision):
    decision.file.storage.delete(decision.file.name)
    answer = client_of(leader).get(f"{LIST}{decision.pk}/tep/")
    assert answer.status_code == 404
    assert "không có tệp" in page_text(answer)


def test_the_second_of_two_who_change_a_document_sees_both_values(client_of, desk, decision):
    address = f"{LIST}{decision.pk}/sua/"
    first, second = client_of(desk), client_of(desk)
    seen = second.get(address).context["form"]["seen"].value()
    first.post(address, changed(decision, subject="Của người thứ nhất"))
    answer = second.post(address, typed(seen=seen, subject="Của người thứ hai"))
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in page_text(answer)
    assert answer.context["differences"] == [
        ("Trích yếu", "Của người thứ nhất", "Của người thứ hai")
    ]
    decision.refresh_from_db()
    assert decision.subject == "Của người thứ nhất"

    again = answer.context["form"]["seen"].value()
    saved = second.post(address, typed(seen=again, subject="Của người thứ hai"))
    assert saved.status_code == 302
    decision.refresh_from_db()
    assert decision.subject == "Của người thứ hai"


@pytest.mark.parametrize("seen", ["", "x", "0", "-1"])
def test_a_change_of_what_was_never_seen_is_not_saved(client_of, desk, decision, seen):
    answer = client_of(desk).post(f"{LIST}{decision.pk}/sua/", typed(seen=seen, subject="Khác"))
    assert answer.status_code in (409, 422)
    decision.refresh_from_db()
    assert decision.subject == "Giao kế hoạch kim ngạch năm 2019"


def test_what_was_seen_survives_a_field_that_is_wrong(client_of, desk, decision):
    form = changed(decision, issued_on="31/02/2019")
    answer = client_of(desk).post(f"{LIST}{decision.pk}/sua/", form)
    assert answer.status_code == 422
    assert f'value="{form["seen"]}"' in page_text(answer)


def test_script_in_a_subject_is_only_text(client_of, desk, leader):
    actions.add_document(by=desk, subject="<script>alert(1)</script>")
    assert "<script>alert" not in page_text(client_of(leader).get(LIST))
