"""The editor of one section of the report of 2019, open in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from reports.models import Report, Section, SectionPresence
from tests.stack import until

ALONE = {"people": [], "twice": False, "version": 0, "who": ""}
TEXT = "#text .ProseMirror"
STATE = "#save-state"


@pytest.fixture
def section(report_2019: Report) -> Section:
    section = report_2019.sections.get(key="culture")
    Section.objects.filter(pk=section.pk).update(text="<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>")
    section.refresh_from_db()
    return section


@pytest.fixture
def open_section(live_server, sign_in) -> Callable[..., Page]:
    """Opens a section as somebody, in a page of theirs, and waits for its editor."""

    def opened(page: Page, section: Section, user: User) -> Page:
        sign_in(page.context, user, live_server.url)
        page.goto(live_server.url + address_of(section))
        ready(page)
        return page

    return opened


@pytest.fixture
def desk_page(page, section, compiler, open_section) -> Iterator[Page]:
    with at_rest(page):
        yield open_section(page, section, compiler)


@contextmanager
def at_rest(page: Page) -> Iterator[None]:
    """Afterwards nothing of the page is under way: the database may be emptied."""
    pending: set[Request] = set()
    page.on("request", lambda request: pending.add(request))
    for ended in ("requestfinished", "requestfailed"):
        page.on(ended, lambda request: pending.discard(request))
    yield
    page.context.set_offline(False)
    page.route("**/dang-soan/", lambda route: route.fulfill(json=ALONE))
    until(lambda: page.wait_for_timeout(50) or not pending, "the requests to end", 20)
    page.goto("about:blank")  # on leaving, the page says so
    with suppress(AssertionError):
        until(lambda: not SectionPresence.objects.exists(), "the window to go", 3)


def address_of(section: Section) -> str:
    return reverse("reports:section", args=[section.report_id, section.key])


def ready(page: Page) -> None:
    expect(page.locator("#writing[data-state=ready]")).to_be_visible()
    expect(page.locator("#preview .paper")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator(STATE)).to_have_attribute("data-state", "saved")


def stored(section: Section) -> str:
    return Section.objects.get(pk=section.pk).text


def settled(page: Page) -> None:
    """On focus the editor puts its own cursor back by a timer of 20 ms; this one comes after it."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 40))")


def to_end(page: Page) -> None:
    page.focus(TEXT)
    settled(page)
    page.keyboard.press("Control+End")


def type_text(page: Page, text: str) -> None:
    page.keyboard.type(text)
