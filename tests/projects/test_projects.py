"""Projects: what counts in which figure, what the forms refuse, closed years."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.models import SourceDocument
from indicators import year_table
from indicators.computed import Span, compute, notes
from indicators.entry.sheet import load
from indicators.models import Fact
from projects.models import ExchangeRate, FdiProject, NgoAid
from projects.rates import RATE
from reference.models import ReportingYear
from reference.periods import open_year
from tests.registers.samples import samples

YEAR = Span(2019, dt.date(2018, 12, 15), dt.date(2019, 12, 14))
CALENDAR_YEAR = Span(1, dt.date(2019, 1, 1), dt.date(2019, 12, 31))
BEFORE = Span(2018, dt.date(2017, 12, 15), dt.date(2018, 12, 14))


@pytest.fixture
def make(agencies, desk):
    """Makes projects as the form does: ``make("fdi", decided_on="01/2/2019")``."""
    samples()["fdi"].needs()

    def made(register, lines=None, **other):
        sample = samples()[register]
        if lines is not None:
            sample = type(sample)(**{**sample.__dict__, "lines": lines})
        return sample.record(agencies["SCT"], desk, **other)

    return made


@pytest.fixture
def rate(db):
    def put(currency, value, year=2019):
        Fact.objects.create(code=RATE, year=year, scope=currency, value=Decimal(value), unit="vnd")

    return put


def amount(number, currency="USD", **other):
    return {"change": "initial", "amount": number, "currency": currency, **other}


# --- FDI ------------------------------------------------------------------------------


def test_registered_capital_is_what_was_in_force_on_the_last_day(make):
    make("fdi")  # 5.000.000 USD in March, 1.500.000,5 more in September
    found = compute([CALENDAR_YEAR, Span(3, dt.date(2019, 1, 1), dt.date(2019, 6, 30)), BEFORE])
    assert found["FDI.CAPITAL_REGISTERED", 1] == Decimal("6.5000005")
    assert found["FDI.CAPITAL_REGISTERED", 3] == 5
    assert found["FDI.PROJECT_ACTIVE", 1] == 1
    assert ("FDI.PROJECT_ACTIVE", 2018) not in found  # no record is not a zero


def test_a_decrease_lowers_what_is_registered_from_its_day(make):
    less = amount("2.000.000", change="decrease", decided_on="01/7/2019")
    make("fdi", lines={"amounts": [amount("5.000.000"), less]})
    assert compute([CALENDAR_YEAR])["FDI.CAPITAL_REGISTERED", 1] == 3
    june = Span(6, dt.date(2019, 6, 1), dt.date(2019, 6, 30))
    assert compute([june])["FDI.CAPITAL_REGISTERED", 6] == 5


def test_a_revoked_project_leaves_count_and_capital(make):
    gone = [{"kind": "revoked", "done_on": "31/12/2019"}]
    make("fdi", lines={"amounts": [amount("5.000.000")], "acts": gone})
    found = compute([CALENDAR_YEAR])
    assert (found["FDI.PROJECT_ACTIVE", 1], found["FDI.CAPITAL_REGISTERED", 1]) == (0, 0)


def test_money_of_many_years_is_not_the_money_of_each(make):
    """A stock is told at a day: the same in the year of its decision and after it."""
    make("fdi", decided_on="05/3/2017", lines={"amounts": [amount("5.000.000")]})
    spans = [Span(year, dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in (2017, 2018, 2019)]
    found = compute(spans)
    assert [found["FDI.CAPITAL_REGISTERED", year] for year in (2017, 2018, 2019)] == [5, 5, 5]


# --- ODA: currencies ------------------------------------------------------------------


def test_oda_adds_loans_and_counterpart_funds_by_the_rate_of_the_year(make, rate):
    make("oda")  # 10 million USD and 50 billion VND
    rate("USD", "23050.24")
    found = compute([CALENDAR_YEAR])
    assert found["ODA.CAPITAL_TOTAL", 1] == Decimal("280.5")  # 230,5024 + 50
    said = notes([CALENDAR_YEAR], {"ODA.CAPITAL_TOTAL"})["ODA.CAPITAL_TOTAL", 1]
    assert "1 USD = 23.050,24 đồng" in said


def test_without_a_rate_the_sum_says_which_currency_is_missing(make, rate):
    make("oda")
    rate("USD", "22602.05", year=2018)
    assert ("ODA.CAPITAL_TOTAL", 1) not in compute([CALENDAR_YEAR])
    assert compute([CALENDAR_YEAR])["ODA.PROJECT_ACTIVE", 1] == 1
    said = notes([CALENDAR_YEAR], {"ODA.CAPITAL_TOTAL"})["ODA.CAPITAL_TOTAL", 1]
    assert "chưa có tỷ giá năm 2019 của USD" in said


def test_the_entry_screen_says_the_rate_or_what_is_missing(make, rate, desk):
    make("oda")
    open_year(2019)

    def shown():
        sheet = load(2019, desk, today=timezone.localdate())
        return next(row for row in sheet.rows if row.indicator.code == "ODA.CAPITAL_TOTAL")

    assert shown().sum_of_records.text == "…"
    assert "USD" in shown().sum_of_records.note
    rate("USD", "23050.24")
    assert shown().sum_of_records.text == "280,5"
    assert "23.050,24" in shown().sum_of_records.note


# --- NGO ------------------------------------------------------------------------------


def test_new_extended_and_running_aid(make):
    make("ngo")  # 58.991 in March, 25.000 more in June
    make("ngo", name="Ngân hàng bò", decided_on="01/2/2018", number="9",
         lines={"amounts": [amount("60.000", capital="aid")]})  # fmt: skip
    make("ngo", kind="non_project", name="Thiết bị y tế", number="10",
         lines={"amounts": [amount("300.000", capital="aid")]})  # fmt: skip
    found = compute([YEAR])
    assert {code: number for (code, key), number in found.items() if code.startswith("NGO")} == {
        "NGO.PROJECT_NEW": 1,
        "NGO.PROJECT_EXPANDED": 1,
        "NGO.VALUE_NEW": 83991,
        "NGO.NONPROJECT_COUNT": 1,
        "NGO.NONPROJECT_VALUE": 300000,
        "NGO.PROJECT_ACTIVE": 2,
        "NGO.VALUE_ACTIVE": 143991,
    }


def test_counterpart_funds_are_no_aid(make):
    lines = [amount("40.000", capital="aid"), amount("9.000.000", "VND", capital="counterpart")]
    make("ngo", lines={"amounts": lines})
    assert compute([YEAR])["NGO.VALUE_NEW", 2019] == 40000  # and no rate is asked for


def test_a_project_extended_twice_in_a_year_counts_once(make):
    more = [
        amount("1.000", capital="aid", change="increase", decided_on=day)
        for day in ("01/4/2019", "01/8/2019")
    ]
    make("ngo", lines={"amounts": [amount("9.000", capital="aid"), *more]})
    found = compute([YEAR])
    assert (found["NGO.PROJECT_EXPANDED", 2019], found["NGO.VALUE_NEW", 2019]) == (1, 11000)


def test_a_deleted_record_counts_nowhere(make):
    make("ngo")
    NgoAid.objects.update(deleted_at=timezone.now(), deletion_reason="thử")
    assert not [code for code, _key in compute([YEAR]) if code.startswith("NGO")]


def test_sums_take_as_many_queries_for_many_years_as_for_one(make):
    make("fdi")
    make("oda")
    make("ngo")

    def queries(spans):
        codes = {"FDI.PROJECT_ACTIVE", "ODA.CAPITAL_TOTAL", "NGO.VALUE_NEW"}
        with CaptureQueriesContext(connection) as found:
            compute(spans, codes)
        return len(found)

    many = [Span(year, dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(2000, 2025)]
    assert queries(many) == queries([CALENDAR_YEAR]) == 9


def test_the_year_table_prints_what_nobody_typed(make, desk):
    open_year(2019)
    make("fdi")
    row = year_table.build([2019], desk).row("FDI.PROJECT_ACTIVE", 2019)
    assert (row.actual.number, row.actual.is_computed) == (1, True)


# --- lists ----------------------------------------------------------------------------


def test_totals_are_told_by_currency_and_never_mixed(make, desk, client_of):
    make("oda")
    make("oda", name="Dự án khác", number="7/QĐ-UBND")
    page = client_of(desk).get("/so/du-an-oda/").content.decode()
    foot = page.split("<tfoot>")[1]
    assert "20.000.000\u00a0USD, 100.000.000.000\u00a0VND" in foot
    assert "2.000.000\u00a0USD" in foot  # disbursed


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ("year=2019", True),
        ("year=2019&by=active", True),
        ("year=2019&by=supplemented", True),
        ("year=2018&by=active", False),
        ("year=2019&by=over", False),
        ("by=active", True),
        ("year=2019&currency=USD", True),
        ("year=2019&currency=EUR", False),
    ],
)
def test_a_year_asks_for_what_was_decided_or_in_force_in_it(
    make, desk, client_of, query, is_listed
):
    open_year(2018)
    open_year(2019)
    record = make("fdi")
    page = client_of(desk).get(f"/so/du-an-fdi/?{query}").content.decode()
    assert (f"/so/du-an-fdi/{record.pk}/" in page) == is_listed


def test_the_record_page_tells_status_and_totals(make, desk, client_of):
    record = make("fdi")
    page = client_of(desk).get(f"/so/du-an-fdi/{record.pk}/").content.decode()
    assert "6.500.000,5\u00a0USD" in page
    assert "tạm dừng" in page


# --- bad input ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("register", "field", "value", "said"),
    [
        ("fdi", "ended_on", "04/3/2019", "trước ngày cấp"),
        ("fdi", "decided_on", "30/02/2019", "không phải"),
        ("fdi", "decided_on", "05/3/2119", "Ngày này chưa đến"),
        ("fdi", "labour", "-5", "nhỏ hơn 0"),
        ("fdi", "country", "987654", "Chọn trong danh sách"),
        ("fdi", "amounts-0-amount", "-5", "không được âm"),
        ("fdi", "amounts-0-currency", "XXX", "XXX"),
        ("fdi", "amounts-1-decided_on", "01/1/2019", "trước ngày cấp"),
        ("fdi", "amounts-1-decided_on", "", "từ ngày nào"),
        ("fdi", "acts-0-done_on", "01/1/2019", "trước ngày cấp"),
        ("fdi", "acts-0-until", "01/1/2029", "Chỉ gia hạn"),
        ("fdi", "disbursements-0-amount", "-1", "không được âm"),
        ("oda", "started_on", "01/1/2024", "trước ngày bắt đầu"),
        ("oda", "acts-0-until", "", "Gia hạn đến ngày nào"),
        ("oda", "acts-0-until", "01/1/2020", "trước ngày của việc"),
        ("ngo", "amounts-0-amount", "1,5.0", "1,5.0"),
        ("ngo", "amounts-TOTAL_FORMS", "0", "ít nhất 1 dòng"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    make, agencies, desk, client_of, register, field, value, said
):
    sample = samples()[register]
    data = sample.data(agencies["SCT"], twins_seen="1") | {field: value}
    page = client_of(desk).post(reverse("registers:add", args=[sample.of.slug]), data)
    assert page.status_code == 422
    assert said.lower() in page.content.decode().lower()
    assert not sample.of.model.objects.exists()


def test_money_of_one_year_and_currency_stands_once(make, agencies, desk, client_of):
    sample = samples()["fdi"]
    data = sample.data(agencies["SCT"]) | {
        "disbursements-TOTAL_FORMS": "2",
        "disbursements-1-year": "2019",
        "disbursements-1-amount": "1",
        "disbursements-1-currency": "USD",
    }
    page = client_of(desk).post("/so/du-an-fdi/them/", data)
    assert page.status_code == 422
    assert not FdiProject.objects.exists()


# --- closed years ---------------------------------------------------------------------


@pytest.fixture
def closed(make):
    """A project of 2019, and 2019 is closed."""
    record = make("fdi", lines={"amounts": [amount("5.000.000")]})
    open_year(2019)
    ReportingYear.objects.filter(year=2019).update(locked_on=timezone.localdate())
    return record


@pytest.mark.parametrize(
    ("change", "is_saved"),
    [
        ({"kind": "extended", "done_on": "01/6/2020", "until": "05/3/2079"}, True),
        ({"kind": "revoked", "done_on": "01/6/2019"}, False),
    ],
)
def test_a_project_of_a_closed_year_lives_on_in_open_ones(
    closed, agencies, desk, client_of, change, is_saved
):
    sample = samples()["fdi"]
    sent = type(sample)(**{**sample.__dict__, "lines": {"amounts": [amount("5.000.000")]}})
    data = sent.data(agencies["SCT"], closed, seen="1")
    data |= {"acts-TOTAL_FORMS": "1"} | {f"acts-0-{name}": value for name, value in change.items()}
    page = client_of(desk).post(f"/so/du-an-fdi/{closed.pk}/sua/", data)
    assert page.status_code == (302 if is_saved else 422)
    assert closed.acts.count() == is_saved


# --- exchange rates -------------------------------------------------------------------


def test_a_rate_is_entered_with_its_source_by_administrators(
    admin_user, client_of, source_document
):
    client = client_of(admin_user)
    address = reverse("admin:projects_exchangerate_add")
    data = {"scope": "CNY", "year": "2019", "value": "3.336,5", "note": ""}
    assert client.post(address, data).status_code == 200  # no source
    data["source"] = str(source_document.pk)
    assert client.post(address, data).status_code == 302
    kept = ExchangeRate.objects.get()
    assert (kept.code, kept.scope, kept.value, kept.unit) == (RATE, "CNY", Decimal("3336.5"), "vnd")
    assert client.post(address, data).status_code == 200  # there is one already


@pytest.fixture
def source_document(db):
    return SourceDocument.objects.create(subject="Thông báo tỷ giá", number="15/TB-KBNN")
