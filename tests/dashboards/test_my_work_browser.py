""" "Việc của tôi" and remarks in Chromium: from a returned cell to its correction."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from indicators import remarks
from indicators.models import Figure, Remark
from tests.entering import cell_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


def actual() -> Figure:
    return Figure.objects.get(indicator="TRADE.TOTAL", side="actual")


@pytest.fixture
def work(page: Page, trade, live_server, sign_in, officer: User, desk: User, leader: User) -> Page:
    """An officer's page with a returned cell and a question."""
    remarks.give_back([actual().pk], "Thiếu số tháng 12", by=desk)
    remarks.ask(actual(), "Gồm tạm nhập chưa?", by=leader)
    sign_in(page.context, officer, live_server.url)
    page.goto(f"{live_server.url}/")
    return page


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_it_fits_the_screen_and_breaks_no_accessibility_rule(work: Page, size):
    work.set_viewport_size(size)
    expect(work.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    found = Axe().run(work, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert work.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_from_a_returned_cell_to_its_correction(work: Page, live_server):
    work.get_by_role("link", name="Xem ý kiến").click()
    cell = work.locator(cell_of("TRADE.TOTAL"))
    expect(cell).to_be_focused()
    expect(work.locator("[data-filter=returned]")).to_have_attribute("aria-pressed", "true")
    expect(work.locator(".message-row")).to_contain_text("Thiếu số tháng 12")

    cell.fill("4760")
    cell.press("Enter")

    expect(work.locator("#save-state")).to_contain_text("Đã lưu tất cả lúc")
    work.goto(f"{live_server.url}/viec-cua-toi/")
    expect(work.locator("main")).not_to_contain_text("Thiếu số tháng 12")
    assert Remark.objects.open().get().kind == "question"


def test_a_question_is_answered_where_it_stands(work: Page):
    question = work.locator(".remark-question")
    question.get_by_role("textbox").fill("Đã gồm.")
    question.get_by_role("button", name="Gửi trả lời").click()
    expect(work.locator(".remark-answer")).to_contain_text("Đã gồm.")
    assert not Remark.objects.open().filter(kind="question").exists()


def test_the_desk_marks_cells_and_gives_them_back(page: Page, open_sheet, desk: User):
    open_sheet(page, desk)
    page.get_by_role("button", name="Trả lại ô", exact=True).click()
    page.locator(cell_of("TRADE.TOTAL")).click()
    page.locator(cell_of("TRADE.TOTAL", "plan")).click()
    page.get_by_role("button", name="Trả lại ô đã đánh dấu (2)").click()
    box = page.get_by_role("dialog", name="Trả lại ô đã đánh dấu")
    expect(box).to_contain_text("4.750")
    box.get_by_label("Nội dung cần sửa").fill("Đề nghị đối chiếu")
    box.get_by_role("button", name="Trả lại").click()

    expect(page.locator("#cell-picks")).to_contain_text("Đã trả lại 2 ô.")
    expect(page.locator('[data-row="TRADE.TOTAL"] .cell-remark')).to_have_count(2)
    assert Remark.objects.open().count() == 2


def test_a_leader_asks_in_the_panel(page: Page, trade, live_server, sign_in, leader: User):
    sign_in(page.context, leader, live_server.url)
    page.goto(f"{live_server.url}/nguon-so-lieu/{actual().pk}/")
    page.locator("summary", has_text="Yêu cầu làm rõ").click()
    page.get_by_label("Câu hỏi gửi Sở Công Thương").fill("Vì sao giảm?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    expect(page.locator(".remark-question")).to_contain_text("Chờ Sở Công Thương")
    assert Remark.objects.get().text == "Vì sao giảm?"
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
