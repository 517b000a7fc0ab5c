"""Questions asked of delegations and meetings."""

from __future__ import annotations

import datetime as dt
from typing import Self

from delegations.choices import TO_COME, TOOK_PLACE
from registers.querysets import RecordQuerySet


class PlanQuerySet(RecordQuerySet):
    def took_place(self) -> Self:
        """What is counted: people have left or come."""
        return self.filter(TOOK_PLACE)

    def planned(self) -> Self:
        """What the plan of a year lists (annex XIII): expected, or decided and still to come."""
        return self.filter(TO_COME)

    def not_updated(self, today: dt.date) -> Self:
        """Expected for a day that has gone by: nobody said whether it took place."""
        return self.planned().filter(began_on__lt=today)


class DelegationQuerySet(PlanQuerySet):
    def report_overdue(self, today: dt.date) -> Self:
        """Delegations whose report was due before today and has not come."""
        return self.took_place().filter(reported_on=None, report_due_on__lt=today)
