"""Account slips: a one-time password for each new account of an import, drawn when printed.

An import leaves its new accounts without any password: nobody can sign in.
The passwords are drawn at the moment the slips are made, for who confirmed the
import, and live nowhere but in that one answer. Who has got one is not asked
for again: a lost slip is an administrator's "one-time password".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import QuerySet

from accounts import actions
from accounts.models import RoleHolding, User
from imports.models import Upload, UploadRow

ON_A_SHEET = 8
AT_ONCE = 3 * ON_A_SHEET  # drawing a password takes its time on purpose


@dataclass(frozen=True)
class Slip:
    """What is handed to one person."""

    person: User
    password: str
    roles: list[RoleHolding]


def people(upload: Upload) -> QuerySet[User]:
    """The accounts an import added or opened, that are open still."""
    if upload.state != Upload.State.DONE:
        return User.objects.none()
    return User.objects.filter(pk__in=_made(upload), is_active=True)


def _made(upload: Upload) -> QuerySet[UploadRow, int | None]:
    rows = upload.rows.filter(values__made=True).order_by("number")
    return rows.values_list("target", flat=True)


def waiting(upload: Upload) -> int:
    return _without_password(upload).count()


def _without_password(upload: Upload) -> QuerySet[User]:
    return people(upload).filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)


def draw(upload: Upload, *, by: User) -> list[list[Slip]]:
    """Sheets of slips for those who have no password yet; each person's once."""
    with transaction.atomic():
        Upload.objects.of(by).select_for_update().get(pk=upload.pk)  # two at once take turns
        place = {key: number for number, key in enumerate(_made(upload))}  # as in the file
        found = list(_without_password(upload).order_by("pk").select_for_update())
        found.sort(key=lambda person: place[person.pk])
        slips = [
            Slip(
                person,
                actions.give_one_time_password(by=by, user=person),
                list(person.role_holdings.select_related("agency")),
            )
            for person in found[:AT_ONCE]
        ]
    return [slips[at : at + ON_A_SHEET] for at in range(0, len(slips), ON_A_SHEET)]
