"""Which agency owes which indicator in a year: asking, changing, carrying over.

A row of ``Assignment`` stands only where the agency is not the declared one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from accounts.succession import heirs_on
from common.contracts import Calendar, Indicator
from indicators.declarations import indicators
from indicators.models import Assignment
from reference import periods
from reference.models import Period, ReportingYear


class AssignmentRefusal(Exception):
    """A change of who owes what that is not allowed; the message says why and what to do."""


def owing_agencies(year: int) -> dict[str, Agency]:
    """Who owes each indicator in a year, in two queries; none where the agency is unknown."""
    assigned = Assignment.objects.filter(year=year).select_related("agency")
    return declared_agencies() | {row.indicator: row.agency for row in assigned}


def declared_agencies() -> dict[str, Agency]:
    """Who owes each indicator where no assignment says otherwise."""
    codes = {row.agency for row in indicators().values()}
    by_code = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    return {
        code: by_code[row.agency] for code, row in indicators().items() if row.agency in by_code
    }


def assignable() -> dict[str, Indicator]:
    """Rows of the year screen; averages of a span of years belong to no year."""
    return {code: row for code, row in indicators().items() if row.yearly}


def last_day(year: int) -> dt.date:
    """Who exists on this day will have to send the figures of the year."""
    on = Calendar.ADMINISTRATIVE
    return periods.days(Period.Kind.YEAR_TO_DATE, year, year, 12, on)[1]


# --- changing -------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What became of a change: rows it was saved for, and rows somebody else was faster with."""

    saved: dict[str, Agency] = field(default_factory=dict)
    conflicts: dict[str, Agency | None] = field(default_factory=dict)


@transaction.atomic
def assign(year: int, seen: Mapping[str, int | None], agency: Agency, *, by: User) -> Outcome:
    """Let one agency owe these indicators; ``seen`` is who owed each when the person looked.

    Raises PermissionDenied or AssignmentRefusal. Rows others changed meanwhile
    stay as they are.
    """
    _check(year, by)
    if unknown := seen.keys() - assignable().keys():
        code = min(unknown)[:60]
        raise AssignmentRefusal(_("There is no indicator “%(code)s”.") % {"code": code})
    if not Agency.objects.on(last_day(year)).filter(pk=agency.pk).exists():
        raise AssignmentRefusal(
            _("%(agency)s does not exist at the end of %(year)s. Choose its successor.")
            % {"agency": agency, "year": year}
        )
    declared, owing = declared_agencies(), owing_agencies(year)
    outcome = Outcome()
    for code, seen_pk in seen.items():
        now = owing.get(code)
        if (now.pk if now else None) in (seen_pk, agency.pk):
            _store(year, code, agency, declared.get(code))
            outcome.saved[code] = agency
        else:
            outcome.conflicts[code] = now
    return outcome


def _check(year: int, by: User) -> None:
    """Raise unless this person may change an open year.

    The year is held until the transaction ends: two who change its rows take turns.
    """
    if not by.may(Verb.ASSIGN, everywhere=True):
        raise PermissionDenied
    opened = ReportingYear.objects.select_for_update().filter(year=year).first()
    if opened is None:
        raise AssignmentRefusal(
            _("Year %(year)s has not been opened. Ask the administrator to open it.")
            % {"year": year}
        )
    if opened.locked_on is not None:
        raise AssignmentRefusal(
            _("The figures of %(year)s are closed: who owed them cannot change.") % {"year": year}
        )


def _store(year: int, code: str, agency: Agency, declared: Agency | None) -> None:
    """One row where it is needed, none where the declared agency owes the indicator."""
    if agency == declared:
        Assignment.objects.filter(year=year, indicator=code).delete()
    else:
        Assignment.objects.update_or_create(year=year, indicator=code, defaults={"agency": agency})


# --- carrying over ----------------------------------------------------------------------


@dataclass(frozen=True)
class Succession:
    """A row whose agency is gone by the year: who owed it, and who may take it over."""

    indicator: Indicator
    before: Agency
    heirs: tuple[Agency, ...]

    @property
    def heir(self) -> Agency | None:
        """The one that takes it over; nobody where there are several, or none."""
        return self.heirs[0] if len(self.heirs) == 1 else None

    @property
    def words(self) -> str:
        """Who is gone, and who takes over or has to be chosen."""
        names = {
            "row": self.indicator.label,
            "before": self.before,
            "heirs": ", ".join(map(str, self.heirs)),
        }
        if self.heir:
            return _("%(row)s: %(heirs)s takes over from %(before)s.") % names
        if self.heirs:
            return (
                _("%(row)s: %(before)s is gone. Choose one of its successors: %(heirs)s.") % names
            )
        return _("%(row)s: %(before)s is gone without a successor. Choose an agency.") % names


@dataclass(frozen=True)
class Carried:
    """What a year takes over from the one before."""

    assigned: dict[str, Agency] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()


@transaction.atomic
def open_year(year: int, *, by: User | None) -> Carried:
    """Open a year and let it begin with last year's assignments; safe to repeat.

    ``by=None`` is the shell, and the loading of published data.
    """
    if by is not None and not by.may(Verb.MANAGE):
        raise PermissionDenied
    known = ReportingYear.objects.filter(year=year).exists()
    periods.open_year(year)
    return Carried() if known else _carry(year)


@transaction.atomic
def carry_over(year: int, *, by: User) -> Carried:
    """Take last year's assignments over into rows nobody has changed in this year yet."""
    _check(year, by)
    return _carry(year)


def _carry(year: int) -> Carried:
    found = to_carry(year)
    declared = declared_agencies()
    for code, agency in found.assigned.items():
        _store(year, code, agency, declared.get(code))
    return found


def to_carry(year: int) -> Carried:
    """What last year's assignments would change in a year.

    An agency that is gone is replaced by its successor; where there are several,
    or none, the row keeps it and somebody has to choose.
    """
    declared = declared_agencies()
    rows = list(Assignment.objects.filter(year__in=(year - 1, year)).select_related("agency"))
    changed = {row.indicator for row in rows if row.year == year}
    before = declared | {row.indicator: row.agency for row in rows if row.year == year - 1}
    heirs = heirs_on(last_day(year))
    assigned: dict[str, Agency] = {}
    successions = []
    for code, indicator in assignable().items():
        agency = before.get(code)
        if agency is None or code in changed:
            continue
        if agency.pk in heirs:
            gone = Succession(indicator, agency, heirs[agency.pk])
            successions.append(gone)
            agency = gone.heir or agency
        if agency != declared.get(code):
            assigned[code] = agency
    return Carried(assigned, tuple(successions))
