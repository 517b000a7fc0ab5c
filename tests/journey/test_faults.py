"""Worker gone, queue gone: the page says so, and the request is carried out all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from langson_portal.embedded import free_port
from tests.journey.test_newcomer import sign_in
from tests.stack import Stack, until

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.fixture
def at_the_report(stack: Stack, page: Page) -> Page:
    sign_in(page, stack, "lanhdao")
    page.wait_for_url("**/tong-quan/*/")  # of the latest year that has a report
    page.goto(f"{stack.url}/bao-cao/nam/2019/")
    return page


@pytest.fixture
def without_worker(stack: Stack) -> Iterator[None]:
    stack.stop("worker")
    yield
    if "worker" not in stack.running:
        stack.start("worker")


@pytest.fixture
def web_without_broker(stack: Stack) -> Iterator[None]:
    """The web server cannot reach the queue; worker and beat can."""
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    stack.stop("beat")  # nobody sends the request again until the message has been seen
    stack.stop("web")
    stack.start("web", REDIS_URL=nowhere)
    until(stack.answers, "the web server answering")
    yield
    if "beat" not in stack.running:
        stack.start("beat")
    stack.stop("web")
    stack.start("web")
    until(stack.answers, "the web server answering")


def export(page: Page) -> None:
    page.get_by_role("button", name="Xuất báo cáo năm 2019").click()
    page.wait_for_url("**/lan-xuat/**")


def test_without_a_worker_the_page_says_why_it_waits(
    without_worker: None, stack: Stack, at_the_report: Page
) -> None:
    page = at_the_report
    export(page)
    expect(page.locator("#run")).to_contain_text(
        "đang chờ bộ phận xử lý khởi động lại", timeout=30_000
    )
    stack.start("worker")
    expect(page.locator(".run-done")).to_contain_text("Xong (", timeout=90_000)


def test_without_a_queue_the_request_is_kept_and_starts_by_itself(
    web_without_broker: None, stack: Stack, at_the_report: Page
) -> None:
    page = at_the_report
    export(page)
    expect(page.locator("#run")).to_contain_text("hàng đợi xử lý tạm thời", timeout=30_000)
    stack.start("beat")
    expect(page.locator(".run-done")).to_contain_text("Xong (", timeout=90_000)
