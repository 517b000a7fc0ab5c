"""Changes on last year as the entry screen shows them, in the screen's language.

Reports have their own words (``wording``), always Vietnamese. The browser
previews the same words while a number is being typed, so the patterns are
handed to it as they stand here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.contracts import Change
from common.numbers import format_number, format_percent, table_marks
from indicators.models import State
from indicators.rows import Row
from reference.models import Period


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


def plan_elsewhere() -> str:
    """Why a part of the year takes no plan."""
    return _("The plan is that of the whole year and is entered there.")


def preview_rule(row: Row) -> dict[str, Any]:
    """What the browser needs to compute the same while a number is being typed."""
    rule = {
        "how": row.indicator.change,
        "better": row.indicator.better,
        "ratio": row.has_plan_ratio,
        "base": _plain(row.base),
        "rough": row.last is not None and row.last.is_rough,
        "signed": row.indicator.may_be_negative,
    }
    if row.kind == Period.Kind.MONTH:
        rule["before"] = _plain(_months_before(row))
    return rule


def parts_rule(row: Row, eleven_months: dict[str, str]) -> dict[str, Any]:
    """Whether the year can be made of eleven months and December, and what is known of them."""
    if not (row.is_full_year and row.adds_up):
        return {}
    return {"parts": True, "eleven": eleven_months.get(row.indicator.code, "")}


def _months_before(row: Row) -> Decimal | None:
    """The months of the year before this one, added up."""
    return replace(row, by_month=row.by_month[:-1]).months_sum if row.months > 1 else Decimal(0)


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


def hint_buttons() -> dict[str, str]:
    """What stands on and around a hint."""
    return {
        "fix": _("Write {}"),
        "explain": _("Keep it and explain"),
        "note": _("Write a note"),
        "parts": _("See the parts"),
        "why": _("Why the number is right"),
        "save": _("Save the explanation"),
        "change": _("Change the explanation"),
        "notSaved": _("Not saved: no connection. Please try again."),
        "waits": _("A question about this number waits."),
        "kept": _("The source and note of the number before are kept for the one entered next."),
        "drop": _("Do not keep them"),
    }


def parts_words() -> dict[str, str]:
    """Around the three linked cells of a year."""
    return {
        "open": _("Eleven months and December (Ctrl+Enter)"),
        "typed": _("typed"),
        "computed": _("computed by the portal"),
        "take": _("Take the eleven months entered: {}"),
        "waits": _("Enter the other part or the year; the third is computed."),
    }
