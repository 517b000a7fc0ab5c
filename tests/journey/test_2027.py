"""A year nobody has written about: opened, planned, achieved, written, exported, read.

Nothing of 2027 is in code or fixtures: what the year needs is entered in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journey.test_newcomer import sign_in
from tests.paper import Paper
from tests.servers import ROOT
from tests.stack import Stack, until

pytestmark = [pytest.mark.browser, pytest.mark.stack]

PLANS = {"TRADE.TOTAL": "5.600", "TRADE.EXPORT": "2.900", "TRADE.IMPORT": "2.700"}
ACTUALS = {"TRADE.TOTAL": "5.320", "TRADE.EXPORT": "2.800", "TRADE.IMPORT": "2.520"}
LAST_YEAR = {"TRADE.TOTAL": "5.000", "TRADE.EXPORT": "2.500", "TRADE.IMPORT": "2.500"}
AFTER_THE_YEAR = "2027-12-20T08:00:00+07:00"


@pytest.fixture
def in_december_2027(stack: Stack) -> Iterator[None]:
    """The web server on a day on which the figures of 2027 may be entered."""
    clock = str(ROOT / "tests" / "clock")
    stack.stop("web")
    stack.start("web", PYTHONPATH=clock, CLOCK_STARTS_AT=AFTER_THE_YEAR)
    until(stack.answers, "the web server answering in December 2027")
    yield
    stack.stop("web")
    stack.start("web")
    until(stack.answers, "the web server answering again")


def enter(page: Page, side: str, figures: dict[str, str]) -> None:
    for code, value in figures.items():
        row = page.locator(f'[data-row="{code}"]')
        cell = row.locator(f"[data-side={side}] input")
        cell.fill(value)
        cell.press("Enter")
        expect(cell).to_have_value(value)
    expect(page.locator("#save-state")).to_contain_text("Đã lưu tất cả lúc")
    page.reload()
    for code, value in figures.items():
        kept = page.locator(f'[data-row="{code}"] [data-side={side}] input')
        expect(kept).to_have_value(value)


def test_today_2027_takes_plans_and_says_when_it_takes_results(stack: Stack, page: Page) -> None:
    sign_in(page, stack, "chuyenvien")
    page.goto(f"{stack.url}/so-lieu/2026/")
    enter(page, "actual", LAST_YEAR)
    page.goto(f"{stack.url}/so-lieu/2027/")
    expect(page.locator(".notice").first).to_contain_text("Năm 2027 mới mở để nhập kế hoạch")
    expect(page.locator(".notice").first).to_contain_text("15/12/2026")
    expect(page.locator('[data-row="TRADE.TOTAL"] [data-side=actual] input')).to_have_count(0)
    enter(page, "plan", PLANS)


def test_2027_is_written_and_printed(
    stack: Stack, in_december_2027: None, page: Page, tmp_path: Path
) -> None:
    sign_in(page, stack, "chuyenvien")
    page.goto(f"{stack.url}/so-lieu/2026/")
    enter(page, "actual", LAST_YEAR)
    page.goto(f"{stack.url}/so-lieu/2027/")
    enter(page, "plan", PLANS)
    enter(page, "actual", ACTUALS)

    page.goto(f"{stack.url}/tong-quan/2027/")
    page.get_by_role("link", name="Xuất báo cáo năm 2027").click()
    expect(page.get_by_label("Năm", exact=True)).to_have_value("2027")
    page.get_by_role("button", name="Lập báo cáo này").click()
    sheet = page.locator("article.sheet")
    expect(sheet).to_contain_text(
        "đạt 5.320 triệu USD, đạt 95% kế hoạch, tăng 6,4% so với năm 2026"
    )

    page.get_by_role("link", name="Sửa mục Hoạt động nổi bật").click()
    write(page, "Tỉnh chủ trì Gặp gỡ đầu Xuân, kim ngạch ", "kim ngạch % kế hoạch")
    page.get_by_role("link", name="Kết quả công tác đối ngoại").first.click()
    expect(sheet).to_contain_text("Tỉnh chủ trì Gặp gỡ đầu Xuân, kim ngạch")

    page.get_by_role("button", name="Xuất báo cáo năm 2027").click()
    expect(page.locator(".run-done")).to_contain_text("Xong (", timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải PDF").click()
    target = tmp_path / "report.pdf"
    download.value.save_as(target)
    check(Paper(target.read_bytes()))


def write(page: Page, words: str, figure: str) -> None:
    """A sentence with a chosen figure in it, typed in the editor."""
    page.locator("#text [contenteditable=true]").click()
    page.keyboard.type(words)
    page.keyboard.press("Control+Space")
    page.locator("#picker-query").fill(figure)
    expect(page.locator("#picker-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type(".")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


def check(paper: Paper) -> None:
    assert "DỰ THẢO" in paper.text(0)
    assert "Kết quả công tác đối ngoại năm 2027" in paper.text(0)
    assert "phương hướng, nhiệm vụ năm 2028" in paper.text(0)
    for said in (
        "đạt 5.320 triệu USD, đạt 95% kế hoạch, tăng 6,4% so với năm 2026",
        "đạt 2.800 triệu USD, đạt 96,6% kế hoạch, tăng 12% so với năm 2026",
        "đạt 2.520 triệu USD, đạt 93,3% kế hoạch, tăng 0,8% so với năm 2026",
        "Tỉnh chủ trì Gặp gỡ đầu Xuân, kim ngạch",
        "TỔNG HỢP CHỈ TIÊU NĂM 2027",
    ):
        assert said in paper.whole, said
    assert "năm 2019" not in paper.whole  # a chart may show the years before
