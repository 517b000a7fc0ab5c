"""The leaders' page, against the same page with the year table already in memory."""

from __future__ import annotations

from unittest.mock import patch

from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.timing import Result, in_turns
from indicators import year_table

AIM = 2
TURNS = 40


def run(year: int, viewer: User) -> Result:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(viewer)
    address = reverse("dashboards:year", args=[year])

    def page() -> bytes:
        response = browser.get(address)
        assert response.status_code == 200, response
        return response.content

    with patch.object(year_table, "build", wraps=year_table.build) as spy:
        known = page()
    (years, asked), named = spy.call_args
    table = year_table.build(years, asked, **named)

    def page_from_memory() -> bytes:
        with patch.object(year_table, "build", return_value=table):
            return page()

    assert len(page_from_memory()) == len(known)
    ours, theirs = in_turns(page, page_from_memory, turns=TURNS, warm_up=3)
    return Result(
        what=f"overview of {year}, {len(known) // 1024} KiB of HTML",
        ours=ours,
        yardstick="the page, year table in memory",
        theirs=theirs,
        aim=AIM,
    )
