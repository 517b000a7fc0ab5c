"""Writing the staged rows of an import into a register, set-wise, and undoing it.

What ``registers.actions.save`` asks of one record is asked here of all of them
at once: rights, closed years, that nobody was faster, and that history knows
who and by which import.

``values`` and ``before`` of a staged row are keyed by the names of the fields:
of a foreign key the key of its row, of a many-to-many field the list of keys,
of lines a list of dicts with the stored line's ``id`` or None. A check that
knows the record's ``search_text`` puts it into both; it is made up for the
rows without it, at the price of a look at each.
"""

from __future__ import annotations

import json
from typing import Any

import psycopg2.errors
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from common.contracts import DataClass
from imports.contract import Changed, Undone
from imports.models import Upload
from imports.opening import Refused
from registers.actions import noted
from registers.contract import Register
from registers.intake.belongings import write_belongings
from registers.intake.counting import Counted, records
from registers.intake.staged import ADDED, UPDATED, WRITTEN, Part, Staged

SEARCH_TEXT = "search_text"


def write(register: Register, upload: Upload, by: User) -> int:
    """Add and change what was confirmed, in the transaction that is open; how many records.

    Raises Changed where somebody was faster, PermissionDenied, PeriodRefusal,
    or Refused.
    """
    staged = Staged(register, upload)
    _begin(register)
    staged.reserve()
    if staged.missed():
        raise Changed
    _refuse_rights(staged, by, UPDATED)
    changing = staged.keys(UPDATED)
    counted = Counted(register)
    counted.note(changing)
    with noted(by, **{"import": upload.pk}):
        try:
            number = _insert(staged, by) + _update(staged, by, UPDATED, "values")
            write_belongings(staged, WRITTEN, "values")
            _check_constraints()
        except IntegrityError as error:
            raise _told(register, error) from error
        _refuse_rights(staged, by, WRITTEN)
        counted.refuse_changed([*changing, *staged.keys(ADDED)])
        _make_up_search_text(staged, WRITTEN, "values")
    return number


def undo(register: Register, upload: Upload, by: User) -> Undone:
    """Take back what an import wrote; records people changed since stay as they are.

    What it added is deleted as people delete, with who and why, and can be restored.
    """
    staged = Staged(register, upload)
    _begin(register)
    left = staged.left()
    new, updated = ADDED.about(left.added), UPDATED.about(left.changed)
    _refuse_rights(staged, by, new)
    _refuse_rights(staged, by, updated)
    counted = Counted(register)
    counted.refuse_any(left.added)
    counted.note(left.changed)
    with noted(by, **{"import": upload.pk}, undone=True):
        try:
            number = _delete(staged, by, new) + _update(staged, by, updated, "before")
            write_belongings(staged, updated, "before")
            _check_constraints()
        except IntegrityError as error:
            raise _told(register, error) from error
        _refuse_rights(staged, by, updated)
        counted.refuse_changed(left.changed)
        _make_up_search_text(staged, updated, "before")
    staged.reckon_without(updated)
    return left.undone(upload, number)


def foresee(register: Register, upload: Upload, by: User) -> Undone:
    """What ``undo`` would do now; only looked at, since it may be a hundred thousand rows.

    Raises PermissionDenied or PeriodRefusal where it can be told without doing it.
    """
    staged = Staged(register, upload)
    with transaction.atomic():
        left = staged.left(held=False)
        _refuse_rights(staged, by, ADDED.about(left.added))
        _refuse_rights(staged, by, UPDATED.about(left.changed))
        counted = Counted(register)
        counted.refuse_any(left.added)
        if counted.is_plain:
            counted.refuse_any(left.changed)
    return left.undone(upload)


def _begin(register: Register) -> None:
    """One import into a table at a time; and no nested loops.

    Of two at once the second waits, and then sees what the first wrote. The
    statement-level triggers of history join their transition tables, which have
    no statistics: nested loops over them take minutes, and tables of a hundred
    thousand rows want to stay in memory. Nor is anything compiled for them: each
    statement runs once.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"import {register.model._meta.db_table}"],
        )
        cursor.execute(
            "SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '128MB'"
        )


def _check_constraints() -> None:
    """What is only checked at the end of a transaction is told while it can be worded."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _told(register: Register, error: IntegrityError) -> Exception:
    """A key taken meanwhile asks for another check; a rule that is broken is said in its words."""
    cause = error.__cause__
    taken = (psycopg2.errors.UniqueViolation, psycopg2.errors.ForeignKeyViolation)
    if isinstance(cause, taken):
        return Changed()
    name = getattr(getattr(cause, "diag", None), "constraint_name", "")
    for constraint in register.model._meta.constraints:
        if constraint.name == name:
            return Refused(str(constraint.get_violation_error_message()))
    return error


