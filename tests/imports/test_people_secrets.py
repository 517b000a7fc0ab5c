"""Lists of people bring no password and no right; slips are made once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from imports import clearing, pipeline
from imports.models import Upload
from imports.people import slips
from tests.imports.office import (
    AGENCIES,
    MAI,
    THEN,
    USERS,
    ClientOf,
    Office,
    State,
    counts,
    faults,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("heading", ["is_superuser", "Phân quyền"])
def test_columns_of_rights_are_refused(users: Office, heading: str) -> None:
    upload = users.upload((*USERS, heading), (*THEN, "bí-mật-123"))
    assert counts(upload) == {"faulty": 1}
    assert list(faults(upload)) == ["I2"]
    assert "bí-mật-123" not in everything_kept(upload)


@pytest.mark.parametrize("heading", ["Mật khẩu", "password"])
def test_a_file_with_passwords_is_refused_and_not_kept(
    users: Office, heading: str, client_of: ClientOf, django_capture_on_commit_callbacks: Any
) -> None:
    storage = Upload._meta.get_field("file").storage
    before = set(clearing.names(storage, clearing.FOLDER))
    with django_capture_on_commit_callbacks(execute=True):
        upload = users.upload((*USERS, heading), THEN, (*MAI, "bí-mật-123"))
    assert (upload.state, bool(upload.file)) == (State.REFUSED, False)
    assert "Cột I, “Mật khẩu”" in upload.message
    assert "bí-mật-123" not in everything_kept(upload)
    assert set(clearing.names(storage, clearing.FOLDER)) == before
    client = client_of(users.user)
    assert client.get(reverse("imports:show", args=[upload.pk])).status_code == 200
    assert client.get(reverse("imports:file", args=[upload.pk])).status_code == 404
    pipeline.discard(upload, by=users.user)
    assert not Upload.objects.exists()


def test_an_empty_column_for_passwords_does_no_harm(users: Office) -> None:
    assert counts(users.upload((*USERS, "Mật khẩu"), THEN, MAI)) == {"new": 2}


def everything_kept(upload: Upload) -> str:
    """All the database holds of an import, its rows and the accounts, history included."""
    tables = ("imports_uploadrow", "imports_upload", "accounts_user", "accounts_userevent",
              "jobs_job", "pghistory_context")  # fmt: skip
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += [line for (line,) in cursor.fetchall()]
    return "\n".join(found)


def test_new_accounts_open_with_nothing_until_their_slip_is_made(
    users: Office, client: Client
) -> None:
    upload = users.confirm(users.upload(USERS, THEN, MAI))
    people = User.objects.filter(username__in=("then.hoang", "mai.loc"))
    assert not any(user.has_usable_password() for user in people)
    (sheet,) = slips.draw(upload, by=users.user)
    assert [slip.person.username for slip in sheet] == ["then.hoang", "mai.loc"]
    for slip in sheet:
        slip.person.refresh_from_db()
        assert slip.person.check_password(slip.password)
        assert slip.person.must_change_password
        assert slip.password not in everything_kept(upload)
    assert len({slip.password for slip in sheet}) == 2
    assert slips.draw(upload, by=users.user) == []


def test_the_page_of_slips_asks_first_and_shows_them_once(
    users: Office, client_of: ClientOf
) -> None:
    upload = users.confirm(users.upload(USERS, THEN))
    client, path = client_of(users.user), reverse("imports:slips", args=[upload.pk])
    assert path in client.get(reverse("imports:show", args=[upload.pk])).content.decode()
    assert "data-password" not in client.get(path).content.decode()
    assert not User.objects.get(username="then.hoang").has_usable_password()
    shown = client.post(path)
    assert shown.content.decode().count("data-password") == 1
    assert "no-store" in shown.headers["Cache-Control"]
    for answer in (client.post(path), client.get(path)):
        assert "data-password" not in answer.content.decode()
    assert path not in client.get(reverse("imports:show", args=[upload.pk])).content.decode()


def test_slips_are_for_who_confirmed_only(users: Office, person: Any, client_of: ClientOf) -> None:
    upload = users.confirm(users.upload(USERS, THEN))
    path = reverse("imports:slips", args=[upload.pk])
    other = client_of(person("admin"))
    assert (other.get(path).status_code, other.post(path).status_code) == (404, 404)
    assert not User.objects.get(username="then.hoang").has_usable_password()


def test_an_import_of_something_else_has_no_slips(offices: Office, client_of: ClientOf) -> None:
    row = ("XTT", "Xã Tân Thanh", "", "xã", "", "", "")
    upload = offices.confirm(offices.upload(AGENCIES, row))
    path = reverse("imports:slips", args=[upload.pk])
    assert client_of(offices.user).get(path).status_code == 404


def test_slips_are_made_a_batch_at_a_time(users: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slips, "AT_ONCE", 2)
    rows = [(f"Người {n}", f"nguoi{n}", "", "", "", "", "", "") for n in range(5)]
    upload = users.confirm(users.upload(USERS, *rows))
    drawn = [slip for _turn in range(3) for sheet in slips.draw(upload, by=users.user)
             for slip in sheet]  # fmt: skip
    assert len({slip.person.pk for slip in drawn}) == 5
    assert slips.waiting(upload) == 0
