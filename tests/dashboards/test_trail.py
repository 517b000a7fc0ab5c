"""The history page: for those who inspect, by name, old and new."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.urls import reverse

from accounts.models import Agency, User
from history import trail


def test_a_change_tells_who_when_old_and_new(
    inspector: User, desk: User, agencies: dict[str, Agency], client_of
) -> None:
    with pghistory.context(user=desk.pk):
        agencies["SCT"].short_name = "Sở CT"
        agencies["SCT"].save()
    page = client_of(inspector).get(reverse("dashboards:trail"), {"bang": "accounts.agency"})
    text = " ".join(page.content.decode().split())
    assert "Vi Thị Mẫu" in text
    assert "Sở Công Thương → Sở CT" in text


def test_the_number_of_queries_does_not_grow_with_the_trail(
    agencies: dict[str, Agency], django_assert_num_queries
) -> None:
    for number in range(30):
        agencies["SCT"].note = f"lần {number}"
        agencies["SCT"].save()
    with django_assert_num_queries(3):
        _page, changes = trail.changes("accounts.agency", 1)
        assert len(changes) >= 30


def test_times_are_those_of_the_province(desk: User) -> None:
    desk.last_login = dt.datetime(2025, 12, 5, 20, 30, tzinfo=dt.UTC)
    field = User._meta.get_field("last_login")
    assert trail._shown(desk, field) == "06/12/2025 03:30"


def test_an_unknown_table_is_a_clear_message(inspector: User, client_of) -> None:
    page = client_of(inspector).get(reverse("dashboards:trail"), {"bang": "x.y"})
    assert page.status_code == 404
    assert "Không có bảng này" in page.content.decode()


def test_passwords_are_in_no_trail() -> None:
    fields = {field.name for field in trail._events()["accounts.user"]._meta.fields}
    assert "password" not in fields
