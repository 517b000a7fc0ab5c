"""The entry screen of 2019 in a browser, with one row that has figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Agency, User
from indicators.models import Figure
from reference.models import Period, ReportingYear

SHEET = "/so-lieu/2019/"
TOTAL = '[data-row="TRADE.TOTAL"]'


def cell_of(code: str, side: str = "actual") -> str:
    """The field of a cell on the page."""
    return f'[data-row="{code}"] [data-side={side}] input'


def saved(page: Page) -> None:
    """Wait until everything typed has been saved."""
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


@pytest.fixture
def trade(agencies: dict[str, Agency], year_2019: ReportingYear) -> dict[str, Agency]:
    """Plan and actual of the turnover of 2019."""
    for side, value in (("plan", 5230), ("actual", 4750)):
        Figure.objects.create(
            indicator="TRADE.TOTAL",
            period=Period.objects.full_year(2019),
            agency=agencies["SCT"],
            side=side,
            state="value",
            value=value,
        )
    return agencies


@pytest.fixture
def open_sheet(
    trade: dict[str, Agency],
    live_server: LiveServer,
    sign_in: Callable[[BrowserContext, User, str], None],
) -> Callable[[Page, User], Page]:
    """Signs a person in and opens the sheet: ``open_sheet(page, desk)``."""

    def opened(page: Page, user: User) -> Page:
        sign_in(page.context, user, live_server.url)
        page.goto(f"{live_server.url}{SHEET}")
        return page

    return opened


@pytest.fixture
def screen(page: Page, open_sheet: Callable[[Page, User], Page], desk: User) -> Page:
    return open_sheet(page, desk)


@pytest.fixture
def stored(db: None) -> Callable[..., Figure | None]:
    """The current figure of a cell: ``stored("TRADE.EXPORT", "plan")``."""

    def found(code: str = "TRADE.TOTAL", side: str = "actual") -> Figure | None:
        return Figure.objects.current().filter(indicator=code, side=side).first()

    return found
