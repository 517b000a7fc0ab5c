"""How many projects stood, with how much money, on any day: one query for all days.

The database gives what begins and ends on which day, by currency; a running
sum over those days answers for every date, however many are asked for.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from projects.base import Change
from projects.stints import Statement, stints


class Standing:
    """Running sums by day: ``COUNT`` of projects, and amounts by currency."""

    COUNT = ""  # where a currency would stand

    def __init__(self, steps: Iterable[tuple[str, dt.date, Decimal]]) -> None:
        """``steps`` come in the order of their days."""
        self.days: dict[str, list[dt.date]] = {}
        self.sums: dict[str, list[Decimal]] = {}
        for name, day, change in steps:
            sums = self.sums.setdefault(name, [])
            sums.append((sums[-1] if sums else Decimal(0)) + change)
            self.days.setdefault(name, []).append(day)

    @classmethod
    def read(cls, statement: Statement) -> Standing:
        """What ``standing`` asks for, asked now."""
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            return cls(cursor.fetchall())

    def on(self, day: dt.date) -> dict[str, Decimal] | None:
        """What stood on a day; None before there was anything."""
        found = {}
        for name, days in self.days.items():
            place = bisect_right(days, day)
            if place:
                found[name] = self.sums[name][place - 1]
        return found or None


def standing(rows: QuerySet[Any], counted: Q) -> Statement:
    """The projects of ``rows`` in force, with those of their amounts that are ``counted``."""
    tables, parameters = stints(rows)
    amounts = (
        rows.model.amounts.rel.related_model.objects.filter(counted)
        .order_by()
        .values_list(
            "project_id",
            "currency",
            Coalesce("decided_on", "project__decided_on"),
            Case(When(change=Change.DECREASE, then=-F("amount")), default=F("amount")),
        )
    )
    money, more = amounts.query.sql_with_params()
    statement = f"""
        WITH {tables},
        amount (project, currency, since, change) AS ({money}),
        turn (name, day, change) AS (
            SELECT %s, first, 1 FROM stint
            UNION ALL
            SELECT %s, last + 1, -1 FROM stint WHERE last IS NOT NULL
            UNION ALL
            SELECT currency, GREATEST(first, since), change FROM stint JOIN amount USING (project)
            WHERE last IS NULL OR last >= since
            UNION ALL
            SELECT currency, last + 1, -change FROM stint JOIN amount USING (project)
            WHERE last >= since
        )
        SELECT name, day, SUM(change) FROM turn GROUP BY name, day ORDER BY day
    """
    return statement, (*parameters, *more, Standing.COUNT, Standing.COUNT)
