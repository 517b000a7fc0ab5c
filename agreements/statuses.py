"""What has become of an agreement by a day: derived from its dates and acts, never stored.

``agreements.querysets`` asks the same of many in SQL; a test holds the two together.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.words import ActKind, Renewal, Status
from common.dates import short_date

if TYPE_CHECKING:
    from agreements.models import Act, Agreement

PAUSES = (ActKind.SUSPENDED, ActKind.RESUMED)
CHANGES = (ActKind.AMENDED, ActKind.EXTENDED)


@dataclass(frozen=True)
class Standing:
    """How an agreement stands on a day; ``ends_on`` is None where it has no term."""

    status: Status
    ends_on: dt.date | None


def standing(agreement: Agreement, day: dt.date) -> Standing:
    acts = [act for act in in_order(agreement.acts.all()) if act.done_on <= day]
    first_end = _last(acts, (ActKind.EXTENDED,), "expires_on") or agreement.expires_on
    has_rolled = (
        agreement.renewal == Renewal.AUTOMATIC and first_end is not None and first_end < day
    )
    ends_on = first_end
    if has_rolled and first_end is not None:
        ends_on = _renewed(first_end, agreement.renewal_months or 1, day)
    return Standing(_status(agreement, acts, day, ends_on, has_rolled=has_rolled), ends_on)


def _status(
    agreement: Agreement,
    acts: list[Act],
    day: dt.date,
    ends_on: dt.date | None,
    *,
    has_rolled: bool,
) -> Status:
    if any(act.kind == ActKind.TERMINATED for act in acts):
        return Status.TERMINATED
    if ends_on is not None and ends_on < day:
        return Status.EXPIRED
    if agreement.starts_on > day:
        return Status.PENDING
    if _last(acts, PAUSES, "kind") == ActKind.SUSPENDED:
        return Status.SUSPENDED
    if has_rolled:
        return Status.EXTENDED
    changed = _last(acts, CHANGES, "kind")
    return Status(changed) if changed else Status.IN_FORCE


def in_order(acts: Iterable[Act]) -> list[Act]:
    """By day; those of one day as they were entered."""
    return sorted(acts, key=lambda act: (act.done_on, act.pk is None, act.pk or 0))


def _last(acts: list[Act], kinds: tuple[ActKind, ...], name: str):  # type: ignore[no-untyped-def]
    return next((getattr(act, name) for act in reversed(acts) if act.kind in kinds), None)


def _renewed(end: dt.date, months: int, day: dt.date) -> dt.date:
    """The end of term moved by whole renewals until it is not before the day."""
    behind = (day.year - end.year) * 12 + day.month - end.month + (end.day < day.day)
    return later(end, -(-behind // months) * months)


def later(day: dt.date, months: int) -> dt.date:
    """The day so many months later; the last of a month where that has fewer days."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# --- in columns ------------------------------------------------------------------------


def shown_standing(agreement: Agreement) -> Standing:
    """On the day the list was asked for, else today."""
    return standing(agreement, getattr(agreement, "asked_on", None) or timezone.localdate())


# --- what cannot have happened -----------------------------------------------------------


def impossible(agreement: Agreement, acts: Iterable[Act]) -> Iterator[tuple[Act, str, str]]:
    """Acts that do not follow from those before: (act, field, why)."""
    ends_on, is_paused, ended = agreement.expires_on, False, None
    for act in in_order(acts):
        if agreement.signed_on and act.done_on < agreement.signed_on:
            said = _("This was before the agreement was signed (%(day)s).")
            yield act, "done_on", said % {"day": short_date(agreement.signed_on)}
        elif ended is not None:
            said = _("The agreement was terminated on %(day)s already; nothing follows that.")
            yield act, "done_on", said % {"day": short_date(ended)}
        elif act.kind == ActKind.SUSPENDED and is_paused:
            yield act, "kind", _("It was suspended already. Enter first that it was resumed.")
        elif act.kind == ActKind.RESUMED and not is_paused:
            yield act, "kind", _("It was not suspended on this day.")
        elif act.kind == ActKind.EXTENDED:
            yield from _wrong_extension(act, ends_on)
            ends_on = act.expires_on or ends_on
        if act.kind in PAUSES:
            is_paused = act.kind == ActKind.SUSPENDED
        if act.kind == ActKind.TERMINATED:
            ended = act.done_on


def _wrong_extension(act: Act, ends_on: dt.date | None) -> Iterator[tuple[Act, str, str]]:
    if ends_on is None:
        yield act, "kind", _("It has no last day that could be put off.")
    elif act.expires_on is not None and act.expires_on <= ends_on:
        said = _("The new last day has to be after %(day)s.")
        yield act, "expires_on", said % {"day": short_date(ends_on)}
