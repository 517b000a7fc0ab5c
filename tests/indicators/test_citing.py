"""One source for many cells, and entering on behalf of an agency: what the portal answers."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest

from documents import actions as documents
from indicators.models import Figure, State
from reference.models import Period

pytestmark = pytest.mark.django_db
CITE = "/so-lieu/nguon-cho-nhieu-o/"
CODES = ("TRADE.TOTAL", "TRADE.EXPORT", "TRADE.IMPORT")


@pytest.fixture
def document(desk):
    return documents.add_document(by=desk, number="412/BC-SCT", subject="Báo cáo", kind="report")


@pytest.fixture
def figures(agencies, year_2019, officer) -> list[Figure]:
    return [
        Figure.objects.create(
            indicator=code,
            period=Period.objects.full_year(2019),
            agency=agencies["SCT"],
            side="actual",
            state=State.VALUE,
            value=4750,
            note="giữ nguyên",
            entered_by=officer,
        )
        for code in CODES
    ]


def ask(client, chosen, document, **changes: Any):
    sent = {"figures": [row.pk for row in chosen], "source": document.pk, "page": "3"}
    return client.post(CITE, sent | changes, content_type="application/json")


def current() -> dict[str, Figure]:
    return {row.indicator: row for row in Figure.objects.current()}


def text_of(answer) -> str:
    return unicodedata.normalize("NFC", answer.content.decode())


def test_one_source_and_page_is_written_for_many_cells(client_of, officer, figures, document):
    answer = ask(client_of(officer), figures, document)
    assert answer.status_code == 200
    for figure in current().values():
        stored = (figure.version, figure.source, figure.source_page, figure.note, figure.value)
        assert stored == (2, document, "3", "giữ nguyên", 4750)
    told = answer.json()["cells"]
    assert [(cell["row"], cell["side"]) for cell in told] == [(code, "actual") for code in CODES]
    assert {cell["source_short"] for cell in told} == {"412/BC-SCT"}
    assert {cell["figure"] for cell in told} == {row.pk for row in current().values()}


def test_a_cell_that_has_the_source_already_stays_as_it_is(client_of, officer, figures, document):
    ask(client_of(officer), figures, document)
    again = list(current().values())
    assert ask(client_of(officer), again, document).status_code == 200
    assert {row.version for row in current().values()} == {2}


def test_when_somebody_came_between_no_cell_changes_and_the_cells_are_named(
    client_of, officer, desk, figures, document
):
    ask(client_of(desk), figures[1:2], document, page="9")
    answer = ask(client_of(officer), figures, document)
    assert answer.status_code == 409
    assert "Thực hiện 2019 – Kim ngạch xuất khẩu" in answer.json()["message"]
    assert [cell["source_page"] for cell in answer.json()["cells"]] == ["9"]
    assert current()["TRADE.TOTAL"].source is None


def test_one_cell_of_another_agency_is_enough_to_write_none(
    client_of, officer, agencies, figures, document
):
    Figure.objects.filter(pk=figures[2].pk).update(agency=agencies["SNNMT"])
    assert ask(client_of(officer), figures, document).status_code == 422
    assert all(row.source is None for row in current().values())


def test_a_closed_year_takes_no_source(client_of, desk, year_2019, figures, document):
    year_2019.locked_on = dt.date(2019, 12, 20)
    year_2019.save()
    answer = ask(client_of(desk), figures, document)
    assert answer.status_code == 422 and "đã chốt" in answer.json()["message"]
    assert all(row.source is None for row in current().values())


@pytest.mark.parametrize(
    "changes",
    [
        {"figures": []},
        {"figures": ["1"]},
        {"figures": [True]},
        {"figures": list(range(1, 1002))},
        {"figures": 5},
        {"figures": [10**30]},
        {"source": None},
        {"page": 3},
        {"page": "x" * 61},
        {"page": "\x00"},
    ],
)
def test_what_no_page_sends_is_refused(client_of, officer, figures, document, changes):
    assert ask(client_of(officer), figures, document, **changes).status_code == 400


def test_a_document_that_is_gone_is_told(client_of, officer, figures, document):
    answer = ask(client_of(officer), figures, document, source=987654)
    assert answer.status_code == 422 and "không còn" in answer.json()["message"]


# --- on behalf ----------------------------------------------------------------------


def rows_of(answer) -> set[str]:
    return {row.indicator.code for row in answer.context["sheet"].rows}


def test_entering_on_behalf_shows_that_agencys_cells_and_its_document(
    client_of, desk, figures, document
):
    client = client_of(desk)
    whole = rows_of(client.get("/so-lieu/2019/"))
    address = f"/so-lieu/2019/?thay=SCT&van-ban={document.pk}"
    answer = client.get(address)
    assert set(CODES) <= rows_of(answer) < whole
    assert "Nhập thay cho Sở Công Thương theo văn bản số 412/BC-SCT" in text_of(answer)
    assert f'data-document="{document.pk}"' in text_of(answer)
    for row in answer.context["sheet"].rows:
        assert all(cell.agency.code == "SCT" for cell in row.cells if cell.is_open)


def test_it_works_for_a_part_of_the_year(client_of, desk, figures, document):
    answer = client_of(desk).get("/so-lieu/2019/6-thang/?thay=SCT")
    assert set(CODES) <= rows_of(answer)
    assert "Nhập thay cho Sở Công Thương" in text_of(answer)


def test_the_link_shows_an_officer_their_ordinary_sheet(client_of, officer, figures, document):
    answer = client_of(officer).get(f"/so-lieu/2019/?thay=SNNMT&van-ban={document.pk}")
    assert answer.status_code == 200
    assert set(CODES) <= rows_of(answer)
    assert "Nhập thay" not in text_of(answer)


@pytest.mark.parametrize("asked", ["thay=XYZ", "thay=SCT&van-ban=987654", "thay=SCT&van-ban=a"])
def test_an_agency_or_document_that_is_not_there_is_told(client_of, desk, figures, asked):
    assert client_of(desk).get(f"/so-lieu/2019/?{asked}").status_code == 404
