"""The frame in a real browser: phone menu, no sideways scroll, accessibility rules."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from documents.actions import add_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = ("/van-ban-nguon/", "/van-ban-nguon/them/", "/mat-khau/")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


def violations(page: Page) -> list[str]:
    return [
        f"{page.url} {found['id']}"
        for found in Axe().run(page, options=RULES).response["violations"]
    ]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_fit_the_screen_and_break_no_accessibility_rule(
    page, live_server, sign_in, desk, size
):
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}/dang-nhap/")
    found = violations(page)
    add_document(by=desk, number="1/BC-SNGV", subject="Báo cáo năm " + "rất dài " * 30)
    sign_in(page.context, desk, live_server.url)
    for path in PAGES:
        page.goto(live_server.url + path)
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert not found


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page, live_server, sign_in, desk):
    page.set_viewport_size(PHONE)
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}/van-ban-nguon/")
    button, entry = page.locator(".menu-button"), page.locator(".menu a[aria-current]")
    expect(entry).to_be_hidden()
    button.press("Enter")
    expect(entry).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(button).to_be_focused()


def test_signing_out_is_two_clicks_away(page, live_server, sign_in, desk):
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}/van-ban-nguon/")
    page.click(".account summary")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_title("Đăng nhập · Cổng báo cáo đối ngoại")
