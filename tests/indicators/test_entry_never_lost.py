"""Nothing typed into the entry screen is lost: no line, no session, no browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from indicators.models import Figure
from tests.browsing import kill, launch
from tests.entering import SHEET, cell_of, saved
from tests.stack import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTUAL, EXPORT, IMPORT = (cell_of(f"TRADE.{row}") for row in ("TOTAL", "EXPORT", "IMPORT"))


def _kept(page: Page) -> int:
    """How many cells the browser keeps, once everything asked for has been written."""
    return page.evaluate(
        """async () => {
          const asked = indexedDB.open("langson-entry", 1);
          const base = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
          const all = base.transaction("kept").objectStore("kept").getAll();
          const records = await new Promise((done) => (all.onsuccess = () => done(all.result)));
          base.close();
          return records.reduce((sum, record) => sum + Object.keys(record).length, 0);
        }"""
    )


def _end_session(user: User) -> None:
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


# --- the line ---------------------------------------------------------------------


def test_cells_wait_for_the_line_and_are_saved_when_it_is_back(screen, stored, complaints):
    screen.context.set_offline(True)
    for cell, text in ((ACTUAL, "4.760"), (EXPORT, "2.560"), (IMPORT, "2.200")):
        screen.fill(cell, text)
        screen.press(cell, "Enter")
    expect(screen.locator("#offline")).to_contain_text("Mất kết nối. 3 ô chưa gửi")
    assert _kept(screen) == 3

    screen.context.set_offline(False)

    expect(screen.locator("#offline")).to_be_hidden()
    saved(screen)
    values = [stored(f"TRADE.{row}").value for row in ("TOTAL", "EXPORT", "IMPORT")]
    assert values == [4760, 2560, 2200]
    until(lambda: _kept(screen) == 0, "what is saved to be let go")
    complaints.clear()  # Chromium notes the failed requests


def test_what_waited_for_the_line_survives_the_page(screen, stored, complaints):
    screen.context.set_offline(True)
    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")
    expect(screen.locator("#offline")).to_be_visible()
    context, address = screen.context, screen.url
    screen.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(address)

    expect(again.locator(ACTUAL)).to_have_value("4.760")
    saved(again)
    until(lambda: stored().value == 4760, "the cell to be stored")
    complaints.clear()  # Chromium notes the failed request


# --- the page and the browser --------------------------------------------------------


def test_a_number_being_typed_stands_in_its_cell_after_a_reload(screen, stored):
    screen.focus(ACTUAL)
    screen.keyboard.type("47")
    until(lambda: _kept(screen) == 1, "what is typed to be kept")

    screen.reload()

    expect(screen.locator(ACTUAL)).to_have_value("47")
    expect(screen.locator(ACTUAL)).to_be_focused()
    expect(screen.locator("#save-state")).to_contain_text("Còn 1 ô chưa lưu")
    assert stored().value == 4750  # half a number is not sent by itself
    screen.fill(ACTUAL, "4.770")
    screen.press(ACTUAL, "Enter")
    saved(screen)
    assert stored().value == 4770


def test_a_note_being_typed_is_there_after_a_reload(screen, stored):
    screen.focus(ACTUAL)
    screen.keyboard.press("F2")
    screen.focus('.details [data-of="actual"] [data-field="note"]')
    screen.keyboard.type("theo báo cáo")
    until(lambda: _kept(screen) == 1, "what is typed to be kept")

    screen.reload()

    saved(screen)
    until(lambda: stored().note == "theo báo cáo", "the cell to be stored")


def test_typing_over_what_somebody_else_changed_meanwhile_shows_both(
    screen, stored, officer, complaints
):
    screen.focus(ACTUAL)
    screen.keyboard.type("4.790")
    until(lambda: _kept(screen) == 1, "what is typed to be kept")
    Figure.objects.filter(side="actual").update(version=2, entered_by=officer, value=4780)

    screen.reload()
    expect(screen.locator(ACTUAL)).to_have_value("4.790")
    screen.press(ACTUAL, "Enter")

    message = screen.locator(".cell-message")
    expect(message).to_contain_text("Hoàng Thị Then vừa ghi 4.780")
    expect(message).to_contain_text("4.790")
    assert stored().value == 4780
    message.get_by_role("button", name="4.780").click()
    expect(screen.locator(ACTUAL)).to_have_value("4.780")
    saved(screen)
    until(lambda: _kept(screen) == 0, "what is saved to be let go")
    complaints.clear()  # Chromium notes the conflict (409)


def test_a_killed_browser_loses_nothing(
    chromium, open_sheet, desk, stored, tmp_path, live_server, trade
):
    first = launch(chromium, tmp_path)
    page = open_sheet(first.pages[0], desk)
    page.focus(ACTUAL)
    page.keyboard.type("4.790")
    until(lambda: _kept(page) == 1, "what is typed to be kept")
    cookies = first.cookies()
    kill(tmp_path)

    again = launch(chromium, tmp_path)
    again.add_cookies(cookies)
    page = again.pages[0]
    page.goto(f"{live_server.url}{SHEET}")

    expect(page.locator(ACTUAL)).to_have_value("4.790")
    expect(page.locator("#save-state")).to_contain_text("Còn 1 ô chưa lưu")
    page.press(ACTUAL, "Enter")
    saved(page)
    assert stored().value == 4790
    again.close()


# --- the session -----------------------------------------------------------------------


def test_after_signing_in_again_what_was_typed_issaved(
    screen, stored, desk, sign_in, live_server, complaints
):
    _end_session(desk)
    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")
    notice = screen.locator('[data-held="session"]')
    expect(notice).to_contain_text("Hết phiên làm việc")
    expect(notice.get_by_role("link", name="Đăng nhập lại")).to_be_visible()
    assert stored().value == 4750

    sign_in(screen.context, desk, live_server.url)
    other = screen.context.new_page()  # where the person signed in
    other.goto(f"{live_server.url}{SHEET}")

    expect(notice).to_be_hidden()
    saved(screen)
    assert stored().value == 4760
    expect(other.locator(ACTUAL)).to_have_value("4.760")
    complaints.clear()  # Chromium notes the refusal (401)


def test_signing_in_in_the_same_tab_saves_what_was_typed(
    screen, stored, desk, sign_in, live_server, complaints
):
    _end_session(desk)
    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")
    expect(screen.locator('[data-held="session"]')).to_be_visible()
    screen.goto(f"{live_server.url}/dang-nhap/")
    sign_in(screen.context, desk, live_server.url)

    screen.goto(f"{live_server.url}{SHEET}")

    expect(screen.locator(ACTUAL)).to_have_value("4.760")
    saved(screen)
    until(lambda: stored().value == 4760, "the cell to be stored")
    complaints.clear()  # Chromium notes the refusal (401)


def test_another_person_on_the_machine_neither_sees_nor_sends_it(
    screen, stored, desk, officer, sign_in, live_server, complaints
):
    _end_session(desk)
    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")
    expect(screen.locator('[data-held="session"]')).to_be_visible()

    sign_in(screen.context, officer, live_server.url)
    theirs = screen.context.new_page()
    theirs.goto(f"{live_server.url}{SHEET}")
    screen.locator('[data-held="session"] [data-retry]').click()

    expect(screen.locator('[data-held="session"]')).to_contain_text("tài khoản khác")
    expect(theirs.locator(ACTUAL)).to_have_value("4.750")
    saved(theirs)
    assert stored().value == 4750

    screen.close()
    sign_in(theirs.context, desk, live_server.url)
    theirs.reload()
    expect(theirs.locator(ACTUAL)).to_have_value("4.760")
    until(lambda: stored().value == 4760, "the cell to be stored")
    assert stored().entered_by == desk
    complaints.clear()  # Chromium notes the refusals (401)


# --- the machine -------------------------------------------------------------------------


@pytest.mark.parametrize("wrong_by", [dt.timedelta(days=-1), dt.timedelta(days=1)])
def test_the_clock_of_the_machine_does_not_matter(page, open_sheet, desk, stored, wrong_by):
    page.clock.set_fixed_time(timezone.now() + wrong_by)
    screen = open_sheet(page, desk)
    screen.focus(ACTUAL)
    screen.keyboard.type("4.760")
    until(lambda: _kept(screen) == 1, "what is typed to be kept")
    screen.reload()
    expect(screen.locator(ACTUAL)).to_have_value("4.760")
    screen.press(ACTUAL, "Enter")

    saved(screen)
    assert stored().value == 4760
    said = f"{timezone.localtime(stored().entered_at):%H:%M}"
    expect(screen.locator("#save-state")).to_contain_text(said)


def test_without_storage_cells_still_save_and_the_page_says_so_once(page, open_sheet, desk, stored):
    page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('disabled'); } });"
    )
    screen = open_sheet(page, desk)
    expect(screen.locator("#storage-off")).to_contain_text("không giữ được nội dung đang nhập")

    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")

    saved(screen)
    assert stored().value == 4760


def test_a_full_disk_does_not_stop_saving(page, open_sheet, desk, stored):
    page.add_init_script(
        """IDBObjectStore.prototype.put = () => {
          throw new DOMException("full", "QuotaExceededError");
        };"""
    )
    screen = open_sheet(page, desk)
    screen.fill(ACTUAL, "4.760")
    screen.press(ACTUAL, "Enter")

    expect(screen.locator("#storage-off")).to_be_visible()
    saved(screen)
    assert stored().value == 4760


def test_ten_thousand_keystrokes_are_one_request(screen, stored):
    sent: list[str] = []
    screen.on("request", lambda asked: asked.method == "POST" and sent.append(asked.url))
    screen.focus(ACTUAL)
    screen.evaluate(
        """async (count) => {
          const input = document.activeElement;
          for (let number = 0; number < count; number++) {
            input.value = String(number);
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            if (number % 100 === 0) await new Promise((next) => setTimeout(next));
          }
        }""",
        10_000,
    )
    assert not sent, "nothing is sent for a keystroke"
    screen.press(ACTUAL, "Enter")

    saved(screen)
    assert len(sent) == 1
    assert stored().value == 9999


def test_a_cell_has_one_request_under_way_and_the_latest_text_wins(screen, stored):
    sent: list[Route] = []

    def gate(route: Route) -> None:
        sent.append(route)
        if len(sent) > 1:
            route.continue_()

    screen.route("**/o/", gate)
    for number in range(20):
        screen.focus(ACTUAL)
        screen.keyboard.type(str(4000 + number))
        screen.keyboard.press("Enter")
    assert len(sent) == 1

    sent[0].continue_()

    saved(screen)
    assert stored().value == 4019
    assert len(sent) == 2
