"""Registers at size: a filtered list with its totals, and the page of one record.

Each against the bare SQL it sends plus the same template rendered from memory,
and against itself in a register of a thousand rows; the number of queries must
not depend on the rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.shortcuts import render
from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks import rows as generators
from benchmarks.timing import Result, Times, in_turns
from registers import views_list, views_record
from registers.contract import Register
from registers.declarations import registers
from tests.registers.samples import samples

MEMORY_AIM, SIZE_AIM = 2, 3
FEW = 1_000
SIZES = {"trade": 1_000_000}
SIZE = 100_000
TURNS = 15
TOTALS = re.compile(r'hx-get="([^"]+/tong/[^"]*)"')
Statement = tuple[str, Any]


def run(viewer: User, analyze: Callable[[], None], *apps: str) -> Iterator[Result]:
    """Every field of work that has a generator, or these: first few rows, then all of them."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(viewer)
    for app in apps or sorted(module.name for module in iter_modules(generators.__path__)):
        own = [one for one in registers().values() if one.model._meta.app_label == app]
        generate = import_module(f"benchmarks.rows.{app}").fill
        _fill(generate, FEW)
        analyze()
        few = {page.what: page.timed() for one in own for page in _pages(one, browser)}
        for model in {one.model for one in own}:
            model._default_manager.all().delete()
        size = SIZES.get(app, SIZE)
        _fill(generate, size)
        analyze()
        for one in own:
            for page in _pages(one, browser):
                yield from page.results(size, few[page.what])


def _fill(generate: Callable[[Any, int], None], number: int) -> None:
    with connection.cursor() as cursor:
        generate(cursor, number)


def _pages(register: Register, browser: Client) -> Iterator[Page]:
    listed = f"{reverse('registers:list', args=[register.slug])}?{_two_filters(register)}"
    yield Page(f"list: {register.slug}", browser, listed, views_list)
    of = register.model._default_manager.filter(register.where)
    pk = of.order_by("pk").values_list("pk", flat=True)[500]
    record = reverse("registers:detail", args=[register.slug, pk])
    yield Page(f"record: {register.slug}", browser, record, views_record)


def _two_filters(register: Register) -> str:
    query = samples()[register.code].filtered
    return query if "year=" in query and "&" in query else f"{query}&year=2019"


@dataclass
class Page:
    """An address, what it asks of the database, and what its template gets."""

    what: str
    browser: Client
    address: str
    module: Any  # where its view finds ``render``
    drawn: list[tuple[Any, str, dict[str, Any]]] = field(default_factory=list)

    def show(self) -> None:
        """The page, and the totals it asks for itself when the list is long."""
        answer = self.browser.get(self.address)
        assert answer.status_code == 200, answer
        if found := TOTALS.search(answer.content.decode()):
            assert self.browser.get(found[1].replace("&amp;", "&")).status_code == 200

    def timed(self) -> tuple[Times, int]:
        self.show()
        times, _again = in_turns(self.show, lambda: None, turns=TURNS)
        return times, self.queries()

    def queries(self) -> int:
        """Those of the page itself: what a long list asks for apart is a request of its own."""
        return len(_statements(lambda: self.browser.get(self.address)))

    def results(self, size: int, few: tuple[Times, int]) -> Iterator[Result]:
        self._learn()
        drawing = Counter(sql for sql, _parameters in _statements(self._draw))
        asked = _statements(self.show)
        statements = [one for one in asked if not _take(drawing, one[0])]

        def from_memory() -> None:
            _fetch(statements)
            self._draw()

        ours, theirs = in_turns(self.show, from_memory, turns=TURNS, warm_up=2)
        name = f"{self.what}, {_grouped(size)}"
        yield Result(
            what=name,
            ours=ours,
            yardstick=f"its {len(statements)} SQL + template",
            theirs=theirs,
            aim=MEMORY_AIM,
        )
        times, queries = few
        now = self.queries()
        told = f"{now} queries, {queries} at {_grouped(FEW)} rows"
        yield Result(
            what=name,
            ours=ours,
            yardstick=f"the same, {_grouped(FEW)}",
            theirs=times,
            aim=SIZE_AIM,
            notes=(told if now <= queries else f"{told}: missed",),
        )

    def _learn(self) -> None:
        """Keep what the views hand to their templates."""

        def keep(request: Any, template: str, context: dict[str, Any], **more: Any) -> Any:
            self.drawn.append((request, template, context))
            return render(request, template, context, **more)

        with patch.object(self.module, "render", keep):
            self.show()

    def _draw(self) -> None:
        for request, template, context in self.drawn:
            render(request, template, context)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _take(drawing: Counter[str], sql: str) -> bool:
    """Whether the template asks this itself, also when it is drawn from memory."""
    if not drawing[sql]:
        return False
    drawing[sql] -= 1
    return True


def _statements(work: Callable[[], object]) -> list[Statement]:
    found: list[Statement] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return found


def _fetch(statements: list[Statement]) -> None:
    with connection.connection.cursor() as cursor:  # the driver's own, without Django around it
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
