"""Demo accounts: one per role, the same passwords at each start, never in production."""

from __future__ import annotations

import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.actions import AccountRefusal
from accounts.checks import no_demo_accounts, no_demo_accounts_in
from accounts.demo import ACCOUNTS, ensure_demo_accounts, passwords_file
from accounts.models import User
from accounts.roles import ROLES, Verb


@pytest.fixture
def demo(agencies):
    passwords_file().unlink(missing_ok=True)
    yield ensure_demo_accounts(lambda line: None)
    passwords_file().unlink(missing_ok=True)


def test_there_is_one_account_per_role(demo):
    assert sorted(account.role for account in ACCOUNTS) == sorted(ROLES)
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.is_demo and "(dùng thử)" in user.full_name
        assert user.role_holdings.get().role == account.role
        assert user.may(Verb.READ)


def test_the_passwords_work_and_differ(demo, client):
    assert len(set(demo.values())) == len(ACCOUNTS)
    answer = client.post("/dang-nhap/", {"username": "chuyenvien", "password": demo["chuyenvien"]})
    assert answer.status_code == 302


def test_a_later_start_tells_the_same_passwords(demo):
    lines: list[str] = []
    assert ensure_demo_accounts(lines.append) == demo
    assert all(any(password in line for line in lines) for password in demo.values())
    assert User.objects.filter(is_demo=True).count() == len(ACCOUNTS)


def test_a_changed_password_is_not_told(demo):
    user = User.objects.get(username="lanhdao")
    user.set_password("một mật khẩu khác hẳn")
    user.save()
    lines: list[str] = []
    ensure_demo_accounts(lines.append)
    assert not any(demo["lanhdao"] in line for line in lines)


def test_the_passwords_are_for_the_owner_of_the_folder_only(demo):
    assert stat.S_IMODE(passwords_file().stat().st_mode) == 0o600
    assert json.loads(passwords_file().read_text()) == demo


def test_a_real_person_is_not_taken_for_a_demo_account(agencies, person):
    real = person("desk", username="quantri")
    with pytest.raises(AccountRefusal):
        ensure_demo_accounts(lambda line: None)
    assert not User.objects.filter(is_demo=True).exists()
    assert not User.objects.get(pk=real.pk).may(Verb.MANAGE)


def test_without_reference_data_the_command_says_what_is_missing(db):
    with pytest.raises(CommandError, match="SCT"):
        call_command("demo_accounts")
    assert not User.objects.exists()


@override_settings(DEMO_ACCOUNTS_ALLOWED=False)
def test_production_makes_no_demo_accounts(agencies):
    with pytest.raises(CommandError):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_a_demo_account_that_reached_production_lets_nobody_in(demo, client, client_of):
    signed_in = client_of(User.objects.get(username="quantri"))
    with override_settings(DEMO_ACCOUNTS_ALLOWED=False):
        answer = client.post("/dang-nhap/", {"username": "quantri", "password": demo["quantri"]})
        assert answer.status_code == 200
        assert signed_in.get("/quan-tri/").status_code == 302


def test_active_demo_accounts_fail_the_check_until_they_are_closed(demo):
    assert no_demo_accounts(None) == []
    with override_settings(DEMO_ACCOUNTS_ALLOWED=False):
        assert [problem.id for problem in no_demo_accounts(None)] == ["accounts.E001"]
        assert [p.id for p in no_demo_accounts_in(None, databases=["default"])] == ["accounts.E001"]
        call_command("demo_accounts", deactivate=True)
        assert no_demo_accounts(None) == []
