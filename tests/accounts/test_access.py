"""Every address × every role, held against a table written by hand.

A new address without a line in MATRIX fails here: say who may open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.access import Access
from accounts.roles import ROLES
from indicators.spans import Span
from registers.declarations import registers

ALL = frozenset(ROLES)
PROVINCE = ALL - {"data_entry", "agency_head"}  # who sees all agencies
ENTRY = frozenset({"data_entry", "agency_head", "desk"})
IMPORT = frozenset({"data_entry", "agency_head", "desk", "admin"})
COMPILE = frozenset({"desk", "division_head"})
EXPORT = frozenset({"desk", "division_head", "approver", "clerk", "leader"})
TAKE_AWAY = EXPORT | {"data_entry", "agency_head"}  # lists of their own records
ADMIN = frozenset({"admin"})
ASSIGN = frozenset({"desk", "admin"})
NOBODY: frozenset[str] = frozenset()

# Open to strangers: they sign in here, or a machine asks whether the portal lives.
PUBLIC = {"alive", "ready", "accounts:login", "accounts:language", "admin:login"}

MATRIX: dict[str, frozenset[str]] = {
    "home": ALL,
    "accounts:logout": ALL,
    "accounts:password": ALL,
    "indicators:latest": ALL,
    "indicators:year": ALL,
    "indicators:save": ENTRY,
    "indicators:explain": ENTRY,
    "indicators:paste": ENTRY,
    "indicators:year_of_period": ALL,
    "indicators:save_of_period": ENTRY,
    "indicators:paste_of_period": ENTRY,
    "indicators:explain_of_period": ENTRY,
    "indicators:sources": ENTRY,
    "indicators:cite": ENTRY,
    "indicators:source": ALL,
    "indicators:records": ALL,
    "indicators:records_of_period": ALL,
    "indicators:fact": ALL,
    "indicators:assignments_latest": ASSIGN,
    "indicators:assignments": ASSIGN,
    "indicators:assign": ASSIGN,
    "indicators:carry_over": ASSIGN,
    "indicators:print": ALL,
    "indicators:print_of_period": ALL,
    "indicators:give_back": COMPILE,
    "indicators:ask": frozenset({"desk", "division_head", "approver", "leader"}),
    "indicators:answer": ENTRY,
    "documents:list": ALL,
    "documents:add": ENTRY,
    "documents:detail": ALL,
    "documents:change": ENTRY,
    "documents:file": ALL,
    # One page serves every register: whose records it shows is asked in tests/registers.
    "registers:index": ALL,
    "registers:pick": ALL,
    "registers:list": ALL,
    "registers:totals": ALL,
    "registers:export": TAKE_AWAY,
    "registers:save_filter": ALL,
    "registers:drop_filter": ALL,
    "registers:detail": ALL,
    "registers:file": ALL,
    "registers:add": ENTRY,
    "registers:change": ENTRY,
    "registers:delete": ENTRY,
    "registers:restore": ENTRY,
    "registers:attach": ENTRY,
    "registers:detach": ENTRY,
    "registers:cite": ENTRY,
    "trade:table": ENTRY,
    # Whose import it is, and into what, is asked in tests/imports.
    "imports:index": IMPORT,
    "imports:receive": IMPORT,
    "imports:template": IMPORT,
    "imports:show": IMPORT,
    "imports:file": IMPORT,
    "imports:mark": IMPORT,
    "imports:marked": IMPORT,
    "imports:answer": IMPORT,
    "imports:choose": IMPORT,
    "imports:confirm": IMPORT,
    "imports:undo": IMPORT,
    "imports:discard": IMPORT,
    "imports:again": IMPORT,
    "imports:listed": ADMIN,
    "imports:slips": ADMIN,
    "documents:content": ALL,
    "documents:page": ALL,
    "documents:add_beside": ENTRY,
    "reports:index": PROVINCE,
    "reports:of_year": PROVINCE,
    "reports:new": COMPILE,
    "reports:detail": PROVINCE,
    "reports:section": COMPILE,
    "reports:save": COMPILE,
    "reports:preview": COMPILE,
    "reports:pick": COMPILE,
    "reports:match": COMPILE,
    "reports:presence": COMPILE,
    "reports:versions": COMPILE,
    "reports:restore": COMPILE,
    "reports:start": EXPORT,
    "reports:again": EXPORT,
    "reports:run": PROVINCE,
    "reports:download": PROVINCE,
    "dashboards:my_work": ALL,
    "dashboards:my_jobs": ALL,
    "dashboards:latest": PROVINCE,
    "dashboards:year": PROVINCE,
    "dashboards:trail": frozenset({"inspector", "admin"}),
    # What the portal's own screens and jobs write is only looked at in the admin,
    # and people, years and documents are closed, never deleted.
    "admin:accounts_user_delete": NOBODY,
    "admin:reference_reportingyear_delete": NOBODY,
    "admin:reference_period_add": NOBODY,
    "admin:reference_period_delete": NOBODY,
    "admin:documents_sourcedocument_add": NOBODY,
    "admin:documents_sourcedocument_delete": NOBODY,
    "admin:indicators_figure_add": NOBODY,
    "admin:indicators_figure_delete": NOBODY,
    "admin:indicators_fact_add": NOBODY,
    "admin:indicators_fact_delete": NOBODY,
    "admin:reports_report_add": NOBODY,
    "admin:reports_report_delete": NOBODY,
    "admin:reports_run_add": NOBODY,
    "admin:reports_run_delete": NOBODY,
    "admin:jobs_job_add": NOBODY,
    "admin:jobs_job_delete": NOBODY,
    "admin:projects_exchangerate_delete": NOBODY,
    "admin:registers_attachment_add": NOBODY,
    "admin:registers_attachment_delete": NOBODY,
    "admin:registers_recorduse_add": NOBODY,
    "admin:registers_recorduse_delete": NOBODY,
    "admin:registers_savedfilter_add": NOBODY,
    "admin:registers_savedfilter_delete": NOBODY,
    **{
        f"admin:{one.model._meta.app_label}_{one.model._meta.model_name}_delete": NOBODY
        for one in registers().values()
    },
    "admin:*": ADMIN,
}

# One value for every argument an address takes; nothing of that name need exist.
SAMPLES: dict[str, Any] = {
    "pk": 987654,
    "number": 1,
    "year": 2019,
    "span": Span(months=6),
    "version": 1,
    "key": "khong-co",
    "code": "TRADE.TOTAL",
    "slug": next(iter(registers().values())).slug,
    "what": "xa",
    "kind": "csv",
    "source": "khong-co",
    "file": 987654,
    "object_id": "987654",
    "user_id": 987654,
    "content_type_id": 987654,
    "app_label": "accounts",
    "url": "khong-co",
}
QUERIES = {
    "admin:autocomplete": "?app_label=accounts&model_name=roleholding&field_name=agency",
}


def addresses(patterns: Any, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name; those the admin leaves unnamed get none."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", pattern
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)


FOUND = list(addresses(get_resolver().url_patterns))
NAMED = {name: pattern for name, pattern in FOUND if name and not name.endswith(":")}
CLOSED = sorted(set(NAMED) - PUBLIC)


def path_of(name: str) -> str:
    pattern = NAMED[name].pattern
    taken = {*getattr(pattern, "converters", ()), *getattr(pattern, "regex", None).groupindex}
    missing = taken - SAMPLES.keys()
    assert not missing, f"{name} takes {missing}: add a sample"
    path = reverse(name, kwargs={argument: SAMPLES[argument] for argument in taken})
    return path + QUERIES.get(name, "")


def allowed(name: str) -> frozenset[str] | None:
    return MATRIX.get(name, MATRIX["admin:*"] if name.startswith("admin:") else None)


def status_of(client: Client, path: str) -> int:
    """What a page answers; one that is only posted to is posted to."""
    status = client.get(path).status_code
    return client.post(path).status_code if status == 405 else status


def test_every_address_has_a_line_in_the_table():
    assert [name for name in CLOSED if allowed(name) is None] == []
    gone = MATRIX.keys() - NAMED.keys() - {"admin:*"}
    assert not gone, f"no such address any more: {gone}"


def test_only_the_admin_leaves_addresses_unnamed():
    assert {name for name, _pattern in FOUND if name.endswith(":") or not name} == {"admin:"}


@pytest.mark.parametrize(("name", "pattern"), FOUND, ids=[name for name, _pattern in FOUND])
def test_every_view_declares_its_right_or_is_public(name: str, pattern: URLPattern):
    view = pattern.callback
    if name in PUBLIC:
        assert getattr(view, "login_required", True) is False
    elif name.startswith("admin:"):
        assert hasattr(view, "admin_site") or hasattr(view, "model_admin")
    else:
        assert getattr(view, "login_required", True)
        assert isinstance(getattr(view, "access", None), Access)


@pytest.mark.parametrize("name", CLOSED)
def test_a_stranger_is_sent_to_sign_in(name: str, client: Client, db: None):
    path = path_of(name)
    answer = client.get(path, follow=True)
    assert answer.request["PATH_INFO"] == reverse(settings.LOGIN_URL), f"{path} answers strangers"
    assert client.post(path).status_code in (302, 403)


@pytest.mark.parametrize("name", CLOSED)
def test_a_page_opens_for_the_declared_roles_only(name: str, everyone, client_of):
    path = path_of(name)
    opened = set()
    for role, user in everyone.items():
        client = client_of(user)
        if status_of(client, path) != 403:
            opened.add(role)
        if role not in (allowed(name) or ()):
            assert client.post(path).status_code in (403, 405), f"{role} may post to {name}"
    assert opened == allowed(name)


@pytest.mark.parametrize("name", CLOSED)
def test_someone_without_a_role_opens_only_their_own_pages(name: str, person, client_of):
    status = status_of(client_of(person()), path_of(name))
    own = {"home", "accounts:logout", "accounts:password"}
    assert (status != 403) == (name in own)


def test_a_refusal_names_who_may_open_the_page(officer, client_of):
    page = client_of(officer).get("/quan-tri/")
    assert page.status_code == 403
    assert "Quản trị hệ thống" in page.content.decode()


def test_a_program_that_is_not_signed_in_gets_401(client: Client, db: None):
    answer = client.get("/mat-khau/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["message"]


def test_signed_in_pages_are_kept_by_nobody(officer, client_of):
    assert "no-store" in client_of(officer).get("/mat-khau/").headers["Cache-Control"]


def test_a_form_without_its_token_is_refused(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert client.post("/mat-khau/", {}).status_code == 403


def test_an_unknown_host_is_refused(client: Client, db: None):
    assert client.get("/dang-nhap/", headers={"host": "evil.example"}).status_code == 400
