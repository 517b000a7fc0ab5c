"""The status of agreements on a day, asked in SQL; ``agreements.statuses`` says the same of one.

Nothing is stored that time alone would make wrong: status and end of term come
from the dates of the agreement and from the acts recorded up to the day. It is one
look at the acts of a row; the ORM would look once for each word of the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Func, Value

from agreements.words import IN_FORCE, Renewal, Status
from registers.querysets import RecordQuerySet

COLUMNS = ("id", "signed_on", "effective_on", "expires_on", "renewal", "renewal_months")
STANDING = f"""(
    SELECT %(what)s FROM (SELECT %(expressions)s) AS agreement ({", ".join(COLUMNS)}, asked_on)
    LEFT JOIN LATERAL (
        SELECT
            bool_or(act.kind = 'terminated') AS is_over,
            (array_agg(act.expires_on ORDER BY done_on DESC, act.id DESC)
                FILTER (WHERE act.kind = 'extended'))[1] AS extended_to,
            (array_agg(act.kind ORDER BY done_on DESC, act.id DESC)
                FILTER (WHERE act.kind IN ('suspended', 'resumed')))[1] AS paused,
            (array_agg(act.kind ORDER BY done_on DESC, act.id DESC)
                FILTER (WHERE act.kind IN ('amended', 'extended')))[1] AS changed
        FROM agreements_act AS act
        WHERE act.agreement_id = agreement.id AND done_on <= asked_on
    ) AS done ON true
    CROSS JOIN LATERAL (
        SELECT COALESCE(extended_to, expires_on) AS first_end
    ) AS term
    CROSS JOIN LATERAL (
        SELECT renewal = 'automatic' AND first_end < asked_on AS has_rolled,
            (date_part('year', asked_on) - date_part('year', first_end))::int * 12
            + (date_part('month', asked_on) - date_part('month', first_end))::int
            + (date_part('day', first_end) < date_part('day', asked_on))::int AS behind
    ) AS renewed
    CROSS JOIN LATERAL (
        SELECT CASE WHEN has_rolled THEN (first_end + make_interval(
            months => renewal_months * CEIL(behind::numeric / renewal_months)::int
        ))::date ELSE first_end END AS ends
    ) AS last
)"""
STATUS = """CASE WHEN is_over THEN 'terminated'
    WHEN ends < asked_on THEN 'expired'
    WHEN COALESCE(effective_on, signed_on) > asked_on THEN 'pending'
    WHEN paused = 'suspended' THEN 'suspended'
    WHEN has_rolled THEN 'extended'
    ELSE COALESCE(changed, 'in_force') END"""


def _standing(what: str, day: dt.date, field: models.Field) -> Func:
    columns = [F(name) for name in COLUMNS]
    asked = Value(day, output_field=models.DateField())
    return Func(*columns, asked, template=STANDING, what=what, output_field=field)


class AgreementQuerySet(RecordQuerySet):
    def as_of(self, day: dt.date) -> Self:
        """Those signed by a day; columns then tell how they stood on it."""
        return self.filter(signed_on__lte=day).annotate(asked_on=Value(day))

    def with_status(self, wanted: Iterable[str], day: dt.date) -> Self:
        """Those that had one of these statuses on a day."""
        then = _standing(STATUS, day, models.CharField())
        return self.filter(signed_on__lte=day).alias(then=then).filter(then__in=list(wanted))

    def in_force(self, day: dt.date) -> Self:
        return self.with_status(IN_FORCE, day)

    def ending(self, day: dt.date, days: int) -> Self:
        """Those that are there whose term ends within some days, also where it renews itself."""
        soon = (day, day + dt.timedelta(days=days))
        extended = _acts().filter(expires_on__range=soon).values("agreement")
        rows: Any = self.model._default_manager
        found = rows.alive().order_by().values("pk")
        # Each kind out of its own index: with "or" between them every row would be read.
        may_end = found.filter(expires_on__range=soon).union(
            found.filter(renewal=Renewal.AUTOMATIC), found.filter(pk__in=extended)
        )
        running = ", ".join(f"'{status}'" for status in (*IN_FORCE, Status.SUSPENDED))
        what = f"{STATUS} IN ({running}) AND ends <= asked_on + {int(days)}"
        return self.filter(pk__in=may_end, signed_on__lte=day).filter(
            _standing(what, day, models.BooleanField())
        )


def _acts() -> Any:
    """The acts; asked for by name, since their model stands on this one."""
    return apps.get_model("agreements", "Act")._default_manager.order_by()
