"""The overview of a year, as leaders see it with the published figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from common.contracts import Better
from dashboards import overview
from dashboards.cards import Card
from dashboards.keys import CHARTS, CONTEXT_FIGURES, KEY_FIGURES
from indicators.declarations import indicators
from indicators.drawings import CHARTS as DRAWINGS
from indicators.explanations import explain
from indicators.models import Explanation, Figure
from reference.models import Period, ReportingYear
from reference.periods import open_year

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def page(client: Client, year: int) -> str:
    response = client.get(f"/tong-quan/{year}/")
    assert response.status_code == 200
    return response.content.decode()


def content(client: Client, year: int) -> str:
    """The page without its frame, where other years are offered."""
    return re.split(r"<main|</main>", page(client, year))[1]


def cards(viewer: User, year: int, language: str = "vi") -> dict[str, Card]:
    found = overview.build(year, viewer, language)
    assert found is not None
    return {card.value.indicator: card for card in (*found.cards, *found.context)}


def put(code: str, year: int, value: str, agency: Agency, **fields: object) -> Figure:
    open_year(year)
    on = indicators()[code].calendar
    defaults = {"side": "actual", "state": "value", "agency": agency, "value": Decimal(value)}
    when = Period.objects.full_year(year, on)
    return Figure.objects.create(indicator=code, period=when, **(defaults | fields))


# --- who and where ------------------------------------------------------------------


def test_it_is_open_to_those_who_read_all_agencies(client_of: ClientOf, everyone, year_2019):
    seen = {
        role: client_of(user).get("/tong-quan/2019/").status_code for role, user in everyone.items()
    }
    own_only = {"data_entry", "agency_head"}
    assert seen == {role: 403 if role in own_only else 200 for role in everyone}


def test_strangers_are_asked_to_sign_in(client: Client, year_2019):
    for address in ("/tong-quan/", "/tong-quan/2019/"):
        assert "/dang-nhap/" in client.get(address).headers["Location"]


def test_only_those_who_may_export_are_offered_the_report(
    client_of: ClientOf, leader: User, inspector: User, year_2019
):
    assert "Xuất báo cáo năm 2019" in page(client_of(leader), 2019)
    assert "Xuất báo cáo" not in page(client_of(inspector), 2019)


@pytest.mark.parametrize("year", ["1889", "2031", "9" * 40])
def test_an_unknown_year_is_refused_by_name(client_of: ClientOf, leader: User, year_2019, year):
    response = client_of(leader).get(f"/tong-quan/{year}/")
    assert response.status_code == 404
    assert f"Năm {year[:20]} chưa mở" in response.content.decode()


def test_it_opens_on_the_latest_year_that_has_a_report(
    client_of: ClientOf, leader: User, published
):
    assert client_of(leader).get("/tong-quan/").headers["Location"] == "/tong-quan/2019/"


def test_without_a_report_it_opens_on_the_latest_year_with_figures(
    client_of: ClientOf, leader: User, agencies
):
    put("TRADE.TOTAL", 2018, "4855", agencies["SCT"])
    put("TRADE.TOTAL", 2019, "2809", agencies["SCT"], origin="inferred")
    open_year(2020)
    response = client_of(leader).get("/tong-quan/")
    assert response.headers["Location"] == "/tong-quan/2018/"


def test_before_any_year_is_open_it_says_whom_to_ask(client_of: ClientOf, leader: User):
    response = client_of(leader).get("/tong-quan/")
    assert response.status_code == 404
    assert "Chưa có năm nào được mở" in response.content.decode()


def test_years_are_switched_in_the_address(client_of: ClientOf, leader: User):
    for year in (2018, 2019, 2021):
        open_year(year)
    text = page(client_of(leader), 2019)
    assert re.search(r'rel="prev" href="/tong-quan/2018/"', text)
    assert re.search(r'rel="next" href="/tong-quan/2021/"', text)


# --- what it says ---------------------------------------------------------------------


def test_every_key_figure_and_chart_is_declared():
    keys = (*KEY_FIGURES, *CONTEXT_FIGURES)
    codes = {code for key in keys for code in (key.code, *key.beside)}
    assert codes <= indicators().keys()
    assert set(CHARTS) == DRAWINGS.keys()


def test_2019_is_told_as_it_was_published(client_of: ClientOf, leader: User, published):
    text = content(client_of(leader), 2019)
    for said in (
        "4.750",
        "giảm 2,2% so với năm 2018",
        "đạt 90,8% kế hoạch",
        "trên 3.400",
        "83.991",
    ):
        assert said in text
    assert (
        "Nhập khẩu tăng 15,8%, xuất khẩu giảm 13,7%; tổng kim ngạch giảm 2,2% so với năm 2018."
        in text
    )
    assert "Có số ước, chưa chốt" in page(client_of(leader), 2019)


def test_cards_are_labelled_by_certainty_and_kind(leader: User, published):
    found = cards(leader, 2019)
    assert (found["TRADE.TOTAL"].status, found["TRADE.TOTAL"].status_label) == ("estimate", "Ước")
    assert found["TRADE.EXPORT"].status_label == "Đã công bố"  # its source names no certainty
    assert found["FDI.PROJECT_ACTIVE"].kind == "tại thời điểm"
    assert found["DELEG.OUT.COUNT"].kind == ""


def test_more_incidents_are_bad_and_more_imports_good(leader: User, published):
    found = cards(leader, 2019)
    incidents, imports = found["BORDER.VIOLATION"], found["TRADE.IMPORT"]
    assert (incidents.arrow, incidents.tone) == ("up", "bad")
    assert (imports.arrow, imports.tone) == ("up", "good")


def test_colour_is_never_alone(client_of: ClientOf, leader: User, published):
    for change in re.findall(r'<p class="change .*?</p>', content(client_of(leader), 2019), re.S):
        assert re.search(r"fa-caret-(up|down)", change) and re.search(r"tăng|giảm", change)


def test_what_is_neither_good_nor_bad_has_no_colour(leader: User, agencies):
    assert indicators()["DELEG.OUT.COUNT"].better is Better.NEUTRAL
    put("DELEG.OUT.COUNT", 2018, "60", agencies["SNGV"])
    put("DELEG.OUT.COUNT", 2019, "53", agencies["SNGV"])
    card = cards(leader, 2019)["DELEG.OUT.COUNT"]
    assert (card.arrow, card.tone) == ("down", "neutral")


def test_the_bar_of_the_plan_ends_a_fifth_past_it(leader: User, agencies):
    put("TRADE.EXPORT", 2019, "100", agencies["SCT"], side="plan")
    put("TRADE.EXPORT", 2019, "300", agencies["SCT"])
    card = cards(leader, 2019)["TRADE.EXPORT"]
    assert (card.plan.text, card.plan_width) == ("đạt 300% kế hoạch", "120.0")


def test_without_a_base_nothing_is_compared(leader: User, published):
    card = cards(leader, 2023)["TRADE.TOTAL"]
    assert (card.change, card.arrow, card.plan, card.plan_width) == (None, "", None, "")


def test_inferred_figures_are_marked_and_explained(client_of: ClientOf, leader: User, published):
    card = cards(leader, 2018)["TRADE.TOTAL"]
    assert (card.text, card.status) == ("khoảng 4.855\u00a0(*)", "inferred")
    text = content(client_of(leader), 2018)
    assert "tính ngược" in text.lower() and "(*) Số, hoặc gốc so sánh" in text


def test_a_comparison_with_an_inferred_base_is_marked(leader: User, published):
    card = cards(leader, 2019)["TRADE.EXPORT"]
    assert card.change.entry.inferred and card.plan.entry.inferred and not card.value.inferred


def test_nothing_of_2019_stands_in_the_overview_of_2018(
    client_of: ClientOf, leader: User, published
):
    assert "2019" not in content(client_of(leader), 2018)


def test_a_year_without_figures_says_so(client_of: ClientOf, leader: User, desk: User, published):
    text = content(client_of(leader), 2015)
    assert "Chưa có số liệu năm 2015" in text and "key-card" not in text
    assert "/so-lieu/2015/" not in text
    assert "/so-lieu/2015/" in content(client_of(desk), 2015)


def test_missing_key_figures_are_named(client_of: ClientOf, leader: User, published):
    found = overview.build(2021, leader, "vi")
    assert indicators()["TRADE.EXPORT"].label in found.missing
    assert indicators()["TRADE.TOTAL"].label not in found.missing
    assert "Chưa có số liệu năm 2021:" in content(client_of(leader), 2021)


def test_a_gap_between_years_stays_a_gap(leader: User, published):
    block = next(one for one in overview.build(2023, leader, "vi").blocks)
    totals = {
        row["year"]: row["value"]
        for row in block.chart.spec["data"]["values"]
        if row["series"] == "Tổng kim ngạch"
    }
    assert (totals["2021"], totals["2022"], totals["2023"]) == (4270, None, 5860)
    assert "Chưa có số liệu: 2022." in block.chart.notes


def test_a_chart_names_unit_source_and_has_its_table(client_of: ClientOf, leader: User, published):
    text = content(client_of(leader), 2019)
    assert "Đơn vị tính: triệu USD" in text
    assert "Nguồn: Trường Chính trị Hoàng Văn Thụ (20/01/2020)" in text
    assert re.search(r"<table.*?khoảng 4\.855\xa0\(\*\)", text, re.S)


def test_a_closed_year_says_when(leader: User, year_2019):
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2020, 1, 20))
    assert overview.build(2019, leader, "vi").state == "Đã chốt ngày 20/01/2020"


def test_every_number_leads_to_its_source(client_of: ClientOf, leader: User, published):
    text = content(client_of(leader), 2019)
    total = Figure.objects.get(indicator="TRADE.TOTAL", side="actual", period__year=2019)
    assert f'hx-get="/nguon-so-lieu/{total.pk}/"' in text


def test_a_comparison_leads_to_its_base(client_of: ClientOf, leader: User, published):
    text = content(client_of(leader), 2019)
    turnover = Figure.objects.filter(indicator="TRADE.TOTAL")
    plan = turnover.get(side="plan", period__year=2019)
    last = turnover.get(side="actual", period__year=2018)
    for figure, title, said in (
        (plan, "Nguồn số liệu kế hoạch năm 2019", "đạt 90,8% kế hoạch"),
        (last, "Nguồn số liệu năm 2018", "giảm 2,2% so với năm 2018"),
    ):
        chip = rf'hx-get="/nguon-so-lieu/{figure.pk}/"[^>]* title="{title}">{said}'
        assert re.search(chip, text)


def test_the_sentence_of_a_chart_reads_on_around_its_numbers(
    client_of: ClientOf, leader: User, published
):
    sentence = re.search(
        r'id="trade_by_year-reading">(.*?)</p>', content(client_of(leader), 2019), re.S
    )[1]
    assert sentence.count("<a ") == 3
    assert re.sub(r"<[^>]*>", "", sentence) == (
        "Nhập khẩu tăng 15,8%, xuất khẩu giảm 13,7%; tổng kim ngạch giảm 2,2% so với năm 2018."
    )


def test_english_readers_get_english_numbers_and_words(client_of: ClientOf, person, published):
    text = content(client_of(person("leader", language="en")), 2019)
    assert "4,750" in text and "-2.2% on 2018" in text and "90.8% of the plan" in text


def test_the_number_of_queries_does_not_grow(client_of: ClientOf, leader: User, agencies, desk):
    put("TRADE.TOTAL", 2019, "4750", agencies["SCT"])
    client = client_of(leader)
    page(client, 2019)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, 2019)
        return len(captured)

    few = queries()
    for year in range(2008, 2019):
        for key in KEY_FIGURES:
            put(key.code, year, "10", agencies["SNGV"])
    assert queries() == few <= 24


# --- what needs attention -------------------------------------------------------------


def test_583_against_731_is_told_until_it_is_explained(
    client_of: ClientOf, leader: User, desk: User, published
):
    shown = content(client_of(leader), 2019)
    assert "Số cần thuyết minh (1)" in shown
    assert "Tổng 583, cộng ba thành phần được 731, lệch 148 lượt người." in shown

    found = overview.build(2019, leader, "vi")
    assert found is not None
    (one,) = found.unexplained
    explain(one.figure, Explanation.Kind.PARTS, "Đếm theo hai cách.", seen=one.seen, by=desk)
    shown = content(client_of(leader), 2019)
    assert "Số cần thuyết minh" not in shown
    assert "Đã thuyết minh (1)" in shown and "Đếm theo hai cách." in shown


def test_a_plan_that_was_not_reached_is_named_with_its_share(
    client_of: ClientOf, leader: User, published
):
    found = overview.build(2019, leader, "vi")
    assert found is not None
    behind = [card.plan.text for card in found.behind if card.plan]
    assert behind == ["đạt 90,8% kế hoạch", "đạt 81% kế hoạch"]
    assert "Chưa đạt kế hoạch (2)" in content(client_of(leader), 2019)
