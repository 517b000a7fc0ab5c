"""Which agency owes which indicator: the screen, changes of many rows, a new year."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from indicators import assigning
from indicators.declarations import indicators
from indicators.models import Assignment, Figure
from reference.models import Period, ReportingYear
from reference.periods import open_year

pytestmark = pytest.mark.django_db
PAGE = "/phan-cong/2019/"
ROW = "TRADE.TOTAL"


def put(year: int, agency: Agency, code: str = ROW) -> Assignment:
    return Assignment.objects.create(indicator=code, year=year, agency=agency)


def send(client: Client, agency: Agency, rows: dict[str, Any], page: str = PAGE) -> Any:
    body = json.dumps({"agency": agency.pk, "rows": rows})
    return client.post(f"{page}luu/", body, content_type="application/json")


@pytest.fixture
def gone(agencies) -> Agency:
    """A department that ended in February 2025; finance took over."""
    before = Agency.objects.create(
        code="SKHDT", name="Sở Kế hoạch và Đầu tư", kind="department", valid_to="2025-02-28"
    )
    after = Agency.objects.create(code="STC", name="Sở Tài chính", kind="department")
    after.succeeds.add(before)
    return before


# --- the screen -----------------------------------------------------------------------


def test_every_row_stands_under_its_group_with_who_owes_it(client_of, desk, year_2019):
    page = client_of(desk).get(PAGE).content.decode()

    assert page.count("data-code=") == sum(row.yearly for row in indicators().values())
    assert "Kim ngạch xuất nhập khẩu" in page and 'value="Sở Công Thương"' in page


def test_rows_are_filtered_by_group_agency_words_and_difference(
    client_of, desk, agencies, year_2019
):
    put(2019, agencies["CTK"])
    client = client_of(desk)

    def shown(query: str) -> set[str]:
        page = client.get(f"{PAGE}?{query}").content.decode()
        return {code for code in indicators() if f'data-code="{code}"' in page}

    group = indicators()[ROW].group
    trade = {code for code, row in indicators().items() if row.group == group and row.yearly}
    assert shown(f"nhom={group}") == trade
    assert shown(f"don-vi={agencies['CTK'].pk}") >= {ROW}
    assert shown("khac=1") == {ROW}
    assert ROW in shown("q=kim ngach") and "DELEG.OUT.COUNT" not in shown("q=kim ngach")
    assert len(shown("nhom=?&don-vi=x&khac=9")) == len(shown(""))


def test_the_page_asks_the_same_whatever_the_number_of_rows(client_of, desk, agencies, year_2019):
    client = client_of(desk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    put(2019, agencies["CTK"])
    few = queries()
    for code, row in indicators().items():
        if row.yearly and code != ROW:
            put(2019, agencies["CTK"], code)
    assert queries() == few <= 22


def test_figures_another_agency_gave_are_named(client_of, desk, agencies, year_2019):
    period = Period.objects.full_year(2019)
    Figure.objects.create(
        indicator=ROW, period=period, agency=agencies["SCT"], side="actual", state="zero", value=0
    )
    put(2019, agencies["CTK"])
    page = client_of(desk).get(f"{PAGE}?khac=1").content.decode()
    assert "Đã có số của: Sở Công Thương" in page


def test_the_screen_is_for_the_desk_and_administrators(client_of, everyone, year_2019):
    opened = {
        role for role, user in everyone.items() if client_of(user).get(PAGE).status_code == 200
    }
    assert opened == {"desk", "admin"}


# --- changes ----------------------------------------------------------------------------


def test_one_row_is_given_to_another_agency_and_back(client_of, desk, agencies, year_2019):
    client, trade, statistics = client_of(desk), agencies["SCT"], agencies["CTK"]

    answer = send(client, statistics, {ROW: trade.pk}).json()["rows"][ROW]
    assert (answer["name"], answer["changed"], answer["conflict"]) == (
        "Thống kê tỉnh Lạng Sơn", True, False,
    )  # fmt: skip
    assert assigning.owing_agencies(2019)[ROW] == statistics

    send(client, trade, {ROW: statistics.pk})
    assert not Assignment.objects.exists()  # the declared agency needs no row
    kept = Assignment.pgh_event_model.objects.order_by("pgh_id")
    assert [event.agency_id for event in kept][0] == statistics.pk
    assert kept.count() == 2


def test_many_rows_change_at_once_and_a_row_somebody_else_changed_stays(
    client_of, desk, agencies, year_2019
):
    put(2019, agencies["SNNMT"])
    rows = {ROW: agencies["SCT"].pk, "TRADE.EXPORT": agencies["SCT"].pk}

    answer = send(client_of(desk), agencies["CTK"], rows).json()["rows"]

    assert (answer["TRADE.EXPORT"]["conflict"], answer[ROW]["conflict"]) == (False, True)
    assert answer[ROW]["agency"] == agencies["SNNMT"].pk
    owing = assigning.owing_agencies(2019)
    assert (owing[ROW], owing["TRADE.EXPORT"]) == (agencies["SNNMT"], agencies["CTK"])


def test_the_same_change_sent_twice_is_no_conflict(client_of, desk, agencies, year_2019):
    client, rows = client_of(desk), {ROW: agencies["SCT"].pk}
    send(client, agencies["CTK"], rows)
    assert send(client, agencies["CTK"], rows).json()["rows"][ROW]["conflict"] is False


def test_a_closed_year_keeps_who_owed_its_figures(client_of, desk, agencies, year_2019):
    ReportingYear.objects.update(locked_on=dt.date(2019, 12, 20))
    answer = send(client_of(desk), agencies["CTK"], {ROW: agencies["SCT"].pk})
    assert answer.status_code == 422 and "đã chốt" in answer.json()["message"]
    assert "data-save" not in client_of(desk).get(PAGE).content.decode()


def test_an_agency_that_is_gone_is_not_chosen(client_of, desk, agencies, gone):
    open_year(2026)
    answer = send(client_of(desk), gone, {ROW: agencies["SCT"].pk}, "/phan-cong/2026/")
    assert answer.status_code == 422
    assert "Sở Kế hoạch và Đầu tư" in answer.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b"\xff",
        b'{"agency": 1}', b'{"agency": 1, "rows": {}}', b'{"agency": 1, "rows": []}',
        b'{"agency": "1", "rows": {"A": 1}}', b'{"agency": 1e9, "rows": {"A": 1}}',
        b'{"agency": 99999999999999999999, "rows": {"A": 1}}',
        b'{"agency": 1, "rows": {"A": true}}',
        b'{"agency": 2000000000, "rows": {"TRADE.TOTAL": 1}}',
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(body, client_of, desk, agencies, year_2019):
    answer = client_of(desk).post(f"{PAGE}luu/", body, content_type="application/json")
    assert answer.status_code in (400, 422) and answer.json()["message"]
    assert not Assignment.objects.exists()


def test_an_unknown_row_is_refused(client_of, desk, agencies, year_2019):
    answer = send(client_of(desk), agencies["CTK"], {"NO.SUCH\x00": None})
    assert answer.status_code == 422


def test_the_action_asks_for_the_right_itself(officer, agencies, year_2019):
    with pytest.raises(PermissionDenied):
        assigning.assign(2019, {ROW: None}, agencies["CTK"], by=officer)
    with pytest.raises(PermissionDenied):
        assigning.carry_over(2019, by=officer)
    with pytest.raises(PermissionDenied):
        assigning.open_year(2020, by=officer)


# --- a new year ---------------------------------------------------------------------------


def test_opening_a_year_copies_last_years_assignments(admin_user, agencies, year_2019):
    put(2019, agencies["CTK"])
    assigning.open_year(2020, by=admin_user)
    assert assigning.owing_agencies(2020)[ROW] == agencies["CTK"]
    assert Period.objects.full_years([2020]).count() == 2


def test_opening_it_again_changes_nothing(admin_user, agencies, year_2019):
    assigning.open_year(2020, by=admin_user)
    put(2019, agencies["CTK"])
    assigning.open_year(2020, by=admin_user)
    assert assigning.owing_agencies(2020)[ROW] == agencies["SCT"]


def test_the_admin_opens_a_year_with_its_assignments(client_of, admin_user, agencies, gone):
    open_year(2024)
    put(2024, gone)
    answer = client_of(admin_user).post(
        "/quan-tri/reference/reportingyear/add/", {"year": "2025"}, follow=True
    )
    assert assigning.owing_agencies(2025)[ROW].code == "STC"
    assert "Sở Tài chính kế thừa Sở Kế hoạch và Đầu tư" in answer.content.decode()


def test_of_several_successors_somebody_chooses(client_of, desk, admin_user, agencies, gone):
    agencies["CTK"].succeeds.add(gone)
    open_year(2024)
    put(2024, gone)
    carried = assigning.open_year(2025, by=admin_user)

    assert [one.heir for one in carried.successions] == [None]
    assert assigning.owing_agencies(2025)[ROW] == gone
    page = client_of(desk).get("/phan-cong/2025/").content.decode()
    assert "Hoạt động đến 28/02/2025" in page and page.count("data-heir=") == 2


def test_an_agency_without_successor_is_told(agencies, gone):
    gone.successors.clear()
    open_year(2024)
    put(2024, gone)
    (told,) = assigning.to_carry(2025).successions
    assert "chưa ghi đơn vị kế thừa" in told.words or "without a successor" in told.words


def test_a_year_opened_before_takes_over_what_nobody_changed(client_of, desk, agencies, year_2019):
    open_year(2020)
    put(2019, agencies["CTK"])
    put(2019, agencies["SNNMT"], "TRADE.EXPORT")
    put(2020, agencies["SNGV"], "TRADE.EXPORT")
    client = client_of(desk)
    assert (
        "Chép phân công năm trước (1 chỉ tiêu)" in client.get("/phan-cong/2020/").content.decode()
    )

    client.post("/phan-cong/2020/chep/")

    owing = assigning.owing_agencies(2020)
    assert (owing[ROW], owing["TRADE.EXPORT"]) == (agencies["CTK"], agencies["SNGV"])
    assert "Chép phân công" not in client.get("/phan-cong/2020/").content.decode()


def test_loading_published_data_opens_years_with_their_assignments(db):
    call_command("load_published", verbosity=0)
    assert not Assignment.objects.exists()
    last = ReportingYear.objects.order_by("-year").first().year
    put(last - 1, Agency.objects.get(code="CTK"))
    ReportingYear.objects.filter(year=last).delete()
    call_command("load_published", verbosity=0)
    assert assigning.owing_agencies(last)[ROW].code == "CTK"


def test_a_successor_sees_and_corrects_the_rows_of_the_one_before(client_of, person, gone):
    """2019's figures of planning and investment stay theirs; finance corrects them."""
    open_year(2019)
    put(2019, gone)
    finance: User = person("data_entry", agency=Agency.objects.get(code="STC"))
    page = client_of(finance).get("/so-lieu/2019/").content.decode()
    assert f'data-row="{ROW}"' in page

    body = {"indicator": ROW, "side": "actual", "version": 0, "text": "4.750"}
    answer = client_of(finance).post(
        "/so-lieu/2019/o/", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 200
    assert Figure.objects.get().agency == gone
