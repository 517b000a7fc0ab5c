"""The reports' screens: who may, what a bad request gets, what two tabs get."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from common.storage import PrivateStorage
from indicators.models import FigureUse
from jobs import actions as jobs
from jobs.models import Job
from reports.models import IssuingOffice, Report, Run, Section
from reports.runs import request_run
from tests.paper import Paper

ClientOf = Callable[[User], Client]


@pytest.fixture
def reader(published: None, person) -> User:
    return person("leader", full_name="Triệu Văn Sơn")


@pytest.fixture
def section(report_2019: Report) -> Section:
    return report_2019.sections.get(key="trade")


def section_address(section: Section) -> str:
    return reverse("reports:section", args=[section.report_id, section.key])


def test_the_report_is_read_with_every_number_open(
    report_2019: Report, reader: User, client_of: ClientOf
) -> None:
    page = client_of(reader).get(reverse("reports:detail", args=[report_2019.pk]))
    text = page.content.decode()
    assert "ước đạt 4.750 triệu USD" in text
    assert text.count('class="figure"') > 100
    assert "Xuất báo cáo năm 2019" in text


def test_an_unknown_year_is_a_clear_message(reader: User, client_of: ClientOf) -> None:
    page = client_of(reader).get(reverse("reports:of_year", args=[2050]))
    assert page.status_code == 404
    assert "Năm 2050 chưa được mở" in page.content.decode()


def test_a_text_is_saved_and_seen_in_the_report(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    text = "Kim ngạch [[TRADE.TOTAL reached]], [[TRADE.TOTAL plan]].\n\n- ý một;\n- ý hai."
    answer = client_of(compiler).post(
        section_address(section), {"text": text, "version": section.version}, follow=True
    )
    section.refresh_from_db()
    assert section.version == 2
    assert "<ul><li>ý một;</li><li>ý hai.</li></ul>" in section.text
    assert "Đã lưu mục." in answer.content.decode()


def test_an_unknown_token_is_named_and_nothing_typed_is_lost(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    before = section.text
    answer = client_of(compiler).post(
        section_address(section), {"text": "Số [[NO.SUCH]] này.", "version": 1}
    )
    assert answer.status_code == 422
    assert "không có chỉ tiêu “NO.SUCH”" in answer.content.decode()
    assert "Số [[NO.SUCH]] này." in answer.content.decode()
    section.refresh_from_db()
    assert section.text == before


def test_script_in_a_narrative_is_only_text(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    attack = '<script>alert(1)</script> <img src=x onerror=alert(1)> <b onclick="x">đậm</b>'
    client_of(compiler).post(section_address(section), {"text": attack, "version": 1})
    page = client_of(compiler).get(reverse("reports:detail", args=[section.report_id]))
    text = page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<img src=x" not in text
    assert "<script>alert" not in text


def test_the_second_of_two_tabs_sees_the_first_ones_text_and_keeps_its_own(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    address, desk = section_address(section), client_of(compiler)
    assert desk.post(address, {"text": "Bản thứ nhất.", "version": 1}).status_code == 302
    answer = desk.post(address, {"text": "Bản thứ hai.", "version": 1})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Bản thứ nhất." in text
    assert "Bản thứ hai." in text
    section.refresh_from_db()
    assert section.text == "<p>Bản thứ nhất.</p>"
    assert desk.post(address, {"text": "Bản thứ hai.", "version": 2}).status_code == 302


def ask(desk: Client, name: str, section: Section, **query: str) -> dict:
    """What the editor's search and matching answer."""
    address = reverse(f"reports:{name}", args=[section.report_id, section.key])
    return desk.get(address, query).json()


def tokens_found(answer: dict) -> list[str]:
    return [form["token"] for figure in answer["found"] for form in figure["forms"]]


def test_a_figure_is_found_by_words_without_accents(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    found = ask(client_of(compiler), "pick", section, q="kim ngach xuat khau")
    assert "TRADE.EXPORT plan" in tokens_found(found)
    texts = [form["text"] for figure in found["found"] for form in figure["forms"]]
    assert "đạt 81% kế hoạch" in texts


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("kim ngạch 2019 % kế hoạch", "TRADE.TOTAL plan", 3),
        ("nhập khẩu so cùng kỳ", "TRADE.TOTAL last", None),
        ("tổng kim ngạch 2018", "TRADE.TOTAL value year=-1", None),
        ("tổng kim ngạch tỷ usd", "TRADE.TOTAL value unit=billion_usd", 1),
        ("ủy ban công tác", "fact:FA.JWC_SESSION", 2),
    ],
)
def test_name_year_and_form_are_searched_together(
    section: Section, compiler: User, client_of: ClientOf, query: str, first: str, count: int | None
) -> None:
    found = tokens_found(ask(client_of(compiler), "pick", section, q=query))
    assert found[0] == first
    assert count is None or len(found) == count


