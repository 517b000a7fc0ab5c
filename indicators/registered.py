"""What registers add up to in the years of a table, as its viewer may see it.

The days of every year and month that is shown go to the computations at once,
so the number of queries follows the kinds of aggregates and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import Calendar
from indicators import basis, computed
from indicators.computed import Span, computation_of, compute
from indicators.declarations import indicators
from indicators.models import Figure, Side
from reference.models import Period
from reference.periods import days

SO_FAR = "so_far"

# Where a value stands in the table: indicator, year, and its side, month or "so far".
Slot = str | int
Place = tuple[str, int, Slot]
FULL_YEAR = 12


class Number(NamedTuple):
    """A sum of records; ``is_sample`` where one of them is invented.

    ``stands_in``: it may be printed where nothing was typed. Invented records
    never stand beside what somebody typed from the same register: a real
    number compared with an invented one would be read as real.
    """

    value: Decimal
    is_sample: bool
    stands_in: bool


def numbers(
    years: Sequence[int],
    viewer: User,
    *,
    months: int,
    kind: str,
    codes: Collection[str] | None,
) -> dict[Place, Number]:
    """The computed number of every place that has one."""
    seen = _visible(viewer, codes)
    if not seen:
        return {}
    places = list(_places(years, months, kind))
    spans = [
        Span(key, *days(found_kind, year, year, found_months, calendar))
        for key, (calendar, year, _slot, found_kind, found_months) in enumerate(places)
    ]
    declared = indicators()
    sums = compute(spans, seen)
    samples = basis.samples(spans, {code for code, _key in sums})
    beside_typed = _beside_typed({code for code, _key in samples})
    return {
        (code, places[key][1], places[key][2]): Number(
            value, (code, key) in samples, (code, key) not in samples or code not in beside_typed
        )
        for (code, key), value in sums.items()
        if code in seen and declared[code].calendar == places[key][0]
    }


def notes(year: int, viewer: User, *, months: int, kind: str) -> dict[str, str]:
    """What belongs beside the sums of one period, by indicator."""
    seen = _visible(viewer, None)
    calendars = [str(one) for one in Calendar]
    spans = [
        Span(key, *days(kind, year, year, months, calendar))
        for key, calendar in enumerate(calendars)
    ]
    declared = indicators()
    return {
        code: words
        for (code, key), words in computed.notes(spans, seen).items()
        if code in seen and declared[code].calendar == calendars[key]
    }


def _beside_typed(sampled: Collection[str]) -> set[str]:
    """Of some indicators those whose register has one that somebody typed, in any year."""
    if not sampled:
        return set()
    register = {code: one.register for code, one in computation_of().items()}
    asked = {register[code] for code in sampled}
    fed = [code for code, slug in register.items() if slug in asked]
    actuals = Figure.objects.current().filter(side=Side.ACTUAL, indicator__in=fed)
    typed = {register[code] for code in actuals.values_list("indicator", flat=True).distinct()}
    return {code for code in sampled if register[code] in typed}


def _visible(viewer: User, codes: Collection[str] | None) -> set[str]:
    """The computed indicators this person reads: their class, and who owes them.

    A total counts every record; it is shown to who may read the agency's figures.
    """
    declared = indicators()
    seen = {
        code
        for code in computation_of()
        if (codes is None or code in codes)
        and code in declared
        and viewer.may(Verb.READ, data_class=declared[code].data_class)
    }
    reach = viewer.reach(Verb.READ)
    if reach is None or not seen:
        return seen
    own = set(Agency.objects.filter(pk__in=reach).values_list("code", flat=True))
    return {code for code in seen if declared[code].agency in own}


def _places(
    years: Sequence[int], months: int, kind: str
) -> Iterator[tuple[str, int, Slot, str, int]]:
    """(calendar, year, slot, kind and months of the period) of everything a table holds."""
    to_date, month = Period.Kind.YEAR_TO_DATE.value, Period.Kind.MONTH.value
    is_full_year = kind == to_date and months == FULL_YEAR
    used = {indicators()[code].calendar for code in computation_of() if code in indicators()}
    for calendar in (str(one) for one in Calendar if one in used):
        for year in years:
            yield calendar, year, Side.ACTUAL.value, kind, months
            if kind == month:
                yield calendar, year, SO_FAR, to_date, months
            for number in () if is_full_year else range(1, months + 1):
                yield calendar, year, number, month, number
