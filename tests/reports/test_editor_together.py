"""Two people, or two windows, write in one section."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from reports.models import Section
from tests.browsing import PATIENCE
from tests.writing import (
    TEXT,
    address_of,
    at_rest,
    ready,
    saved,
    stored,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleague(published: None, person) -> User:
    return person("division_head", full_name="Nông Thị Hai")


@pytest.fixture
def colleague_page(chromium, section, colleague, open_section, complaints):
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with at_rest(page):
        yield open_section(page, section, colleague)
    context.close()


def edit_paragraph(page: Page, place: int, text: str) -> None:
    page.locator(f"{TEXT} > p").nth(place).click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def test_two_people_see_each_other_and_their_paragraphs_are_joined(
    desk_page: Page, colleague_page: Page, section: Section, compiler: User
) -> None:
    expect(colleague_page.locator("#people")).to_contain_text("Vi Thị Mẫu đang soạn mục này")
    edit_paragraph(desk_page, 0, " Của Mẫu.")
    saved(desk_page)
    edit_paragraph(colleague_page, 2, " Của Hai.")
    saved(colleague_page)
    expect(colleague_page.locator("#notice")).to_contain_text("hai bản đã được ghép lại")
    expect(colleague_page.locator(TEXT)).to_have_text("Một. Của Mẫu.Hai.Ba. Của Hai.")
    assert stored(section) == "<p>Một. Của Mẫu.</p>\n<p>Hai.</p>\n<p>Ba. Của Hai.</p>"


def test_a_newer_text_is_shown_to_who_only_reads(
    desk_page: Page, colleague_page: Page, section: Section
) -> None:
    edit_paragraph(colleague_page, 0, " Mới.")
    saved(colleague_page)
    expect(desk_page.locator(TEXT)).to_contain_text("Một. Mới.")
    expect(desk_page.locator("#notice")).to_contain_text("Nông Thị Hai vừa lưu bản mới")
    expect(desk_page.locator("#people")).to_contain_text("Nông Thị Hai đang soạn mục này")


def test_one_paragraph_changed_by_two_people_is_chosen(
    desk_page: Page, colleague_page: Page, section: Section, complaints: list[str]
) -> None:
    edit_paragraph(desk_page, 1, " Của Mẫu.")
    saved(desk_page)
    edit_paragraph(colleague_page, 1, " Của Hai.")
    dialog = colleague_page.locator("#conflict")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Vi Thị Mẫu đã lưu mục này lúc")
    expect(dialog.locator("ins")).to_have_text("Hai")
    assert stored(section) == "<p>Một.</p>\n<p>Hai. Của Mẫu.</p>\n<p>Ba.</p>"
    dialog.get_by_label("Giữ cả hai, bản đã lưu trước").check()
    dialog.get_by_role("button", name="Dùng lựa chọn này").click()
    saved(colleague_page)
    assert stored(section) == (
        "<p>Một.</p>\n<p>Hai. Của Mẫu.</p>\n<p>Hai. Của Hai.</p>\n<p>Ba.</p>"
    )
    complaints.clear()  # 409 is noted


def test_two_windows_of_one_person_lose_nothing(
    desk_page: Page, section: Section, live_server
) -> None:
    other = desk_page.context.new_page()
    other.goto(live_server.url + address_of(section))
    ready(other)
    expect(other.locator("#people")).to_contain_text("một cửa sổ khác của chính tài khoản này")
    edit_paragraph(desk_page, 0, " Một.")
    saved(desk_page)
    edit_paragraph(other, 2, " Ba.")
    saved(other)
    assert stored(section) == "<p>Một. Một.</p>\n<p>Hai.</p>\n<p>Ba. Ba.</p>"
    other.close()