def test_a_figure_in_the_text_can_be_said_in_other_forms(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    forms = ask(client_of(compiler), "pick", section, token="TRADE.EXPORT plan")["forms"]
    assert {"TRADE.EXPORT", "TRADE.EXPORT plan", "TRADE.EXPORT change"} <= {
        form["token"] for form in forms
    }
    assert ask(client_of(compiler), "pick", section, token="NO.SUCH")["forms"] == []


def test_a_typed_number_is_matched_with_the_figure_that_says_it(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    prose = "Xuất khẩu đạt 81% kế hoạch."
    at = str(prose.index("81"))
    answer = ask(client_of(compiler), "match", section, text=prose, at=at)
    assert answer["found"][0]["token"] == "TRADE.EXPORT plan"
    span = slice(answer["found"][0]["start"], answer["found"][0]["end"])
    assert prose[span] == "đạt 81% kế hoạch"


def test_a_preview_says_what_will_print(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    address = reverse("reports:preview", args=[section.report_id, section.key])
    text = "<p>Nhập khẩu [[TRADE.IMPORT change_short]]. Mất [[ECON.GRDP]]. Có 12 đoàn.</p>"
    typed = {"html": text, "blocks": ["Nhập khẩu \ufffc. Mất \ufffc. Có 12 đoàn."], "left": []}
    answer = client_of(compiler).post(address, typed, content_type="application/json").json()
    assert "Nhập khẩu tăng 15,8%." in answer["page"]
    assert "Mất [chưa có số liệu: " in answer["page"]
    assert "[[" not in answer["page"]
    assert answer["chips"]["TRADE.IMPORT change_short"]["text"] == "tăng 15,8%"
    assert answer["chips"]["ECON.GRDP"]["state"] == "missing"
    assert answer["numerals"] == [[[23, 30]]]  # "12 đoàn"


@pytest.mark.parametrize("name", ["save", "preview", "presence"])
@pytest.mark.parametrize("body", ["", "[]", '{"html": 5}', '{"window": 5}', "\x00"])
def test_what_the_editor_never_sends_is_not_understood(
    section: Section, compiler: User, client_of: ClientOf, name: str, body: str
) -> None:
    address = reverse(f"reports:{name}", args=[section.report_id, section.key])
    desk = client_of(compiler)
    assert desk.post(address, body, content_type="application/json").status_code == 400
    assert desk.post(address, {"html": "x"}).status_code == 400


# --- printings -------------------------------------------------------------------------


@pytest.fixture
def run(report_2019: Report, compiler: User, client_of: ClientOf) -> Run:
    """A printing somebody asked for in the portal; nothing has carried it out yet."""
    address = reverse("reports:start", args=[report_2019.pk])
    answer = client_of(compiler).post(address, {"office": report_2019.office_id})
    assert answer.status_code == 302
    return Run.objects.get()


def test_a_printing_keeps_parameters_ledger_and_hash(run: Run) -> None:
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.job.state == Job.State.DONE
    assert run.pages > 8
    assert len(run.sha256) == 64
    assert run.seconds > 0
    total = [entry for entry in run.ledger if entry["indicator"] == "TRADE.TOTAL"]
    assert any(entry["text"] == "ước đạt 4.750 triệu USD" for entry in total)
    assert all(entry["figures"] for entry in total)


def test_a_figure_knows_the_sentences_it_is_printed_in(run: Run) -> None:
    jobs.run(run.job_id)
    uses = FigureUse.objects.filter(figure__indicator="TRADE.TOTAL", text__contains="4.750")
    assert uses.filter(place__contains="Kim ngạch").exists()
    jobs.run(run.job_id)
    count = FigureUse.objects.count()
    jobs.run(request_run(run.report, by=run.requested_by).job_id)
    assert FigureUse.objects.count() == count


def test_a_finished_printing_is_downloaded_as_a_file(run: Run, client_of: ClientOf) -> None:
    jobs.run(run.job_id)
    answer = client_of(run.requested_by).get(reverse("reports:download", args=[run.pk]))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "bao-cao-ket-qua-cong-tac-doi-ngoai-2019.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_rights_are_asked_again_when_the_work_begins(run: Run) -> None:
    run.requested_by.role_holdings.all().delete()
    jobs.run(run.job_id)
    run.job.refresh_from_db()
    assert run.job.state == Job.State.FAILED
    assert not run.file


def test_a_printing_keeps_its_own_office_whatever_is_asked_later(
    run: Run, compiler: User, client_of: ClientOf
) -> None:
    other = IssuingOffice.objects.get(code="UBND")
    address = reverse("reports:start", args=[run.report_id])
    client_of(compiler).post(address, {"office": other.pk})
    jobs.run(run.job_id)
    run.refresh_from_db()
    paper = Paper(run.file.open("rb").read())
    assert "SỞ NGOẠI VỤ" in paper.text(0)
    page = client_of(compiler).get(reverse("reports:run", args=[run.pk])).content.decode()
    assert "<dd>Sở Ngoại vụ</dd>" in page
    assert Run.objects.latest("pk").office == other


def test_a_report_is_issued_once(report_2019: Report, person, client_of: ClientOf) -> None:
    clerk = client_of(person("clerk"))
    address = reverse("reports:start", args=[report_2019.pk])
    data = {"office": report_2019.office_id, "number": "5", "issued_on": "08/01/2020"}
    clerk.post(address, data)
    first = Run.objects.get()
    jobs.run(first.job_id)
    assert FigureUse.objects.filter(is_frozen=True).exists()
    listed = clerk.get(reverse("reports:index")).content.decode()
    assert "Đã ban hành" in listed
    answer = clerk.post(address, {**data, "number": "6"})
    assert answer.status_code == 422
    assert "Báo cáo này đã ban hành với số 05/BC-SNgV" in answer.content.decode()
    assert clerk.post(address, data).status_code == 302


def test_only_the_clerical_office_gives_a_number(
    report_2019: Report, compiler: User, person, client_of: ClientOf
) -> None:
    address = reverse("reports:start", args=[report_2019.pk])
    data = {"office": report_2019.office_id, "number": "12", "issued_on": "08/01/2020"}
    client_of(compiler).post(address, data)
    assert Run.objects.get().number == ""
    client_of(person("clerk")).post(address, data)
    assert Run.objects.latest("pk").number == "12"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": "5a", "issued_on": "08/01/2020"}, "Số văn bản chỉ gồm chữ số"),
        ({"number": "5"}, "Số và ngày đi cùng nhau"),
        ({"number": "5", "issued_on": "31/02/2020"}, "Nhập ngày theo dạng"),
        ({"signer": "TS. Nguyễn Văn Ất"}, "không kèm học hàm"),
        ({"signer": "<b>Nguyễn</b>"}, "chỉ gồm chữ cái"),
        ({"number": "5", "issued_on": "31/12/2035"}, "chưa đến"),
        ({"number": "5", "issued_on": "05/01/2015"}, "trước khi kỳ số liệu bắt đầu"),
    ],
)
def test_a_wrong_number_date_or_name_is_refused_with_the_rule(
    report_2019: Report, person, client_of: ClientOf, fields: dict[str, str], message: str
) -> None:
    clerk = client_of(person("clerk"))
    address = reverse("reports:start", args=[report_2019.pk])
    answer = clerk.post(address, {"office": report_2019.office_id, **fields})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    for typed in fields.values():
        assert escape(typed) in answer.content.decode()  # nothing typed is lost
    assert not Run.objects.exists()


def test_a_failed_printing_says_why_and_can_be_tried_again(run: Run, client_of: ClientOf) -> None:
    Job.objects.filter(pk=run.job_id).update(state=Job.State.FAILED, error="Ổ đĩa hết chỗ.")
    desk = client_of(run.requested_by)
    assert "Ổ đĩa hết chỗ." in desk.get(reverse("reports:run", args=[run.pk])).content.decode()
    desk.post(reverse("reports:again", args=[run.pk]))
    assert Run.objects.count() == 2


def test_a_full_disk_leaves_no_half_file_behind(tmp_path) -> None:
    storage = PrivateStorage(location=tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            storage.save("a/report.pdf", ContentFile(b"x" * 5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [name for _root, _folders, names in os.walk(tmp_path) for name in names] == []


def test_private_files_have_no_address(tmp_path) -> None:
    with pytest.raises(ValueError, match="Private"):
        PrivateStorage(location=tmp_path).url("report.pdf")
