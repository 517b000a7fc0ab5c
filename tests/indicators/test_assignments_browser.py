""" "Chỉ tiêu và phân công" in Chromium: found by part of a name, saved by itself, many at once."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from indicators.assigning import owing_agencies
from indicators.models import Assignment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
ROW = '[data-code="TRADE.TOTAL"]'


@pytest.fixture
def screen(page: Page, agencies, year_2019, live_server, sign_in, desk) -> Page:
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}/phan-cong/2019/")
    return page


def field(screen: Page, row: str = ROW):
    return screen.locator(f"{row} [role=combobox]")


@pytest.mark.parametrize("width", [390, 1366])
def test_it_fits_the_screen_and_breaks_no_accessibility_rule(screen: Page, width: int):
    screen.set_viewport_size({"width": width, "height": 800})
    field(screen).click()
    expect(screen.get_by_role("listbox")).to_be_visible()
    found = Axe().run(screen, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert screen.evaluate("document.documentElement.scrollWidth") <= width


def test_an_agency_is_found_by_part_of_its_name_and_saved_by_itself(screen: Page):
    field(screen).focus()
    screen.keyboard.type("thong ke")
    found = screen.locator("#agency-list").get_by_role("option")
    expect(found).to_have_text(["Thống kê tỉnh Lạng Sơn"])
    screen.keyboard.press("Enter")
    expect(screen.locator(f"{ROW} .a-said")).to_have_text("Đã lưu")
    assert owing_agencies(2019)["TRADE.TOTAL"].code == "CTK"


def test_what_was_typed_and_not_chosen_changes_nothing(screen: Page):
    field(screen).fill("không có")
    expect(screen.get_by_role("listbox")).to_contain_text("Không có đơn vị tên này")
    screen.keyboard.press("Tab")
    expect(field(screen)).to_have_value("Sở Công Thương")
    assert not Assignment.objects.exists()


def test_many_rows_change_at_once(screen: Page):
    for code in ("TRADE.TOTAL", "TRADE.EXPORT"):
        screen.locator(f'[data-code="{code}"] [data-pick]').check()
    expect(screen.locator("#assign-bar")).to_contain_text("Đã chọn 2 chỉ tiêu")
    screen.locator("#assign-to").fill("ngoai vu")
    screen.keyboard.press("Enter")
    screen.get_by_role("button", name="Phân công", exact=True).click()
    expect(screen.locator(".a-said", has_text="Đã lưu")).to_have_count(2)
    expect(screen.locator("#assign-bar")).to_be_hidden()
    owing = owing_agencies(2019)
    assert {owing[code].code for code in ("TRADE.TOTAL", "TRADE.EXPORT")} == {"SNGV"}


def test_a_row_somebody_else_changed_is_told(screen: Page, agencies):
    Assignment.objects.create(indicator="TRADE.TOTAL", year=2019, agency=agencies["SNNMT"])
    field(screen).fill("thong ke")
    screen.keyboard.press("Enter")
    said = screen.locator(f"{ROW} .a-said")
    expect(said).to_contain_text("Vừa có người đổi thành Sở Nông nghiệp và Môi trường")
    field(screen).fill("thong ke")
    screen.keyboard.press("Enter")
    expect(said).to_have_text("Đã lưu")


def test_without_a_line_the_change_waits_and_is_sent(screen: Page, complaints):
    screen.context.set_offline(True)
    field(screen).fill("thong ke")
    screen.keyboard.press("Enter")
    expect(screen.locator(f"{ROW} .a-said")).to_contain_text("mất kết nối")
    screen.context.set_offline(False)
    expect(screen.locator(f"{ROW} .a-said")).to_have_text("Đã lưu")
    assert owing_agencies(2019)["TRADE.TOTAL"].code == "CTK"
    complaints.clear()  # Chromium tells of the line it lost
