"""The lasting characters of the tests, the agencies they work for, and a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client

from accounts.models import Agency, User
from reference.models import ReportingYear
from reference.periods import open_year

PASSWORD = "cầu Kỳ Cùng mùa xuân"
Person = Callable[..., User]
_numbers = count(1)


@pytest.fixture
def agencies(db: None) -> dict[str, Agency]:
    """A few of the province's agencies by code."""
    return {
        code: Agency.objects.create(
            code=code, name=name, short_name=short, kind=kind, valid_from=valid_from
        )
        for code, name, short, kind, valid_from in (
            ("UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", "UBND tỉnh", "province", None),
            ("SNGV", "Sở Ngoại vụ", "Sở Ngoại vụ", "department", dt.date(2004, 12, 16)),
            ("SCT", "Sở Công Thương", "Sở Công Thương", "department", None),
            ("SNNMT", "Sở Nông nghiệp và Môi trường", "Sở NN&MT", "department", None),
            ("CTK", "Thống kê tỉnh Lạng Sơn", "Thống kê tỉnh", "agency", None),
        )
    }


@pytest.fixture
def person(db: None) -> Person:
    """Makes people: ``person("desk")``; ``person()`` holds no role."""

    def make(role: str = "", *, agency: Agency | None = None, **fields: object) -> User:
        number = next(_numbers)
        username = fields.pop("username", f"{role or 'nobody'}-{number}")
        fields.setdefault("full_name", f"Nguyễn Văn {number}")
        user = User.objects.create_user(username, PASSWORD, **fields)
        if role:
            user.role_holdings.create(role=role, agency=agency)
        return user

    return make


@pytest.fixture
def officer(person: Person, agencies: dict[str, Agency]) -> User:
    """Enters figures for the Department of Industry and Trade."""
    return person("data_entry", agency=agencies["SCT"], full_name="Hoàng Thị Then")


@pytest.fixture
def other_officer(person: Person, agencies: dict[str, Agency]) -> User:
    """Enters figures for the Department of Agriculture and Environment."""
    return person("data_entry", agency=agencies["SNNMT"], full_name="Lương Văn Hồi")


@pytest.fixture
def agency_head(person: Person, agencies: dict[str, Agency]) -> User:
    return person("agency_head", agency=agencies["SCT"], full_name="Nông Văn Tính")


@pytest.fixture
def desk(person: Person, agencies: dict[str, Agency]) -> User:
    """Compiles at the Department of Foreign Affairs."""
    return person("desk", agency=agencies["SNGV"], full_name="Vi Thị Mẫu")


@pytest.fixture
def division_head(person: Person, agencies: dict[str, Agency]) -> User:
    return person("division_head", agency=agencies["SNGV"], full_name="Hứa Văn Kỳ")


@pytest.fixture
def approver(person: Person, agencies: dict[str, Agency]) -> User:
    return person("approver", agency=agencies["SNGV"], full_name="Đàm Thị Cùng")


@pytest.fixture
def clerk(person: Person, agencies: dict[str, Agency]) -> User:
    return person("clerk", agency=agencies["SNGV"], full_name="Lộc Thị Mai")


@pytest.fixture
def leader(person: Person) -> User:
    return person("leader", full_name="Triệu Văn Sơn")


@pytest.fixture
def inspector(person: Person) -> User:
    return person("inspector", full_name="Bế Thị Thanh")


@pytest.fixture
def admin_user(person: Person) -> User:
    return person("admin", full_name="Phùng Văn Trị")


@pytest.fixture
def everyone(
    officer: User,
    agency_head: User,
    desk: User,
    division_head: User,
    approver: User,
    clerk: User,
    leader: User,
    inspector: User,
    admin_user: User,
) -> dict[str, User]:
    """One person per role, by the role's code."""
    people = (officer, agency_head, desk, division_head, approver)
    people += (clerk, leader, inspector, admin_user)
    return {user.role_holdings.get().role: user for user in people}


@pytest.fixture
def client_of(db: None) -> Callable[[User], Client]:
    """A signed-in browser: ``client_of(desk).get(…)``."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def year_2019(db: None) -> ReportingYear:

    return open_year(2019)
