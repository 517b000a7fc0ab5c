"""Users, the roles they hold, and agencies from lists: rights, passwords, and back."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actions
from accounts.models import Agency, RoleHolding, User
from imports import pipeline, tokens
from imports.contract import Source
from imports.declarations import open_to
from imports.models import Upload
from imports.people import slips
from imports.people.agencies import AgencySource
from imports.people.users import UserSource
from imports.tokens import Forged
from jobs import actions as jobs

pytestmark = pytest.mark.django_db
State = Upload.State
ClientOf = Callable[[User], Client]

USERS = ("Họ và tên", "Tên đăng nhập", "Chức vụ", "Thư điện tử", "Đơn vị", "Vai trò", "Từ ngày",
         "Đến ngày")  # fmt: skip
AGENCIES = ("Mã", "Tên", "Tên viết tắt", "Loại", "Hiệu lực từ", "Hiệu lực đến", "Kế thừa")
THEN = ("Hoàng Thị Then", "then.hoang", "Chuyên viên", "then@langson.gov.vn", "SCT",
        "Cán bộ nhập liệu", "15/08/2019", "")  # fmt: skip
MAI = ("Lộc Thị Mai", "mai.loc", "", "", "Sở Ngoại vụ", "desk", "", "")


class Office:
    """An administrator at a source; jobs are done at once."""

    def __init__(self, user: User, source: type[Source]) -> None:
        self.user, self.source = user, source

    def upload(self, head: Iterable[str], *rows: Iterable[Any]) -> Upload:
        lines = io.StringIO()
        csv.writer(lines, delimiter=";").writerows((head, *rows))
        return self.give(ContentFile(lines.getvalue().encode(), name="danh-sach.csv"))

    def give(self, file: ContentFile) -> Upload:
        return self.worked(pipeline.receive(file, source=self.source(), by=self.user))

    def worked(self, upload: Upload) -> Upload:
        assert upload.job is not None
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job", "by").get(pk=upload.pk)

    def confirm(self, upload: Upload, **how: Any) -> Upload:
        token = tokens.sign(upload, self.user)
        return self.worked(pipeline.confirm(upload, by=self.user, token=token, **how))

    def undo(self, upload: Upload) -> Upload:
        return self.worked(pipeline.undo(upload, by=self.user))


@pytest.fixture
def users(admin_user: User, agencies: dict[str, Agency]) -> Office:
    return Office(admin_user, UserSource)


@pytest.fixture
def offices(admin_user: User, agencies: dict[str, Agency]) -> Office:
    return Office(admin_user, AgencySource)


def faults(upload: Upload) -> dict[str, str]:
    """Cell → what is said of it."""
    rows = upload.rows.order_by("number")
    return {fault["cell"]: fault["message"] for row in rows for fault in row.faults}


def counts(upload: Upload) -> dict[str, int]:
    assert upload.state == State.READY, (upload.state, upload.message, upload.questions)
    return upload.counts


# --- who may ------------------------------------------------------------------------------


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


# --- people -------------------------------------------------------------------------------


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


# --- secrets ------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Mật khẩu", "password", "is_superuser", "Phân quyền"])
def test_columns_of_secrets_and_rights_are_refused(users: Office, heading: str) -> None:
    upload = users.upload((*USERS, heading), (*THEN, "bí-mật-123"))
    assert counts(upload) == {"faulty": 1}
    assert list(faults(upload)) == ["I2"]
    assert "bí-mật-123" not in everything_kept(upload)


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


# --- back ---------------------------------------------------------------------------------


def test_undo_closes_accounts_nobody_has_signed_in_with(users: Office) -> None:
    upload = users.confirm(users.upload(USERS, THEN, MAI))
    User.objects.filter(username="mai.loc").update(last_login=timezone.now())
    upload = users.undo(upload)
    assert (upload.state, upload.undone_rows) == (State.UNDONE, 1)
    assert [title.split(" (")[0] for title in upload.kept_rows] == ["Lộc Thị Mai"]
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
    upload = users.undo(upload)
    assert (upload.undone_rows, len(upload.kept_rows)) == (0, 1)
    officer.refresh_from_db()
    assert officer.full_name == "Tên sửa tay"
    assert officer.role_holdings.count() == 2


def test_undo_does_not_take_the_last_administrator_away(users: Office, person: Any) -> None:
    other = person("leader")
    row = (other.full_name, other.username, "", "", "", "admin", "", "")
    upload = users.confirm(users.upload(USERS, row))
    actions.end_role(by=users.user, holding=users.user.role_holdings.get())
    assert RoleHolding.objects.filter(role="admin", valid_to=None).count() == 1
    upload = users.worked(pipeline.undo(upload, by=users.user))
    assert other.role_holdings.filter(role="admin").exists()


# --- agencies -----------------------------------------------------------------------------

NEW = ("XTT", "Xã Tân Thanh", "Tân Thanh", "xã", "16/07/2025", "", "XTM; Xã Tân Thanh (cũ)")
OLD = ("XTTC", "Xã Tân Thanh (cũ)", "", "Xã", "", "30/06/2025", "")
OTHER = ("XTM", "Xã Tân Mỹ", "", "commune", "", "30/06/2025", "")


def test_agencies_come_with_who_they_succeed_also_in_the_same_file(offices: Office) -> None:
    upload = offices.upload(AGENCIES, NEW, OLD, OTHER)
    assert counts(upload) == {"new": 3}
    assert offices.confirm(upload).written_rows == 3
    agency = Agency.objects.get(code="XTT")
    assert sorted(earlier.code for earlier in agency.succeeds.all()) == ["XTM", "XTTC"]
    assert (agency.kind, agency.valid_from) == ("commune", dt.date(2025, 7, 16))
    assert "tan thanh" in agency.search_text


def test_an_agency_that_is_there_is_changed_by_its_code(offices: Office) -> None:
    row = ("SCT", "Sở Công Thương", "SCT", "department", "", "31/12/2030", "")
    upload = offices.upload(AGENCIES, row)
    assert counts(upload) == {"changed": 1}
    assert upload.rows.get().shown == {
        "short_name": ["Sở Công Thương", "SCT"],
        "valid_to": ["", "31/12/2030"],
    }
    offices.confirm(upload)
    assert Agency.objects.get(code="SCT").valid_to == dt.date(2030, 12, 31)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("", *NEW[1:6], ""), "A2"),
        (("sct", *NEW[1:6], ""), "A2"),
        ((*NEW[:3], "huyện lạ", "", "", ""), "D2"),
        ((*NEW[:4], "22/01/2020", "21/01/2020", ""), "F2"),
        ((*NEW[:6], "KHONGCO"), "G2"),
        ((*NEW[:6], "XTT"), "G2"),
    ],
)
def test_an_agency_that_cannot_stand_is_told_at_its_cell(
    offices: Office, row: tuple[str, ...], cell: str
) -> None:
    upload = offices.upload(AGENCIES, row)
    assert list(faults(upload)) == [cell]


def test_undo_deletes_agencies_nothing_refers_to_and_keeps_the_rest(
    offices: Office, person: Any
) -> None:
    changed = ("SCT", "Sở Công Thương", "SCT", "department", "", "", "")
    upload = offices.confirm(offices.upload(AGENCIES, NEW, OLD, OTHER, changed))
    person("data_entry", agency=Agency.objects.get(code="XTM"))
    upload = offices.undo(upload)
    assert (upload.undone_rows, upload.kept_rows) == (3, ["XTM · Xã Tân Mỹ"])
    assert not Agency.objects.filter(code__in=("XTT", "XTTC")).exists()
    assert Agency.objects.get(code="SCT").short_name == "Sở Công Thương"


def test_an_agency_that_one_kept_succeeds_is_kept(offices: Office, person: Any) -> None:
    upload = offices.confirm(offices.upload(AGENCIES, NEW, OLD, OTHER))
    person("data_entry", agency=Agency.objects.get(code="XTT"))
    upload = offices.undo(upload)
    assert (upload.undone_rows, len(upload.kept_rows)) == (0, 3)


# --- lists and templates ------------------------------------------------------------------


def test_the_list_of_users_comes_back_unchanged(users: Office, everyone: dict[str, User]) -> None:
    User.objects.filter(pk=everyone["clerk"].pk).update(position="=1+1")
    file = ContentFile(UserSource().listed(by=users.user), name="danh-sach.xlsx")
    assert counts(users.give(file)) == {"unchanged": len(everyone)}


def test_the_list_of_agencies_comes_back_unchanged_but_for_what_was_edited(
    offices: Office, agencies: dict[str, Agency]
) -> None:
    agencies["SNNMT"].succeeds.add(agencies["CTK"])
    book = openpyxl.load_workbook(io.BytesIO(AgencySource().listed(by=offices.user)))
    sheet = book.worksheets[0]
    edited = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "CTK")
    edited[2].value = "CTK tỉnh"
    saved = io.BytesIO()
    book.save(saved)
    upload = offices.give(ContentFile(saved.getvalue(), name="danh-sach.xlsx"))
    assert counts(upload) == {"unchanged": len(agencies) - 1, "changed": 1}
    assert list(upload.rows.get(outcome="changed").values) == ["short_name"]


WORDS = st.text("aăâđơưÀẾÔỹ019 =+-@'\"#;,._\n", max_size=40).map(str.strip)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=WORDS, position=WORDS, short_name=WORDS)
def test_whatever_text_stands_in_a_list_comes_back_as_it_was(
    users: Office, officer: User, name: str, position: str, short_name: str
) -> None:
    User.objects.filter(pk=officer.pk).update(full_name=f"Họ tên {name}", position=position)
    Agency.objects.filter(code="SCT").update(name=f"Sở {name}", short_name=short_name)
    for source in (UserSource, AgencySource):
        file = ContentFile(source().listed(by=users.user), name="danh-sach.xlsx")
        upload = Office(users.user, source).give(file)
        assert set(counts(upload)) == {"unchanged"}, [row.shown for row in upload.rows.all()]


@pytest.mark.parametrize("source", [UserSource, AgencySource])
def test_the_template_is_read_as_its_own(
    source: type[Source], users: Office, client_of: ClientOf
) -> None:
    path = reverse("imports:template", args=[source.code])
    made = client_of(users.user).get(path).content
    book = openpyxl.load_workbook(io.BytesIO(made))
    headings = [cell.value for cell in book.worksheets[0][4]]
    assert len(headings) == (8 if source is UserSource else 7)
    assert not {"Mật khẩu", "Phân quyền"} & set(headings)
    line = {
        "Họ và tên": "Bế Thị An",
        "Tên đăng nhập": "an.be",
        "Mã": "X",
        "Tên": "Xã X",
        "Loại": "xã",
    }
    book.worksheets[0].append([line.get(heading) for heading in headings])
    saved = io.BytesIO()
    book.save(saved)
    office = Office(users.user, source)
    upload = office.give(ContentFile(saved.getvalue(), name="bieu-mau.xlsx"))
    assert counts(upload) == {"new": 1}


@pytest.mark.parametrize("code", ["nguoi-dung", "don-vi"])
def test_the_admin_leads_to_import_and_list(code: str, users: Office, client_of: ClientOf) -> None:
    client = client_of(users.user)
    place = "accounts_user" if code == "nguoi-dung" else "accounts_agency"
    page = client.get(reverse(f"admin:{place}_changelist")).content.decode()
    assert f"{reverse('imports:index')}?vao={code}" in page
    assert reverse("imports:listed", args=[code]) in page
    answer = client.get(reverse("imports:listed", args=[code]))
    assert answer.content.startswith(b"PK")
    assert "no-store" in answer.headers["Cache-Control"]


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
