"""Hints of the entry screen and what people answer to them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Agency, User
from indicators.declarations import indicators
from indicators.models import Explanation, Figure
from reference.models import Period, ReportingYear
from reference.periods import open_year

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
Put = Callable[..., Figure]


def _send(client: Client, address: str, **body: Any) -> tuple[int, dict[str, Any]]:
    response = client.post(
        address,
        json.dumps(body),
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    return response.status_code, response.json()


def _save(client: Client, code: str, text: str, version: int = 0, **more: Any) -> dict[str, Any]:
    body = {"indicator": code, "side": "actual", "version": version, "text": text} | more
    status, answer = _send(client, "/so-lieu/2019/o/", **body)
    assert status == 200, answer
    return answer


def _explain(client: Client, hint: dict[str, Any], text: str, year: int = 2019) -> Any:
    body = {"figure": hint["figure"], "kind": hint["kind"], "text": text}
    return _send(client, f"/so-lieu/{year}/giai-trinh/", **body)


def _on_page(client: Client) -> list[dict[str, Any]]:
    page = client.get("/so-lieu/2019/").content.decode()
    data = page.split('<script id="entry-data" type="application/json">')[1].split("</script>")[0]
    return json.loads(data)["hints"]


@pytest.fixture
def put(agencies: dict[str, Agency], year_2019: ReportingYear) -> Put:
    def store(code: str, value: str, year: int = 2019, side: str = "actual") -> Figure:
        declared = indicators()[code]
        open_year(year)
        return Figure.objects.create(
            indicator=code,
            period=Period.objects.full_year(year, declared.calendar),
            agency=agencies[declared.agency],
            side=side,
            state="value",
            value=Decimal(value),
        )

    return store


@pytest.fixture
def history(put: Put) -> None:
    for year, value in ((2016, "4000"), (2017, "5000"), (2018, "4855")):
        put("TRADE.TOTAL", value, year)


# --- what the save answers -----------------------------------------------------------


def test_a_thousandfold_slip_is_saved_and_asked_about(
    client_of: ClientOf, officer: User, history: None
):
    answer = _save(client_of(officer), "TRADE.TOTAL", "4.750.000")

    (hint,) = answer["hints"]
    assert hint["message"] == (
        "4.750.000 lớn gấp khoảng 1.000 lần năm trước (4.855). "
        "ĐVT của dòng là triệu USD. Có phải 4.750?"
    )
    assert (hint["fix"], hint["explained"], hint["row"]) == ("4.750", None, "TRADE.TOTAL")
    assert Figure.objects.get(pk=answer["figure"]).value == 4750000


def test_a_number_in_dollars_says_so(client_of: ClientOf, officer: User, history: None):
    (hint,) = _save(client_of(officer), "TRADE.TOTAL", "4.750.000.000")["hints"]

    assert hint["kind"] == "unit"
    assert hint["message"] == (
        "So với năm trước (4.855), 4.750.000.000 giống số tính bằng USD. "
        "ĐVT của dòng là triệu USD. Có phải 4.750?"
    )


def test_an_ordinary_number_raises_nothing(client_of: ClientOf, officer: User, history: None):
    assert _save(client_of(officer), "TRADE.TOTAL", "4.750")["hints"] == []


def test_the_total_is_asked_about_whichever_part_was_saved_last(
    client_of: ClientOf, desk: User, put: Put
):
    put("DELEG.IN.PERSONS", "583")
    put("DELEG.IN.HOSTED.PERSONS", "524")
    put("DELEG.IN.GUEST.PERSONS", "162")

    answer = _save(client_of(desk), "DELEG.IN.PRESS.PERSONS", "45")

    (hint,) = answer["hints"]
    assert (hint["row"], hint["kind"]) == ("DELEG.IN.PERSONS", "parts")
    assert hint["message"] == (
        "Tổng 583, cộng ba thành phần được 731, lệch 148 lượt người. "
        "Vẫn lưu được; đề nghị ghi thuyết minh."
    )
    assert hint["parts"][0] == "DELEG.IN.HOSTED.PERSONS"
    assert answer["hint_rows"] == ["DELEG.IN.PRESS.PERSONS", "DELEG.IN.PERSONS"]


def test_a_plan_that_does_not_add_up_is_asked_about(client_of: ClientOf, officer: User, put: Put):
    put("TRADE.TOTAL", "5230", side="plan")
    put("TRADE.EXPORT", "3150", side="plan")

    answer = _save(client_of(officer), "TRADE.IMPORT", "2.180", side="plan")

    assert [(hint["row"], hint["side"]) for hint in answer["hints"]] == [("TRADE.TOTAL", "plan")]
    assert "cộng hai thành phần được 5.330" in answer["hints"][0]["message"]


# --- explaining --------------------------------------------------------------------------


def test_an_explained_number_is_not_asked_about_again(
    client_of: ClientOf, officer: User, history: None
):
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.TOTAL", "23.750")["hints"]

    status, answer = _explain(client, hint, "  Có thêm kho ngoại quan.  ")

    assert status == 200
    assert answer["hints"][0]["explained"] == "Có thêm kho ngoại quan."
    stored = Explanation.objects.get()
    assert (stored.written_by, stored.seen) == (officer, hint["message"])
    with_note = _save(client, "TRADE.TOTAL", "23.750", 1, note="đã đối chiếu")
    assert with_note["version"] == 2
    assert with_note["hints"][0]["explained"] == "Có thêm kho ngoại quan."
    assert _on_page(client)[0]["explained"] == "Có thêm kho ngoại quan."


def test_another_number_is_another_question(client_of: ClientOf, officer: User, history: None):
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.TOTAL", "23.750")["hints"]
    _explain(client, hint, "Có thêm kho ngoại quan.")

    (asked,) = _save(client, "TRADE.TOTAL", "24.000", 1)["hints"]

    assert asked["explained"] is None


def test_other_parts_under_the_same_total_are_another_question(
    client_of: ClientOf, officer: User, put: Put
):
    put("TRADE.TOTAL", "4750")
    put("TRADE.EXPORT", "2550")
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.IMPORT", "2.100")["hints"]
    _explain(client, hint, "Làm tròn số liệu hải quan.")

    (asked,) = _save(client, "TRADE.IMPORT", "2.150", 1)["hints"]
    (again,) = _save(client, "TRADE.IMPORT", "2.100", 2)["hints"]

    assert asked["explained"] is None
    assert again["explained"] == "Làm tròn số liệu hải quan."


def test_the_explanation_stands_whatever_the_language(client_of: ClientOf, officer: User, put: Put):
    put("TRADE.TOTAL", "4750")
    put("TRADE.EXPORT", "2550")
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.IMPORT", "2.100")["hints"]
    _explain(client, hint, "Làm tròn số liệu hải quan.")
    client.cookies["portal_language"] = "en"

    (seen,) = _on_page(client)

    assert seen["explained"] == "Làm tròn số liệu hải quan."


def test_an_explanation_can_be_written_anew_and_stands_beside_the_source(
    client_of: ClientOf, officer: User, history: None
):
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.TOTAL", "23.750")["hints"]
    _explain(client, hint, "Kho ngoại quan.")
    _explain(client, hint, "Kho ngoại quan mở từ tháng 3.")

    panel = client.get(f"/nguon-so-lieu/{hint['figure']}/").content.decode()

    assert Explanation.objects.count() == 1
    assert "Kho ngoại quan mở từ tháng 3." in panel
    assert "Hoàng Thị Then" in panel and "khác xa số của dòng các năm 2016–2018" in panel


def test_what_waits_is_on_the_page_for_who_may_answer(
    client_of: ClientOf, officer: User, leader: User, history: None
):
    _save(client_of(officer), "TRADE.TOTAL", "4.750.000")

    assert [hint["kind"] for hint in _on_page(client_of(officer))] == ["thousandfold"]
    assert _on_page(client_of(leader)) == []


def test_an_empty_or_endless_explanation_is_refused(
    client_of: ClientOf, officer: User, history: None
):
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.TOTAL", "23.750")["hints"]

    assert _explain(client, hint, "   ")[0] == 422
    assert _explain(client, hint, "a" * 2001)[0] == 422
    assert not Explanation.objects.exists()


def test_only_who_may_enter_the_cell_explains_it(
    client_of: ClientOf, officer: User, other_officer: User, leader: User, history: None
):
    (hint,) = _save(client_of(officer), "TRADE.TOTAL", "23.750")["hints"]

    assert _explain(client_of(other_officer), hint, "Đúng.")[0] == 422  # not there for them
    assert _explain(client_of(leader), hint, "Đúng.")[0] == 403
    assert not Explanation.objects.exists()


def test_a_locked_year_takes_no_explanation(client_of: ClientOf, officer: User, history: None):
    (hint,) = _save(client_of(officer), "TRADE.TOTAL", "23.750")["hints"]
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))

    status, answer = _explain(client_of(officer), hint, "Đúng.")

    assert status == 422 and "20/12/2019" in answer["message"]


def test_what_is_no_longer_odd_takes_no_explanation(
    client_of: ClientOf, officer: User, history: None
):
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.TOTAL", "23.750")["hints"]
    _save(client, "TRADE.TOTAL", "4.750", 1)

    status, answer = _explain(client, hint, "Đúng.")

    assert status == 422 and "Số đã thay đổi" in answer["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b"{}",
        b'{"figure": "1", "kind": "unit", "text": "a"}',
        b'{"figure": 99999999999999999999, "kind": "unit", "text": "a"}',
        b'{"figure": 1, "kind": "unit", "text": "\\u0000"}',
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(
    body: bytes, client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    address = "/so-lieu/2019/giai-trinh/"
    response = client_of(desk).post(address, body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["message"]


def test_script_in_an_explanation_is_shown_not_run(
    client_of: ClientOf, officer: User, history: None
):
    client = client_of(officer)
    (hint,) = _save(client, "TRADE.TOTAL", "23.750")["hints"]
    _explain(client, hint, "</script><script>alert(1)</script>")

    for address in (f"/nguon-so-lieu/{hint['figure']}/", "/so-lieu/2019/"):
        assert "<script>alert" not in client.get(address).content.decode()


# --- clearing and typing anew ----------------------------------------------------------------


def test_an_emptied_cell_hands_back_what_belonged_to_its_number(
    client_of: ClientOf, officer: User, put: Put
):
    put("TRADE.TOTAL", "4750")
    client = client_of(officer)
    _save(client, "TRADE.TOTAL", "4.750", 1, note="số ước", source_page="3")

    answer = _save(client, "TRADE.TOTAL", "", 2)

    assert answer["kept"] == {"note": "số ước", "source_page": "3"}
    anew = _save(client, "TRADE.TOTAL", "4.760", 0, **answer["kept"])
    assert (anew["note"], anew["source_page"], anew["version"]) == ("số ước", "3", 3)
    assert "kept" not in anew
