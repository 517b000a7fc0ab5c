"""What the entry screen is told after a save: how the cell stands, and what looks odd now."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.numbers import format_number
from indicators import remarks, year_table
from indicators.actions import Standing
from indicators.entry import cells, hinting, words
from indicators.models import Figure, Remark
from indicators.spans import Span
from indicators.year_table import YearTable


def saved(
    figure: Figure | None, before: Standing, code: str, year: int, span: Span, user: User
) -> dict[str, Any]:
    """The cell, what its row comes to now, and the hints of that row and its totals."""
    read_at = now()
    table = _table(code, year, span, user)
    waiting = None
    if figure is not None and before.has_remarks:
        waiting = remarks.open_on([figure]).get(figure.pk)
    answer = from_table(table, figure, code, year, waiting, read_at=read_at)
    return answer | _kept(figure, before.current)


def from_table(
    table: YearTable,
    figure: Figure | None,
    code: str,
    year: int,
    waiting: Remark | None = None,
    *,
    read_at: int,
) -> dict[str, Any]:
    """The same for one of many cells whose rows have been read together, after ``read_at``."""
    row = table.row(code, year)
    language = cells.language()
    return {
        **cells.cell_json(figure, waiting),
        "display": cells.shown(figure),
        "plan_ratio": words.plan_ratio(row, language),
        "change": words.change(row, language),
        "reached": "" if row.reached is None else format_number(row.reached, language),
        "tone": row.tone,
        "saved_at": timezone.localtime().strftime("%H:%M"),
        **_hints(table, code, year, read_at),
    }


def _kept(figure: Figure | None, before: Figure | None) -> dict[str, Any]:
    """What an emptied cell keeps for the number typed into it next, on the same page.

    Later, or from another page, nothing is kept: an old source must not cling
    to a number it does not hold.
    """
    if figure is not None or before is None:
        return {}
    beside = {
        "source": before.source_id,
        "source_page": before.source_page,
        "note": before.note,
    }
    kept = {name: value for name, value in beside.items() if value}
    return {"kept": kept} if kept else {}


def hints(code: str, year: int, span: Span, user: User) -> dict[str, Any]:
    """The hints of a row and its totals as they are now."""
    read_at = now()
    return _hints(_table(code, year, span, user), code, year, read_at)


def now() -> int:
    """The moment the rows begin to be read, in microseconds.

    Cells save side by side, and an answer read earlier may arrive later: the
    screen then leaves the hints it has learnt since.
    """
    return time.time_ns() // 1000


def find_hint(
    figure: int, kind: str, code: str, year: int, span: Span, user: User
) -> hinting.RowHint | None:
    """The hint an explanation is about, if there still is one."""
    table = _table(code, year, span, user)
    asked = hinting.of_row(table, table.row(code, year))
    return next((hint for hint in asked if (hint.figure, hint.kind) == (figure, kind)), None)


def conflict(current: Figure | None, typed: dict[str, Any]) -> dict[str, Any]:
    """Who wrote what meanwhile, beside what was being typed: the person chooses."""
    mine = str(typed.get("text", ""))[:40]
    theirs = cells.shown(current)
    who = str(current.entered_by or _("The portal")) if current else _("Somebody")
    when = _moment(current.entered_at) if current else ""
    if current is None:
        message = _("The cell was emptied meanwhile; being entered: %(mine)s. Which one stays?")
    elif "text" in typed and mine != theirs:
        message = _(
            "%(who)s has just written %(theirs)s at %(when)s; being entered: %(mine)s. "
            "Which one stays?"
        )
    else:
        message = _("%(who)s has just changed this cell at %(when)s (%(theirs)s). Which one stays?")
    return {
        "message": message % {"who": who, "when": when, "theirs": theirs, "mine": mine},
        "current": cells.cell_json(current),
        "who": who,
        "when": when,
        "mine": mine,
    }


def _moment(when: dt.datetime) -> str:
    """The hour, with the day when it was not today: what waited may have waited for days."""
    local = timezone.localtime(when)
    today = local.date() == timezone.localdate()
    return local.strftime("%H:%M" if today else "%H:%M %d/%m/%Y")


def somebody_else() -> dict[str, Any]:
    """What one person typed is never saved under the name of who signed in after them."""
    return {
        "message": _(
            "Another account is signed in now. What was typed here is kept for the person who "
            "typed it: sign out and sign in again with that account."
        )
    }


def _table(code: str, year: int, span: Span, user: User) -> YearTable:
    """Only the rows whose hints may change with this one, with the years they are held against."""
    years, codes = hinting.years_for(year), hinting.codes_for(code)
    return year_table.build(years, user, months=span.months, kind=span.kind, codes=codes)


def _hints(table: YearTable, code: str, year: int, read_at: int) -> dict[str, Any]:
    rows = hinting.asked_with(code)
    found = (hint for row in rows for hint in hinting.of_row(table, table.row(row, year)))
    return {"hints": hinting.as_json(found), "hint_rows": rows, "read_at": read_at}
