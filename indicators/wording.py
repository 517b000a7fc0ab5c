"""Figures and comparisons in the words of an official Vietnamese report.

A report is Vietnamese whatever the language of the screen, so the words stand
here as they are printed, in one table, and not in a catalogue. Only the names
of units come from the catalogue, where the screens need them too; they are
always taken in Vietnamese.

Every function returns text, and "" where there is nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation

from common.contracts import Change, PlanLabel
from common.numbers import format_number, format_percent
from common.units import UNITS, Unit, convert
from indicators.comparisons import Difference

# --- the words -------------------------------------------------------------

PRECISION_WORDS = {
    "": "",
    "over": "trên",
    "nearly": "gần",
    "about": "khoảng",
    "more_than": "hơn",
    "at_least": "ít nhất",
    "about_nearly": "khoảng gần",
}

# A final figure needs no word: only what may still change is marked.
STATUS_WORDS = {
    "": "",
    "estimate": "ước",
    "preliminary": "sơ bộ",
    "official": "",
    "revised": "",
}

PLAN_WORDS = {
    PlanLabel.PLAN: "kế hoạch",
    PlanLabel.BUDGET: "dự toán",
    PlanLabel.TARGET: "mục tiêu",
}

DIRECTION_WORDS = {"up": "tăng", "down": "giảm"}

# Units that go before an ordinal number, which is not a count: "lần thứ 10".
ORDINAL_WORDS = {"session": "lần thứ", "rank": "hạng", "calendar_year": "năm"}

REACHED = "đạt"
REACHED_BY_UNIT = {"rank": "xếp"}  # one "đạt" a value, but "xếp" a rank

POINTS = "điểm %"
PLACES = "bậc"

PLAN_OF_YEAR = "đạt {ratio} {plan}"
PLAN_SO_FAR = "bằng {ratio} {plan} năm"
COMPARED = "{change} so với {base}"
TIMES = "gấp {times} lần"
EQUAL = "bằng {base}"
EQUAL_SHORT = "bằng cùng kỳ"
YEAR = "năm {year}"
YEAR_SO_FAR = "{months} tháng đầu năm {year}"
REST_OF_YEAR = "{months} tháng cuối năm {year}"
SAME_PERIOD = "cùng kỳ năm {year}"
PROVISIONAL_BASE = "số {status} {base}"
PARTS_NOTE = "cộng các thành phần được {sum}, chênh {gap} so với tổng số {total} đã công bố"

WHOLE_YEAR = 12

# --- periods ---------------------------------------------------------------


def say_period(year: int, months: int = WHOLE_YEAR) -> str:
    """A year to date: "năm 2019", "6 tháng đầu năm 2019"."""
    return (YEAR if months == WHOLE_YEAR else YEAR_SO_FAR).format(year=year, months=months)


def say_next_period(year: int, months: int = WHOLE_YEAR) -> str:
    """What a report on that period looks forward to: "năm 2020", "6 tháng cuối năm 2019"."""
    if months == WHOLE_YEAR:
        return YEAR.format(year=year + 1)
    return REST_OF_YEAR.format(year=year, months=WHOLE_YEAR - months)


# --- figures ---------------------------------------------------------------


@dataclass(frozen=True)
class Quantity:
    """A figure as a sentence needs it."""

    value: Decimal
    unit: Unit
    precision: str = ""
    status: str = ""

    def shown_in(self, unit: str | None) -> Quantity:
        """The same in another unit of the family; raises UnitMismatch."""
        if unit is None or unit == self.unit.code:
            return self
        value = convert(self.value, self.unit.code, unit)
        return Quantity(value, UNITS[unit], self.precision, self.status)


def say_value(quantity: Quantity, show_unit: str | None = None) -> str:
    """The value with precision word and unit: "trên 3.400 tỷ đồng", "05 bản"."""
    shown = quantity.shown_in(show_unit)
    return _join(PRECISION_WORDS[shown.precision], _measured(shown.value, shown.unit))


def say_reached(quantity: Quantity, show_unit: str | None = None) -> str:
    """The value with its verb and status: "ước đạt 4.750 triệu USD"."""
    verb = REACHED_BY_UNIT.get(quantity.unit.code, REACHED)
    return _join(STATUS_WORDS[quantity.status], verb, say_value(quantity, show_unit))


def say_number(quantity: Quantity, show_unit: str | None = None) -> str:
    """The value without its unit: "trên 5.000", "05"."""
    shown = quantity.shown_in(show_unit)
    return _join(PRECISION_WORDS[shown.precision], _number(shown.value, shown.unit))


# --- comparisons -----------------------------------------------------------


def say_plan(ratio: Decimal | None, plan_label: PlanLabel, full_year: bool = True) -> str:
    """The share of the plan: "đạt 81% kế hoạch"; mid-year "bằng 45,2% kế hoạch năm"."""
    if ratio is None:
        return ""
    pattern = PLAN_OF_YEAR if full_year else PLAN_SO_FAR
    return pattern.format(ratio=format_percent(ratio), plan=PLAN_WORDS[plan_label])


def say_change(
    difference: Difference | None,
    unit: Unit,
    base_year: int,
    base_status: str = "",
    full_year: bool = True,
    with_base: bool = True,
    times: Decimal | None = None,
) -> str:
    """The change and its base: "tăng 15,8% so với năm 2018", "giảm 15 đoàn".

    ``times`` (from ``comparisons.times``) replaces a percentage only ("gấp 2,1 lần
    năm 2018"); a change told in units, points or places stays as it is.
    """
    if difference is None:
        return ""
    base = _base(base_year, base_status, full_year)
    if difference.direction == "same":
        return EQUAL.format(base=base) if with_base else EQUAL_SHORT
    if times is not None and difference.how is Change.PERCENT and difference.direction == "up":
        said = TIMES.format(times=format_number(times))
        return _join(said, base if with_base else "")
    said = f"{DIRECTION_WORDS[difference.direction]} {_amount(difference, unit)}"
    return COMPARED.format(change=said, base=base) if with_base else said


def say_parts_note(total: Quantity, parts_sum: Decimal | None) -> str:
    """The remark on parts that do not add up to the published total."""
    if parts_sum is None or parts_sum == total.value:
        return ""
    return PARTS_NOTE.format(
        sum=_measured(parts_sum, total.unit),
        gap=_measured((parts_sum - total.value).copy_abs(), total.unit),
        total=say_value(total),
    )


# --- pieces ----------------------------------------------------------------


def _base(year: int, status: str, full_year: bool) -> str:
    base = (YEAR if full_year else SAME_PERIOD).format(year=year)
    word = STATUS_WORDS[status]
    return PROVISIONAL_BASE.format(status=word, base=base) if word else base


def _amount(difference: Difference, unit: Unit) -> str:
    if difference.how is Change.PERCENT:
        return format_percent(difference.amount)
    if difference.how is Change.POINTS:
        return f"{format_number(difference.amount)} {POINTS}"
    if difference.how is Change.PLACES:
        return f"{_count(difference.amount)} {PLACES}"
    return _measured(difference.amount, unit)


def _measured(value: Decimal, unit: Unit) -> str:
    """Number and unit in their order; percent sticks to its number."""
    number = _number(value, unit)
    if unit.code in ORDINAL_WORDS:
        return f"{ORDINAL_WORDS[unit.code]} {number}"
    with translation.override("vi"):
        word = str(unit.label)
    return number + word if word.startswith("%") else f"{number} {word}"


def _number(value: Decimal, unit: Unit) -> str:
    if unit.code == "calendar_year":
        return format(value, ".0f")  # "năm 2015", never "2.015"
    return _count(value) if unit.counted else format_number(value)


def _count(value: Decimal) -> str:
    """Whole counts from one to nine take a leading zero in prose: "05"."""
    small = 0 < value < 10 and value == value.to_integral_value()
    return format_number(value, min_int_digits=2 if small else 1)


def _join(*words: str) -> str:
    return " ".join(word for word in words if word)
