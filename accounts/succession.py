"""Who takes over from an agency that is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from accounts.models import Agency


def heirs_on(day: dt.date) -> dict[int, tuple[Agency, ...]]:
    """For each agency that is gone on a day, those that succeed it then: two queries."""
    known = {agency.pk: agency for agency in Agency.objects.all()}
    after: dict[int, list[int]] = {}
    links = Agency.succeeds.through.objects.order_by("pk")
    for earlier, later in links.values_list("to_agency_id", "from_agency_id"):
        after.setdefault(earlier, []).append(later)
    gone = [pk for pk, agency in known.items() if agency.valid_to and agency.valid_to < day]
    return {pk: tuple(_living(pk, after, known, day)) for pk in gone}


def _living(
    start: int, after: Mapping[int, list[int]], known: Mapping[int, Agency], day: dt.date
) -> Iterator[Agency]:
    """Successors, and successors of those that are gone themselves."""
    seen, waiting = {start}, list(after.get(start, ()))
    while waiting:
        pk = waiting.pop(0)
        if pk in seen:
            continue
        seen.add(pk)
        last_day = known[pk].valid_to
        if last_day is None or last_day >= day:
            yield known[pk]
        else:
            waiting += after.get(pk, ())
