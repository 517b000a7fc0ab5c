"""An uploaded workbook as the source of its numbers: offered, named, kept once, cell by cell."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import Agency, User
from documents.models import SourceDocument
from imports import pipeline, tokens
from imports.clearing import names
from imports.forms import AnswerForm
from imports.models import Upload
from indicators.imported.file_document import DAY, ISSUER, SUBJECT
from indicators.imported.sources_of_file import KEY
from indicators.models import Figure
from jobs import actions as jobs
from reference.models import Period
from reference.periods import open_year
from tests.indicators.sheets import source_of

pytestmark = pytest.mark.django_db
State = Upload.State

LINES = (
    ("UBND TỈNH LẠNG SƠN", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ CÔNG THƯƠNG",),
    ("Tình hình xuất nhập khẩu năm 2019",),
    ("(Đơn vị tính: triệu USD)",),
    ("TT", "Chỉ tiêu", "ĐVT", "KH 2019", "TH 2019"),
    (1, "Kim ngạch xuất khẩu", "triệu USD", 3150, 2550),
    (2, "Kim ngạch nhập khẩu", "triệu USD", None, 2200),
    (None, "Lạng Sơn, ngày 05 tháng 12 năm 2019"),
)


@pytest.fixture(autouse=True)
def years(agencies: dict[str, Agency]) -> None:
    open_year(2018)
    open_year(2019)


def workbook(*, name: str = "XNK_2019.xlsx", lines=LINES) -> ContentFile:
    book = Workbook()
    book.active.title = "Bieu 1"
    for line in lines:
        book.active.append(line)
    target = io.BytesIO()
    book.save(target)
    return ContentFile(target.getvalue(), name=name)


def worked(upload: Upload) -> Upload:
    jobs.run(upload.job.pk)
    return Upload.objects.select_related("job").get(pk=upload.pk)


def received(file: ContentFile, by: User, **said: str) -> Upload:
    upload = worked(pipeline.receive(file, source=source_of(2019), by=by))
    if said:
        upload = worked(pipeline.answer(upload, by=by, answers=said))
    return upload


def confirmed(upload: Upload) -> Upload:
    token = tokens.sign(upload, upload.by)
    return worked(pipeline.confirm(upload, by=upload.by, token=token))


def undone(upload: Upload) -> Upload:
    return worked(pipeline.undo(upload, by=upload.by))


def question(upload: Upload, key: str) -> dict:
    return next((one for one in upload.questions if one["key"] == key), {})


def offered(upload: Upload) -> set[str]:
    return {value for value, _words in question(upload, KEY).get("options", ())}


def now(code: str, side: str = "actual") -> Figure:
    return Figure.objects.current().get(indicator=code, side=side, period__year=2019)


FILE = {KEY: "file"}


def test_the_file_is_offered_with_a_name_out_of_its_lines(officer: User):
    upload = received(workbook(), officer)
    assert upload.state == State.READY  # an offer keeps nobody waiting
    assert offered(upload) == {"", "file"}
    proposed = {key: question(upload, key)["proposed"] for key in (SUBJECT, ISSUER, DAY)}
    assert proposed[SUBJECT] == "Tình hình xuất nhập khẩu năm 2019"
    assert proposed[ISSUER] == str(Agency.objects.get(code="SCT"))
    assert proposed[DAY] == "05/12/2019"
    assert not SourceDocument.objects.exists()


def test_a_file_without_lines_is_called_as_it_is_named(officer: User):
    upload = received(workbook(lines=LINES[4:7]), officer)
    assert question(upload, SUBJECT)["proposed"] == "XNK 2019"
    assert question(upload, DAY)["proposed"] == ""


def test_confirming_makes_the_file_a_document_and_each_number_names_its_cell(officer: User):
    upload = received(workbook(), officer, **FILE, **{SUBJECT: "Biểu XNK năm 2019"})
    assert "Biểu XNK năm 2019" in " ".join(upload.recognised)
    assert not SourceDocument.objects.exists()

    upload = confirmed(upload)
    document = SourceDocument.objects.get()
    assert (document.subject, document.date_text) == ("Biểu XNK năm 2019", "05/12/2019")
    assert (document.added_by, document.kind) == (officer, "report")
    assert (document.file_name, document.file_sha256) == ("XNK_2019.xlsx", upload.sha256)
    with document.file.open("rb") as kept, upload.file.open("rb") as came:
        assert kept.read() == came.read()
    exported, planned = now("TRADE.EXPORT"), now("TRADE.EXPORT", "plan")
    assert {exported.source, planned.source, now("TRADE.IMPORT").source} == {document}
    assert (exported.source_page, planned.source_page) == ("Bieu 1!E6", "Bieu 1!D6")
    assert exported.place == "trang Bieu 1, ô E6"


def test_the_panel_of_a_number_leads_to_the_file(officer: User, leader: User, client_of):
    confirmed(received(workbook(), officer, **FILE))
    document, figure = SourceDocument.objects.get(), now("TRADE.EXPORT")
    panel = client_of(leader).get(reverse("indicators:source", args=[figure.pk]))
    assert reverse("documents:detail", args=[document.pk]) in panel.content.decode()
    assert "trang Bieu 1, ô E6" in panel.content.decode()
    file = client_of(leader).get(reverse("documents:file", args=[document.pk]))
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_the_same_file_again_makes_no_second_document(officer: User):
    content = workbook().read()
    undone(confirmed(received(ContentFile(content, name="a.xlsx"), officer, **FILE)))
    again = received(ContentFile(content, name="b.xlsx"), officer, **FILE)
    assert offered(again) == {"", "file"} and not question(again, SUBJECT)
    document = SourceDocument.objects.get()
    assert document.subject in dict(question(again, KEY)["options"])["file"]
    confirmed(again)
    assert SourceDocument.objects.get() == now("TRADE.EXPORT").source


def test_two_imports_of_a_file_that_waits_make_one_document(officer: User):
    content = workbook().read()
    two = [received(ContentFile(content, name="a.xlsx"), officer, **FILE) for _ in range(2)]
    confirmed(two[0])
    undone(Upload.objects.get(pk=two[0].pk))
    second = confirmed(two[1])  # its cells have other versions by now: it is checked again
    if second.state == State.READY:
        second = confirmed(second)
    assert second.state == State.DONE
    assert SourceDocument.objects.get() == now("TRADE.EXPORT").source


def test_a_document_closed_to_a_person_is_not_theirs_to_rest_on(officer: User, desk: User):
    upload = received(workbook(), officer)
    closed = SourceDocument.objects.create(
        subject="Của đơn vị khác", added_by=desk, file="x", file_sha256=upload.sha256
    )
    confirmed(worked(pipeline.answer(upload, by=officer, answers=FILE)))
    assert now("TRADE.EXPORT").source != closed
    assert now("TRADE.EXPORT").source.added_by == officer


def test_undoing_puts_the_sources_back_and_the_paper_stays(officer: User, agencies):
    before = SourceDocument.objects.create(number="12/BC-SCT", subject="Báo cáo")
    confirmed(received(workbook(name="a.xlsx"), officer, **{KEY: str(before.pk)}))
    assert (now("TRADE.EXPORT").source, now("TRADE.EXPORT").source_page) == (before, "")
    lines = [*LINES[:5], (1, "Kim ngạch xuất khẩu", "triệu USD", 3150, 2600)]
    upload = confirmed(received(workbook(lines=lines), officer, **FILE))
    assert now("TRADE.EXPORT").source != before
    undone(upload)
    assert (now("TRADE.EXPORT").source, now("TRADE.EXPORT").source_page) == (before, "")
    assert SourceDocument.objects.filter(file_sha256=upload.sha256).exists()


def test_a_row_that_names_its_own_document_keeps_it(officer: User):
    own = SourceDocument.objects.create(number="12/BC-SCT", subject="Báo cáo")
    lines = [
        ("TT", "Chỉ tiêu", "ĐVT", "TH 2019", "Nguồn"),
        (1, "Kim ngạch xuất khẩu", "triệu USD", 2550, "12/BC-SCT"),
        (2, "Kim ngạch nhập khẩu", "triệu USD", 2200, None),
    ]
    confirmed(received(workbook(lines=lines), officer, **FILE))
    assert (now("TRADE.EXPORT").source, now("TRADE.EXPORT").source_page) == (own, "")
    assert now("TRADE.IMPORT").source_page == "Bieu 1!D3"


def with_macros(file: ContentFile) -> bytes:
    target = io.BytesIO(file.read())
    with zipfile.ZipFile(target, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"macros")
    return target.getvalue()


def test_a_file_with_macros_never_becomes_a_document(officer: User):
    content = with_macros(workbook())
    for name in ("a.xlsx", "a.xlsm"):
        upload = received(ContentFile(content, name=name), officer, **FILE)
        assert "file" not in offered(upload)
        assert confirmed(upload).state == State.DONE
        assert now("TRADE.EXPORT").source is None
        undone(Upload.objects.get(pk=upload.pk))
    assert not SourceDocument.objects.exists()


def test_a_file_that_cannot_be_kept_says_why(officer: User):
    SourceDocument.objects.create(number="12/BC-SCT", subject="Báo cáo")
    file = ContentFile(with_macros(workbook()), name="a.xlsm")
    assert "không có macro" in question(received(file, officer), KEY)["label"]


def test_a_day_that_is_none_is_refused_and_nothing_written(officer: User):
    upload = confirmed(received(workbook(), officer, **FILE, **{DAY: "31/02/2019"}))
    assert upload.state == State.READY and "31/02/2019" in upload.message
    assert not SourceDocument.objects.exists() and not Figure.objects.exists()


def test_what_was_not_written_leaves_neither_document_nor_file(officer: User, agencies):
    kept = {*names(default_storage, "documents")}
    upload = received(workbook(), officer, **FILE)
    Figure.objects.create(
        indicator="TRADE.IMPORT",
        period=Period.objects.full_year(2019),
        agency=agencies["SCT"],
        side="actual",
        state="zero",
        value=0,
    )
    upload = confirmed(upload)  # the first number has its document when the second is refused
    assert upload.state == State.READY
    assert not SourceDocument.objects.exists()
    assert {*names(default_storage, "documents")} == kept


def test_the_page_asks_for_a_day_that_is_one(officer: User):
    upload = received(workbook(), officer)
    form = AnswerForm(upload=upload, source=source_of(2019))
    data = {name: form[name].value() or "" for name in form.fields}
    index = next(at for at, one in enumerate(upload.questions) if one["key"] == DAY)
    wrong = AnswerForm(data | {f"question-{index}": "31/02/2019"}, upload=upload,
                       source=source_of(2019))  # fmt: skip
    assert f"question-{index}" in wrong.errors
    assert AnswerForm(data, upload=upload, source=source_of(2019)).is_valid()


def test_the_year_a_file_goes_into_is_chosen_from_a_list(officer: User, client_of):
    client = client_of(officer)
    page = client.get(reverse("imports:index")).content.decode()
    assert page.count('value="so-lieu') == 3  # one choice, and two years in its list
    sent = {"source": "so-lieu", "so-lieu-of": "so-lieu-2018", "file": workbook()}
    client.post(reverse("imports:receive"), sent)
    assert Upload.objects.get().source == "so-lieu-2018"
    for year in ("so-lieu-1999", ""):
        answer = client.post(
            reverse("imports:receive"), sent | {"so-lieu-of": year, "file": workbook()}
        )
        assert answer.status_code == 422
    empty = ContentFile(b"", name="a.xlsx")
    again = client.post(reverse("imports:receive"), sent | {"file": empty})
    assert 'name="source" value="so-lieu-2018"' in again.content.decode()
