"""Nothing written is lost: no line, no session, a killed browser, a wrong clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from reports.models import Section
from tests.browsing import kill, launch
from tests.stack import until
from tests.writing import (
    STATE,
    address_of,
    ready,
    saved,
    stored,
    to_end,
    type_text,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_without_a_line_the_text_waits_and_is_saved_when_it_is_back(
    desk_page: Page, section: Section, complaints: list[str]
) -> None:
    desk_page.context.set_offline(True)
    to_end(desk_page)
    type_text(desk_page, " Không mạng.")
    expect(desk_page.locator(STATE)).to_contain_text("Mất kết nối")
    assert stored(section) == section.text
    desk_page.context.set_offline(False)
    saved(desk_page)
    assert stored(section).endswith("<p>Ba. Không mạng.</p>")
    complaints.clear()  # Chromium notes the failed requests


def test_after_the_session_ended_signing_in_saves_the_text(
    desk_page: Page, section: Section, compiler: User, sign_in, live_server, complaints: list[str]
) -> None:
    Session.objects.all().delete()
    to_end(desk_page)
    type_text(desk_page, " Hết phiên.")
    expect(desk_page.locator(STATE)).to_contain_text("Hết phiên làm việc")
    expect(desk_page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    sign_in(desk_page.context, compiler, live_server.url)
    desk_page.get_by_role("button", name="Thử lại").click()
    saved(desk_page)
    assert "Hết phiên." in stored(section)
    complaints.clear()  # 401 is noted


@pytest.mark.parametrize("meanwhile", ["nobody", "somebody"])
def test_a_killed_browser_loses_nothing(
    chromium, tmp_path: Path, section: Section, compiler: User, sign_in, live_server, meanwhile: str
) -> None:
    context = launch(chromium, tmp_path)
    sign_in(context, compiler, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    context.set_offline(True)
    to_end(page)
    type_text(page, " Chưa kịp lưu.")
    expect(page.locator(STATE)).to_have_attribute("data-state", "offline")
    kill(tmp_path)
    if meanwhile == "somebody":
        text = section.text.replace("Một", "Một mới")
        Section.objects.filter(pk=section.pk).update(text=text, version=2)

    again = launch(chromium, tmp_path)
    sign_in(again, compiler, live_server.url)
    page = again.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    if meanwhile == "somebody":
        expect(page.locator("#notice")).to_contain_text("Bản chưa lưu lúc")
        page.get_by_role("button", name="Dùng bản này").click()
    else:
        expect(page.locator("#notice")).to_contain_text("Đã lấy lại nội dung chưa lưu")
    saved(page)
    first = "Một mới" if meanwhile == "somebody" else "Một"
    assert stored(section) == f"<p>{first}.</p>\n<p>Hai.</p>\n<p>Ba. Chưa kịp lưu.</p>"
    again.close()


def test_a_wrong_clock_of_the_machine_changes_no_time_shown(
    chromium, tmp_path: Path, section: Section, compiler: User, sign_in, live_server
) -> None:
    context = launch(chromium, tmp_path)
    context.add_init_script("{ const now = Date.now; Date.now = () => now() - 864e5 }")
    sign_in(context, compiler, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    context.set_offline(True)
    to_end(page)
    type_text(page, " Đồng hồ sai.")
    expect(page.locator(STATE)).to_have_attribute("data-state", "offline")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    today = timezone.localtime().strftime("%d/%m/%Y")
    expect(page.locator("#notice")).to_contain_text(today)
    saved(page)
    assert "Đồng hồ sai." in stored(section)
    context.close()


def test_leaving_the_page_saves_what_was_just_typed(
    desk_page: Page, section: Section, live_server
) -> None:
    to_end(desk_page)
    type_text(desk_page, " Vừa gõ.")
    desk_page.goto(live_server.url + reverse("reports:detail", args=[section.report_id]))
    until(lambda: "Vừa gõ." in stored(section), "the text to be saved")


def test_ten_thousand_keystrokes_at_once_are_kept(desk_page: Page, section: Section) -> None:
    to_end(desk_page)
    desk_page.evaluate(
        """async () => {
          for (let key = 0; key < 10000; key += 1) {
            if (key % 500 === 0) document.execCommand("insertParagraph");
            else document.execCommand("insertText", false, key % 6 ? "ă" : " ");
            if (key % 50 === 0) await new Promise(requestAnimationFrame);
          }
        }"""
    )
    until(lambda: len(stored(section)) > 10_000, "the long text to be saved")
    saved(desk_page)
