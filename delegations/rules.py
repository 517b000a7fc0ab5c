"""What holds of delegations and meetings alike: days in their order, and statuses that can be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from common.dates import short_date
from delegations.choices import Status

Faults = dict[str, str]


def refuse(faults: Faults) -> None:
    if faults:
        raise ValidationError(dict(faults))


def faults_of_days(record: Any) -> Faults:
    """An end before the beginning, or a status the days do not allow."""
    first, last = record.began_on, record.ended_on
    if not isinstance(first, dt.date) or not isinstance(last or first, dt.date):
        return {}  # said of the field itself
    if last is not None and last < first:
        return {
            "ended_on": _("The last day (%(last)s) is before the first day (%(first)s).")
            % {"last": short_date(last), "first": short_date(first)}
        }
    return _faults_of_status(record.status, first, last)


def _faults_of_status(status: str, first: dt.date, last: dt.date | None) -> Faults:
    today = timezone.localdate()
    if status in (Status.UNDER_WAY, Status.ENDED) and first > today:
        return {
            "status": _("The first day (%(day)s) has not come: choose planned or decided.")
            % {"day": short_date(first)}
        }
    if status == Status.ENDED and last is None:
        return {"ended_on": _("What has ended needs its last day.")}
    if status == Status.ENDED and last is not None and last > today:
        return {
            "status": _("The last day (%(day)s) has not come: choose under way.")
            % {"day": short_date(last)}
        }
    return {}
