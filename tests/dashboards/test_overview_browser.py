"""The overview in Chromium: charts under the content policy, a click, a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


@pytest.fixture
def screen(page: Page, live_server, sign_in, leader, published) -> Page:
    """Signed in as a leader; the page fixture fails on any complaint of the content policy."""
    sign_in(page.context, leader, live_server.url)
    page.goto(f"{live_server.url}/tong-quan/2019/")
    expect(page.locator(".chart-canvas svg")).to_have_count(4)
    return page


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_it_fits_the_screen_and_breaks_no_accessibility_rule(screen: Page, size):
    screen.set_viewport_size(size)
    screen.reload()
    expect(screen.locator(".chart-canvas svg")).to_have_count(4)
    found = Axe().run(screen, options=RULES).response["violations"]
    assert [one["id"] for one in found] == []
    assert screen.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_pointing_at_a_year_tells_its_numbers(screen: Page):
    canvas = screen.locator("#delegations_by_year .chart-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    screen.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 170)
    expect(screen.locator(".chart-tip")).to_contain_text("Đoàn ra53")


def test_a_number_opens_its_source(screen: Page):
    screen.locator(".key-card-leads .figure").first.click()
    expect(screen.locator("#source-panel")).to_contain_text("Trường Chính trị Hoàng Văn Thụ")


def test_the_share_of_the_plan_opens_the_plan(screen: Page):
    screen.locator(".key-card-leads .key-plan .figure").click()
    expect(screen.locator("#source-panel")).to_contain_text("5.230")


def test_a_sentence_is_copied(screen: Page):
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.click("#trade_by_year [data-copy]")
    expect(screen.locator("#trade_by_year [data-copy]")).to_contain_text("Đã sao chép")
    copied = screen.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Nhập khẩu tăng 15,8%")


def test_without_scripts_the_table_remains(chromium, live_server, sign_in, leader, published):
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, leader, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/tong-quan/2019/")
    page.locator("#trade_by_year summary").click()
    expect(page.locator("#trade_by_year table")).to_contain_text("khoảng 4.855\u00a0(*)")
    context.close()
