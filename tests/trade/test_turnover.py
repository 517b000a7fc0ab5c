"""Turnover: months, years to date, scopes, gates that were open, and what cannot be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import year_table
from indicators.computed import Span, compute
from reference.gates import Gate
from reference.periods import open_year
from registers import actions
from registers.actions import Refused
from tests.registers.samples import samples
from trade.models import Turnover

YEAR = Span(2019, dt.date(2018, 12, 15), dt.date(2019, 12, 14))
CALENDAR_YEAR = Span(1, dt.date(2019, 1, 1), dt.date(2019, 12, 31))
LIST = "/so/kim-ngach/"
MILLION = Decimal(1_000_000)


@pytest.fixture
def gates(db):
    samples()["trade"].needs()


@pytest.fixture
def row(gates, agencies, desk):
    """Makes rows, values in million USD: ``row(3, "10,5")`` is March."""

    def make(number, millions, **other):
        value = str(int(Decimal(str(millions).replace(",", ".")) * MILLION))
        typed = {"month": f"{number}/2019", "value": value} | other
        return samples()["trade"].record(agencies["SCT"], desk, **typed)

    return make


def total(code="TRADE.EXPORT", span=YEAR):
    found = compute([span], {code}).get((code, span.key))
    return None if found is None else round(found, 6)


def test_months_add_up_by_flow_and_local_goods(row):
    row(1, 100)
    row(2, "50,25")
    row(2, 30, flow="import")
    row(2, 4, is_local="on", commodity="anise")  # part of the exports above
    assert total("TRADE.TOTAL") == Decimal("180.25")
    assert total("TRADE.EXPORT") == Decimal("150.25")
    assert total("TRADE.IMPORT") == 30
    assert total("TRADE.LOCAL_EXPORT") == 4


@pytest.mark.parametrize("span", [YEAR, CALENDAR_YEAR])
def test_december_and_january_lie_in_the_year_they_name_by_both_calendars(row, span):
    row(1, 100)
    row(12, 10)
    row(12, 7, month="12/2018")
    assert total(span=span) == 110


def test_any_span_of_days_has_the_months_that_begin_in_it(row):
    for month in (3, 4, 5):
        row(month, month)
    assert total(span=Span(1, dt.date(2019, 3, 15), dt.date(2019, 5, 14))) == 9
    assert total(span=Span(1, dt.date(2019, 3, 1), dt.date(2019, 3, 31))) == 3


def test_only_the_scope_of_the_provinces_report_feeds_the_figures(row):
    row(1, 100)
    row(1, 85, scope="branch")
    row(1, 900, scope="gates")
    row(12, 3150, kind="plan")
    assert total("TRADE.TOTAL") == 100


def test_a_year_to_date_does_not_count_where_all_months_are_there(row):
    for month in range(1, 4):
        row(month, 10)
    row(3, 30, kind="to_date")
    assert total() == 30


def test_a_year_to_date_stands_in_for_missing_months(row):
    row(2, 10)
    row(3, 45, kind="to_date")
    row(4, 5)
    assert total() == 50
    first_quarter = Span(1, dt.date(2019, 1, 1), dt.date(2019, 3, 31))
    assert total(span=first_quarter) == 45
    # February alone knows nothing of what lies in the other months.
    assert total(span=Span(1, dt.date(2019, 2, 1), dt.date(2019, 2, 28))) == 10


def test_the_latest_of_several_years_to_date_counts(row):
    row(3, 45, kind="to_date")
    row(6, 80, kind="to_date")
    row(9, 130, kind="to_date")
    row(10, 20)
    assert total() == 150
    assert total(span=Span(1, dt.date(2019, 1, 1), dt.date(2019, 6, 30))) == 80


def test_years_to_date_of_other_goods_and_other_years_do_not_mix(row):
    row(1, 10)
    row(2, 20, kind="to_date", flow="import")
    row(2, 30, kind="to_date", gate=str(Gate.objects.get(code="CHIMA").pk))
    row(2, 50, kind="to_date", month="02/2018")
    assert total("TRADE.TOTAL") == 60


def test_a_year_without_rows_is_unknown_and_no_zero(db):
    assert total() is None


def test_computing_takes_two_queries_whatever_the_spans_and_rows(row, django_assert_num_queries):
    for month in range(1, 9):
        row(month, 10)
    row(12, 200, kind="to_date")
    spans = [
        Span(year, dt.date(year - 1, 12, 15), dt.date(year, 12, 14)) for year in range(2000, 2020)
    ]
    with django_assert_num_queries(2):
        found = compute(spans, {"TRADE.EXPORT"})
    assert found["TRADE.EXPORT", 2019] == 200


def test_the_year_table_shows_the_sum_in_million_usd(row, desk):
    open_year(2019)
    row(1, "2550,5")
    shown = year_table.build([2019], desk).row("TRADE.EXPORT", 2019)
    assert (shown.actual.number, shown.actual.is_computed) == (Decimal("2550.5"), True)


# --- findings ---------------------------------------------------------------------------


def test_a_year_to_date_that_differs_from_its_months_is_shown_with_the_gap(row, desk, client_of):
    open_year(2019)
    for month in range(1, 4):
        row(month, 10)
    odd = row(3, "31,5", kind="to_date")
    row(3, 30, kind="to_date", flow="import")
    page = client_of(desk).get(LIST).content.decode()
    assert "31.500.000 so với 30.000.000, lệch +1.500.000 USD" in page
    found = client_of(desk).get(f"{LIST}?finding=1").content.decode()
    assert found.count('class="record-link"') == 1
    record = client_of(desk).get(f"{LIST}{odd.pk}/").content.decode()
    assert "Đã nhập đủ các tháng" in record and "lệch +1.500.000 USD" in record


def test_a_year_to_date_cannot_be_less_than_some_of_its_months(row, desk, client_of):
    open_year(2019)
    row(1, 40)
    row(3, 30, kind="to_date")
    assert "lệch -10.000.000 USD" in client_of(desk).get(LIST).content.decode()


def test_a_year_to_date_that_stands_in_is_no_finding(row, desk, client_of):
    open_year(2019)
    row(1, 10)
    record = row(3, 30, kind="to_date")
    assert "lệch +" not in client_of(desk).get(LIST).content.decode()
    page = client_of(desk).get(f"{LIST}{record.pk}/").content.decode()
    assert "Đã nhập 1/3 tháng" in page


# --- gates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gate", "month", "said"),
    [
        ("CHIMA", "03/2020", "tạm dừng"),
        ("DCD", "04/2024", "chỉ có từ ngày 27/05/2024"),
    ],
)
def test_a_gate_that_was_not_open_is_refused_in_words(
    gates, agencies, desk, client_of, gate, month, said
):
    data = samples()["trade"].data(
        agencies["SCT"], month=month, gate=str(Gate.objects.get(code=gate).pk)
    )
    page = client_of(desk).post(f"{LIST}them/", data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Turnover.objects.exists()


@pytest.mark.parametrize(
    ("gate", "month", "kind"),
    [
        ("CHIMA", "02/2020", "to_date"),  # open in January
        ("CHIMA", "04/2020", "month"),  # opened again on the 15th
        ("DCD", "05/2024", "month"),  # exists since the 27th
        ("TANTHANH", "06/2024", "month"),  # a route now, and open
    ],
)
def test_a_gate_open_on_some_day_of_the_period_is_taken(row, gate, month, kind):
    pk = str(Gate.objects.get(code=gate).pk)
    assert row(1, 1, month=month, kind=kind, gate=pk).pk


def test_a_picker_offers_the_gates_there_were_at_the_end_of_the_month(gates, desk, client_of):
    def offered(month):
        answer = client_of(desk).get("/so/chon/cua-khau/", {"q": "", "on": month})
        return {row["label"]: row["hint"] for row in answer.json()["rows"]}

    assert set(offered("04/2024")) == {"Hữu Nghị", "Chi Ma", "Tân Thanh"}
    assert set(offered("05/2024")) == {"Hữu Nghị", "Chi Ma", "Tân Thanh", "Đường chuyên dụng"}
    assert "tạm dừng" in offered("03/2020")["Chi Ma"]


def test_the_record_tells_what_the_gate_was_then(row, desk, client_of):
    pk = str(Gate.objects.get(code="TANTHANH").pk)
    said = {}
    for month in ("04/2024", "05/2024", "06/2024"):
        record = row(1, 1, month=month, gate=pk)
        said[month] = client_of(desk).get(f"{LIST}{record.pk}/").content.decode()
    assert "cửa khẩu phụ" in said["04/2024"] and "lối thông quan" not in said["04/2024"]
    assert "cửa khẩu phụ → lối thông quan của Hữu Nghị từ 27/05/2024" in said["05/2024"]
    assert "lối thông quan của Hữu Nghị" in said["06/2024"]


# --- bad input --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("month", "13/2019", "không phải là tháng"),
        ("month", "30/02/2019", "không phải là tháng"),
        ("month", "11/2119", "Tháng này chưa đến"),
        ("value", "-5", "Kim ngạch không thể âm"),
        ("value", "1,234,567.5", "viết theo kiểu Anh"),
        ("value", "2550 tr", "không phải số"),
        ("vehicles", "-3", "Không thể nhỏ hơn 0"),
        ("scope", "", ""),
        ("flow", "transit", "transit"),
        ("gate", "987654", "Chọn trong danh sách"),
    ],
)
def test_what_cannot_be_is_refused_in_words(gates, agencies, desk, client_of, field, value, said):
    data = samples()["trade"].data(agencies["SCT"]) | {field: value}
    page = client_of(desk).post(reverse("registers:add", args=["kim-ngach"]), data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Turnover.objects.exists()


def test_imports_are_no_local_goods(gates, agencies, desk, client_of):
    data = samples()["trade"].data(agencies["SCT"], flow="import", is_local="on")
    page = client_of(desk).post(f"{LIST}them/", data)
    assert "Chỉ xuất khẩu mới tính hàng địa phương" in page.content.decode()


def test_one_row_for_the_same_goods_in_one_period(row, agencies, desk, client_of):
    row(12, 5)
    page = client_of(desk).post(f"{LIST}them/", samples()["trade"].data(agencies["SNNMT"]))
    assert page.status_code == 422
    assert "do Sở Công Thương giữ" in page.content.decode()
    assert Turnover.objects.count() == 1


def test_a_deleted_row_makes_room_for_another(row, desk):
    gone = row(12, 5)
    actions.delete(samples()["trade"].of, gone, by=desk, seen=1, reason="nhập nhầm")
    row(12, 6)
    with pytest.raises(Refused, match="Đã có dòng số liệu"):
        actions.restore(samples()["trade"].of, gone, by=desk)


def test_a_month_stands_at_its_first_day_and_a_plan_at_december(row):
    record = row(5, 1, kind="plan")
    assert record.month == dt.date(2019, 12, 1)
    record = row(5, 1)
    assert record.month == dt.date(2019, 5, 1)


def test_totals_stand_only_below_rows_that_may_be_added(row, desk, client_of):
    row(1, 10)
    row(2, 20)
    listed = client_of(desk).get(LIST).content.decode()
    assert '<td class="number">30.000.000</td>' in listed
    row(1, 900, scope="gates")
    assert "930.000.000" not in client_of(desk).get(LIST).content.decode()
    listed = client_of(desk).get(f"{LIST}?scope=report").content.decode()
    assert '<td class="number">30.000.000</td>' in listed


def test_this_month_can_be_entered(row):
    assert row(1, 1, month=f"{timezone.localdate():%m/%Y}").pk
