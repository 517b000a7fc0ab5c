"""Signing in, being locked out, one-time passwords, and the end of sessions."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import deactivate, give_one_time_password
from accounts.clients import client_address
from accounts.models import User
from tests.people import PASSWORD

LOGIN = "/dang-nhap/"
pytestmark = pytest.mark.django_db


def sign_in(client: Client, user: User | str, password: str = PASSWORD, **extra):
    name = user if isinstance(user, str) else user.username
    return client.post(LOGIN, {"username": name, "password": password, **extra})


def is_in(client: Client) -> bool:
    return client.get("/mat-khau/").status_code == 200


def fail(client: Client, user: User, times: int) -> None:
    for _attempt in range(times):
        sign_in(client, user, "sai mật khẩu")


def test_a_person_signs_in_with_name_and_password(client, officer):
    answer = sign_in(client, officer)
    assert answer.status_code == 302
    assert is_in(client)


def test_after_five_failures_even_the_right_password_is_refused(client, officer):
    fail(client, officer, 5)
    answer = sign_in(client, officer)
    assert answer.status_code == 429
    assert not is_in(client)


def test_four_failures_lock_nobody(client, officer):
    fail(client, officer, 4)
    assert sign_in(client, officer).status_code == 302


def test_failures_of_one_do_not_lock_another(client, officer, desk):
    fail(client, officer, 6)
    assert sign_in(client, desk).status_code == 302


def test_the_lock_opens_by_itself_after_the_cool_off(client, officer):
    fail(client, officer, 5)
    long_ago = timezone.now() - dt.timedelta(hours=settings.AXES_COOLOFF_TIME, minutes=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    assert sign_in(client, officer).status_code == 302


def attack(user: User, forwarded: str, password: str = "sai", peer: str = "192.0.2.1") -> int:
    """One sign-in through a proxy at ``peer``; the answer's status."""
    headers = {"X-Forwarded-For": forwarded}
    typed = {"username": user.username, "password": password}
    return Client().post(LOGIN, typed, headers=headers, REMOTE_ADDR=peer).status_code


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        (2, "10.9.9.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "'; DROP TABLE", "192.0.2.1"),
        (1, "2001:DB8::7", "2001:db8::7"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == address


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_address_does_not_evade_the_lock(officer, settings, proxies):
    settings.TRUSTED_PROXIES = proxies
    for number in range(5):
        attack(officer, f"10.0.0.{number}" + ", 203.0.113.7" * proxies)
    assert attack(officer, "10.0.0.99" + ", 203.0.113.7" * proxies, PASSWORD) == 429


def test_a_forged_address_does_not_lock_the_person_who_has_it(officer, settings):
    settings.TRUSTED_PROXIES = 1
    for _attempt in range(6):
        attack(officer, "198.51.100.5, 203.0.113.7")
    assert attack(officer, "198.51.100.5", PASSWORD) == 302


def test_people_behind_one_proxy_are_told_apart(officer, settings):
    settings.TRUSTED_PROXIES = 1
    for _attempt in range(6):
        attack(officer, "203.0.113.7")
    assert attack(officer, "203.0.113.8", PASSWORD) == 302


def test_typed_passwords_are_not_kept_with_failures(client, officer):
    sign_in(client, officer, "gần đúng mật khẩu")
    kept = AccessAttempt.objects.values_list("get_data", "post_data").get()
    assert "gần đúng" not in "".join(kept)


def test_known_unknown_and_closed_names_get_the_same_answer(client, officer, person):
    closed = person("leader", is_active=False)
    answers = []
    for name, password in (
        (officer.username, "sai"),
        ("khong-co-ai", "sai"),
        (closed.username, "sai"),
        (closed.username, PASSWORD),
    ):
        answer = sign_in(client, name, password)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        answers.append((answer.status_code, text.replace(name, "NAME")))
    assert len(set(answers)) == 1


def test_the_session_number_and_the_form_token_change_at_sign_in(client, officer):
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    client.get(LOGIN)
    token = client.cookies["csrftoken"].value
    sign_in(client, officer)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key
    assert client.cookies["csrftoken"].value != token
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert not is_in(thief)


def test_after_signing_out_the_old_session_is_a_strangers(client, officer):
    sign_in(client, officer)
    old = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/dang-xuat/")
    back = Client()
    back.cookies[settings.SESSION_COOKIE_NAME] = old
    assert not is_in(back)


def test_the_next_request_of_a_closed_account_is_a_strangers(officer, client_of):
    client = client_of(officer)
    assert is_in(client)
    deactivate(by=None, user=officer)
    assert not is_in(client)
    User.objects.filter(pk=officer.pk).update(is_active=True)
    assert not is_in(client), "an old session must not wake up again"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_signing_in_never_leads_out_of_the_portal(client, officer, target):
    answer = sign_in(client, officer, next=target)
    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_the_admin_leads_back_to_where_one_was_going(client, admin_user):
    target = "/quan-tri/accounts/user/"
    page = client.get(target, follow=True)
    answer = sign_in(client, admin_user, next=page.context["next"])
    assert client.get(answer.headers["Location"], follow=True).request["PATH_INFO"] == target


def test_the_admins_own_sign_in_never_leads_out_of_the_portal(client_of, admin_user):
    answer = client_of(admin_user).get("/quan-tri/login/?next=https://evil.example/")
    assert answer.headers["Location"] == "/quan-tri/"


def test_who_must_change_the_password_gets_no_further(officer, client_of):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    client = client_of(officer)
    assert client.get("/").headers["Location"] == "/mat-khau/"
    assert client.get("/quan-tri/").headers["Location"] == "/mat-khau/"
    assert client.get("/mat-khau/").status_code == 200


def test_changing_the_password_opens_the_portal_and_ends_other_sessions(officer, client_of):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    client, elsewhere = client_of(officer), client_of(officer)
    new = "núi Mẫu Sơn có tuyết"
    answer = client.post(
        "/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert answer.status_code == 302
    officer.refresh_from_db()
    assert not officer.must_change_password
    assert officer.check_password(new)
    assert is_in(client)
    assert not is_in(elsewhere)


@pytest.mark.parametrize("weak", ["ngan", "1234567890", "password123"])
def test_weak_passwords_are_refused(officer, client_of, weak):
    answer = client_of(officer).post(
        "/mat-khau/", {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    )
    assert answer.status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_one_time_password_is_shown_once_and_must_be_changed(
    admin_user, officer, client_of, client
):
    before = client_of(officer)
    address = f"/quan-tri/accounts/user/{officer.pk}/mat-khau-mot-lan/"
    admin = client_of(admin_user)
    asked = admin.get(address).content.decode()
    assert "data-password" not in asked
    shown = admin.post(address).content.decode()
    password = re.search(r"data-password>([a-z0-9-]+)<", shown)[1]
    assert password not in admin.get(address).content.decode()
    assert not is_in(before)
    assert sign_in(client, officer, password).status_code == 302
    assert client.get("/").headers["Location"] == "/mat-khau/"


def test_a_one_time_password_lets_in_who_locked_themselves_out(client, officer):
    fail(client, officer, 6)
    password = give_one_time_password(by=None, user=officer)
    assert sign_in(client, officer, password).status_code == 302


def test_one_time_passwords_are_given_by_administrators_only(desk, officer, client_of):
    address = f"/quan-tri/accounts/user/{officer.pk}/mat-khau-mot-lan/"
    assert client_of(desk).post(address).status_code == 403
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_language_is_vietnamese_whatever_the_browser_says(client):
    answer = client.get(LOGIN, headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "vi"


def test_a_language_once_chosen_is_kept_for_the_person(officer, client_of):
    client_of(officer).post("/ngon-ngu/", {"language": "en"})
    assert client_of(officer).get("/mat-khau/").headers["Content-Language"] == "en"


def test_a_language_chosen_before_signing_in_is_kept_in_the_browser(client):
    client.post("/ngon-ngu/", {"language": "en", "next": LOGIN})
    assert client.get(LOGIN).headers["Content-Language"] == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_switching_the_language_never_leads_out_of_the_portal(client, target):
    answer = client.post("/ngon-ngu/", {"language": "en", "next": target})
    assert answer.headers["Location"] == "/"


def test_the_lock_out_page_says_when_to_try_again(client, officer):
    fail(client, officer, 5)
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    with translation.override("vi"):
        assert str(minutes) in sign_in(client, officer).content.decode()
