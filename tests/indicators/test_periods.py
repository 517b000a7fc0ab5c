"""Months, 3, 6, 9 and 11 months: the same screen on another period."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Agency, User
from indicators import year_table
from indicators.declarations import indicators
from indicators.ledger import Ledger
from indicators.models import Figure
from indicators.rows import Row, Value
from indicators.spans import MONTHS, TO_DATE, Span, SpanConverter
from reference.models import Period, ReportingYear
from reference.periods import open_year, period

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
Put = Callable[..., Figure]
TO_DATE_KIND, MONTH = Period.Kind.YEAR_TO_DATE, Period.Kind.MONTH


@pytest.fixture
def put(agencies: dict[str, Agency], year_2019: ReportingYear) -> Put:
    def store(code: str, value: str, months: int = 12, year: int = 2019, **more: Any) -> Figure:
        declared = indicators()[code]
        open_year(year)
        kind = more.pop("kind", TO_DATE_KIND)
        return Figure.objects.create(
            indicator=code,
            period=period(kind, year, months, on=declared.calendar),
            agency=agencies[declared.agency],
            side=more.pop("side", "actual"),
            state="value",
            value=Decimal(value),
        )

    return store


def _save(client: Client, span: str, text: str, **more: Any) -> tuple[int, dict[str, Any]]:
    body = {"indicator": "TRADE.TOTAL", "side": "actual", "version": 0, "text": text} | more
    address = f"/so-lieu/2019/{span}/o/"
    headers = {"accept": "application/json"}
    response = client.post(
        address, json.dumps(body), content_type="application/json", headers=headers
    )
    return response.status_code, response.json()


def _row(page: str, code: str = "TRADE.TOTAL") -> str:
    return page.split(f'<tr data-row="{code}"')[1].split("</tr>")[0]


# --- addresses and days ------------------------------------------------------------------


@pytest.mark.parametrize("span", [*TO_DATE[1:], *MONTHS])
def test_every_offered_period_has_an_address_of_its_own(span: Span):
    assert SpanConverter().to_python(span.slug) == span


def test_what_is_no_period_is_not_there(client_of: ClientOf, desk: User, year_2019: ReportingYear):
    for slug in ("12-thang", "0-thang", "thang-13", "thang-0", "quy-1", "6-THANG"):
        assert client_of(desk).get(f"/so-lieu/2019/{slug}/").status_code == 404
    assert client_of(desk).get("/so-lieu/2050/6-thang/").status_code == 404


def test_the_page_tells_its_period_and_offers_the_others(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    page = client_of(desk).get("/so-lieu/2019/6-thang/").content.decode()

    assert "Số liệu 6 tháng đầu năm 2019" in page
    assert "Kỳ số liệu 15/12/2018 – 14/06/2019" in page
    for slug in ("3-thang", "9-thang", "11-thang", "thang-5"):
        assert f'href="/so-lieu/2019/{slug}/"' in page
    assert "Lũy kế 6 tháng 2019" in page and "% KH năm" in page and "So cùng kỳ" in page
    month = client_of(desk).get("/so-lieu/2019/thang-5/").content.decode()
    assert "Kỳ số liệu 15/04/2019 – 14/05/2019" in month
    assert "TH tháng 5/2019" in month and "Lũy kế 5 tháng 2019" in month


def test_looking_at_a_period_stores_nothing_and_the_first_figure_does(
    client_of: ClientOf, desk: User, leader: User, year_2019: ReportingYear
):
    before = Period.objects.count()
    for user in (leader, desk):
        assert client_of(user).get("/so-lieu/2019/9-thang/").status_code == 200
    assert Period.objects.count() == before

    assert _save(client_of(desk), "9-thang", "3.600")[0] == 200

    stored = Figure.objects.get().period
    assert (stored.months, stored.last_day) == (9, dt.date(2019, 9, 14))
    assert Period.objects.count() == before + 1


def test_a_refused_figure_stores_no_period(
    client_of: ClientOf, other_officer: User, year_2019: ReportingYear
):
    before = Period.objects.count()

    assert _save(client_of(other_officer), "6-thang", "1")[0] == 403
    assert Period.objects.count() == before


# --- a year to date ------------------------------------------------------------------------


def test_a_year_to_date_stands_against_the_years_plan_and_the_same_months(
    client_of: ClientOf, desk: User, put: Put
):
    put("TRADE.TOTAL", "5230", side="plan")
    put("TRADE.TOTAL", "2000", 6, 2018)
    put("TRADE.TOTAL", "4855", 12, 2018)

    status, answer = _save(client_of(desk), "6-thang", "2.300")

    assert status == 200
    assert (answer["plan_ratio"], answer["change"]) == ("44%", "tăng 15%")
    row = _row(client_of(desk).get("/so-lieu/2019/6-thang/").content.decode())
    assert ">5.230</button>" in row and ">2.000</button>" in row and "4.855" not in row
    assert row.count("<input") == 1


def test_the_plan_is_entered_with_the_year(client_of: ClientOf, desk: User, put: Put):
    status, answer = _save(client_of(desk), "6-thang", "5.230", side="plan")

    assert status == 422 and "nhập ở biểu cả năm" in answer["message"]


def test_reports_say_a_year_to_date_in_its_own_words(desk: User, put: Put):
    put("TRADE.TOTAL", "5230", side="plan")
    put("TRADE.TOTAL", "2365", 6)
    put("TRADE.TOTAL", "2000", 6, 2018)
    ledger = Ledger(year_table.build([2019], desk, months=6))

    said = [ledger.say("TRADE.TOTAL", form, "x", year=2019).text for form in ("plan", "change")]

    assert said == ["bằng 45,2% kế hoạch năm", "tăng 18,3% so với cùng kỳ năm 2018"]


def test_the_year_itself_reads_no_shorter_period(desk: User, put: Put):
    put("TRADE.TOTAL", "2365", 6)
    put("TRADE.TOTAL", "300", 5, kind=MONTH)

    assert year_table.build([2019], desk).row("TRADE.TOTAL", 2019).actual is None


# --- a month -------------------------------------------------------------------------------


def test_a_month_shows_the_year_to_date_beside_it(client_of: ClientOf, desk: User, put: Put):
    put("TRADE.TOTAL", "5000", side="plan")
    put("TRADE.TOTAL", "400", 1, kind=MONTH)
    put("TRADE.TOTAL", "350", 2, kind=MONTH)
    put("TRADE.TOTAL", "300", 3, 2018, kind=MONTH)

    status, answer = _save(client_of(desk), "thang-3", "450")

    assert status == 200
    assert (answer["reached"], answer["plan_ratio"]) == ("1.200", "24%")
    assert answer["change"] == "tăng 50%"
    assert ">1.200<" in _row(client_of(desk).get("/so-lieu/2019/thang-3/").content.decode())


def test_months_with_a_gap_are_not_added_up(desk: User, put: Put):
    put("TRADE.TOTAL", "400", 1, kind=MONTH)
    put("TRADE.TOTAL", "450", 3, kind=MONTH)
    row = year_table.build([2019], desk, months=3, kind=MONTH).row("TRADE.TOTAL", 2019)
    assert row.reached is None

    put("TRADE.TOTAL", "1210", 3)
    row = year_table.build([2019], desk, months=3, kind=MONTH).row("TRADE.TOTAL", 2019)
    assert row.reached == 1210


def test_countries_do_not_add_up_over_months(desk: User, put: Put):
    for month in (1, 2):
        put("DELEG.IN.COUNTRIES", "5", month, kind=MONTH)
    table = year_table.build([2019], desk, months=2, kind=MONTH)
    assert table.row("DELEG.IN.COUNTRIES", 2019).reached is None

    put("DELEG.IN.COUNTRIES", "7", 2)
    table = year_table.build([2019], desk, months=2, kind=MONTH)
    assert table.row("DELEG.IN.COUNTRIES", 2019).reached == 7


@pytest.mark.parametrize(
    ("span", "text", "version"), [("thang-2", "360", 1), ("2-thang", "770", 1)]
)
def test_months_that_miss_the_year_to_date_are_a_hint_on_either_page(
    span: str, text: str, version: int, client_of: ClientOf, desk: User, put: Put
):
    put("TRADE.TOTAL", "400", 1, kind=MONTH)
    put("TRADE.TOTAL", "350", 2, kind=MONTH)
    to_date = put("TRADE.TOTAL", "750", 2)
    client = client_of(desk)

    _status, answer = _save(client, span, text, version=version)

    (hint,) = answer["hints"]
    assert hint["kind"] == "parts" and "cộng 2 tháng được" in hint["message"]
    assert (hint["figure"] == to_date.pk) == (span == "thang-2")
    body = {"figure": hint["figure"], "kind": "parts", "text": "Hải quan điều chỉnh."}
    address = f"/so-lieu/2019/{span}/giai-trinh/"
    said = client.post(address, json.dumps(body), content_type="application/json")
    assert said.json()["hints"][0]["explained"] == "Hải quan điều chỉnh."


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=12))
def test_the_year_to_date_is_the_sum_of_its_months(numbers: list[Decimal]):
    row = Row(
        indicator=indicators()["TRADE.TOTAL"],
        year=2019,
        months=len(numbers),
        kind=MONTH,
        by_month=tuple(_value(number) for number in numbers),
        so_far=_value(sum(numbers) + 1),
    )
    assert row.reached == sum(numbers)
    assert row.months_gap is not None and row.months_gap.gap == -1


def _value(number: Decimal) -> Value:
    rest = dict.fromkeys(Value._fields)
    return Value(**(rest | {"value": number, "year": 2019}))


# --- days and locks ---------------------------------------------------------------------------


def test_a_period_that_has_not_begun_takes_nothing(
    client_of: ClientOf, desk: User, agencies: dict[str, Agency]
):
    year = timezone.localdate().year + 1
    open_year(year)
    page = client_of(desk).get(f"/so-lieu/{year}/thang-12/").content.decode()

    assert f"nhập được từ ngày 15/11/{year}" in page and "Chưa đến kỳ" in page
    body = {"indicator": "TRADE.TOTAL", "side": "actual", "version": 0, "text": "1"}
    address = f"/so-lieu/{year}/thang-12/o/"
    response = client_of(desk).post(address, json.dumps(body), content_type="application/json")
    assert response.status_code == 422 and f"15/11/{year}" in response.json()["message"]


def test_a_locked_year_locks_its_months(client_of: ClientOf, desk: User, put: Put):
    put("TRADE.TOTAL", "400", 1, kind=MONTH)
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))

    page = client_of(desk).get("/so-lieu/2019/thang-1/").content.decode()

    assert "đã chốt ngày 20/12/2019" in page and "<input value" not in page
    assert _save(client_of(desk), "thang-1", "410", version=1)[0] == 422


def test_who_closed_the_year_is_named_where_history_knows(
    client_of: ClientOf, desk: User, approver: User, year_2019: ReportingYear
):
    with pghistory.context(user=approver.pk):
        ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))

    page = client_of(desk).get("/so-lieu/2019/").content.decode()

    assert f"Người chốt: {approver}." in page


def test_a_period_is_read_in_as_many_queries_as_a_year(client_of: ClientOf, desk: User, put: Put):
    client = client_of(desk)
    put("TRADE.TOTAL", "400", 1, kind=MONTH)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    whole = queries("/so-lieu/2019/")
    assert queries("/so-lieu/2019/6-thang/") == queries("/so-lieu/2019/thang-5/") == whole
