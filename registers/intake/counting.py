"""Closed years for many records at once: what counts on which day, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from registers.contract import Register
from registers.models import Record
from registers.years import refuse_closed

CHUNK = 2000


class Counted:
    """Notes records before they are changed, and refuses what changed in closed years.

    Where all of a record counts on one day, the days are asked for alone;
    others (an agreement that is extended) say themselves what counts when.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        model = register.model
        self.is_plain = (model.counted, model.counted_days) == (
            Record.counted,
            Record.counted_days,
        )
        self.before: dict[int, Any] = {}
        self.days: set[dt.date] = set()

    def note(self, keys: Sequence[int]) -> None:
        if self.is_plain:
            self.days = self._days(keys)
        else:
            self.before = {record.pk: record.counted() for record in self._records(keys)}

    def refuse_changed(self, keys: Sequence[int]) -> None:
        """Raise PeriodRefusal where something else counts now in a closed year."""
        days = self.days | (self._days(keys) if self.is_plain else set())
        for record in () if self.is_plain else self._records(keys):
            was, now = self.before.get(record.pk, {}), record.counted()
            days |= {day for day in {*was, *now} if was.get(day) != now.get(day)}
        refuse_closed(days, self.register.calendar)

    def refuse_any(self, keys: Sequence[int]) -> None:
        """Raise PeriodRefusal where any of these records counts in a closed year."""
        days = self._days(keys) if self.is_plain else set()
        for record in () if self.is_plain else self._records(keys):
            days |= set(record.counted_days())
        refuse_closed(days, self.register.calendar)

    def _days(self, keys: Sequence[int]) -> set[dt.date]:
        if not keys:
            return set()
        quoted = connection.ops.quote_name
        model: Any = self.register.model
        day = quoted(model._meta.get_field(model.DAY).column)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT {day} FROM {quoted(model._meta.db_table)} WHERE id = ANY(%s)",
                [list(keys)],
            )
            return {found for (found,) in cursor.fetchall()}

    def _records(self, keys: Sequence[int]) -> Iterator[Any]:
        return records(self.register, keys)


def records(register: Register, keys: Sequence[int]) -> Iterator[Any]:
    """Records with what belongs to them, some at a time."""
    rows: Any = register.model._default_manager
    belonging = (*register.prefetch, *(lines.name for lines in register.lines))
    for start in range(0, len(keys), CHUNK):
        found = rows.filter(pk__in=keys[start : start + CHUNK])
        yield from found.select_related(*register.related).prefetch_related(*belonging)
