"""What administrators do to accounts; the shell does the same with ``by=None``."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from axes.utils import reset as forget_failures
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, RoleHolding, User
from accounts.roles import Verb, roles_with

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those read for one another: i l o 0 1
GROUPS, GROUP_LENGTH = 4, 4


class AccountRefusal(Exception):
    """A change to accounts that is not allowed; the message says why and what to do."""


@contextmanager
def account_change(action: str, *, by: User | None) -> Iterator[None]:
    """One transaction, noted in history, after which somebody can still administer.

    Locking today's administrators makes two who remove each other at the same
    moment take turns.
    """
    if by is not None and not by.may(Verb.MANAGE):
        raise PermissionDenied
    with transaction.atomic(), pghistory.context(action=action, by=by and by.pk):
        had_some = bool(_administrators(lock=True))
        yield
        if had_some and not _administrators():
            raise AccountRefusal(
                _(
                    "At least one active administrator without an end date must remain. "
                    "Give the role to somebody else first."
                )
            )


def _administrators(*, lock: bool = False) -> list[int]:
    """Active people who administer today and go on doing so."""
    codes = [role.code for role in roles_with(Verb.MANAGE)]
    lasting = RoleHolding.objects.on(timezone.localdate()).filter(
        role__in=codes, valid_to=None, user__is_active=True
    )
    if lock:
        lasting = lasting.select_for_update()
    return [holding.user_id for holding in lasting]


def create_user(*, by: User | None, username: str, full_name: str, **details: object) -> User:
    """A new account that nobody can sign in to until it gets a one-time password."""
    with account_change("create_user", by=by):
        user = User(username=username, full_name=full_name, **details)
        user.set_unusable_password()
        user.full_clean()
        user.save()
    return user


def give_one_time_password(*, by: User | None, user: User) -> str:
    """A random password, returned once; it must be changed at the next sign-in.

    Open sessions end, and failed attempts are forgotten: who asks for a new
    password has often locked themselves out.
    """
    with account_change("give_one_time_password", by=by):
        password = readable_password()
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])  # ends open sessions
        forget_failures(username=user.username)
    return password


def deactivate(*, by: User | None, user: User) -> None:
    """Close an account; what the person did keeps their name."""
    with account_change("deactivate", by=by):
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user)


def grant_role(
    *,
    by: User | None,
    user: User,
    role: str,
    agency: Agency | None = None,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> RoleHolding:
    """Give a role, for an agency where the role needs one, between two dates."""
    with account_change("grant_role", by=by):
        holding = RoleHolding(
            user=user, role=role, agency=agency, valid_from=valid_from, valid_to=valid_to
        )
        holding.full_clean()
        holding.save()
    return holding


def end_role(*, by: User | None, holding: RoleHolding, last_day: dt.date | None = None) -> None:
    """End a role after ``last_day``, or at once; one that never was in force goes away."""
    last = last_day or timezone.localdate() - dt.timedelta(days=1)
    with account_change("end_role", by=by):
        if holding.valid_from and holding.valid_from > last:
            holding.delete()
            return
        holding.valid_to = last
        holding.save(update_fields=["valid_to"])


def end_sessions(user: User) -> None:
    """End every open session of a closed account: none may wake up when it is opened again."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def readable_password() -> str:
    """Random, yet read aloud and typed without mistakes: ``k7mp-tq3x-9hwd-c4rz``."""
    letters = [secrets.choice(LETTERS) for _place in range(GROUPS * GROUP_LENGTH)]
    return "-".join(
        "".join(letters[start : start + GROUP_LENGTH])
        for start in range(0, len(letters), GROUP_LENGTH)
    )
