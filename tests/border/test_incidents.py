"""Border incidents: the label, what counts as a violation, what the form says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Agency
from border.models import Incident
from indicators import year_table
from indicators.computed import Span, compute
from reference.periods import open_year
from tests.registers.samples import samples

YEAR = Span(2019, dt.date(2018, 12, 15), dt.date(2019, 12, 14))
CALENDAR_YEAR = Span(1, dt.date(2019, 1, 1), dt.date(2019, 12, 31))
LIST = "/so/vu-viec-bien-gioi/"


@pytest.fixture
def incident(agencies, desk):
    """Makes incidents: ``incident(side="vn")``."""
    sample = samples()["border"]
    sample.needs()

    def make(**other):
        return sample.record(agencies["SCT"], desk, **other)

    return make


def counted(span=YEAR):
    found = compute([span])
    return tuple(
        int(found.get((f"BORDER.VIOLATION{side}", span.key), -1)) for side in ("", "_CN", "_VN")
    )


def test_violations_are_counted_by_side_in_the_year_of_their_day(incident):
    for number in range(7):
        incident(happened_on=f"1{number}/6/2019")
    incident(side="vn", data_class="restricted")  # hidden from many, counted for all
    assert counted() == (8, 7, 1)


def test_other_incidents_are_no_violations(incident):
    incident(breaks_agreement=None)
    assert counted() == (0, 0, 0)


def test_an_incident_of_unknown_side_counts_in_the_total_alone(incident):
    incident(side="unknown")
    assert counted() == (1, 0, 0)


def test_the_middle_of_december_belongs_to_the_next_administrative_year(incident):
    incident(happened_on="15/12/2018")
    incident(happened_on="14/12/2019")
    incident(happened_on="15/12/2019")
    assert counted() == (2, 2, 0)
    assert counted(CALENDAR_YEAR) == (2, 2, 0)


def test_a_year_without_incidents_is_unknown_and_no_zero(db):
    assert counted() == (-1, -1, -1)


def test_a_deleted_incident_does_not_count(incident, desk):
    incident()
    Incident.objects.update(deleted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), deletion_reason="x")
    assert counted() == (-1, -1, -1)


def test_the_year_table_prints_the_sum_where_nobody_typed(incident, desk, officer):
    open_year(2019)
    incident()
    row = year_table.build([2019], desk).row("BORDER.VIOLATION", 2019)
    assert (row.actual.number, row.actual.is_computed) == (1, True)
    # The total of the Border Guard is not for another agency's officer.
    assert year_table.build([2019], officer).row("BORDER.VIOLATION", 2019).actual is None


def test_the_form_warns_and_starts_with_the_limited_label(desk, client_of):
    page = client_of(desk).get(f"{LIST}them/").content.decode()
    assert "Không nhập nội dung thuộc danh mục bí mật nhà nước." in page
    assert '<option value="restricted" selected>nội bộ – hạn chế</option>' in page


def test_a_restricted_incident_stays_out_of_public_tables_and_exports(incident, desk, client_of):
    incident()
    incident(data_class="restricted", description="Nội dung hạn chế")
    assert Incident.objects.publishable().count() == 1
    listed = client_of(desk).get(LIST).content.decode()
    assert "không gồm bản ghi nội bộ – hạn chế" in listed
    answer = client_of(desk).get(f"{LIST}xuat.csv")
    assert "Nội dung hạn chế" not in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("happened_on", "30/02/2019", "không phải"),
        ("happened_on", "05/3/2119", "Ngày này chưa đến"),
        ("kind", "war", "war"),
        ("place", "987654", "Chọn trong danh sách"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    incident, agencies, desk, client_of, field, value, said
):
    incident()
    data = samples()["border"].data(agencies["SCT"], twins_seen="1") | {field: value}
    page = client_of(desk).post(reverse("registers:add", args=["vu-viec-bien-gioi"]), data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Incident.objects.count() == 1


def test_a_commune_that_did_not_exist_that_day_is_refused(incident, agencies, desk, client_of):
    incident()
    data = samples()["border"].data(agencies["SCT"], happened_on="05/3/2026", twins_seen="1")
    page = client_of(desk).post(f"{LIST}them/", data)
    assert page.status_code == 422
    assert "không tồn tại vào ngày 05/03/2026" in page.content.decode()


def test_a_picker_offers_only_what_existed_on_the_day(incident, desk, client_of):
    incident()

    def offered(day):
        answer = client_of(desk).get("/so/chon/xa/", {"q": "xa", "on": day})
        return {row["label"] for row in answer.json()["rows"]}

    assert offered("05/3/2019") == {"xã Tân Thanh, huyện Văn Lãng"}
    assert offered("05/3/2026") == {"xã Hoàng Văn Thụ"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_year_screen_shows_the_sum_beside_what_was_typed(page, live_server, sign_in, compiler):
    incidents = samples()["border"]
    incidents.needs()
    incidents.record(Agency.objects.get(code="BDBP"), compiler)
    sign_in(page.context, compiler, live_server.url)
    page.goto(f"{live_server.url}/so-lieu/2019/")
    row = page.locator("[data-row='BORDER.VIOLATION']")
    expect(row.locator(".sum-of-records")).to_have_text("sổ: 1 -7")
    row.locator(".sum-of-records").click()
    expect(page).to_have_url(f"{live_server.url}{LIST}?year=2019&breaks_agreement=1")
