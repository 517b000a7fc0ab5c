"""Writing records: rights, closed years, two people at once, and why something went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from common.contracts import DataClass
from registers.contract import Register
from registers.models import Record, RecordUse
from registers.years import refuse_closed

R = TypeVar("R", bound=Record)


class Refused(Exception):
    """What cannot be done to this record; the message says why and what to do."""


class Conflict(Exception):
    """Somebody else changed the record since it was read; ``current`` is what they stored."""

    def __init__(self, current: Record) -> None:
        self.current = current
        super().__init__(f"record {current.pk} was changed meanwhile")


@contextmanager
def noted(by: User, **why: Any) -> Iterator[None]:
    """History knows who did it, and why or by which import."""
    with pghistory.context(user=by.pk, **{key: value for key, value in why.items() if value}):
        yield


def may_enter(record: Record, by: User, *, as_administrator: bool = False) -> bool:
    """Whether this person may write this record as it stands.

    In the Django admin an administrator may, too, but only what is ordinary:
    what a label hides from them stays hidden.
    """
    kind = DataClass(record.data_class)
    if as_administrator and kind is DataClass.ORDINARY and by.may(Verb.MANAGE, everywhere=True):
        return True
    return record.agency_id is not None and by.may(
        Verb.ENTER, data_class=kind, agency_id=record.agency_id
    )


def refuse_writing(record: Record, by: User, *, as_administrator: bool = False) -> None:
    if not may_enter(record, by, as_administrator=as_administrator):
        raise PermissionDenied(
            _("Records of %(agency)s are kept by that agency or the compiling desk.")
            % {"agency": record.agency}
        )


@transaction.atomic
def save(
    register: Register,
    record: R,
    *,
    by: User,
    seen: int | None = None,
    together: Callable[[R], object] | None = None,
    as_administrator: bool = False,
    import_id: int | None = None,
) -> R:
    """Store a new record, or one as it was ``seen``.

    ``together`` writes what belongs to it (lines, countries) in the same
    breath. Raises PermissionDenied, PeriodRefusal, Conflict, or Refused.
    """
    refuse_writing(record, by, as_administrator=as_administrator)
    if record.pk is None:
        return _create(register, record, by, together, import_id)
    current = _locked(record)
    refuse_writing(current, by, as_administrator=as_administrator)
    if current.is_deleted:
        raise Refused(_("This record was deleted. Restore it before it is changed."))
    if current.version != seen:
        raise Conflict(current)
    before = current.counted()
    record.version = current.version + 1
    record.changed_by, record.changed_at = by, timezone.now()
    if import_id is not None:
        record.import_id = import_id
    return _write(register, record, by, together, import_id, before)


def _create(
    register: Register,
    record: R,
    by: User,
    together: Callable[[R], object] | None,
    import_id: int | None,
) -> R:
    record.created_by = record.changed_by = by
    record.created_at = record.changed_at = timezone.now()
    record.import_id = import_id
    try:
        with transaction.atomic():
            return _write(register, record, by, together, import_id)
    except (IntegrityError, Refused):
        sent = sent_before(record, by)
        if sent is None:
            raise
        return sent


def sent_before(record: R, by: User) -> R | None:
    """The record the same form made when it was sent the first time."""
    if record.entry_key is None:
        return None
    rows: Any = type(record)._default_manager.filter(entry_key=record.entry_key, created_by=by)
    return rows.first()


def _write(
    register: Register,
    record: R,
    by: User,
    together: Callable[[R], object] | None,
    import_id: int | None,
    before: Mapping[dt.date, Any] | None = None,
) -> R:
    refuse_closed(_changed(before or {}, record.counted()), register.calendar)
    with noted(by, **{"import": import_id}):
        with _worded(record):
            record.save()
        if together is not None:
            together(record)
            refuse_closed(_changed(before or {}, record.counted()), register.calendar)
            type(record)._default_manager.filter(pk=record.pk).exclude(
                search_text=_search_text(record)
            ).update(search_text=record.search_text)
    return record


@contextmanager
def _worded(record: Record) -> Iterator[None]:
    """What a constraint of the record refuses is said in its words.

    Forms say it earlier; this is for two people at the same moment.
    """
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        for constraint in record._meta.constraints:
            if constraint.name == name:
                raise Refused(str(constraint.get_violation_error_message())) from error
        raise


def _changed(before: Mapping[dt.date, Any], after: Mapping[dt.date, Any]) -> set[dt.date]:
    """The days on which something else counts now."""
    return {day for day in {*before, *after} if before.get(day) != after.get(day)}


def _search_text(record: Record) -> str:
    """What is searched may lie in the lines that were written after the record."""
    record.set_keys()
    return record.search_text


@transaction.atomic
def delete(register: Register, record: R, *, by: User, seen: int, reason: str) -> R:
    """Take a record out of lists and sums; it stays, with who and why, until restored."""
    current = _locked(record)
    refuse_writing(current, by)
    if not reason.strip():
        raise Refused(_("A record is deleted for a reason: write it down."))
    if current.is_deleted:
        return current
    if current.version != seen:
        raise Conflict(current)
    _refuse_printed(register, current)
    refuse_closed(current.counted_days(), register.calendar)
    current.deleted_by, current.deleted_at = by, timezone.now()
    current.deletion_reason = reason.strip()
    return _stamped(current, by)


@transaction.atomic
def restore(register: Register, record: R, *, by: User) -> R:
    """Bring a deleted record back as it was."""
    current = _locked(record)
    refuse_writing(current, by)
    if not current.is_deleted:
        return current
    refuse_closed(current.counted_days(), register.calendar)
    current.deleted_by = current.deleted_at = None
    current.deletion_reason = ""
    return _stamped(current, by)


def _stamped(record: R, by: User) -> R:
    record.version += 1
    record.changed_by, record.changed_at = by, timezone.now()
    with noted(by), _worded(record):
        record.save()
    return record


def _refuse_printed(register: Register, record: Record) -> None:
    """A report that was issued stands on it: the record cannot go from under it."""
    frozen = RecordUse.objects.of(register.code, record.pk).filter(is_frozen=True)
    reports = list(dict.fromkeys(frozen.values_list("label", flat=True)))
    if reports:
        raise Refused(
            _(
                "This record stands in %(reports)s, which has been issued, and cannot be deleted. "
                "Correct the record, or replace the report first."
            )
            % {"reports": ", ".join(f"“{label}”" for label in reports)}
        )


def _locked(record: R) -> R:
    rows: Any = type(record)._default_manager.select_for_update(of=("self",))
    return rows.select_related("agency").get(pk=record.pk)
