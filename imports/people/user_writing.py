"""Writing and undoing imports of people, through what administrators do to accounts.

Lists of people are short: each goes through ``accounts.actions``, with its
rules, locks and history. No password is drawn here; see ``slips``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pghistory
from django.utils.translation import gettext as _

from accounts import actions
from accounts.models import Agency, RoleHolding, User
from imports.contract import Changed, Outcome, Undone
from imports.models import Upload, UploadRow
from imports.opening import Refused
from imports.undoing import changed_since, kept

WRITTEN = (Outcome.NEW, Outcome.CHANGED)


def write(upload: Upload, by: User) -> int:
    """Add accounts and roles, and change those met; how many rows."""
    rows = list(upload.rows.filter(outcome__in=WRITTEN).order_by("number"))
    with _noted("import", upload, by):
        people = _people(rows)
        for row in rows:
            _write_row(row, people, by)
    UploadRow.objects.bulk_update(rows, ["target", "values"])
    return len(rows)


@contextmanager
def _noted(action: str, upload: Upload, by: User) -> Iterator[None]:
    """One change to accounts, after which somebody can still administer."""
    try:
        with (
            pghistory.context(**{"import": upload.pk}),
            actions.account_change(action, by=by),
        ):
            yield
    except actions.AccountRefusal as refusal:
        raise Refused(str(refusal)) from refusal


class _People:
    """Those the rows are about, held until the transaction ends."""

    def __init__(self, users: list[User], holdings: Mapping[int, RoleHolding]) -> None:
        self.by_name = {user.username: user for user in users}
        self.by_pk = {user.pk: user for user in users}
        self.holdings = holdings
        self.made: set[str] = set()


def _people(rows: list[UploadRow]) -> _People:
    names = {row.values["user"]["username"] for row in rows if row.outcome == Outcome.NEW}
    keys = {row.target for row in rows if row.target is not None}
    users = User.objects.order_by("pk").select_for_update()
    found = {
        user.pk: user for user in [*users.filter(pk__in=keys), *users.filter(username__in=names)]
    }
    held = [row.values["holding"]["id"] for row in rows if "holding" in row.values]
    held += [row.values["role"]["id"] for row in rows if "id" in row.values.get("role", {})]
    return _People(list(found.values()), RoleHolding.objects.select_for_update().in_bulk(held))


def _write_row(row: UploadRow, people: _People, by: User) -> None:
    if row.outcome == Outcome.NEW:
        user = _created(row, people, by)
    else:
        user = people.by_pk.get(row.target or 0) or _gone()
        _change(row, user, people)
    if role := row.values.get("role"):
        role["id"] = _granted(role, user, by).pk
    row.target = user.pk


def _gone() -> Any:
    raise Changed


def _created(row: UploadRow, people: _People, by: User) -> User:
    said = row.values["user"]
    name = said["username"]
    if name not in people.made:
        if name in people.by_name:
            raise Changed  # somebody added them meanwhile
        people.by_name[name] = actions.create_user(by=by, **said)
        people.made.add(name)
        row.values["made"] = True
    return people.by_name[name]


def _change(row: UploadRow, user: User, people: _People) -> None:
    if "user" in row.values:
        _set(user, row.before["user"], row.values["user"])
    if row.values.get("opened"):
        if user.is_active or user.last_login is not None:
            raise Changed
        user.is_active = True
        user.set_unusable_password()  # slips handed out before open nothing
        user.save(update_fields=["is_active", "password"])
        row.values["made"] = True
    if "holding" in row.values:
        held = people.holdings.get(row.values["holding"]["id"]) or _gone()
        _set(held, _dates(row.before["holding"]), _dates(row.values["holding"]))


def _set(record: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    if not _is(record, before):
        raise Changed
    for name, value in after.items():
        setattr(record, name, value)
    record.full_clean()
    record.save(update_fields=list(after))


def _is(record: Any, said: Mapping[str, Any]) -> bool:
    return all(getattr(record, name) == value for name, value in said.items())


def _dates(said: Mapping[str, Any]) -> dict[str, dt.date | None]:
    """The days of a role, as JSON kept them."""
    return {
        name: dt.date.fromisoformat(said[name]) if said[name] else None
        for name in ("valid_from", "valid_to")
        if name in said
    }


def _granted(role: Mapping[str, Any], user: User, by: User) -> RoleHolding:
    agency = Agency.objects.filter(pk=role["agency"]).first() if role["agency"] else None
    if role["agency"] and agency is None:
        raise Changed
    days = _dates(role)
    held = user.role_holdings.filter(role=role["role"], agency=agency)
    if held.filter(valid_from=days["valid_from"]).exists():
        raise Changed
    return actions.grant_role(by=by, user=user, role=role["role"], agency=agency, **days)


# --- back ---------------------------------------------------------------------------------


def undo(upload: Upload, by: User) -> Undone:
    """Close accounts nobody has signed in with; take roles and changes back.

    People who have signed in keep account and roles, and are listed; so does
    whatever was changed since.
    """
    rows = list(upload.rows.filter(outcome__in=WRITTEN).order_by("-number"))
    left: list[tuple[int | None, str, str]] = []
    with _noted("undo import", upload, by):
        people = _people(rows)
        made = {row.target for row in rows if row.values.get("made")}
        for user in (people.by_pk[key] for key in made if key in people.by_pk):
            if user.is_active and user.last_login is None:
                _close(user)
        for row in rows:
            if not _taken_back(row, people, made):
                left.append((row.target, row.title, _why(row, people, made)))
    return Undone(len(rows) - len(left), kept(upload, reversed(left)))


def _why(row: UploadRow, people: _People, made: set[int | None]) -> str:
    user = people.by_pk.get(row.target or 0)
    if user is not None and row.target in made and user.last_login is not None:
        return _("the person has signed in")
    return changed_since()


def _close(user: User) -> None:
    """Nobody has signed in, so no session is open; a slip handed out opens nothing any more."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])


def _taken_back(row: UploadRow, people: _People, made: set[int | None]) -> bool:
    user = people.by_pk.get(row.target or 0)
    if user is None:
        return False
    if row.target in made and user.is_active:
        return False
    said, holding = row.values, None
    if "user" in row.before and not _is(user, said["user"]):
        return False
    if "holding" in said:
        holding = people.holdings.get(said["holding"]["id"])
        if holding is None or not _is(holding, _dates(said["holding"])):
            return False
    if row.target not in made and not _role_taken_back(said.get("role"), people):
        return False
    if "user" in row.before:
        _set(user, said["user"], row.before["user"])
    if holding is not None:
        _set(holding, _dates(said["holding"]), _dates(row.before["holding"]))
    return True


def _role_taken_back(role: Mapping[str, Any] | None, people: _People) -> bool:
    """A role the import gave to somebody who was there; history keeps that they held it."""
    if role is None:
        return True
    held = people.holdings.get(role["id"])
    if held is None or not _is(held, _dates(role)):
        return False
    held.delete()
    return True
