"""Years to date that do not fit their months: shown to people with the gap, never put right here.

A year to date beside all of its months should be their sum. Beside some of
them it stands in for the rest, so it cannot be less than they have together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reference.models import ReportingYear
from registers.contract import Attention
from registers.showing import text
from trade.choices import Kind
from trade.models import Turnover

NAMED = 3  # told one by one; the filter shows them all


def with_findings(among: Any = Turnover.objects) -> Any:
    """The years to date that differ from all of their months, or fall short of some."""
    complete = Q(months_there=F("length")) & ~Q(value=F("months_sum"))
    short = Q(months_there__lt=F("length"), value__lt=F("months_sum"))
    rows = among.to_date().annotate(length=ExtractMonth("month"))
    return rows.filter(complete | short)


def attention(rows: Any, today: dt.date) -> Iterator[Attention]:
    """What waits on the list: differing rows of years that can still be put right."""
    opened = ReportingYear.objects.filter(locked_on=None).values_list("year", flat=True)
    found = list(
        with_findings(rows)
        .filter(month__year__in=list(opened))
        .select_related("gate")
        .order_by("-month", "pk")[: 10 * NAMED + 1]
    )
    if not found:
        return
    named = [f"{row}: {gap_of(row)}" for row in found[:NAMED]]
    more = "; …" if len(found) > NAMED else ""
    said = ngettext(
        "A year to date differs from the sum of its months: %(rows)s.",
        "%(count)s years to date differ from the sums of their months: %(rows)s.",
        len(found),
    ) % {"count": len(found), "rows": "; ".join(named) + more}
    yield Attention(said, "finding=1")


def gap_of(row: Any) -> str:
    """ "(+)" where the year to date has more than its months."""
    gap: Decimal = row.value - (row.months_sum or 0)
    return _("%(value)s against %(months)s, gap %(gap)s USD") % {
        "value": text(row.value),
        "months": text(row.months_sum or Decimal(0)),
        "gap": f"{'+' if gap > 0 else ''}{text(gap)}",
    }


def beside_months(record: Turnover) -> str:
    """For the page of a record: how a year to date stands to its months, and whether it counts."""
    if record.kind != Kind.TO_DATE or record.is_deleted:
        return ""
    row = Turnover.objects.to_date().filter(pk=record.pk).first()
    if row is None or not row.months_there:
        return _("No months are entered: the year to date counts.")
    months = {"there": row.months_there, "all": row.month.month}
    if row.months_there < row.month.month:
        said = _("%(there)s of %(all)s months are entered: the year to date counts.") % months
        return f"{said} {gap_of(row)}" if row.value < row.months_sum else said
    if row.value == row.months_sum:
        return _("All months are entered and add up to it: the months count.")
    return _("All months are entered and count; to be checked: %(gap)s.") % {"gap": gap_of(row)}
