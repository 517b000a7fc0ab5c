"""Writing and undoing imports of agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from imports.contract import Changed, Outcome, Undone
from imports.models import Upload, UploadRow
from imports.people.agency_checking import FIELDS, PLAIN, state
from imports.undoing import changed_since, kept

WRITTEN = (Outcome.NEW, Outcome.CHANGED)


def write(upload: Upload, by: User) -> int:
    """Add and change what was confirmed; how many agencies."""
    rows = list(upload.rows.filter(outcome__in=WRITTEN).order_by("number"))
    with _noted(upload, by):
        agencies = _held(rows)
        by_code = {agency.code: agency for agency in Agency.objects.all()}
        for row in rows:
            agency = _added(row, by_code) if row.outcome == Outcome.NEW else _met(row, agencies)
            _set(agency, row.values)
            row.target = agency.pk
            agencies[agency.pk] = by_code[agency.code] = agency
        for row in rows:
            _link(agencies[row.target or 0], row.values, by_code)
    UploadRow.objects.bulk_update(rows, ["target"])
    return len(rows)


@contextmanager
def _noted(upload: Upload, by: User) -> Iterator[None]:
    """One import of agencies at a time; history knows who and by which."""
    if not by.may(Verb.MANAGE):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import of agencies'))")
    with pghistory.context(user=by.pk, **{"import": upload.pk}):
        yield


def _held(rows: list[UploadRow]) -> dict[int, Agency]:
    """Those the rows are about, held until the transaction ends."""
    keys = [row.target for row in rows if row.target is not None]
    return {a.pk: a for a in Agency.objects.select_for_update().filter(pk__in=keys)}


def _added(row: UploadRow, by_code: Mapping[str, Agency]) -> Agency:
    if row.values["code"] in by_code:
        raise Changed  # somebody added it meanwhile
    return Agency(code=row.values["code"])


def _met(row: UploadRow, agencies: Mapping[int, Agency]) -> Agency:
    agency = agencies.get(row.target or 0)
    if agency is None or state(agency, row.before) != row.before:
        raise Changed
    return agency


def _set(agency: Agency, said: Mapping[str, Any]) -> None:
    for name in PLAIN:
        if name in said:
            is_day = name.startswith("valid") and said[name]
            setattr(agency, name, dt.date.fromisoformat(said[name]) if is_day else said[name])
    agency.set_keys()
    agency.full_clean()
    agency.save()


def _link(agency: Agency, said: Mapping[str, Any], by_code: Mapping[str, Agency]) -> None:
    if "succeeds" not in said:
        return
    if not by_code.keys() >= set(said["succeeds"]):
        raise Changed  # one it succeeds is gone, or stands in a row that was left out
    agency.succeeds.set([by_code[code] for code in said["succeeds"]])


# --- back ---------------------------------------------------------------------------------


def undo(upload: Upload, by: User) -> Undone:
    """Delete agencies nothing refers to, put changed ones back; the rest stays and is listed."""
    rows = list(upload.rows.filter(outcome__in=WRITTEN).order_by("number"))
    with _noted(upload, by):
        agencies = _held(rows)
        as_left = {row.pk for row in rows if _is_as_left(row, agencies)}
        back = [row for row in rows if row.pk in as_left and row.outcome == Outcome.CHANGED]
        by_code = {agency.code: agency for agency in Agency.objects.all()}
        for row in back:
            if not by_code.keys() >= set(row.before.get("succeeds", ())):
                as_left.discard(row.pk)
                continue
            _set(agencies[row.target or 0], row.before)
            _link(agencies[row.target or 0], row.before, by_code)
        added = [r.target for r in rows if r.pk in as_left and r.outcome == Outcome.NEW]
        going = _unused({key: agencies[key] for key in added if key is not None})
        Agency.objects.filter(pk__in=going).delete()
    used = {r.pk for r in rows if r.outcome == Outcome.NEW and r.target not in going} & as_left
    left = [
        (row.target, row.title, _("in use since") if row.pk in used else changed_since())
        for row in rows
        if row.pk in used or row.pk not in as_left
    ]
    return Undone(len(rows) - len(left), kept(upload, left))


def _is_as_left(row: UploadRow, agencies: Mapping[int, Agency]) -> bool:
    agency = agencies.get(row.target or 0)
    if agency is None:
        return False
    said = {name: row.values[name] for name in FIELDS if name in row.values}
    return state(agency, said) == said


def _unused(agencies: Mapping[int, Agency]) -> set[int]:
    """Those nothing refers to, but for the succession among themselves."""
    going = {key for key, agency in agencies.items() if not _is_referred_to(agency)}
    succession = Agency.succeeds.through.objects.filter(to_agency__in=going)
    pairs = set(succession.values_list("from_agency_id", "to_agency_id"))
    while held := {earlier for later, earlier in pairs if earlier in going and later not in going}:
        going -= held
    return going


def _is_referred_to(agency: Agency) -> bool:
    """By a role, a figure, a record, an import … whatever points here, also under no name."""
    relation: Any
    for relation in Agency._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model: Any = relation.related_model
        is_history = hasattr(model, "pgh_tracked_model")
        if is_history or model is Agency.succeeds.through:
            continue
        if model._base_manager.filter(**{relation.field.name: agency}).exists():
            return True
    return False
