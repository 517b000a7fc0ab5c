"""Explanations: why a number that looked odd stands all the same.

One belongs to the number it was written for. It stands for every version of the
cell with that number, so a source added later asks nothing again; another
number is another question.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.text import nfc
from indicators.actions import Conflict, Refused, allowed, cell_of
from indicators.models import Explanation, Figure, Side
from reference.periods import guard, held_year

LONGEST = 2000  # characters
Standing = dict[tuple[int, str], Explanation]


def standing(figures: Collection[int]) -> Standing:
    """The explanations that stand for some figures, by figure and kind: one query."""
    rows: Any = Explanation.objects.raw(_STANDING, [list(figures)])
    return {(row.stands_for, row.kind): row for row in rows}


# Written for any version of the same cell that had the same number; the latest comes last.
_STANDING = """
    SELECT explanation.*, asked.id AS stands_for
    FROM indicators_explanation AS explanation
    JOIN indicators_figure AS explained ON explained.id = explanation.figure_id
    JOIN indicators_figure AS asked USING (indicator, period_id, agency_id, side, value)
    WHERE asked.id = ANY(%s)
    ORDER BY explanation.written_at, explanation.id
"""


@transaction.atomic
def explain(figure: int, kind: str, text: str, *, seen: str, by: User) -> Explanation:
    """Write down, or write anew, why this figure stands; ``seen`` is what was odd about it.

    Raises PermissionDenied, reference.periods.PeriodRefusal, Refused, or Conflict
    when the number was changed meanwhile.
    """
    said = nfc(text).strip()
    if not said:
        raise Refused(_("Write why the number is right."))
    if len(said) > LONGEST:
        raise Refused(_("The text is too long: at most %(limit)s characters.") % {"limit": LONGEST})
    visible = Figure.objects.visible_to(by).select_related("period", "agency")
    found = visible.filter(pk=figure).first()
    if found is None:
        raise Refused(_("One of the cells is no longer there. Reload the page and choose again."))
    cell = cell_of(found)
    allowed(cell, by)
    opened = held_year(found.period.year)
    is_plan = found.side == Side.PLAN
    guard(found.period, opened, is_plan=is_plan, today=timezone.localdate())
    if not found.is_current:
        raise Conflict(cell.versions().current().first())
    written = {"text": said, "seen": seen, "written_by": by, "written_at": timezone.now()}
    return Explanation.objects.update_or_create(figure=found, kind=kind, defaults=written)[0]
