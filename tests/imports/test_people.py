"""Users and the roles they hold, from lists: who may import them, what becomes of a row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Agency, User
from imports import pipeline, tokens
from imports.contract import Source
from imports.declarations import open_to
from imports.models import Upload
from imports.people.agencies import AgencySource
from imports.people.users import UserSource
from imports.tokens import Forged
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


# --- who may ----------------------------------------------------------------------------


@pytest.mark.parametrize("source", [UserSource, AgencySource])
def test_only_who_manages_accounts_imports_them(
    source: type[Source], everyone: dict[str, User]
) -> None:
    may = {role for role, user in everyone.items() if source.code in open_to(user)}
    assert may == {"admin"}
    file = ContentFile(b"x;y\n1;2\n", name="a.csv")
    with pytest.raises(Forged):
        pipeline.receive(file, source=source(), by=everyone["desk"])


def test_who_lost_the_right_after_the_preview_writes_nothing(users: Office) -> None:
    upload = users.upload(USERS, THEN)
    token = tokens.sign(upload, users.user)
    confirmed = pipeline.confirm(upload, by=users.user, token=token)
    users.user.role_holdings.all().delete()
    upload = users.worked(confirmed)
    assert upload.state != State.DONE
    assert not User.objects.filter(username="then.hoang").exists()


def test_a_list_of_people_without_user_names_is_not_read_on(users: Office) -> None:
    upload = users.upload((USERS[0], *USERS[2:]), (THEN[0], *THEN[2:]))
    assert upload.state == State.ASKING
    upload = users.worked(pipeline.answer(upload, by=users.user, matching={0: "full_name"}))
    assert upload.state == State.ASKING  # whoever asks again, also past the form
    assert not User.objects.filter(full_name=THEN[0]).exists()


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [(AGENCIES[1:], ("Sở Thử", "", "Sở, ban, ngành"), State.ASKING),
     (("Mã", "Tên viết tắt", "Loại"), ("SOTHU", "ST", "department"), "“Tên”"),
     (("Mã", "Tên"), ("SOTHU", "Sở Thử"), "“Loại”")],
)  # fmt: skip
def test_a_new_agency_needs_its_code_its_name_and_its_kind(
    offices: Office, head: tuple[str, ...], row: tuple[str, ...], said: str
) -> None:
    upload = offices.upload(head, row)
    matching = {int(column): name for column, name in upload.matching.items()}
    upload = offices.worked(pipeline.answer(upload, by=offices.user, matching=matching))
    if said == State.ASKING:
        assert upload.state == said
    else:
        assert counts(upload)["faulty"] == 1
        assert said in next(iter(faults(upload).values()))


def test_agencies_there_may_be_listed_without_what_stays(offices: Office) -> None:
    upload = offices.upload(("Mã", "Tên viết tắt"), ("SCT", "Sở CT"))
    matching = {int(column): name for column, name in upload.matching.items()}
    upload = offices.worked(pipeline.answer(upload, by=offices.user, matching=matching))
    assert counts(upload)["changed"] == 1


def test_the_last_administrator_cannot_be_ended_by_a_file(users: Office) -> None:
    name = users.user.username
    row = (users.user.full_name, name, "", "", "", "Quản trị hệ thống", "", "31/01/2020")
    upload = users.confirm(users.upload(USERS, row))
    assert upload.state == State.READY
    assert upload.message
    assert users.user.role_holdings.get().valid_to is None


# --- people -----------------------------------------------------------------------------


def test_new_people_get_an_account_and_their_role(
    users: Office, agencies: dict[str, Agency]
) -> None:
    upload = users.upload(USERS, THEN, MAI)
    assert counts(upload) == {"new": 2}
    assert not User.objects.filter(username="then.hoang").exists()
    upload = users.confirm(upload)
    assert (upload.state, upload.written_rows) == (State.DONE, 2)
    then = User.objects.get(username="then.hoang")
    assert (then.full_name, then.position) == ("Hoàng Thị Then", "Chuyên viên")
    held = then.role_holdings.get()
    assert (held.role, held.agency) == ("data_entry", agencies["SCT"])
    assert (held.valid_from, held.valid_to) == (dt.date(2019, 8, 15), None)
    assert User.objects.get(username="mai.loc").role_holdings.get().role == "desk"


def test_somebody_with_two_roles_stands_in_two_rows(users: Office) -> None:
    second = (*THEN[:4], "SNNMT", "data_entry", "15/01/2020", "31/12/2020")
    upload = users.upload(USERS, THEN, second)
    assert counts(upload) == {"new": 2}
    users.confirm(upload)
    held = User.objects.get(username="then.hoang").role_holdings.order_by("valid_from")
    assert [one.agency.code for one in held if one.agency] == ["SCT", "SNNMT"]


def test_the_second_row_alone_makes_the_account_where_the_first_is_faulty(users: Office) -> None:
    bad = (*THEN[:4], "KHONGCO", "data_entry", "", "")
    upload = users.confirm(users.upload(USERS, bad, THEN), only_good=True)
    assert (upload.state, upload.written_rows) == (State.DONE, 1)
    assert User.objects.get(username="then.hoang").role_holdings.count() == 1


def test_what_is_there_is_changed_and_nothing_is_taken_away(users: Office, officer: User) -> None:
    row = ("Hoàng Thị Thêm", officer.username, "Phó phòng", "", "SNNMT", "data_entry", "", "")
    upload = users.upload(USERS, row)
    assert counts(upload) == {"changed": 1}
    shown = upload.rows.get().shown
    assert shown["full_name"] == ["Hoàng Thị Then", "Hoàng Thị Thêm"]
    users.confirm(upload)
    officer.refresh_from_db()
    assert officer.position == "Phó phòng"
    assert sorted(h.agency.code for h in officer.role_holdings.all() if h.agency) == [
        "SCT",
        "SNNMT",
    ]


def test_the_days_of_a_role_held_already_are_changed(users: Office, officer: User) -> None:
    row = (officer.full_name, officer.username, "", "", "SCT", "data_entry", "", "31/12/2030")
    upload = users.confirm(users.upload(USERS, row))
    assert upload.written_rows == 1
    assert officer.role_holdings.get().valid_to == dt.date(2030, 12, 31)


def test_an_account_with_a_role_changed_since_the_preview_is_checked_again(
    users: Office, officer: User
) -> None:
    row = (officer.full_name, officer.username, "", "", "SCT", "data_entry", "", "31/12/2030")
    upload = users.upload(USERS, row)
    officer.role_holdings.update(valid_to=dt.date(2029, 1, 1))
    upload = users.confirm(upload)
    assert upload.state == State.READY
    assert upload.message
    assert officer.role_holdings.get().valid_to == dt.date(2029, 1, 1)


FAULTY = [
    (("", *THEN[1:]), "A2"),
    ((THEN[0], "", *THEN[2:]), "B2"),
    ((THEN[0], "có khoảng trắng", *THEN[2:]), "B2"),
    ((*THEN[:3], "không phải thư", *THEN[4:]), "D2"),
    ((*THEN[:4], "SỞ LẠ", *THEN[5:]), "E2"),
    ((*THEN[:4], "", *THEN[5:]), "E2"),  # this role is held for an agency
    ((*THEN[:5], "Siêu quản trị", "", ""), "F2"),
    ((*THEN[:5], "", "", ""), "F2"),  # an agency, and no role
    ((*THEN[:6], "31/12/2019", "30/11/2019"), "H2"),
]


@pytest.mark.parametrize(("row", "cell"), FAULTY, ids=[cell for _row, cell in FAULTY])
def test_what_cannot_stand_is_told_at_its_cell(
    users: Office, row: tuple[str, ...], cell: str
) -> None:
    upload = users.upload(USERS, row)
    assert counts(upload) == {"faulty": 1}
    assert list(faults(upload)) == [cell]


def test_rows_about_one_person_agree(users: Office) -> None:
    other = ("Hoàng Văn Then", *THEN[1:4], "SNNMT", *THEN[5:])
    assert list(faults(users.upload(USERS, THEN, other))) == ["A3"]
    assert list(faults(users.upload(USERS, THEN, THEN))) == ["F3"]
    capital = (THEN[0], "Then.Hoang", *THEN[2:])
    assert list(faults(users.upload(USERS, THEN, capital))) == ["B3"]


def test_somebody_closed_on_purpose_is_not_opened_by_a_file(users: Office, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False, last_login=timezone.now())
    upload = users.upload(USERS, (officer.full_name, officer.username, "Mới", "", "", "", "", ""))
    assert counts(upload) == {"faulty": 1}


def test_a_position_is_no_signature_below_the_table(users: Office) -> None:
    rows = [(f"Người {n}", f"nguoi{n}", "Giám đốc", "", "", "", "", "") for n in range(3)]
    signed = [("Người lập biểu", "", "", "", "", "GIÁM ĐỐC", "", ""),
              ("Nông Văn A", "", "", "", "", "Trần Thị B", "", "")]  # fmt: skip
    assert counts(users.upload(USERS, *rows, *signed)) == {"new": 3}


# --- afterwards ---------------------------------------------------------------------------


def listed(office: Office, upload: Upload, client_of: ClientOf) -> set[Any]:
    page = client_of(office.user).get(office.source().address(upload))
    assert page.status_code == 200
    return set(page.context["cl"].queryset)


def test_the_rows_written_are_shown_and_no_others(
    users: Office, officer: User, client_of: ClientOf
) -> None:
    known = (officer.full_name, officer.username, "", "", "Sở Ngoại vụ", "desk", "", "")
    upload = users.confirm(users.upload(USERS, THEN, known))
    assert listed(users, upload, client_of) == {User.objects.get(username="then.hoang"), officer}
    assert listed(users, Upload(pk=upload.pk + 1), client_of) == set()


def test_the_agencies_written_are_shown_and_no_others(offices: Office, client_of: ClientOf) -> None:
    upload = offices.confirm(offices.upload(AGENCIES, ("SOTHU", "Sở Thử", "", "department")))
    assert listed(offices, upload, client_of) == {Agency.objects.get(code="SOTHU")}
