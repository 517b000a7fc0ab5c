"""What the application's own database role may do: everything but rewrite history."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from pghistory.models import Event
from psycopg2 import sql


def grant_application_rights(sender: AppConfig, using: str, **kwargs: object) -> None:
    """After each migration, run by the owner: rights on all tables, history append-only."""
    role = settings.DATABASE_APPLICATION_ROLE
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if not role or cursor.fetchone()[0] == role:
            return  # one role for everything: nothing to grant to oneself
        name = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            cursor.execute(sql.SQL(statement).format(name))
        for model in apps.get_models():
            if issubclass(model, Event):
                statement = sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}")
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(statement.format(table, name))
