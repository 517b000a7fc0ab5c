"""What the database holds: the published figures, then one for every place there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.core.management import call_command

from accounts.models import Agency, User
from indicators.declarations import indicators
from indicators.models import Figure, Origin, Side, State, Status
from reference.models import Period
from reference.periods import open_year
from reports.models import Report


def load_published() -> None:
    call_command("load_published", verbosity=0)


def report(year: int) -> Report:
    return Report.objects.select_related("period", "office").get(period__year=year, outline="A")


def person(role: str) -> User:
    """Somebody who reads everything, their rights already asked for as in any request."""
    user = User.objects.create_user(role, full_name=role)
    user.role_holdings.create(role=role)
    assert user.holdings
    return user


def fill(years: Sequence[int]) -> None:
    """Plan and actual for every yearly indicator in every year that has none yet."""
    for year in years:
        open_year(year)
    known = set(Figure.objects.current().values_list("indicator", "period_id", "side"))
    Figure.objects.bulk_create(
        figure
        for figure in _figures(years)
        if (figure.indicator, figure.period_id, figure.side) not in known
    )


def _figures(years: Sequence[int]) -> Iterator[Figure]:
    periods = {(one.year, one.calendar): one for one in Period.objects.full_years(list(years))}
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    yearly = [row for row in indicators().values() if row.yearly]
    for place, row in enumerate(yearly, 1):
        for year in years:
            for side in Side:
                yield Figure(
                    indicator=row.code,
                    period=periods[year, row.calendar],
                    agency=agencies[row.agency],
                    side=side,
                    state=State.VALUE,
                    value=Decimal(place * 10 + year % 17) / 4,
                    status=Status.OFFICIAL if side == Side.ACTUAL else "",
                    origin=Origin.TYPED,
                )
