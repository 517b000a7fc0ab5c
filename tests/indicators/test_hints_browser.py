"""Hints, linked cells and periods in Chromium, by keyboard alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from documents.models import SourceDocument
from indicators.models import Explanation, Figure, YearPart
from reference.models import Period
from reference.periods import open_year, period

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOTAL = '[data-row="TRADE.TOTAL"]'
ACTUAL = f"{TOTAL} [data-side=actual] > input"
MESSAGE = ".cell-message"
LINE = ".parts-line"


@pytest.fixture
def put(agencies, year_2019):
    def store(code: str, value: str, year: int = 2019, **more: object) -> Figure:
        open_year(year)
        known = {"side": "actual", "period": Period.objects.full_year(year)}
        return Figure.objects.create(
            indicator=code,
            agency=agencies["SCT"],
            state="value",
            value=Decimal(value),
            **(known | more),
        )

    return store


@pytest.fixture
def screen(page, live_server, sign_in, officer, put):
    for year, value in ((2016, "4000"), (2017, "5000"), (2018, "4855")):
        put("TRADE.TOTAL", value, year)
    put("TRADE.TOTAL", "5230", side="plan")
    sign_in(page.context, officer, live_server.url)
    page.goto(f"{live_server.url}/so-lieu/2019/")
    return page


def _stored() -> Figure:
    return Figure.objects.current().get(
        indicator="TRADE.TOTAL", side="actual", period=Period.objects.full_year(2019)
    )


def _type(screen, text: str) -> None:
    screen.focus(ACTUAL)
    screen.keyboard.type(text)
    screen.keyboard.press("Enter")


def _saved(screen) -> None:
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")


# --- hints ---------------------------------------------------------------------------


def test_a_slip_is_corrected_by_keyboard(screen):
    _type(screen, "4.750.000")
    message = screen.locator(MESSAGE)
    expect(message).to_contain_text("lớn gấp khoảng 1.000 lần năm trước (4.855)")

    screen.keyboard.press("F8")
    expect(message.get_by_role("button", name="Ghi 4.750")).to_be_focused()
    screen.keyboard.press("Enter")

    expect(screen.locator(ACTUAL)).to_have_value("4.750")
    expect(message).to_have_count(0)
    _saved(screen)
    assert _stored().value == 4750


def test_tab_passes_a_message_that_came_meanwhile(screen):
    _type(screen, "4.750.000")
    expect(screen.locator(MESSAGE)).to_be_visible()

    screen.focus(ACTUAL)
    screen.keyboard.press("Tab")

    expect(screen.locator('[data-row="TRADE.EXPORT"] [data-side=plan] > input')).to_be_focused()
    screen.keyboard.press("Shift+Tab")
    expect(screen.locator(ACTUAL)).to_be_focused()


def test_a_right_number_is_explained_by_keyboard_and_asked_no_more(screen):
    _type(screen, "23.750")
    expect(screen.locator(MESSAGE)).to_contain_text("khác xa số của dòng")
    screen.keyboard.press("F8")
    expect(screen.get_by_role("button", name="Giữ và giải thích").first).to_be_focused()
    screen.keyboard.press("Enter")
    screen.keyboard.type("Có thêm kho ngoại quan.")
    screen.keyboard.press("Enter")

    expect(screen.locator(ACTUAL)).to_be_focused()
    expect(screen.get_by_text("Có thêm kho ngoại quan.")).to_have_count(0)
    assert Explanation.objects.filter(text="Có thêm kho ngoại quan.").count() == 1
    screen.reload()
    screen.focus(ACTUAL)
    expect(screen.get_by_text("khác xa số của dòng")).to_have_count(0)


def test_what_waits_is_marked_after_a_reload_and_opens_under_the_cursor(screen):
    _type(screen, "4.750.000")
    expect(screen.locator(MESSAGE)).to_have_count(1)
    _saved(screen)

    screen.reload()
    expect(screen.locator(f"{TOTAL} .cell-hint")).to_have_count(1)
    expect(screen.locator(MESSAGE)).to_have_count(0)
    screen.focus(ACTUAL)
    expect(screen.locator(MESSAGE)).to_contain_text("Có phải 4.750?")
    screen.keyboard.press("ArrowDown")
    expect(screen.locator(MESSAGE)).to_have_count(0)


def test_parts_that_miss_their_total_lead_to_the_parts(screen):
    for code, text in (("TRADE.TOTAL", "4.750"), ("TRADE.EXPORT", "2.550")):
        screen.fill(f'[data-row="{code}"] [data-side=actual] > input', text)
    screen.fill('[data-row="TRADE.IMPORT"] [data-side=actual] > input', "2.100")
    screen.keyboard.press("Enter")

    message = screen.locator(MESSAGE)
    expect(message).to_contain_text("Tổng 4.750, cộng hai thành phần được 4.650, lệch 100")
    message.get_by_role("button", name="Xem thành phần").click()
    export = screen.locator('[data-row="TRADE.EXPORT"] [data-side=actual] > input')
    expect(export).to_be_focused()
    screen.keyboard.type("2.650")
    screen.keyboard.press("Enter")
    expect(message).to_have_count(0)


# --- eleven months and December --------------------------------------------------------


def test_three_linked_cells_are_entered_by_keyboard(screen):
    screen.focus(ACTUAL)
    screen.keyboard.press("Control+Enter")
    eleven = screen.locator(f'{LINE} [data-field="eleven_months"]')
    december = screen.locator(f'{LINE} [data-field="december_estimate"]')
    year = screen.locator(f'{LINE} [data-field="text"]')
    expect(eleven).to_be_focused()
    screen.keyboard.type("4.310")
    screen.keyboard.press("Tab")
    expect(screen.locator(LINE)).to_contain_text("Nhập thêm ô kia")
    expect(december).to_be_focused()
    screen.keyboard.type("440")
    screen.keyboard.press("Tab")

    expect(year).to_be_focused()
    expect(year).to_have_value("4.750")
    expect(screen.locator(ACTUAL)).to_have_value("4.750")
    beside = screen.locator(f"{LINE} [data-how]")
    expect(beside).to_have_text(["nhập trực tiếp", "nhập trực tiếp", "do hệ thống tính"])

    screen.keyboard.press("Control+A")
    screen.keyboard.type("4.760")
    screen.keyboard.press("Shift+Tab")
    expect(december).to_have_value("450")
    expect(beside).to_have_text(["nhập trực tiếp", "do hệ thống tính", "nhập trực tiếp"])
    screen.keyboard.press("Escape")
    expect(screen.locator(ACTUAL)).to_be_focused()
    _saved(screen)
    assert _stored().computed_part == YearPart.DECEMBER


def test_a_year_that_comes_late_is_replaced_by_what_is_typed(screen):
    held: list[Route] = []
    screen.route("**/o/", lambda route: route.continue_() if held else held.append(route))
    screen.focus(ACTUAL)
    screen.keyboard.press("Control+Enter")
    with screen.expect_request("**/o/"):
        for text in ("4.310", "440"):
            screen.keyboard.type(text)
            screen.keyboard.press("Tab")
    year = screen.locator(f'{LINE} [data-field="text"]')
    expect(year).to_be_focused()
    held[0].continue_()
    expect(year).to_have_value("4.750")
    screen.keyboard.type("4.760")

    expect(year).to_have_value("4.760")


def test_the_figure_of_eleven_months_is_taken_with_one_key(screen, put):
    put("TRADE.TOTAL", "4310", period=period(Period.Kind.YEAR_TO_DATE, 2019, 11))
    put("TRADE.TOTAL", "4750")
    screen.reload()
    screen.focus(ACTUAL)
    screen.keyboard.press("Control+Enter")
    screen.get_by_role("button", name="Lấy số 11 tháng đã nhập: 4.310").click()

    expect(screen.locator(f'{LINE} [data-field="december_estimate"]')).to_have_value("440")
    _saved(screen)
    assert _stored().eleven_months == 4310


def test_countries_visited_have_no_parts(screen, desk, sign_in, live_server):
    sign_in(screen.context, desk, live_server.url)
    screen.reload()
    row = '[data-row="DELEG.IN.COUNTRIES"]'
    screen.focus(f"{row} [data-side=actual] > input")
    screen.keyboard.press("Control+Enter")

    expect(screen.locator(LINE)).to_have_count(0)


# --- clearing and typing anew -------------------------------------------------------------


def test_a_cell_typed_anew_keeps_its_source_and_says_so(screen, put):
    source = SourceDocument.objects.create(subject="Báo cáo năm 2019", number="12/BC-SCT")
    put("TRADE.TOTAL", "4750", source=source, source_page="3", note="số ước")
    screen.reload()
    screen.focus(ACTUAL)
    screen.keyboard.press("Delete")
    screen.keyboard.press("Enter")
    expect(screen.locator(MESSAGE)).to_contain_text("được giữ cho số nhập tiếp vào ô này")

    _type(screen, "4.760")

    expect(screen.locator(MESSAGE)).to_have_count(0)
    expect(screen.locator(f"{TOTAL} .c-source")).to_have_text("12/BC-SCT")
    _saved(screen)
    stored = _stored()
    assert (stored.value, stored.source, stored.note) == (4760, source, "số ước")


# --- periods --------------------------------------------------------------------------------


def test_a_month_is_chosen_and_entered(screen, put):
    put("TRADE.TOTAL", "400", period=period(Period.Kind.MONTH, 2019, 1))
    screen.locator(".period-switch summary").focus()
    screen.keyboard.press("Enter")
    screen.get_by_role("link", name="Tháng 2", exact=True).click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("tháng 2")

    screen.focus(ACTUAL)
    screen.keyboard.type("350")
    expect(screen.locator(f"{TOTAL} .c-reached")).to_have_text("750")
    screen.keyboard.press("Enter")

    _saved(screen)
    stored = Figure.objects.get(period__kind=Period.Kind.MONTH, period__months=2)
    assert (stored.value, stored.period.first_day.isoformat()) == (350, "2019-01-15")
    assert timezone.localdate() >= stored.period.first_day


def test_an_explanation_is_changed_from_the_details(screen):
    _type(screen, "23.750")
    screen.get_by_role("button", name="Giữ và giải thích").click()
    screen.keyboard.type("Kho ngoại quan.")
    screen.keyboard.press("Enter")
    expect(screen.locator(ACTUAL)).to_be_focused()
    screen.keyboard.press("F2")
    expect(screen.locator("[data-explained]").last).to_contain_text("Kho ngoại quan.")
    screen.get_by_role("button", name="Sửa giải trình").click()
    screen.keyboard.press("End")
    screen.keyboard.type(" Từ tháng 3.")
    screen.keyboard.press("Enter")

    expect(screen.locator(ACTUAL)).to_be_focused()
    assert Explanation.objects.get().text == "Kho ngoại quan. Từ tháng 3."
