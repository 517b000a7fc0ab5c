"""Rows of a year's sheet nobody can place: asked about once, remembered for the agency's next."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import Agency, User
from imports import pipeline, tokens
from imports.models import Match, Upload
from indicators.models import Figure
from jobs import actions as jobs
from reference.periods import open_year
from tests.indicators.sheets import source_of

pytestmark = pytest.mark.django_db
State = Upload.State

HEADS = ("TT", "Chỉ tiêu", "ĐVT", "KH {year}", "TH {year}")
NAMED = (1, "Kim ngạch xuất khẩu", "triệu USD", 3150, 2550)
STRANGE = (2, "Trị giá hàng ra qua các cửa", "triệu USD", 2080, 2200)
ALIEN = (3, "Sản lượng nước mắm", "lít", 10, 12)


@pytest.fixture(autouse=True)
def years(agencies: dict[str, Agency]) -> None:
    open_year(2018)
    open_year(2019)


def workbook(*rows: tuple, year: int = 2019) -> ContentFile:
    book = Workbook()
    book.active.append([head.format(year=year) for head in HEADS])
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return ContentFile(target.getvalue(), name="bieu02.xlsx")


def worked(upload: Upload) -> Upload:
    jobs.run(upload.job.pk)
    return Upload.objects.select_related("job").get(pk=upload.pk)


def received(by: User, *rows: tuple, year: int = 2019) -> Upload:
    file = workbook(*rows, year=year)
    return worked(pipeline.receive(file, source=source_of(year), by=by))


def asked(upload: Upload) -> dict[str, dict]:
    return {one["label"]: one for one in upload.questions if one["kind"] == "row"}


def answered(upload: Upload, **said: str) -> Upload:
    """``said``: names (the first word of each) → codes."""
    answers = {question["key"]: said[name.split()[0]] for name, question in asked(upload).items()}
    return worked(pipeline.answer(upload, by=upload.by, answers=answers))


def test_a_row_that_cannot_be_placed_is_asked_about_with_its_cell(officer: User):
    upload = received(officer, NAMED, STRANGE)
    assert upload.state == State.ASKING
    (question,) = asked(upload).values()
    assert question["samples"] == [
        ["B3", "Trị giá hàng ra qua các cửa"], ["C3", "triệu USD"], ["D3", "2080"], ["E3", "2200"]
    ]  # fmt: skip
    offered = dict(question["options"])
    assert offered["TRADE.IMPORT"].startswith("Kim ngạch nhập khẩu (triệu USD)")
    assert "" in offered


def test_a_name_that_may_mean_several_offers_these_first(officer: User):
    upload = received(officer, (1, "Kim ngạch", "triệu USD", 1, 2))
    (question,) = asked(upload).values()
    assert question["options"][1][0].startswith("TRADE.")


def test_what_was_answered_is_imported_and_remembered_for_the_next_year(officer: User):
    upload = answered(received(officer, NAMED, STRANGE), Trị="TRADE.IMPORT")
    assert upload.state == State.READY
    assert upload.counts == {"new": 2}
    upload = worked(pipeline.confirm(upload, by=officer, token=tokens.sign(upload, officer)))
    assert upload.state == State.DONE
    figure = Figure.objects.current().get(indicator="TRADE.IMPORT", side="actual")
    assert figure.value == 2200

    earlier = received(officer, NAMED, STRANGE, year=2018)
    assert (earlier.state, earlier.counts) == (State.READY, {"new": 2})
    changed = answered(earlier, Trị="TRADE.TOTAL")  # still there to be answered otherwise
    titles = [row.title for row in changed.rows.all()]
    assert titles[1].endswith("Tổng kim ngạch xuất nhập khẩu")


def test_a_row_left_out_says_so_and_stays_left_out(officer: User):
    upload = answered(received(officer, NAMED, ALIEN), Sản="")
    assert (upload.state, upload.counts) == (State.READY, {"new": 1, "unchanged": 1})
    assert "Không nhập" in upload.rows.get(number=3).shown["check"][1]
    assert any("3" in said and "không nhập" in said for said in upload.recognised)
    again = received(officer, NAMED, ALIEN)
    assert again.state == State.READY
    assert again.counts["unchanged"] == 1


def test_what_one_agency_answered_says_nothing_of_anothers_file(officer: User, person):
    answered(received(officer, NAMED, STRANGE), Trị="TRADE.IMPORT")
    other = person("data_entry", agency=Agency.objects.get(code="SNGV"))
    assert received(other, STRANGE).state == State.ASKING


def test_the_same_name_under_two_headings_is_two_questions(officer: User):
    sections = ("I", "HÀNG HÓA"), ("II", "DỊCH VỤ")
    upload = received(officer, sections[0], STRANGE, sections[1], STRANGE)
    keys = [one["key"] for one in upload.questions if one["kind"] == "row"]
    assert len(keys) == len(set(keys)) == 2


def test_an_answer_nobody_offered_is_asked_for_again(officer: User):
    upload = answered(received(officer, NAMED, STRANGE), Trị="TRADE.NOTHING")
    assert upload.state == State.ASKING


def test_headings_matched_by_hand_serve_next_year_unless_they_name_one(officer: User):
    upload = received(officer, NAMED)
    pipeline.answer(upload, by=officer, matching={2: "note", 3: "", 4: "note"})
    where = dict(Match.objects.values_list("heading", "source"))
    assert where == {"dvt": "so-lieu", "kh 2019": "so-lieu-2019", "th 2019": "so-lieu-2019"}
    upload = received(officer, NAMED)
    pipeline.answer(upload, by=officer, matching={2: "actual_2018"})
    upload.refresh_from_db()
    assert dict(Match.objects.filter(heading="dvt").values_list("source", "field")) == {
        "so-lieu": "note", "so-lieu-2019": "actual_2018"
    }  # fmt: skip


def test_what_was_matched_last_holds(officer: User):
    for field in ("actual_2018", "note"):
        upload = received(officer, NAMED)
        pipeline.answer(upload, by=officer, matching={2: field})
    assert worked(Upload.objects.latest("pk")).matching["2"] == "note"
    assert received(officer, NAMED).matching["2"] == "note"


def test_the_page_offers_the_rows_and_takes_the_answers(officer: User, client_of):
    upload = received(officer, NAMED, STRANGE)
    client, path = client_of(officer), reverse("imports:show", args=[upload.pk])
    page = client.get(path).content.decode()
    assert "Dòng chưa nhận ra (1)" in page
    assert '<option value="TRADE.IMPORT">' in page
    sent = {f"column-{at}": name for at, name in upload.matching.items()}
    client.post(reverse("imports:answer", args=[upload.pk]), sent | {"question-0": "TRADE.IMPORT"})
    upload = worked(Upload.objects.select_related("job").get(pk=upload.pk))
    assert (upload.state, upload.counts) == (State.READY, {"new": 2})
    page = client.get(path).content.decode()
    assert '<option value="TRADE.IMPORT" selected>' in page
