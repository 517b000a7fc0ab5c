"""The entry screen in two tabs of one person: each knows what the other one saved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from indicators.models import Figure
from tests.entering import TOTAL, cell_of, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTUAL = cell_of("TRADE.TOTAL")


@pytest.fixture
def two_tabs(screen, complaints) -> tuple[Page, Page]:
    other = screen.context.new_page()
    other.goto(screen.url)
    return screen, other


def test_a_save_in_one_tab_shows_in_the_other(two_tabs):
    one, other = two_tabs
    one.fill(ACTUAL, "4.760")
    one.press(ACTUAL, "Enter")

    expect(other.locator(ACTUAL)).to_have_value("4.760")
    expect(other.locator(f"{TOTAL} .c-ratio")).to_have_text("91%")
    other.fill(ACTUAL, "4.770")
    other.press(ACTUAL, "Enter")
    expect(one.locator(ACTUAL)).to_have_value("4.770")


def test_typing_in_two_tabs_asks_which_value_stays(two_tabs, stored, complaints):
    one, other = two_tabs
    other.focus(ACTUAL)
    other.keyboard.type("4.780")
    one.fill(ACTUAL, "4.760")
    one.press(ACTUAL, "Enter")
    saved(one)

    other.press(ACTUAL, "Enter")

    message = other.locator(".cell-message")
    expect(message).to_contain_text("vừa ghi 4.760")
    assert stored().value == 4760
    message.get_by_role("button", name="4.780").click()
    saved(other)
    assert stored().value == 4780
    expect(one.locator(ACTUAL)).to_have_value("4.780")
    complaints.clear()  # Chromium notes the conflict (409)


def test_a_tab_does_not_send_what_another_one_is_keeping(two_tabs, stored, complaints):
    one, other = two_tabs
    one.context.set_offline(True)
    one.fill(ACTUAL, "4.760")
    one.press(ACTUAL, "Enter")
    expect(one.locator("#offline")).to_be_visible()
    sent: list[str] = []
    one.context.on("request", lambda asked: asked.method == "POST" and sent.append(asked.url))
    one.context.set_offline(False)
    other.reload()

    saved(one)
    expect(other.locator(ACTUAL)).to_have_value("4.760")
    assert len(sent) == 1
    assert stored().version == 2
    complaints.clear()  # Chromium notes the failed request


def test_the_same_number_from_both_sides_needs_no_question(two_tabs, stored, complaints, officer):
    one, _other = two_tabs
    one.focus(ACTUAL)
    one.keyboard.type("4780")
    Figure.objects.filter(side="actual").update(version=2, entered_by=officer, value=4780)

    one.press(ACTUAL, "Enter")

    saved(one)
    expect(one.locator(ACTUAL)).to_have_value("4.780")
    expect(one.locator(".cell-message")).to_have_count(0)
    assert stored().version == 2
    complaints.clear()  # Chromium notes the conflict (409)


def test_a_tab_being_opened_learns_what_was_saved_meanwhile(two_tabs):
    one, other = two_tabs
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    other.route(re.compile("entry-tabs"), hold)
    with other.expect_request(re.compile("entry-tabs")):
        other.reload(wait_until="commit")
    one.fill(ACTUAL, "4.760")
    one.press(ACTUAL, "Enter")
    saved(one)
    expect(other.locator(ACTUAL)).to_have_value("4.750")

    held[0].continue_()

    expect(other.locator(ACTUAL)).to_have_value("4.760")
    expect(other.locator(f"{TOTAL} .c-ratio")).to_have_text("91%")
