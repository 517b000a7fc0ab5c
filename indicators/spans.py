"""The parts of a year figures are entered for: names in addresses, titles of columns.

The year itself, a year to date of some months, or one month.
"""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reference.models import Period


class Span(NamedTuple):
    """Kind and months as in ``Period``: months to date, or which month."""

    kind: str = Period.Kind.YEAR_TO_DATE
    months: int = 12

    @property
    def is_full_year(self) -> bool:
        return self.kind == Period.Kind.YEAR_TO_DATE and self.months == 12

    @property
    def is_month(self) -> bool:
        return self.kind == Period.Kind.MONTH

    @property
    def slug(self) -> str:
        """How an address names it; nothing for the whole year."""
        if self.is_full_year:
            return ""
        return f"thang-{self.months}" if self.is_month else f"{self.months}-thang"

    @property
    def label(self) -> str:
        """In the list of periods: "Cả năm", "6 tháng", "Tháng 5"."""
        if self.is_full_year:
            return pgettext("period", "Whole year")
        if self.is_month:
            return _("Month %(month)s") % {"month": self.months}
        return _("%(months)s months") % {"months": self.months}

    def actual_title(self, year: int) -> str:
        """Above a column of actual figures: "TH 2018", "6 tháng 2018", "Tháng 5/2018"."""
        names = {"year": year, "months": self.months}
        if self.is_full_year:
            return pgettext("column", "Actual %(year)s") % names
        if self.is_month:
            return pgettext("column", "Month %(months)s/%(year)s") % names
        return pgettext("column", "%(months)s months %(year)s") % names

    def entry_title(self, year: int) -> str:
        """The same above the column that is being entered."""
        names = {"year": year, "months": self.months}
        if self.is_full_year:
            return pgettext("column", "Actual (est.) %(year)s") % names
        if self.is_month:
            return pgettext("column", "Actual of month %(months)s/%(year)s") % names
        return pgettext("column", "Year to date, %(months)s months %(year)s") % names


WHOLE_YEAR = Span()
ELEVEN_MONTHS = Span(months=11)
TO_DATE = (WHOLE_YEAR, *(Span(months=months) for months in (3, 6, 9, 11)))
MONTHS = tuple(Span(Period.Kind.MONTH, month) for month in range(1, 13))


def records_address(code: str, year: int, period: Span = WHOLE_YEAR) -> str:
    """Where a sum of records tells what it stands on."""
    if period.is_full_year:
        return reverse("indicators:records", args=[code, year])
    return reverse("indicators:records_of_period", args=[code, year, period])


class SpanConverter:
    """``6-thang`` (the first six months) or ``thang-5`` (May) in an address."""

    regex = r"(?:[1-9]|1[01])-thang|thang-(?:[1-9]|1[0-2])"

    def to_python(self, value: str) -> Span:
        first, second = value.split("-")
        if first == "thang":
            return Span(Period.Kind.MONTH, int(second))
        return Span(Period.Kind.YEAR_TO_DATE, int(first))

    def to_url(self, value: Span) -> str:
        return value.slug