def _refuse_rights(staged: Staged, by: User, part: Part) -> None:
    """Each agency and class of data among the records is one this person may enter."""
    kinds = staged.ask(
        "SELECT DISTINCT t.agency_id, t.data_class FROM {t}"
        " WHERE t.id IN (SELECT s.target FROM {s} WHERE {part})",
        part,
    )
    for agency, kind in kinds:
        if not by.may(Verb.ENTER, data_class=DataClass(kind), agency_id=agency):
            raise PermissionDenied(
                _("Some of these records are kept by another agency, or need another right.")
            )


# --- statements ---------------------------------------------------------------------------


def _insert(staged: Staged, by: User) -> int:
    register = staged.register
    said = _sayable(register)
    ours = {field.name: field for field in _concrete(register) if field.name not in said}
    usual = {name: field.get_default() for name, field in said.items()}
    usual |= {"agency": staged.upload.agency_id, "data_class": register.data_class.value}
    usual |= register.initial
    made = {name: field.get_default() for name, field in ours.items()} | _stamp(staged, by)
    made |= {"created_by": by.pk, "created_at": timezone.now(), "version": 1}
    columns = ", ".join(_quoted(field.column) for field in (said | ours).values())
    read = [f"r.{_quoted(name)}" for name in said]
    read += [_constant(name, field) for name, field in ours.items()]
    return staged.run(
        f"INSERT INTO {_quoted(register.model._meta.db_table)} (id, {columns})"
        f" SELECT s.target, {', '.join(read)} FROM {{s}},"
        f' jsonb_to_record(%(usual)s::jsonb || s."values") AS r({_typed(said)})'
        " WHERE {part} ORDER BY s.number, s.part",
        ADDED,
        usual=_json(usual),
        **made,
    )


def _update(staged: Staged, by: User, part: Part, column: str) -> int:
    """Set what ``values`` or ``before`` say of each record, and nothing else of it."""
    said = _sayable(staged.register)
    fields = {name: said[name] for name in sorted(staged.names(part, column) & said.keys())}
    stamp = _stamp(staged, by)
    if not fields:
        fields = {SEARCH_TEXT: said[SEARCH_TEXT]}
    own = {field.name: field for field in _concrete(staged.register) if field.name in stamp}
    sets = [
        f"{_quoted(field.column)} = CASE WHEN s.\"{column}\" ? '{name}'"
        f" THEN r.{_quoted(name)} ELSE t.{_quoted(field.column)} END"
        for name, field in fields.items()
    ]
    sets += [f"{_quoted(field.column)} = {_constant(n, field)}" for n, field in own.items()]
    return staged.run(
        f"UPDATE {{t}} SET version = t.version + 1, {', '.join(sets)} FROM {{s}},"
        f' jsonb_to_record(s."{column}") AS r({_typed(fields)})'
        " WHERE {part} AND t.id = s.target",
        part,
        **stamp,
    )


def _delete(staged: Staged, by: User, part: Part) -> int:
    return staged.run(
        "UPDATE {t} SET version = t.version + 1, changed_by_id = %(by)s, changed_at = %(now)s,"
        " deleted_by_id = %(by)s, deleted_at = %(now)s, deletion_reason = %(reason)s"
        " FROM {s} WHERE {part} AND t.id = s.target",
        part,
        by=by.pk,
        now=timezone.now(),
        reason=_("The import of %(file)s was undone.") % {"file": staged.upload.file_name},
    )


def _make_up_search_text(staged: Staged, part: Part, column: str) -> None:
    """The key records are found by, where the check did not know it (lines, countries)."""
    without = Part(f"({part.sql} AND NOT s.\"{column}\" ? '{SEARCH_TEXT}')", part.parameters)
    found: list[tuple[int, str]] = []
    for record in records(staged.register, staged.keys(without)):
        stored = record.search_text
        record.set_keys()
        if record.search_text != stored:
            found.append((record.pk, record.search_text))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(staged.register.model._meta.db_table)} t SET search_text = made.text"
            " FROM unnest(%s::bigint[], %s::text[]) AS made(id, text) WHERE t.id = made.id",
            [[key for key, _text in found], [text for _key, text in found]],
        )


def _concrete(register: Register) -> list[Any]:
    fields: Any = register.model._meta.concrete_fields
    return [field for field in fields if not field.primary_key]


def _sayable(register: Register) -> dict[str, Any]:
    """The fields a row may say something about; the others are bookkeeping."""
    names = {*register.fields, *register.initial, "agency", "data_class", SEARCH_TEXT}
    return {field.name: field for field in _concrete(register) if field.name in names}


def _stamp(staged: Staged, by: User) -> dict[str, Any]:
    return {"changed_by": by.pk, "changed_at": timezone.now(), "import_id": staged.upload.pk}


def _constant(name: str, field: Any) -> str:
    """A parameter that is the same for all rows."""
    return f"%({name})s::{field.db_type(connection)}"


def _typed(fields: dict[str, Any]) -> str:
    """How ``jsonb_to_record`` reads each: as its column has it, too long a text refused."""
    return ", ".join(
        f"{_quoted(name)} {field.db_type(connection)}" for name, field in fields.items()
    )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, cls=DjangoJSONEncoder)
