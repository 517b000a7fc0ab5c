"""A real Chromium that reports every complaint: violations of the content policy, errors."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User

CUT = "ERR_INTERNET_DISCONNECTED"  # only tests cut the line, and then mean it
PATIENCE = 30_000  # ms; as long as a busy machine may take, since only a failure waits for it


def _program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright's own loop makes Django believe that tests are asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the console said; a test that expects a complaint clears it."""
    return []


@pytest.fixture
def page(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    """A fresh browser on a desktop screen; any error in it fails the test."""
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(f"{message.text} ({page.url})")
            if message.type in ("error", "warning") and CUT not in message.text
            else None
        ),
    )
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def sign_in(client_of: Callable[[User], Client]) -> Callable[[BrowserContext, User, str], None]:
    """Signs a browser in without the form: ``sign_in(page.context, desk, live_server.url)``."""

    def give_session(context: BrowserContext, user: User, address: str) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = client_of(user).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": address}])

    return give_session


def launch(chromium: Browser, profile: Path) -> BrowserContext:
    """A browser that keeps what it stores in a folder, and starts again from it."""
    for left in profile.glob("Singleton*"):
        left.unlink()
    return chromium.browser_type.launch_persistent_context(
        profile, executable_path=_program(), args=["--no-sandbox"], locale="vi-VN"
    )


def kill(profile: Path) -> None:
    """End the browser of a profile, and only that, as a power cut would."""
    mark = f"--user-data-dir={profile}".encode()
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdecimal() and mark in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue  # gone meanwhile
