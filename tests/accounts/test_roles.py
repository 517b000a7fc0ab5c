"""Who may do what, for which agency, between which days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.actions import (
    AccountRefusal,
    create_user,
    deactivate,
    end_role,
    grant_role,
    readable_password,
)
from accounts.models import RoleHolding, User
from accounts.roles import ROLES, Verb
from common.contracts import DataClass

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)

NAMES = {
    "data_entry": "Cán bộ nhập liệu",
    "agency_head": "Lãnh đạo đơn vị",
    "desk": "Chuyên viên tổng hợp",
    "division_head": "Lãnh đạo phòng",
    "approver": "Lãnh đạo phê duyệt",
    "clerk": "Văn thư",
    "leader": "Lãnh đạo",
    "inspector": "Kiểm tra, giám sát",
    "admin": "Quản trị hệ thống",
}


def fresh(user: User) -> User:
    """Rights are read once per request: look again as the next request does."""
    return User.objects.get(pk=user.pk)


def test_roles_are_called_as_people_call_them():
    with translation.override("vi"):
        assert {code: str(role.label) for code, role in ROLES.items()} == NAMES
        assert all(str(role.description) for role in ROLES.values())


def test_every_verb_is_granted_to_somebody():
    granted = {right.verb for role in ROLES.values() for right in role.rights}
    assert granted == set(Verb)


def test_inspection_changes_nothing():
    assert {right.verb for right in ROLES["inspector"].rights} == {Verb.READ, Verb.INSPECT}


def test_an_officer_enters_for_the_own_agency_only(officer, agencies):
    assert officer.may(Verb.ENTER, agency_id=agencies["SCT"].pk)
    assert not officer.may(Verb.ENTER, agency_id=agencies["SNNMT"].pk)
    assert not officer.may(Verb.READ, everywhere=True)
    assert officer.reach(Verb.READ) == {agencies["SCT"].pk}


def test_the_desk_enters_for_everybody(desk, agencies):
    assert desk.may(Verb.ENTER, everywhere=True)
    assert desk.reach(Verb.ENTER) is None


def test_restricted_data_need_their_own_right(leader, desk):
    assert not leader.may(Verb.READ, data_class=DataClass.RESTRICTED)
    assert desk.may(Verb.READ, data_class=DataClass.RESTRICTED)


def test_rights_of_several_roles_add_up(officer, agencies):
    grant_role(by=None, user=officer, role="data_entry", agency=agencies["SNNMT"])
    grant_role(by=None, user=officer, role="leader")
    again = fresh(officer)
    assert again.reach(Verb.ENTER) == {agencies["SCT"].pk, agencies["SNNMT"].pk}
    assert again.reach(Verb.READ) is None


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY - 9 * DAY, TODAY, True),
        (TODAY, None, True),
        (None, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_a_delegation_holds_between_its_days(person, first, last, holds):
    user = person()
    grant_role(by=None, user=user, role="approver", valid_from=first, valid_to=last)
    assert fresh(user).may(Verb.APPROVE) is holds


def test_a_role_over_own_data_needs_an_agency(person):
    with pytest.raises(ValidationError) as refused:
        grant_role(by=None, user=person(), role="data_entry")
    assert "agency" in refused.value.message_dict


def test_a_role_is_held_once(person):
    user = person("leader")
    with pytest.raises(ValidationError):
        grant_role(by=None, user=user, role="leader")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(user=user, role="leader")


def test_a_role_cannot_end_before_it_begins(person):
    with pytest.raises(ValidationError):
        grant_role(by=None, user=person(), role="leader", valid_from=TODAY, valid_to=TODAY - DAY)


def test_a_role_the_portal_no_longer_knows_grants_nothing(person):
    user = person()
    RoleHolding.objects.create(user=user, role="retired_role")
    assert fresh(user).holdings == []


def test_a_closed_account_may_nothing(desk):
    deactivate(by=None, user=desk)
    assert not fresh(desk).may(Verb.READ)


def test_an_ended_role_ends_at_the_next_request(desk, client_of):
    client = client_of(desk)
    assert client.get("/so-lieu/").status_code != 403
    end_role(by=None, holding=desk.role_holdings.get())
    assert client.get("/so-lieu/").status_code == 403


def test_ending_a_role_that_never_began_removes_it(person):
    user = person()
    holding = grant_role(by=None, user=user, role="leader", valid_from=TODAY + 5 * DAY)
    end_role(by=None, holding=holding)
    assert not user.role_holdings.exists()


def test_only_administrators_change_accounts(desk, officer):
    with pytest.raises(PermissionDenied):
        grant_role(by=desk, user=desk, role="admin")
    with pytest.raises(PermissionDenied):
        create_user(by=officer, username="moi", full_name="Mới")


def test_a_new_account_cannot_sign_in_yet(admin_user):
    user = create_user(by=admin_user, username="moi", full_name="Người Mới")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_the_last_administrator_cannot_be_lost(admin_user):
    holding = admin_user.role_holdings.get()
    for attempt in (
        lambda: deactivate(by=admin_user, user=admin_user),
        lambda: end_role(by=admin_user, holding=holding),
        lambda: end_role(by=admin_user, holding=holding, last_day=TODAY + 30 * DAY),
    ):
        with pytest.raises(AccountRefusal):
            attempt()
        again = fresh(admin_user)
        assert again.is_active and again.may(Verb.MANAGE)
        holding.refresh_from_db()


def test_one_of_two_administrators_may_go(admin_user, person):
    other = person("admin")
    deactivate(by=other, user=admin_user)
    assert not fresh(admin_user).may(Verb.MANAGE)


def test_one_time_passwords_can_be_read_aloud():
    drawn = {readable_password() for _draw in range(200)}
    assert len(drawn) == 200
    assert not set("".join(drawn)) & set("ilo01")
