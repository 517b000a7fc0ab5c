"""History: every model has one, every way of writing leaves it, nobody can rewrite it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from pghistory.models import Event

from accounts.actions import give_one_time_password
from accounts.models import Agency, User
from tests.people import PASSWORD

OURS = [
    model
    for config in apps.get_app_configs()
    if str(config.path).startswith(f"{settings.BASE_DIR}/") and "site-packages" not in config.path
    for model in config.get_models()
]
EVENTS = [model for model in OURS if issubclass(model, Event)]
FOLLOWED = {model.pgh_tracked_model._meta.concrete_model for model in EVENTS}
# What was read of a file, and made of it; what is written is followed.
WORKING_DATA = {"imports.UploadRow", "imports.MarkedWorkbook"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(code="SXD", name="Sở Xây dựng", kind="department")


def labels(agency: Agency) -> list[str]:
    return list(agency.events.order_by("pgh_id").values_list("pgh_label", flat=True))


@pytest.mark.parametrize(
    "model",
    [m for m in OURS if m not in EVENTS and m._meta.label not in WORKING_DATA],
    ids=lambda model: model._meta.label,
)
def test_every_model_has_a_history(model):
    assert model._meta.concrete_model in FOLLOWED


def test_creating_and_saving_leave_one_event_each(agency):
    agency.name = "Sở Xây dựng và Giao thông"
    agency.save()
    assert labels(agency) == ["insert", "update"]
    assert agency.events.latest("pgh_id").name == "Sở Xây dựng và Giao thông"


def test_a_save_that_changes_nothing_leaves_none(agency):
    agency.save()
    assert labels(agency) == ["insert"]


def test_bulk_writes_leave_one_event_for_each_row():
    made = Agency.objects.bulk_create(
        Agency(code=f"X{n}", name=f"Xã {n}", kind="commune", name_key=str(n)) for n in range(3)
    )
    Agency.objects.filter(code__startswith="X").update(note="đã gộp")
    assert [labels(agency) for agency in made] == [["insert", "update"]] * 3


def test_plain_sql_leaves_its_events_too(agency):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_agency SET note = 'sql' WHERE id = %s", [agency.pk])
        cursor.execute("DELETE FROM accounts_agency WHERE id = %s", [agency.pk])
    assert labels(agency) == ["insert", "update", "delete"]


def test_an_event_knows_who_did_it(admin_user, client_of, agency):
    client_of(admin_user).post(
        f"/quan-tri/accounts/agency/{agency.pk}/change/",
        {"code": "SXD", "name": "Sở Xây dựng", "kind": "department", "note": "qua quản trị"},
    )
    event = agency.events.latest("pgh_id")
    assert event.note == "qua quản trị"
    assert event.pgh_context.metadata["user"] == admin_user.pk


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_tests_run_as_the_application_and_not_as_an_owner():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (
            settings.DATABASE_APPLICATION_ROLE,
            False,
            False,
            False,
            False,
        )
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("event", EVENTS, ids=lambda model: model._meta.db_table)
def test_the_application_cannot_rewrite_history(event):
    table = event._meta.db_table
    refused(f'UPDATE "{table}" SET pgh_label = pgh_label')
    refused(f'DELETE FROM "{table}"')
    refused(f'TRUNCATE "{table}"')
    refused(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE of_its_own (id int)",
        "ALTER TABLE accounts_agency DISABLE TRIGGER ALL",
        "DROP TRIGGER IF EXISTS pgtrigger_update_update_f30d7 ON accounts_agency",
        "TRUNCATE accounts_agency",
        "DROP TABLE accounts_agency CASCADE",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_cannot_change_the_schema_or_silence_triggers(statement):
    refused(statement)


def test_password_hashes_never_enter_history(officer):
    hashes = {officer.password}
    officer.set_password(PASSWORD + "!")
    officer.save()
    hashes.add(officer.password)
    give_one_time_password(by=None, user=officer)
    hashes.add(User.objects.get(pk=officer.pk).password)
    assert len(hashes) == 3
    with connection.cursor() as cursor:
        for table in [model._meta.db_table for model in EVENTS] + ["pghistory_context"]:
            cursor.execute(f"SELECT string_agg(kept::text, ' ') FROM {table} AS kept")
            kept = cursor.fetchone()[0] or ""
            assert not any(one in kept for one in hashes), table
