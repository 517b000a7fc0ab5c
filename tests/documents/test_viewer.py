"""The viewer on the page of a document, in Chromium: pages, keys, what is told."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from documents import actions
from tests import sources

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READING = 20_000  # ms: a file is read by a process of its own, on a machine that may be busy


@pytest.fixture
def show(page: Page, live_server, sign_in, desk):
    """Opens the page of a document with this file."""
    caches["viewing"].clear()

    def shown(name: str, content: bytes) -> Page:
        upload = SimpleUploadedFile(name, content)
        document = actions.add_document(by=desk, subject="Báo cáo", file=upload)
        sign_in(page.context, desk, live_server.url)
        page.goto(f"{live_server.url}/van-ban-nguon/{document.pk}/")
        expect(page.locator(".viewer-paper")).to_be_visible(timeout=READING)
        return page

    return shown


def picture(page: Page):
    return page.locator(".viewer-paper img")


def test_pages_are_turned_by_keys_and_buttons(show):
    page = show("báo cáo.pdf", sources.pdf(3))
    expect(picture(page)).to_have_attribute("alt", "Trang 1 của báo cáo.pdf")
    page.locator(".viewer-paper").focus()
    page.keyboard.press("PageDown")
    expect(picture(page)).to_have_attribute("alt", "Trang 2 của báo cáo.pdf")
    page.get_by_role("button", name="Trang sau").click()
    expect(picture(page)).to_have_attribute("alt", "Trang 3 của báo cáo.pdf")
    expect(page.get_by_role("button", name="Trang sau")).to_be_disabled()
    page.locator("[data-page]").fill("1")
    page.keyboard.press("Enter")
    expect(picture(page)).to_have_attribute("alt", "Trang 1 của báo cáo.pdf")
    page.locator("[data-page]").fill("99")
    page.keyboard.press("Enter")
    expect(page.locator("[data-page]")).to_have_value("3")
    expect(picture(page)).to_have_js_property("complete", True, timeout=READING)


def test_a_page_is_enlarged_by_keys(show):
    page = show("báo cáo.pdf", sources.pdf(3))
    expect(picture(page)).to_have_js_property("complete", True, timeout=READING)
    before = picture(page).bounding_box()["width"]
    page.locator(".viewer-paper").focus()
    page.keyboard.press("+")
    expect(page.locator("[data-zoomed]")).to_have_text("125%")
    assert picture(page).bounding_box()["width"] == pytest.approx(before * 1.25, rel=0.02)
    page.keyboard.press("-")
    page.keyboard.press("-")
    expect(page.locator("[data-zoomed]")).to_have_text("75%")


def test_a_page_that_cannot_be_drawn_says_why(show, complaints):
    page = show("bom.png", sources.png_declaring(2000, 2000))
    expect(page.locator("[data-trouble]")).to_contain_text("Tệp bị hỏng", timeout=READING)
    expect(picture(page)).to_be_hidden()
    complaints.clear()  # Chromium notes the refusal (422)


def test_nothing_of_a_hostile_text_runs_or_is_fetched(show):
    body = sources.paragraph(
        "&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    page = show("a.docx", sources.docx(body))
    text = page.locator(".viewer-text")
    expect(text).to_contain_text("<script>alert(1)</script>")
    assert text.locator("img, script, a, style, [style], [onerror]").count() == 0


def test_the_viewer_has_no_serious_fault_for_a_screen_reader(show):
    from axe_playwright_python.sync_playwright import Axe

    for name, content in (
        ("báo cáo.pdf", sources.pdf(3)),
        ("biểu.xlsx", sources.xlsx({"A": [["x", 1]], "B": [["y", 2]]})),
    ):
        page = show(name, content)
        expect(page.locator(".viewer-paper")).to_be_visible()
        found = Axe().run(page).response["violations"]
        serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
        assert serious == []
