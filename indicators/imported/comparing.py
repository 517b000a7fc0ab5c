"""Columns the portal computes by itself, held against it: nothing of them is imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from common.contracts import Kind
from common.numbers import AmbiguousNumber, NotANumber, format_number, parse_number
from common.text import search_key
from imports.book import Percent, Value
from imports.headings import shown
from indicators import rows
from indicators.actions import Content
from indicators.entry import hinting
from indicators.entry.cells import language
from indicators.imported import columns
from indicators.models import Side
from indicators.rows import Row
from indicators.year_table import YearTable

_NUMBER = re.compile(r"[-+\u2212]?\s*[0-9][0-9.,]*")
_HUNDRED = Decimal(100)

UNSTORED = 0  # a figure somebody types, and not a sum of records

Factor = Callable[[str], Decimal | None]


def with_contents(row: Row, contents: Mapping[str, Content], year: int) -> Row:
    """The row of the year table as it would be after the import."""
    found = {side: value_of(row, side, content, year) for side, content in contents.items()}
    plan, actual = found.get(Side.PLAN, row.plan), found.get(Side.ACTUAL, row.actual)
    return replace(row, plan=plan, actual=actual)


def value_of(row: Row, side: str, content: Content, year: int) -> rows.Value | None:
    """The content as the year table would hold it."""
    if content.state is None:
        return None
    indicator = row.indicator
    return rows.Value(
        figure_id=UNSTORED,
        indicator=indicator.code,
        side=side,
        year=year,
        calendar=indicator.calendar,
        agency=indicator.agency,
        version=0,
        state=content.state,
        value=content.value,
        status=content.status,
        plan_stage=content.plan_stage,
        precision=content.precision,
        origin=content.origin,
        source_id=content.source_id,
        entered_at=None,
    )


def notes(table: YearTable, row: Row, raw: Mapping[str, Value], factor: Factor) -> Iterator[str]:
    """What differs from the portal's own numbers; ``factor`` is that of a column's unit."""
    yield from _past(table, row, raw, factor)
    for name in (columns.RATIO, columns.CHANGE, columns.COMPARISON):
        yield from _compared(row, name, raw.get(name))


def odd(table: YearTable, row: Row, side: str, *, is_percent: bool = False) -> Iterator[str]:
    """The hints a number would get on the entry screen; ``is_percent``: the file says so itself."""
    value = row.of(side)
    if value is None or value.number is None:
        return
    found = [hint.message for hint in hinting.of_row(table, row, [side])]
    yield from found
    is_share = row.indicator.kind is Kind.RATE and not is_percent
    if not found and is_share and 0 < abs(value.number) < 1:
        words = _("Taken as %(share)s%%. If %(meant)s%% is meant, write it with a percent sign.")
        yield words % {
            "share": _words(value.number),
            "meant": _words(value.number * _HUNDRED),
        }


def _past(table: YearTable, row: Row, raw: Mapping[str, Value], factor: Factor) -> Iterator[str]:
    for before in range(row.year - columns.YEARS_BEFORE, row.year):
        told = read(raw.get(columns.past_name(before)))
        unit = factor(columns.past_name(before))
        known = table.row(row.indicator.code, before).actual
        if told is None or unit is None or known is None or known.number is None:
            continue
        if told * unit != known.number:
            yield _("%(year)s: the file has %(told)s, the portal %(known)s.") % {
                "year": before,
                "told": _words(told * unit),
                "known": _words(known.number),
            }


def _compared(row: Row, name: str, cell: Value) -> Iterator[str]:
    told = read(cell)
    possible = list(_possible(row, name))
    if told is None or not possible or any(_agrees(told, one) for one in possible):
        return
    if isinstance(cell, Decimal) and any(_agrees(told * _HUNDRED, one) for one in possible):
        return  # a cell that is shown in percent
    yield _("The file compares %(told)s, its numbers give %(known)s.") % {
        "told": shown(cell),
        "known": _(" or ").join(f"{_words(round(one, 1))}%" for one in possible[:2]),
    }


def _possible(row: Row, name: str) -> Iterator[Decimal]:
    """What the column may hold: percent of the plan, the change, or percent of last year."""
    actual = row.actual.number if row.actual is not None else None
    if name != columns.CHANGE and row.plan_ratio is not None:
        yield row.plan_ratio
    if name != columns.RATIO and actual is not None and row.base:
        yield (actual - row.base) / abs(row.base) * _HUNDRED
        yield actual / row.base * _HUNDRED
        yield actual - row.base


def _agrees(told: Decimal, known: Decimal) -> bool:
    """To the last digit that was written, and never stricter than a tenth."""
    exponent = told.as_tuple().exponent
    digit = Decimal(1).scaleb(max(int(exponent), -1)) if isinstance(exponent, int) else Decimal(1)
    return abs(told - known) <= digit / 2 + Decimal("0.01")


def read(cell: Value) -> Decimal | None:
    """The number in a cell such as "giảm 13,7%"; None where there is none to be sure of."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, Percent):
        return cell.number
    found = _NUMBER.search(cell) if isinstance(cell, str) else None
    if found is None:
        return None
    try:
        number = parse_number(found[0].replace(" ", "").rstrip(".,"), "vi")
    except AmbiguousNumber as asked:
        number = asked.suggestion
    except NotANumber:
        return None
    return -number if "giam" in search_key(str(cell)).split() and number > 0 else number


def _words(number: Decimal) -> str:
    return format_number(number, language())
