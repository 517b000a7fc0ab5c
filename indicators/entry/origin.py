"""Who stands behind a number: its own agency, or somebody who entered it for that agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, AgencySuccession, RoleHolding
from documents.models import SourceDocument
from indicators.models import Figure


def on_behalf(
    agency: int, own: Iterable[Agency], succeeded: set[int], source: SourceDocument | None
) -> str:
    """ "Nhập thay bởi Sở Ngoại vụ theo văn bản số 12/BC-SCT"; nothing for one's own agency.

    ``own`` are the agencies the person entered for, ``succeeded`` those they
    took over. Who belongs to none is not named.
    """
    names = {one.pk: str(one) for one in own}
    if not names or agency in names or agency in succeeded:
        return ""
    by = ", ".join(names.values())
    if source is None:
        return _("Entered on behalf by %(agency)s") % {"agency": by}
    if not source.number:
        return _("Entered on behalf by %(agency)s, from: %(source)s") % {
            "agency": by,
            "source": source.citation,
        }
    return _("Entered on behalf by %(agency)s, document %(number)s") % {
        "agency": by,
        "number": source.number,
    }


def behalf_of(figures: Iterable[Figure]) -> dict[int, str]:
    """Of each figure whether it was entered on behalf, by key: two queries for all of them."""
    rows = list(figures)
    people = {figure.entered_by_id for figure in rows if figure.entered_by_id}
    holdings = RoleHolding.objects.filter(user__in=people).exclude(agency=None)
    held = list(holdings.select_related("agency"))
    heirs: dict[int, set[int]] = {}
    for later, earlier in AgencySuccession.objects.values_list("from_agency", "to_agency"):
        heirs.setdefault(later, set()).add(earlier)
    told: dict[int, str] = {}
    for figure in rows:
        day = timezone.localdate(figure.entered_at)
        own = [row.agency for row in held if row.user_id == figure.entered_by_id and _on(row, day)]
        known = [agency for agency in own if agency is not None]
        succeeded = _all_before({agency.pk for agency in known}, heirs)
        told[figure.pk] = on_behalf(figure.agency_id, known, succeeded, figure.source)
    return told


def _on(holding: RoleHolding, day: dt.date) -> bool:
    begun = holding.valid_from is None or holding.valid_from <= day
    return begun and (holding.valid_to is None or day <= holding.valid_to)


def _all_before(agencies: set[int], heirs: dict[int, set[int]]) -> set[int]:
    """The agencies that were succeeded, one after the other."""
    reached: set[int] = set()
    waiting = list(agencies)
    while waiting:
        fresh = heirs.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached
