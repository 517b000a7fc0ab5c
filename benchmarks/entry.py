"""The entry screen: saving one cell, and the page of a year with many rows."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from benchmarks import data
from benchmarks.timing import Result, in_turns
from indicators.declarations import indicators
from indicators.entry import sheet
from indicators.models import Figure

ROWS, COLUMNS = 200, 5
SAVE_AIM, PAGE_AIM = 3, 2
SAVES, PAGES = 60, 20


# --- one cell ---------------------------------------------------------------------


def save(year: int, writer: User) -> Result:
    """The whole request, from the session to the hints, against the SQL it sends."""
    cell, other = _Cell("TRADE.EXPORT", year, writer), _Cell("TRADE.IMPORT", year, writer)
    with CaptureQueriesContext(connection) as sent:
        other.save()
    statements = [query["sql"] for query in sent]
    ours, theirs = in_turns(
        cell.save, lambda: _replay(statements), turns=SAVES, warm_up=10, between=other.take_back
    )
    return Result(
        what="saving one cell, the whole request",
        ours=ours,
        yardstick=f"its {len(statements)} SQL statements, bare",
        theirs=theirs,
        aim=SAVE_AIM,
    )


class _Cell:
    """One cell that is saved again and again, each time as another number."""

    def __init__(self, code: str, year: int, writer: User) -> None:
        self.browser = Client(SERVER_NAME="localhost")
        self.browser.force_login(writer)
        self.address = reverse("indicators:save", args=[year])
        self.figures = Figure.objects.filter(
            indicator=code, side="actual", period__year=year, period__kind="year_to_date"
        )
        first = self.figures.current().get()
        assert first.value is not None
        self.code, self.number, self.version = code, int(first.value), first.version
        self.first_version = first.version

    def save(self) -> None:
        self.number += 1
        body = {"indicator": self.code, "side": "actual", "version": self.version}
        text = json.dumps(body | {"text": str(self.number)})
        answer = self.browser.post(self.address, text, content_type="application/json")
        assert answer.status_code == 200, answer.content
        self.version = answer.json()["version"]

    def take_back(self) -> None:
        """As it was before the first save, so that the same statements fit again."""
        self.figures.filter(version__gt=self.first_version).delete()
        self.figures.filter(version=self.first_version).update(is_current=True)


def _replay(statements: Sequence[str]) -> None:
    with connection.connection.cursor() as cursor:  # the driver's own, without Django around it
        for sql in statements:
            cursor.execute(sql)
            if cursor.description:
                cursor.fetchall()


# --- the page -----------------------------------------------------------------------


def page(year: int, writer: User) -> Result:
    """A year with 200 rows: three years before, plan and actual of each."""
    with _rows(ROWS):
        data.fill(range(year - 5, year + 1))
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(writer)
        address = reverse("indicators:year", args=[year])

        def shown() -> bytes:
            response = browser.get(address)
            assert response.status_code == 200, response
            return response.content

        with patch.object(sheet, "load", wraps=sheet.load) as spy:
            known = shown()
        (asked, viewer), named = spy.call_args
        loaded = sheet.load(asked, viewer, **named)
        assert loaded is not None and len(list(loaded.rows)) >= ROWS

        def from_memory() -> bytes:
            with patch.object(sheet, "load", return_value=loaded):
                return shown()

        assert len(from_memory()) == len(known)
        ours, theirs = in_turns(shown, from_memory, turns=PAGES, warm_up=3)
    return Result(
        what=f"entry page, {ROWS} rows × {COLUMNS} columns",
        ours=ours,
        yardstick="the page, its data in memory",
        theirs=theirs,
        aim=PAGE_AIM,
    )


@contextlib.contextmanager
def _rows(number: int) -> Iterator[None]:
    """As many rows as a large province would have: those declared, some of them twice."""
    declared = indicators()
    yearly = [row for row in declared.values() if row.yearly]
    missing = max(number - len(yearly), 0)
    more = {
        f"{row.code}.{place}": replace(row, code=f"{row.code}.{place}")
        for place, row in enumerate(islice(cycle(yearly), missing))
    }
    declared.update(more)
    try:
        yield
    finally:
        for code in more:
            del declared[code]
