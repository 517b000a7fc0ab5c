"""Changes on last year as the entry screen shows them, in the screen's language.

Reports have their own words (``wording``), always Vietnamese. The browser
previews the same words while a number is being typed, so the patterns are
handed to it as they stand here.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from common.contracts import Change
from common.numbers import format_number, format_percent, table_marks
from indicators.models import State
from indicators.year_table import Row


def amounts() -> dict[str, str]:
    """How the amount of a change is written; a count needs no unit, its row names it."""
    return {
        Change.PERCENT: "{}%",
        Change.UNITS: "{}",
        Change.POINTS: _("{} percentage points"),
        Change.PLACES: _("{} places"),
    }


def directions() -> dict[str, str]:
    return {
        "up": _("up {}"),
        "down": _("down {}"),
        "same": _("same as last year"),
        "times": _("{} times last year"),
    }


def plan_ratio(row: Row, language: str) -> str:
    """Percent of the plan ("90,8%"), or "" without a base."""
    return format_percent(row.plan_ratio, language) if row.plan_ratio is not None else ""


def change(row: Row, language: str) -> str:
    """The change on last year ("giảm 2,2%"), or "" when there is nothing to compare."""
    found = row.difference
    if found is None:
        return ""
    if found.how is Change.PERCENT and row.times is not None:
        return directions()["times"].format(format_number(row.times, language))
    amount = amounts()[found.how].format(format_number(found.amount, language))
    return directions()[found.direction].format(amount)


def state_marks() -> dict[str, str]:
    """What stands in a cell, and may be typed there, for a state without a number."""
    marks = table_marks()
    return {
        State.ZERO: marks.nil,
        State.MISSING: marks.missing,
        State.NOT_APPLICABLE: marks.not_applicable,
    }


def preview_rule(row: Row) -> dict[str, Any]:
    """What the browser needs to compute the same while a number is being typed."""
    base = row.base
    return {
        "how": row.indicator.change,
        "better": row.indicator.better,
        "ratio": row.has_plan_ratio,
        "base": None if base is None else format(base.normalize(), "f"),
        "rough": row.last is not None and row.last.is_rough,
    }
