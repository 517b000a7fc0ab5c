"""What a hint says, in the language of the screen: what was seen, and what may have been meant."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from common.contracts import Indicator, PlanLabel
from common.numbers import format_number, format_percent
from indicators.comparisons import PartsGap
from indicators.entry.cells import language
from indicators.hints import Finding, Known, OtherUnit, Outlier, OverPlan, Thousandfold
from indicators.rows import Row


def of_finding(found: Finding, value: Decimal, row: Row) -> str:
    if isinstance(found, Thousandfold):
        return _thousandfold(found, value, row)
    if isinstance(found, OtherUnit):
        return _other_unit(found, value, row)
    if isinstance(found, OverPlan):
        return _over_plan(found, value, row)
    return _outlier(found, value, row)


def of_parts(total: Decimal, gap: PartsGap, indicator: Indicator) -> str:
    """ "Tổng 583, cộng ba thành phần được 731, lệch 148 lượt người." """
    return _(
        "Total %(total)s; its %(count)s parts add up to %(sum)s, a difference of %(gap)s %(unit)s."
    ) % {
        "total": _number(total),
        "count": _counted(len(indicator.parts)),
        "sum": _number(gap.sum),
        "gap": _number(gap.gap.copy_abs()),
        "unit": indicator.measure.label,
    }


def of_months(gap: PartsGap, row: Row) -> str:
    return _(
        "Year to date %(total)s; the %(count)s months add up to %(sum)s, "
        "a difference of %(gap)s %(unit)s."
    ) % {
        "total": _number(gap.sum - gap.gap),
        "count": row.months,
        "sum": _number(gap.sum),
        "gap": _number(gap.gap.copy_abs()),
        "unit": row.indicator.measure.label,
    }


def of_register(typed: Decimal, computed: Decimal, gap: Decimal, indicator: Indicator) -> str:
    """ "Số đã nhập 583, sổ cộng được 731, sổ nhiều hơn 148 lượt người." """
    names = {
        "typed": _number(typed),
        "sum": _number(computed),
        "gap": _number(gap.copy_abs()),
        "unit": indicator.measure.label,
    }
    if gap > 0:
        return (
            _("Entered %(typed)s; the register adds up to %(sum)s, %(gap)s %(unit)s more.") % names
        )
    return _("Entered %(typed)s; the register adds up to %(sum)s, %(gap)s %(unit)s less.") % names


def please_explain() -> str:
    """What follows a difference: nothing is refused for it."""
    return _("It can be saved all the same; please note the reason.")


def correct_or_explain() -> str:
    """What follows a difference to the register: one of the two is wrong, or both say why."""
    return _("Correct the figure or the register; if both are right, please note the reason.")


# --- one finding ---------------------------------------------------------------------


def _thousandfold(found: Thousandfold, value: Decimal, row: Row) -> str:
    larger = found.times >= 1
    times = found.times if larger else 1 / found.times
    names = {
        "value": _number(value),
        "times": _number(_one_digit(times)),
        "known": _known(found.known, row),
        "unit": row.indicator.measure.label,
        "fix": _number(found.fix),
    }
    if larger:
        return (
            _(
                "%(value)s is about %(times)s times %(known)s. "
                "The unit of the row is %(unit)s. Is it %(fix)s?"
            )
            % names
        )
    return (
        _(
            "%(value)s is only about 1/%(times)s of %(known)s. "
            "The unit of the row is %(unit)s. Is it %(fix)s?"
        )
        % names
    )


def _other_unit(found: OtherUnit, value: Decimal, row: Row) -> str:
    names = {
        "value": _number(value),
        "known": _known(found.known, row),
        "unit": row.indicator.measure.label,
        "fix": _number(found.fix),
    }
    if found.unit is None:
        return (
            _(
                "%(value)s looks like a share of one, beside %(known)s. "
                "The unit of the row is %(unit)s. Is it %(fix)s?"
            )
            % names
        )
    return _(
        "%(value)s looks like %(other)s, beside %(known)s. "
        "The unit of the row is %(unit)s. Is it %(fix)s?"
    ) % (names | {"other": found.unit.label})


def _outlier(found: Outlier, value: Decimal, row: Row) -> str:
    if not found.past:
        return _("%(value)s%% is more than the whole. If it is right, please note the reason.") % {
            "value": _number(value)
        }
    years = [known.year for known in found.past if known.year is not None]
    numbers = [known.number for known in found.past]
    if len(numbers) == 1:
        return _(
            "%(value)s is far from %(known)s, the only year known. "
            "If it is right, please note the reason."
        ) % {"value": _number(value), "known": _known(found.past[0], row)}
    return _(
        "%(value)s is far from the row's own figures of %(first)s–%(last)s "
        "(%(low)s to %(high)s). If it is right, please note the reason."
    ) % {
        "value": _number(value),
        "first": min(years),
        "last": max(years),
        "low": _number(min(numbers)),
        "high": _number(max(numbers)),
    }


def _over_plan(found: OverPlan, value: Decimal, row: Row) -> str:
    plan = row.plan.number if row.plan is not None and row.plan.number is not None else Decimal(0)
    return _("%(value)s is %(percent)s of %(plan)s. If it is right, please note the reason.") % {
        "value": _number(value),
        "percent": format_percent(found.percent, language()),
        "plan": _known(Known(plan, None), row),
    }


def _known(known: Known, row: Row) -> str:
    """What the number is held against: "năm trước (4.855)", "kế hoạch (5.230)"."""
    names = {"year": known.year, "number": _number(known.number)}
    if known.year is None:
        plans = {
            PlanLabel.PLAN: _("the plan (%(number)s)"),
            PlanLabel.BUDGET: _("the budget estimate (%(number)s)"),
            PlanLabel.TARGET: _("the target (%(number)s)"),
        }
        return plans[row.indicator.plan_label] % names
    if not row.is_full_year:
        return _("the same period of %(year)s (%(number)s)") % names
    if known.year == row.year - 1:
        return _("last year (%(number)s)") % names
    return _("%(year)s (%(number)s)") % names


def _counted(parts: int) -> str:
    words = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five")}
    return words.get(parts, str(parts))


def _one_digit(times: Decimal) -> Decimal:
    """Rounded to its first digit: 978 is about 1000."""
    return times.quantize(Decimal(1).scaleb(times.adjusted()))


def _number(value: Decimal) -> str:
    return format_number(value, language())
