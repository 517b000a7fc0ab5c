"""Imports of people taken back: accounts nobody used, roles, changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import RoleHolding, User
from imports import pipeline
from imports.people import slips
from tests.imports.office import MAI, THEN, USERS, Office, State, counts

pytestmark = pytest.mark.django_db


def test_undo_closes_accounts_nobody_has_signed_in_with(users: Office) -> None:
    upload = users.confirm(users.upload(USERS, THEN, MAI))
    User.objects.filter(username="mai.loc").update(last_login=timezone.now())
    upload = users.undo(upload)
    assert (upload.state, upload.undone_rows) == (State.UNDONE, 1)
    assert [row["title"].split(" (")[0] for row in upload.kept_rows] == ["Lộc Thị Mai"]
    then, mai = (User.objects.get(username=name) for name in ("then.hoang", "mai.loc"))
    assert (then.is_active, mai.is_active) == (False, True)
    assert mai.role_holdings.count() == 1


def test_a_slip_handed_out_opens_nothing_after_the_undo(users: Office) -> None:
    upload = users.confirm(users.upload(USERS, THEN))
    ((slip,),) = slips.draw(upload, by=users.user)
    users.undo(upload)
    person = User.objects.get(pk=slip.person.pk)
    assert not person.check_password(slip.password)


def test_people_of_an_undone_import_are_opened_by_the_next_one(users: Office) -> None:
    users.undo(users.confirm(users.upload(USERS, THEN)))
    upload = users.upload(USERS, THEN)
    assert counts(upload) == {"changed": 1}
    upload = users.confirm(upload)
    person = User.objects.get(username="then.hoang")
    assert person.is_active
    assert person.role_holdings.count() == 1
    assert slips.waiting(upload) == 1


def test_undo_takes_roles_and_changes_of_others_back(users: Office, officer: User) -> None:
    rows = (
        ("Tên mới", officer.username, "Trưởng phòng", "", "SCT", "data_entry", "", "31/12/2030"),
        ("Tên mới", officer.username, "Trưởng phòng", "", "", "leader", "", ""),
    )
    upload = users.confirm(users.upload(USERS, *rows))
    assert upload.written_rows == 2
    upload = users.undo(upload)
    assert (upload.undone_rows, upload.kept_rows) == (2, [])
    officer.refresh_from_db()
    assert (officer.full_name, officer.position) == ("Hoàng Thị Then", "")
    held = officer.role_holdings.get()
    assert (held.role, held.valid_to) == ("data_entry", None)


def test_undo_leaves_what_was_changed_since(users: Office, officer: User) -> None:
    row = ("Tên mới", officer.username, "", "", "", "leader", "", "")
    upload = users.confirm(users.upload(USERS, row))
    User.objects.filter(pk=officer.pk).update(full_name="Tên sửa tay")
    foreseen = pipeline.foresee(upload, by=users.user)
    assert (foreseen.undone, len(foreseen.kept)) == (0, 1)
    upload = users.undo(upload)
    assert (upload.state, upload.undone_rows) == (State.DONE, 0)
    officer.refresh_from_db()
    assert officer.full_name == "Tên sửa tay"
    assert officer.role_holdings.count() == 2


def test_imports_of_the_same_people_are_undone_one_after_the_other(
    users: Office, officer: User
) -> None:
    name = officer.full_name
    row = (officer.username, "Trưởng phòng", "", "SCT", "data_entry", "", "")
    first = users.confirm(users.upload(USERS, ("Tên một", *row)))
    second = users.confirm(users.upload(USERS, ("Tên hai", *row)))
    (kept,) = pipeline.foresee(first, by=users.user).kept
    assert kept.later == second.pk
    users.undo(second)
    users.undo(first)
    officer.refresh_from_db()
    assert officer.full_name == name


def test_undo_does_not_take_the_last_administrator_away(users: Office, person: Any) -> None:
    other = person("leader")
    row = (other.full_name, other.username, "", "", "", "admin", "", "")
    upload = users.confirm(users.upload(USERS, row))
    actions.end_role(by=users.user, holding=users.user.role_holdings.get())
    assert RoleHolding.objects.filter(role="admin", valid_to=None).count() == 1
    upload = users.worked(pipeline.undo(upload, by=users.user))
    assert other.role_holdings.filter(role="admin").exists()
