"""Rows of a list of people, each held against who is there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import RoleHolding, User
from accounts.roles import ROLES
from imports.contract import Checked, Fault, Outcome, Parsed
from imports.people.words import fault, needed, refused_columns, say

if TYPE_CHECKING:
    from imports.people.users import UserSource

DETAILS = ("full_name", "position", "email")
DATES = ("valid_from", "valid_to")


@dataclass
class _Known:
    """What is there, and what earlier rows of the file said."""

    users: dict[str, User]
    by_fold: dict[str, str]  # user name without case → as it is written
    rows: dict[str, Parsed] = field(default_factory=dict)  # the first row about somebody
    held: dict[tuple[Any, ...], int] = field(default_factory=dict)  # role of a row → its number
    claimed: set[int] = field(default_factory=set)  # roles held that a row changes or confirms
    handled: set[str] = field(default_factory=set)  # whose details a good row carries

    @classmethod
    def now(cls) -> _Known:
        users = {user.username: user for user in User.objects.prefetch_related("role_holdings")}
        return cls(users, {name.casefold(): name for name in users})


class Checker:
    def __init__(self, source: UserSource) -> None:
        self._source = source
        self._agencies, self._roles = source.agencies, source.roles

    def rows(self, rows: Iterable[Parsed]) -> Iterator[Checked]:
        known = _Known.now()
        for row in rows:
            yield self._checked(row, known)

    def _checked(self, row: Parsed, known: _Known) -> Checked:
        faults = [*row.faults, *refused_columns(row), *self._role_faults(row)]
        username = row.values.get("username")
        if username:
            faults += _name_faults(row, username, known)
        title = self._title(row)
        met = None
        user = known.users.get(username or "")
        faults += needed(row, self._source, is_new=user is None)
        if not faults and user is not None and row.values.get("role"):
            met, clash = _met(user, row, known.claimed)
            faults += [clash] if clash else []
        if not faults and user is not None:
            checked = self._about(row, user, met, with_details=username not in known.handled)
            if checked.outcome is not Outcome.UNCHANGED and _is_closed_for_good(user):
                faults.append(fault(row, "username", _CLOSED))
        if faults:
            return Checked(row.number, Outcome.FAULTY, title, faults=faults)
        if user is None:
            checked = self._new(row)
        known.handled.add(row.values["username"])
        if met is not None:
            known.claimed.add(met.pk)
        checked.title = title
        return checked

    def _title(self, row: Parsed) -> str:
        parts = [f"{row.values.get('full_name') or ''} ({row.values.get('username') or '?'})"]
        if role := row.values.get("role"):
            parts.append(self._roles.label(role))
        return " · ".join(parts).strip()

    # --- what is wrong with a role --------------------------------------------------------

    def _role_faults(self, row: Parsed) -> Iterator[Fault]:
        wrong = {found.field for found in row.faults}
        role, agency = row.values.get("role"), row.values.get("agency")
        if not role and "role" not in wrong:
            if agency or any(row.values.get(name) for name in DATES):
                yield fault(row, "role", _NO_ROLE)
            return
        if role in ROLES and ROLES[role].needs_agency and not agency and "agency" not in wrong:
            yield fault(row, "agency", _NO_AGENCY)
        first, last = (row.values.get(name) for name in DATES)
        if first and last and last < first:
            yield fault(row, "valid_to", _("The last day is before the first day."))

    # --- what becomes of a row ------------------------------------------------------------

    def _new(self, row: Parsed) -> Checked:
        details = {name: row.values.get(name) or "" for name in DETAILS}
        values = {"user": {"username": row.values["username"], **details}}
        shown = {name: ["", text] for name, text in values["user"].items() if text}
        if row.values.get("role"):
            values["role"] = self._role(row)
            shown |= self._shown_role(values["role"])
        return Checked(row.number, Outcome.NEW, values=values, shown=shown)

    def _about(
        self, row: Parsed, user: User, met: RoleHolding | None, *, with_details: bool
    ) -> Checked:
        """Somebody who is there: what of them changes, and which role is added or changes."""
        checked = Checked(row.number, Outcome.UNCHANGED, target=user.pk)
        if with_details:
            _details(row, user, checked)
        if row.values.get("role"):
            if met is None:
                checked.values["role"] = self._role(row)
                checked.shown |= self._shown_role(checked.values["role"])
            else:
                _dates(row, met, checked)
        if checked.values:
            checked.outcome = Outcome.CHANGED
        return checked

    def _role(self, row: Parsed) -> dict[str, Any]:
        return {name: row.values.get(name) for name in ("role", "agency", *DATES)}

    def _shown_role(self, role: Mapping[str, Any]) -> dict[str, list[str]]:
        agency = self._agencies.by_pk.get(role["agency"])
        words = {
            "role": self._roles.label(role["role"]),
            "agency": agency.name if agency else "",
            **{name: say(role[name]) for name in DATES},
        }
        return {name: ["", text] for name, text in words.items() if text}


_NO_ROLE = gettext_lazy(
    "The row names an agency or days, but no role. Write the role, or empty those cells."
)
_NO_AGENCY = gettext_lazy("This role is held for an agency: name it.")
_CLOSED = gettext_lazy(
    "This account is closed. Open it again under “Users” first, or take the row out."
)
_CASE = gettext_lazy(
    "There is a user name “{other}” that differs only in small and capital letters. Write it "
    "the same way, or choose another."
)
_OTHERWISE = gettext_lazy("Row {row} says something else of the same person: make them agree.")
_TWICE = gettext_lazy("Row {row} says the same already. Take one of them out.")
_SEVERAL = gettext_lazy(
    "The person holds this role for several periods that meet these days. Correct it under “Users”."
)


def _name_faults(row: Parsed, username: str, known: _Known) -> Iterator[Fault]:
    """What does not agree with names there, or with earlier rows of the file."""
    other = known.by_fold.setdefault(username.casefold(), username)
    if other != username:
        yield fault(row, "username", format_lazy(_CASE, other=other))
    first = known.rows.setdefault(username, row)
    for name in DETAILS:
        if first is not row and (first.values.get(name) or "") != (row.values.get(name) or ""):
            yield fault(row, name, format_lazy(_OTHERWISE, row=first.number))
    role = row.values.get("role") or ""
    key = (username, role, row.values.get("agency"), row.values.get("valid_from"))
    if (earlier := known.held.setdefault(key, row.number)) != row.number:
        yield fault(row, "role" if role else "username", format_lazy(_TWICE, row=earlier))


def _is_closed_for_good(user: User) -> bool:
    """Closed by somebody; one nobody has ever signed in with may be opened by an import."""
    return not user.is_active and user.last_login is not None


def _details(row: Parsed, user: User, checked: Checked) -> None:
    said = {name: row.values.get(name) or "" for name in DETAILS if name in row.columns}
    old = {name: getattr(user, name) for name in said}
    changed = [name for name in said if said[name] != old[name]]
    if changed:
        checked.values["user"] = {name: said[name] for name in changed}
        checked.before["user"] = {name: old[name] for name in changed}
        checked.shown |= {name: [old[name], said[name]] for name in changed}
    if not user.is_active:
        checked.values["opened"] = True
        checked.shown[_("Account")] = [_("closed"), _("open")]


def _dates(row: Parsed, met: RoleHolding, checked: Checked) -> None:
    said = _said_dates(row, met)
    old: dict[str, dt.date | None] = {name: getattr(met, name) for name in said}
    changed = [name for name in said if said[name] != old[name]]
    if changed:
        checked.values["holding"] = {"id": met.pk, **{name: said[name] for name in changed}}
        checked.before["holding"] = {"id": met.pk, **{name: old[name] for name in changed}}
        checked.shown |= {name: [say(old[name]), say(said[name])] for name in changed}


def _said_dates(row: Parsed, met: RoleHolding) -> dict[str, dt.date | None]:
    """What the file says of the days; where it has no such columns, that the role is held."""
    said = {name: row.values.get(name) for name in DATES if name in row.columns}
    if not said and met.valid_to is not None and met.valid_to < timezone.localdate():
        return {"valid_to": None}
    return said


def _met(
    user: User, row: Parsed, claimed: Collection[int]
) -> tuple[RoleHolding | None, Fault | None]:
    """The role of theirs a row is about: from the same day on, or in force at the same time."""
    wanted = (row.values["role"], row.values.get("agency"))
    same = [
        held
        for held in user.role_holdings.all()
        if (held.role, held.agency_id) == wanted and held.pk not in claimed
    ]
    first, last = (row.values.get(name) for name in DATES)
    if "valid_from" not in row.columns:
        first = last = last or timezone.localdate()
    else:
        exact = [held for held in same if held.valid_from == first]
        if exact:
            return exact[0], None
    meeting = [held for held in same if _overlap(held, first, last)]
    if not meeting and "valid_from" not in row.columns:
        meeting = [held for held in same if held.valid_from is None]
    if len(meeting) > 1:
        return None, fault(row, "role", _SEVERAL)
    return (meeting[0] if meeting else None), None


def _overlap(held: RoleHolding, first: dt.date | None, last: dt.date | None) -> bool:
    begins_before = held.valid_from is None or last is None or held.valid_from <= last
    ends_after = held.valid_to is None or first is None or held.valid_to >= first
    return begins_before and ends_after
