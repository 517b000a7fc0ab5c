"""The staged rows of an import beside the table of the register they are meant for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from imports.contract import Checked, Outcome, Undone
from imports.models import Upload, UploadRow
from imports.undoing import changed_since, kept, others
from registers.contract import Register
from registers.models import RecordUse

RESERVED = 1000  # keys taken from the sequence at once
_NEXT = "nextval(pg_get_serial_sequence(%(table)s, %(key)s))"


@dataclass(frozen=True)
class Part:
    """Some of the staged rows ``s``: a condition with its parameters."""

    sql: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def about(self, keys: list[int]) -> Part:
        """Those that are about these records."""
        return Part(
            f"({self.sql} AND s.target IN (SELECT unnest(%(keys)s::bigint[])))", {"keys": keys}
        )


ADDED = Part("(s.outcome = 'new' OR s.outcome = 'duplicate' AND s.choice = 'keep')")
UPDATED = Part("(s.outcome = 'changed' OR s.outcome = 'duplicate' AND s.choice = 'update')")
WRITTEN = Part(f"({ADDED.sql} OR {UPDATED.sql})")


def keys(model: type[models.Model]) -> Iterator[int]:
    """Keys for records to come; those never used leave gaps, which mean nothing."""
    while True:
        with connection.cursor() as cursor:
            statement = f"SELECT {_NEXT} FROM generate_series(1, %(reserved)s)"
            cursor.execute(statement, {**_sequence(model), "reserved": RESERVED})
            found = cursor.fetchall()
        yield from (key for (key,) in found)


def with_keys(model: type[models.Model], rows: Iterable[Checked]) -> Iterator[Checked]:
    """Rows that become records with the keys these will have: writing need not give them any."""
    free = keys(model)
    for row in rows:
        if row.outcome is Outcome.NEW:
            row.target, row.seen = next(free), 0
        yield row


def _sequence(model: type[models.Model]) -> dict[str, str]:
    """What ``pg_get_serial_sequence`` asks for."""
    return {
        "table": connection.ops.quote_name(model._meta.db_table),
        "key": str(model._meta.pk.column),
    }


@dataclass(frozen=True)
class Left:
    """What an import wrote: records added and changed that can be taken back, and the rest."""

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    kept: list[tuple[Any, str, str]] = field(default_factory=list)  # key, title, why

    def undone(self, upload: Upload, number: int | None = None) -> Undone:
        number = len(self.added) + len(self.changed) if number is None else number
        return Undone(number, kept(upload, self.kept))


class Staged:
    """Statements about the rows of one upload: ``s`` are they, ``t`` the records.

    In a statement ``{s}`` and ``{t}`` stand for the two tables and ``{part}``
    for the condition on ``s``.
    """

    def __init__(self, register: Register, upload: Upload) -> None:
        self.register, self.upload = register, upload
        quoted = connection.ops.quote_name
        self._tables = {
            "{s}": f"{quoted(UploadRow._meta.db_table)} s",
            "{t}": f"{quoted(register.model._meta.db_table)} t",
        }

    def run(self, statement: str, part: Part, **parameters: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(*self._filled(statement, part, parameters))
            return cursor.rowcount

    def ask(self, statement: str, part: Part, **parameters: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(*self._filled(statement, part, parameters))
            return cursor.fetchall()

    def _filled(
        self, statement: str, part: Part, parameters: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        here = {"{part}": f"s.upload_id = %(upload)s AND {part.sql}"}
        for mark, meant in (self._tables | here).items():
            statement = statement.replace(mark, meant)
        return statement, {"upload": self.upload.pk, **part.parameters, **parameters}

    # --- what is staged ------------------------------------------------------------------

    def reserve(self) -> None:
        """A key for each row that becomes a record and has none; a kept twin gets its own.

        Nobody has seen that record yet: it comes after version 0.
        """
        keyless = Part(f"({ADDED.sql} AND (s.target IS NULL OR s.outcome = 'duplicate'))")
        statement = f"UPDATE {{s}} SET target = {_NEXT}, seen = 0 WHERE {{part}}"
        self.run(statement, keyless, **_sequence(self.register.model))

    def keys(self, part: Part) -> list[int]:
        return [key for (key,) in self.ask("SELECT s.target FROM {s} WHERE {part}", part)]

    def names(self, part: Part, column: str) -> set[str]:
        """The fields anything is said about in ``values`` or ``before``."""
        statement = f'SELECT DISTINCT jsonb_object_keys(s."{column}") FROM {{s}} WHERE {{part}}'
        return {name for (name,) in self.ask(statement, part)}

    # --- the records beside it -----------------------------------------------------------

    _HELD = (
        "WITH held AS (SELECT t.id, t.version FROM {t} WHERE t.deleted_at IS NULL"
        " AND t.id IN (SELECT s.target FROM {s} WHERE {part})"
        " ORDER BY t.id FOR NO KEY UPDATE)"
    )

    def missed(self) -> int:
        """How many records are not as the check met them; the others are held from now on."""
        statement = (
            f"{self._HELD} SELECT count(*) FROM {{s}}"
            " LEFT JOIN held ON held.id = s.target AND held.version = s.seen"
            " WHERE held.id IS NULL AND {part}"
        )
        return self.ask(statement, UPDATED)[0][0]

    def left(self, *, held: bool = True) -> Left:
        """What was written, told apart by whether it is as it was left.

        It is not where people went on with it, or issued a report on it.
        """
        there = self._HELD if held else self._HELD.replace(" FOR NO KEY UPDATE", "")
        found = self.ask(
            f"{there} SELECT s.target, {ADDED.sql}, s.title, held.id IS NOT NULL"
            " AND held.version = s.seen + 1"
            " FROM {s} LEFT JOIN held ON held.id = s.target WHERE {part} ORDER BY s.number, s.part",
            WRITTEN,
        )
        uses = RecordUse.objects.filter(register=self.register.code, is_frozen=True)
        printed = set(uses.values_list("record_id", flat=True))
        left = Left()
        for key, is_new, title, as_left in found:
            if not as_left:
                left.kept.append((key, title, changed_since()))
            elif is_new and key in printed:
                left.kept.append((key, title, _("printed in an issued report")))
            else:
                (left.added if is_new else left.changed).append(key)
        return left

    def reckon_without(self, part: Part) -> None:
        """Imports before this one find their records as they left them, once this is undone.

        Writing and undoing have each made a version of the record.
        """
        self.run(
            f"UPDATE {connection.ops.quote_name(UploadRow._meta.db_table)} e"
            " SET seen = e.seen + 2 FROM {s} WHERE {part} AND e.target = s.target"
            " AND e.seen < s.seen AND e.upload_id = ANY(%(others)s)",
            part,
            others=list(others(self.upload).values_list("pk", flat=True)),
        )
