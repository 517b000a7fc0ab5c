"""Cells given back, questions about figures, their answers: who may, and what settles them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from common.contracts import DataClass
from documents.models import SourceDocument
from indicators import declarations, remarks
from indicators.actions import Cell, Content, cite, record
from indicators.models import Figure, FigureUse, Remark
from indicators.remarks import RemarkRefusal
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal

pytestmark = pytest.mark.django_db
PAGE = "/so-lieu/2019/"
HTMX = {"hx-request": "true"}


@pytest.fixture
def put(agencies: dict[str, Agency], year_2019: ReportingYear) -> Callable[..., Figure]:
    def store(code: str = "TRADE.EXPORT", value: str = "2550", **fields: Any) -> Figure:
        fields.setdefault("agency", agencies["SCT"])
        period = Period.objects.full_year(2019)
        return Figure.objects.create(
            indicator=code, period=period, side="actual", state="value", value=Decimal(value),
            **fields,
        )  # fmt: skip

    return store


def save(figure: Figure, value: str, by: User) -> Figure | None:
    cell = Cell(
        indicator=figure.indicator, period=figure.period, agency=figure.agency, side=figure.side
    )
    return record(cell, Content(value=Decimal(value)), by=by, seen_version=figure.version)


def entry_cells(client: Client) -> dict[str, Any]:
    page = client.get(PAGE).content.decode()
    data = page.split('<script id="entry-data" type="application/json">')[1].split("</script>")[0]
    return json.loads(data)["cells"]


# --- giving back ----------------------------------------------------------------------


def test_many_cells_are_given_back_with_one_reason(client_of, desk, officer, put):
    figures = [put(), put("TRADE.IMPORT", "2200"), put("TRADE.TOTAL", "4750")]
    pks = [figure.pk for figure in figures[:2]]

    answer = client_of(desk).post("/y-kien/tra-lai/", {"figure": pks, "text": " Thiếu tháng 12 "})

    assert answer.json()["message"] == "Đã trả lại 2 ô."
    cells = entry_cells(client_of(officer))
    shown = cells["TRADE.EXPORT actual"]["remark"]
    assert (shown["kind"], shown["text"], shown["who"]) == ("return", "Thiếu tháng 12", str(desk))
    assert "remark" in cells["TRADE.IMPORT actual"]
    assert "remark" not in cells["TRADE.TOTAL actual"]


def test_a_cell_that_waits_is_not_given_back_twice(desk, put):
    figure = put()
    assert len(remarks.give_back([figure.pk], "Một", by=desk)) == 1
    assert remarks.give_back([figure.pk], "Hai", by=desk) == []


def test_a_cell_changed_meanwhile_is_not_given_back(desk, officer, put):
    first = put()
    save(first, "2600", officer)
    with pytest.raises(RemarkRefusal):
        remarks.give_back([first.pk], "Một", by=desk)
    assert not Remark.objects.exists()


def test_a_closed_year_gives_nothing_back(desk, put):
    figure = put()
    ReportingYear.objects.update(locked_on=dt.date(2019, 12, 20))
    with pytest.raises(PeriodRefusal):
        remarks.give_back([figure.pk], "Một", by=desk)


def test_the_next_version_settles_what_was_returned(client_of, desk, officer, put):
    figure = put()
    remarks.give_back([figure.pk], "Thiếu tháng 12", by=desk)
    remarks.ask(figure, "Gồm tạm nhập chưa?", by=desk)

    body = {"indicator": "TRADE.EXPORT", "side": "actual", "version": 1, "text": "2.600"}
    answer = (
        client_of(officer)
        .post(f"{PAGE}o/", json.dumps(body), content_type="application/json")
        .json()
    )

    returned = Remark.objects.get(kind="return")
    assert (returned.answered_by, returned.answer) == (officer, "")
    assert answer["remark"]["kind"] == "question"  # only an answer settles a question


def test_saving_the_same_again_settles_nothing(desk, officer, put):
    figure = put()
    remarks.give_back([figure.pk], "Thiếu tháng 12", by=desk)
    record(
        Cell(indicator="TRADE.EXPORT", period=figure.period, agency=figure.agency, side="actual"),
        replace(Content(), value=Decimal("2550"), state="value"),
        by=officer,
        seen_version=1,
    )
    assert Remark.objects.open().exists()


def test_a_cell_that_was_emptied_waits_until_it_has_a_number(desk, officer, put):
    figure = put()
    cell = Cell(indicator="TRADE.EXPORT", period=figure.period, agency=figure.agency, side="actual")
    remarks.give_back([figure.pk], "Thiếu tháng 12", by=desk)
    record(cell, Content(state=None), by=officer, seen_version=1)
    assert Remark.objects.open().exists()
    record(cell, Content(value=Decimal(1)), by=officer, seen_version=0)
    assert not Remark.objects.open().exists()


def test_a_source_given_to_the_cell_settles_it(desk, officer, put):
    figure = put()
    remarks.give_back([figure.pk], "Thiếu nguồn", by=desk)
    cite([figure.pk], SourceDocument.objects.create(subject="Báo cáo"), by=officer)
    assert not Remark.objects.open().exists()


# --- asking and answering --------------------------------------------------------------


def test_a_leader_asks_and_the_agency_answers_in_the_panel(client_of, leader, officer, put):
    figure = put()
    panel = client_of(leader).post(
        f"/y-kien/hoi/{figure.pk}/", {"text": "Gồm tạm nhập chưa?"}, headers=HTMX
    )
    assert "Chờ Sở Công Thương" in panel.content.decode()
    remark = Remark.objects.get()

    page = client_of(officer).get(f"/nguon-so-lieu/{figure.pk}/").content.decode()
    assert "Gồm tạm nhập chưa?" in page and f"/y-kien/{remark.pk}/tra-loi/" in page
    answer = client_of(officer).post(
        f"/y-kien/{remark.pk}/tra-loi/", {"text": "Đã gồm."}, headers=HTMX
    )
    assert "Đã gồm." in answer.content.decode()
    remark.refresh_from_db()
    assert (remark.answer, remark.answered_by) == ("Đã gồm.", officer)
    assert "Đã gồm." in client_of(leader).get(f"/nguon-so-lieu/{figure.pk}/").content.decode()


def test_the_second_of_two_answers_is_told_and_kept_in_sight(client_of, desk, officer, put):
    remark = remarks.ask(put(), "Gồm tạm nhập chưa?", by=desk)
    remarks.answer(remark.pk, "Đã gồm.", by=officer)
    said = (
        client_of(desk)
        .post(f"/y-kien/{remark.pk}/tra-loi/", {"text": "Chưa gồm."}, headers=HTMX)
        .content.decode()
    )
    assert str(officer) in said and "“Chưa gồm.”" in said
    assert Remark.objects.get().answer == "Đã gồm."


def test_an_empty_or_endless_text_is_refused_and_kept(client_of, leader, put):
    figure = put()
    address = f"/y-kien/hoi/{figure.pk}/"
    client = client_of(leader)
    assert (
        "Đề nghị nhập câu hỏi" in client.post(address, {"text": " "}, headers=HTMX).content.decode()
    )
    long = client.post(address, {"text": "dài " * 600}, headers=HTMX).content.decode()
    assert "quá dài" in long and "dài dài" in long
    assert not Remark.objects.exists()


def test_what_is_written_is_shown_not_run(client_of, leader, officer, put):
    figure = put()
    remarks.ask(figure, "</script><script>alert(1)</script>\x00", by=leader)
    for address in (PAGE, f"/nguon-so-lieu/{figure.pk}/", "/viec-cua-toi/"):
        assert "<script>alert" not in client_of(officer).get(address).content.decode()


def test_without_scripts_a_question_leads_back_to_the_figure(client_of, leader, put):
    figure = put()
    answer = client_of(leader).post(f"/y-kien/hoi/{figure.pk}/", {"text": "Vì sao?"})
    assert answer.url == f"/nguon-so-lieu/{figure.pk}/"


# --- rights ----------------------------------------------------------------------------


def test_another_agencys_figure_is_not_there(client_of, leader, other_officer, put):
    figure = put()
    remark = remarks.ask(figure, "Gồm tạm nhập chưa?", by=leader)
    client = client_of(other_officer)
    assert client.post(f"/y-kien/{remark.pk}/tra-loi/", {"text": "?"}).status_code == 404
    assert client.get(f"/nguon-so-lieu/{figure.pk}/").status_code == 404
    assert not remarks.readable(other_officer).exists()


def test_who_asks_does_not_answer_for_the_agency(leader, put):
    remark = remarks.ask(put(), "Gồm tạm nhập chưa?", by=leader)
    with pytest.raises(PermissionDenied):
        remarks.answer(remark.pk, "Đã gồm.", by=leader)


def test_the_actions_ask_for_the_right_themselves(officer, clerk, put):
    figure = put()
    with pytest.raises(PermissionDenied):
        remarks.give_back([figure.pk], "Một", by=officer)
    with pytest.raises(PermissionDenied):
        remarks.ask(figure, "Một", by=clerk)


def test_restricted_figures_leak_nothing(
    client_of, leader, desk, person, agencies, put, monkeypatch
):
    figure = put()
    row = replace(declarations.indicators()["TRADE.EXPORT"], data_class=DataClass.RESTRICTED)
    monkeypatch.setitem(declarations.indicators(), "TRADE.EXPORT", row)
    remark = remarks.ask(figure, "Nội dung hạn chế", by=desk)

    stranger = person("data_entry", agency=agencies["SNGV"])
    for user in (leader, stranger):
        client = client_of(user)
        assert client.post(f"/y-kien/hoi/{figure.pk}/", {"text": "?"}).status_code in (403, 404)
        answered = client.post(f"/y-kien/{remark.pk}/tra-loi/", {"text": "?"}).status_code
        assert answered in (403, 404)
        for address in (PAGE, "/viec-cua-toi/"):
            assert "Nội dung hạn chế" not in client.get(address).content.decode()


def test_a_successor_answers_for_the_agency_before_it(person, desk, put):
    before = Agency.objects.create(
        code="OLD", name="Sở cũ", kind="department", valid_to="2025-2-28"
    )
    after = Agency.objects.create(code="NEW", name="Sở mới", kind="department")
    after.succeeds.add(before)
    remark = remarks.ask(put(agency=before), "Gồm tạm nhập chưa?", by=desk)
    heir = person("data_entry", agency=after)
    assert remarks.answer(remark.pk, "Đã gồm.", by=heir).answered_by == heir


# --- reading ---------------------------------------------------------------------------


def test_the_entry_screen_reads_all_remarks_in_one_query(client_of, desk, officer, put):
    figures = [put(), put("TRADE.IMPORT"), put("TRADE.TOTAL")]

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client_of(officer).get(PAGE)
        return sum("indicators_remark" in query["sql"] for query in captured)

    assert asked() == 1
    remarks.give_back([figure.pk for figure in figures], "Một", by=desk)
    assert asked() == 1


def test_where_a_figure_is_used_is_a_link_only_for_who_may_open_it(client_of, officer, desk, put):
    figure = put()
    FigureUse.objects.create(
        figure=figure, place="II.5", text="…", label="Báo cáo 2019", address="/bao-cao/1/"
    )
    address = f"/nguon-so-lieu/{figure.pk}/"
    assert 'href="/bao-cao/1/"' in client_of(desk).get(address).content.decode()
    page = client_of(officer).get(address).content.decode()
    assert "Báo cáo 2019" in page and "/bao-cao/1/" not in page
