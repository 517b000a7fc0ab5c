"""The year entry screen: what it shows to whom, and what a saved cell answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Agency, User
from documents.models import SourceDocument
from indicators.declarations import indicators
from indicators.models import Fact, Figure, FigureUse, Origin
from reference.models import Period, ReportingYear
from reference.periods import open_year

pytestmark = pytest.mark.django_db

PAGE = "/so-lieu/2019/"
ClientOf = Callable[[User], Client]


def _post(client: Client, year: int = 2019, **typed: Any) -> tuple[int, dict[str, Any]]:
    body = {"indicator": "TRADE.EXPORT", "side": "actual", "version": 0} | typed
    response = client.post(
        f"/so-lieu/{year}/o/",
        json.dumps(body),
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    return response.status_code, response.json()


@pytest.fixture
def put(agencies: dict[str, Agency], year_2019: ReportingYear) -> Callable[..., Figure]:
    def store(code: str, value: str, year: int = 2019, **fields: Any) -> Figure:
        declared = indicators()[code]
        open_year(year)
        fields.setdefault("side", "actual")
        fields.setdefault("agency", agencies.get(declared.agency, agencies["SNGV"]))
        return Figure.objects.create(
            indicator=code,
            period=Period.objects.full_year(year, declared.calendar),
            state="value",
            value=Decimal(value),
            **fields,
        )

    return store


# --- the page ---------------------------------------------------------------------


def test_the_desk_sees_every_row_in_the_outlines_order(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    page = client_of(desk).get(PAGE).content.decode()

    assert "Số liệu năm 2019" in page
    assert "Kỳ số liệu 15/12/2018 – 14/12/2019" in page
    assert page.count("data-row=") == sum(row.yearly for row in indicators().values())
    titles = ("Thỏa thuận quốc tế", "Đoàn ra", "Đoàn vào", "Kim ngạch xuất nhập khẩu")
    places = [page.index(f". {title}") for title in titles]
    assert places == sorted(places)


def test_an_officer_sees_the_rows_of_the_own_agency(client_of: ClientOf, officer: User, put):
    put("DELEG.OUT.COUNT", "53")
    page = client_of(officer).get(PAGE).content.decode()

    assert 'data-row="TRADE.TOTAL"' in page
    assert 'data-row="DELEG.OUT.COUNT"' not in page


def test_a_leader_reads_and_types_nothing(client_of: ClientOf, leader: User, put):
    figure = put("TRADE.EXPORT", "2550")
    page = client_of(leader).get(PAGE).content.decode()

    assert "<input value" not in page
    assert f"/nguon-so-lieu/{figure.pk}/" in page


def test_history_stands_beside_the_cell_with_inferred_values_marked(
    client_of: ClientOf, desk: User, put
):
    past = put("TRADE.EXPORT", "2955", 2018, origin=Origin.INFERRED, precision="about")
    put("TRADE.EXPORT", "2550")
    page = client_of(desk).get(PAGE).content.decode()

    assert f'hx-get="/nguon-so-lieu/{past.pk}/" tabindex="-1">khoảng 2.955&nbsp;(*)<' in page
    assert "giảm 13,7%" in page
    assert "Tính ngược từ tỷ lệ đã công bố, chưa có văn bản nguồn" in page


def test_an_unknown_year_says_so(client_of: ClientOf, desk: User, year_2019: ReportingYear):
    for address in ("/so-lieu/2050/", "/so-lieu/99999999999999999999/"):
        response = client_of(desk).get(address)
        assert response.status_code == 404
    assert "Năm 2050 chưa mở" in client_of(desk).get("/so-lieu/2050/").content.decode()


def test_the_latest_year_is_the_one_that_is_running(client_of: ClientOf, desk: User):
    assert client_of(desk).get("/so-lieu/").status_code == 404
    today = timezone.localdate()
    running = today.year + (today >= dt.date(today.year, 12, 15))
    open_year(2019)
    assert client_of(desk).get("/so-lieu/").url == PAGE
    open_year(running)
    open_year(running + 1)
    assert client_of(desk).get("/so-lieu/").url == f"/so-lieu/{running}/"


def test_a_locked_year_is_for_reading(client_of: ClientOf, desk: User, year_2019: ReportingYear):
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))
    page = client_of(desk).get(PAGE).content.decode()

    assert "đã chốt ngày 20/12/2019" in page
    assert "<input value" not in page
    status, answer = _post(client_of(desk), text="1")
    assert status == 422 and "20/12/2019" in answer["message"]


def test_next_year_takes_plans_only(client_of: ClientOf, desk: User, agencies: object):
    year = timezone.localdate().year + 2
    open_year(year)
    page = client_of(desk).get(f"/so-lieu/{year}/").content.decode()

    assert f"Năm {year} mới mở để nhập kế hoạch" in page
    assert page.count("<input value") > 0
    assert page.count('class="closed"') == page.count("data-row=")
    assert _post(client_of(desk), year, side="plan", text="3.000")[0] == 200
    status, answer = _post(client_of(desk), year, text="3.000")
    assert status == 422 and f"15/12/{year - 1}" in answer["message"]


def test_queries_do_not_grow_with_the_rows(client_of: ClientOf, desk: User, put):
    client = client_of(desk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    put("TRADE.EXPORT", "2550")
    put("TRADE.EXPORT", "100", side="plan")  # far below: the page asks what was said to it
    few = queries()
    source = SourceDocument.objects.create(subject="Báo cáo")
    for code, row in indicators().items():
        if row.yearly and code != "TRADE.EXPORT":
            put(code, "10", source=source)
            put(code, "10", 2018)
            put(code, "10", side="plan")

    assert queries() == few <= 40


def test_the_page_reads_its_year_once(client_of: ClientOf, desk: User, year_2019: ReportingYear):
    client = client_of(desk)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)

    asked = [query["sql"] for query in captured if '"locked_on"' in query["sql"]]
    assert len(asked) == 1


def test_script_in_a_note_is_shown_not_run(client_of: ClientOf, desk: User, year_2019):
    client = client_of(desk)
    bad = "</script><script>alert(1)</script>"
    status, answer = _post(client, text="2.550", note=bad)

    assert status == 200 and answer["note"] == bad
    panel = f"/nguon-so-lieu/{answer['figure']}/"
    for page in (client.get(PAGE), client.get(panel)):
        assert "<script>alert" not in page.content.decode()


# --- saving one cell ----------------------------------------------------------------


def test_a_saved_cell_answers_with_ratio_and_change(client_of: ClientOf, desk: User, put):
    put("TRADE.EXPORT", "2955", 2018)
    put("TRADE.EXPORT", "3150", side="plan")

    status, answer = _post(client_of(desk), text="2.550")

    assert status == 200
    assert (answer["version"], answer["value"], answer["display"]) == (1, "2550", "2.550")
    assert (answer["plan_ratio"], answer["change"]) == ("81%", "giảm 13,7%")
    assert answer["tone"] == "bad"
    assert answer["saved_at"]


def test_vietnamese_numbers_are_not_questioned(client_of: ClientOf, desk: User, year_2019):
    assert _post(client_of(desk), text="6.500")[1]["value"] == "6500"
    assert _post(client_of(desk), text="4.750,5", version=1)[1]["value"] == "4750.5"


@pytest.mark.parametrize(("typed", "suggestion"), [("4,750.5", "4.750,5"), ("1.5", "1,5")])
def test_english_numbers_are_questioned_not_guessed(
    typed: str, suggestion: str, client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    status, answer = _post(client_of(desk), text=typed)

    assert (status, answer["suggestion"]) == (422, suggestion)
    assert f"Có phải {suggestion}?" in answer["message"]
    assert not Figure.objects.exists()


def test_a_question_says_which_number_it_means(client_of: ClientOf, desk: User, year_2019):
    answer = _post(client_of(desk), eleven_months="4.310", december_estimate="440.5")[1]

    assert (answer["field"], answer["suggestion"]) == ("december_estimate", "440,5")


@pytest.mark.parametrize("typed", ["2550 tr", "NaN", "Infinity", "1e5", "9" * 40, "<b>1</b>"])
def test_what_is_no_number_names_the_cell(
    typed: str, client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    status, answer = _post(client_of(desk), text=typed)

    assert status == 422
    assert answer["message"].startswith("Ô Thực hiện 2019 – Kim ngạch xuất khẩu: ")
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("typed", "state"),
    [("-", "zero"), ("0", "zero"), ("...", "missing"), ("…", "missing"), ("x", "not_applicable")],
)
def test_marks_are_typed_for_states(
    typed: str, state: str, client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    assert _post(client_of(desk), text=typed)[1]["state"] == state


def test_two_people_on_one_cell_are_shown_both_values(
    client_of: ClientOf, desk: User, officer: User, year_2019: ReportingYear
):
    _post(client_of(desk), text="2.200")

    status, answer = _post(client_of(officer), text="2.210")

    assert status == 409
    assert answer["current"]["text"] == "2.200" and answer["mine"] == "2.210"
    assert str(desk) in answer["message"] and "2.210. Giữ số nào?" in answer["message"]
    assert _post(client_of(officer), text="2.210", version=answer["current"]["version"])[0] == 200


def test_what_is_not_sent_stays_as_it_was(client_of: ClientOf, desk: User, put):
    source = SourceDocument.objects.create(subject="Báo cáo năm 2019")
    put(
        "TRADE.EXPORT",
        "4000",
        value_given="4",
        unit_given="tỷ USD",
        status="estimate",
        origin=Origin.PUBLISHED,
        source=source,
    )

    _status, answer = _post(client_of(desk), version=1, note="đã đối chiếu")

    figure = Figure.objects.get(pk=answer["figure"])
    assert (figure.value_given, figure.unit_given) == ("4", "tỷ USD")
    assert (figure.status, figure.origin, figure.source) == ("estimate", Origin.PUBLISHED, source)


def test_a_number_typed_over_an_inferred_one_is_no_longer_inferred(
    client_of: ClientOf, desk: User, put
):
    put("TRADE.EXPORT", "2955", origin=Origin.INFERRED, precision="about", note="khớp mức giảm")

    _status, answer = _post(client_of(desk), version=1, text="2.960")

    assert not {"inferred", "precision", "note"} & answer.keys()


def test_eleven_months_follow_the_year_and_december_the_eleven(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    client = client_of(desk)
    status, _answer = _post(client, eleven_months="4.310")
    assert status == 422  # one of three says nothing yet

    answer = _post(client, eleven_months="4.310", december_estimate="440")[1]
    assert answer["text"] == "4.750"
    answer = _post(client, version=1, text="4.760")[1]
    assert (answer["eleven_months"], answer["december_estimate"]) == ("4.310", "450")
    answer = _post(client, version=2, december_estimate="440")[1]
    assert answer["text"] == "4.750"


def test_a_year_made_of_its_parts_was_given_as_their_sum(client_of: ClientOf, desk: User, put):
    put("TRADE.EXPORT", "4000", value_given="4", unit_given="tỷ USD")
    client = client_of(desk)

    _post(client, version=1, eleven_months="3.600")
    split = Figure.objects.current().get()
    assert (split.value_given, split.unit_given) == ("4", "tỷ USD")

    _post(client, version=2, december_estimate="450,5", eleven_months="3.600")
    summed = Figure.objects.current().get()
    assert (summed.value_given, summed.unit_given) == ("4.050,5", "triệu USD")


def test_an_emptied_cell_answers_as_empty(client_of: ClientOf, desk: User, put):
    put("TRADE.EXPORT", "2550")

    status, answer = _post(client_of(desk), version=1, text="")

    assert (status, answer["version"], answer["text"]) == (200, 0, "")
    assert not Figure.objects.current().exists()


def test_rights_are_asked_for_each_cell(
    client_of: ClientOf, other_officer: User, leader: User, year_2019: ReportingYear
):
    status, answer = _post(client_of(other_officer), text="1")
    assert status == 403 and "Sở Công Thương" in answer["message"]
    assert _post(client_of(leader), text="1")[0] == 403


def test_an_ended_session_says_that_nothing_is_lost(year_2019: ReportingYear):
    status, answer = _post(Client(), text="1")

    assert status == 401
    assert "đăng nhập lại" in answer["message"].lower()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"indicator": "NO.SUCH", "side": "actual", "version": 0}',
        b'{"indicator": "TRADE.EXPORT", "side": "both", "version": 0}',
        b'{"indicator": "TRADE.EXPORT", "side": "actual", "version": "0"}',
        b'{"indicator": "TRADE.EXPORT", "side": "actual", "version": -1}',
        b'{"indicator": "TRADE.EXPORT", "side": "actual", "version": 0, "text": 5}',
        b'{"indicator": "TRADE.EXPORT", "side": "actual", "version": 0, "text": "\\u0000"}',
        b'{"indicator": "TRADE.EXPORT", "side": "actual", "version": 0, "source": "1;"}',
        b'{"indicator": "TRADE.EXPORT", "side": "actual", "version": 0, "status": "?"}',
    ],
)
def test_nonsense_is_refused_with_a_sentence(
    body: bytes, client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    response = client_of(desk).post("/so-lieu/2019/o/", body, content_type="application/json")

    assert response.status_code in (400, 422)
    assert response.json()["message"]
    assert not Figure.objects.exists()


def test_a_long_note_is_refused(client_of: ClientOf, desk: User, year_2019: ReportingYear):
    status, answer = _post(client_of(desk), text="1", note="a" * 5000)

    assert status == 422 and "4000" in answer["message"]


# --- where a number comes from ---------------------------------------------------------


def test_a_figure_tells_its_source_versions_and_uses(client_of: ClientOf, desk: User, put):
    source = SourceDocument.objects.create(subject="Công tác đối ngoại năm 2019")
    first = put("TRADE.EXPORT", "2500", is_current=False)
    second = put("TRADE.EXPORT", "2550", version=2, source=source, source_page="3")
    FigureUse.objects.create(
        figure=second,
        place="Mục II.5",
        text="Xuất khẩu đạt 2.550 triệu USD.",
        label="Báo cáo năm 2019",
        address="/bao-cao/1/",
    )
    client = client_of(desk)

    page = client.get(f"/nguon-so-lieu/{second.pk}/").content.decode()

    for said in (
        "2.550 triệu USD",
        "2.500 triệu USD",
        "trang 3",
        "Xuất khẩu đạt 2.550",
        "Mục II.5",
    ):
        assert said in page
    panel = client.get(f"/nguon-so-lieu/{first.pk}/", headers={"hx-request": "true"})
    assert "<html" not in panel.content.decode()
    assert "đã được thay" in panel.content.decode()


def test_another_agencys_figure_is_not_there(
    client_of: ClientOf, officer: User, other_officer: User, put
):
    figure = put("TRADE.EXPORT", "2550")
    address = f"/nguon-so-lieu/{figure.pk}/"

    assert client_of(officer).get(address).status_code == 200
    assert client_of(other_officer).get(address).status_code == 404


def test_a_fact_tells_its_source(client_of: ClientOf, leader: User, db: None):
    source = SourceDocument.objects.create(subject="Kết quả hội nhập kinh tế quốc tế")
    fact = Fact.objects.create(
        code="BORDER.LENGTH", value="231.74", unit="kilometre", source=source
    )

    page = client_of(leader).get(f"/su-kien/{fact.pk}/").content.decode()

    assert "231,74 km" in page and "Kết quả hội nhập" in page


def test_sources_are_found_without_accents(client_of: ClientOf, desk: User, leader: User):
    SourceDocument.objects.create(subject="Hội nhập kinh tế quốc tế năm 2017")
    SourceDocument.objects.create(subject="Công tác đối ngoại")

    found = client_of(desk).get("/so-lieu/van-ban/", {"q": "2017 hoi nhap"}).content.decode()

    assert "Hội nhập kinh tế" in found and "Công tác đối ngoại" not in found
    assert client_of(leader).get("/so-lieu/van-ban/").status_code == 403


def test_every_published_figure_opens(client_of: ClientOf, desk: User):
    call_command("load_published", verbosity=0)
    client = client_of(desk)

    for figure in Figure.objects.all():
        assert client.get(f"/nguon-so-lieu/{figure.pk}/").status_code == 200


def test_a_form_sent_to_the_save_address_is_refused_not_broken(
    desk, agencies, year_2019, client_of
):
    answer = client_of(desk).post("/so-lieu/2019/o/", {"indicator": "TRADE.TOTAL"})
    assert answer.status_code == 400
    assert "tải lại trang" in answer.json()["message"]


def test_a_comparison_opens_with_what_it_stands_on(published, compiler, client_of):
    actual, plan = (
        Figure.objects.current().get(
            indicator="TRADE.TOTAL", side=side, period__year=2019, period__kind="year_to_date"
        )
        for side in ("actual", "plan")
    )
    page = client_of(compiler).get(f"/nguon-so-lieu/{actual.pk}/?with={plan.pk},x,99999999")
    text = page.content.decode()
    assert "So với" in text
    assert "5.230" in text
