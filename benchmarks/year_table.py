"""The year table of 20 years and all indicators, against the bare SQL it issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from accounts.models import User
from benchmarks.timing import Result, in_turns
from indicators import year_table
from indicators.rows import Row

AIM = 4
TURNS = 40
Statement = tuple[str, Any]


def run(years: Sequence[int], viewer: User) -> Result:
    """``years`` are to be filled, and so is the year before the first."""
    statements = _statements(lambda: _read(years, viewer))
    ours, theirs = in_turns(
        lambda: _read(years, viewer), lambda: _fetch(statements), turns=TURNS, warm_up=3
    )
    rows = _read(years, viewer)
    assert all(row.plan and row.actual and row.last for row in rows)
    return Result(
        what=f"year table, {len(years)} years × {len(rows) // len(years)} indicators",
        ours=ours,
        yardstick=f"its {len(statements)} SQL statements, bare",
        theirs=theirs,
        aim=AIM,
    )


def _read(years: Sequence[int], viewer: User) -> list[Row]:
    """The table and every row of it, which are made when asked for."""
    table = year_table.build(years, viewer)
    return [row for year in years for row in table.rows(year)]


def _statements(read: Callable[[], object]) -> list[Statement]:
    """What ``read`` asks of the database, word by word."""
    found: list[Statement] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        read()
    return found


def _fetch(statements: Sequence[Statement]) -> None:
    with connection.connection.cursor() as cursor:  # the driver's own, without Django around it
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
