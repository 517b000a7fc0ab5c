"""By which day the figures of a period are to be sent, and how far away that is.

How many working days an agency gets is a decision of this product, not law:
decree 09/2019 leaves it to whoever sets up the report. The number is a setting
(``REPORT_DUE_WORKING_DAYS``), and any period may be given a day of its own.

Working days are Monday to Friday without the public holidays of Viet Nam; days
in lieu of them, and Saturdays worked for them, are as the government announced.
"""

from __future__ import annotations

import datetime as dt

import holidays
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reference.models import Period

_DAY = dt.timedelta(days=1)
_calendar = holidays.country_holidays("VN")  # reads a year when it is first asked for


def due_on(period: Period) -> dt.date:
    """The day the figures of a period are to be sent by: its own, else as configured."""
    if period.due_on is not None:
        return period.due_on
    return _calendar.get_nth_working_day(period.last_day, settings.REPORT_DUE_WORKING_DAYS)


def plan_due_on(period: Period) -> dt.date:
    """The plan of a year is to be there when the year begins."""
    return period.first_day - _DAY


def working_days_left(due: dt.date, today: dt.date) -> int:
    """The working days after today up to and with the due day; none once it is here."""
    return _calendar.get_working_days_count(today + _DAY, due) if today < due else 0


def left_words(due: dt.date, today: dt.date) -> str:
    """ "còn 3 ngày làm việc", "hạn hôm nay", "quá hạn 2 ngày"."""
    if today > due:
        late = (today - due).days
        return ngettext("%(count)s day late", "%(count)s days late", late) % {"count": late}
    if today == due:
        return _("due today")
    if left := working_days_left(due, today):
        words = ngettext("%(count)s working day left", "%(count)s working days left", left)
        return words % {"count": left}
    left = (due - today).days  # over a week-end or Tết there is no working day to count
    return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
