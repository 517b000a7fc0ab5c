"""The main job in a browser: correct a figure, see it, export the report, open the PDF."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.paper import Paper
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def sign_in(page: Page, stack: Stack, username: str) -> None:
    page.goto(f"{stack.url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(stack.passwords[username])
    page.get_by_role("button", name="Đăng nhập").click()


def sign_out(page: Page) -> None:
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap/**")


def test_a_corrected_figure_reaches_the_overview_and_the_pdf(
    stack: Stack, page: Page, tmp_path
) -> None:
    sign_in(page, stack, "chuyenvien")
    page.goto(f"{stack.url}/so-lieu/2019/")
    cell = page.locator('[data-row="TRADE.TOTAL"] [data-side=actual] input')
    expect(cell).to_have_value("4.750")
    cell.fill("4.760")
    cell.press("Enter")
    expect(page.locator("#save-state")).to_contain_text("Đã lưu tất cả lúc")
    sign_out(page)

    sign_in(page, stack, "lanhdao")
    page.wait_for_url("**/tong-quan/*/")  # of the latest year that has a report
    page.goto(f"{stack.url}/tong-quan/2019/")
    number = page.get_by_role("button", name="4.760").first
    expect(number).to_be_visible()
    number.click()
    panel = page.locator("#source-panel")
    expect(panel).to_contain_text("Chuyên viên tổng hợp")
    expect(panel).to_contain_text("4.750")  # the version before
    panel.get_by_role("button", name="Đóng").click()

    page.get_by_role("link", name="Xuất báo cáo năm 2019").click()
    expect(page.locator("article.sheet")).to_contain_text(
        "ước đạt 4.760 triệu USD, đạt 91% kế hoạch, giảm 2% so với năm 2018"
    )
    page.get_by_role("button", name="Xuất báo cáo năm 2019").click()
    expect(page.locator("progress, .run-done").first).to_be_visible()
    expect(page.locator(".run-done")).to_contain_text("Xong (", timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải PDF").click()
    target = tmp_path / "report.pdf"
    download.value.save_as(target)
    paper = Paper(target.read_bytes())
    assert "DỰ THẢO" in paper.text(0)
    assert "ước đạt 4.760 triệu USD, đạt 91% kế hoạch, giảm 2% so với năm 2018" in paper.whole
    assert "4.750" not in paper.whole
