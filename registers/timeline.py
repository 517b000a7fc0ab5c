"""The history of a record as a timeline of sentences: who, when, what, why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pghistory.models import Event, Events

from accounts.models import User
from common.contracts import Label
from registers.came import File, files_of
from registers.contract import Lines, Register
from registers.lines import owner_of
from registers.models import NO_HISTORY, Attachment, Record
from registers.showing import chosen, text

DEEDS: dict[str, Label] = {
    "add": gettext_lazy("entered the record"),
    "change": gettext_lazy("changed the record"),
    "delete": gettext_lazy("deleted the record"),
    "restore": gettext_lazy("restored the record"),
    "attach": gettext_lazy("attached a file"),
    "detach": gettext_lazy("removed a file"),
    "line_add": gettext_lazy("added a line"),
    "line_change": gettext_lazy("changed a line"),
    "line_delete": gettext_lazy("removed a line"),
}
# What every save touches says nothing; deleting and its reason are told in the sentence.
SILENT = {
    *NO_HISTORY, "id", "version", "created_by", "created_at", "changed_by", "changed_at",
    "deleted_by", "deleted_at", "deletion_reason", "is_demo", "import_id",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field; ``before`` is "" where nothing stood."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Sentence:
    """One thing somebody did."""

    when: dt.datetime
    who: str
    deed: Label
    about: str = ""
    why: str = ""
    import_id: int | None = None
    is_undoing: bool = False  # of that import
    file: File | None = None  # it came with, where the viewer may know
    lines: tuple[Line, ...] = ()


def timeline(
    register: Register,
    record: Record,
    files: Iterable[Attachment] = (),
    *,
    viewer: User | None = None,
) -> list[Sentence]:
    """What happened to a record, its lines and its files, the latest first, as far as the
    viewer may know."""
    choices = register.choices
    found = _events(record, [*(lines.model for lines in register.lines), *map(_between, choices)])
    events = [one for one in found.get(_stored(record), []) if one.pgh_obj_id == record.pk]
    # What came with the record is part of entering it.
    came = events[0].pgh_created_at if events else None
    told = [*_record(record, events)]
    for lines in register.lines:
        told += _lines(lines, record, found.get(lines.model, []), came)
    for field in choices:
        told += _choices(field, record, found.get(_between(field), []), came)
    told += _files(files)
    people = _people(told)
    ordered = sorted(told, key=lambda one: (one[0].pgh_created_at, one[0].pgh_id), reverse=True)
    sentences = [_sentence(*one, people) for one in ordered]
    imports = {one.import_id for one in sentences if one.import_id}
    came_by = files_of(imports, record, viewer) if viewer else {}
    return [replace(one, file=came_by.get(one.import_id or 0)) for one in sentences]


Told = tuple[Any, str, str, tuple[Line, ...]]  # event, deed, about what, fields


def _record(record: Record, events: list[Any]) -> Iterator[Told]:
    names = Names(type(record), events)
    before = None
    for event in events:
        if before is None:
            yield event, "add", "", ()
        elif bool(before.deleted_at) != bool(event.deleted_at):
            yield event, "delete" if event.deleted_at else "restore", "", ()
        elif changed := tuple(names.changes(before, event)):
            yield event, "change", "", changed
        before = event


def _lines(
    lines: Lines, record: Record, events: list[Any], came: dt.datetime | None
) -> Iterator[Told]:
    """The rows of one kind of lines, each told as one thing that was added, changed, removed."""
    names = Names(lines.model, events, without=(f"{owner_of(lines, type(record))}_id",))
    before: dict[int, Any] = {}
    for event in events:
        key, earlier = event.pgh_obj_id, before.get(event.pgh_obj_id)
        before[key] = event
        changed: tuple[Line, ...] = ()
        if event.pgh_label == "delete":
            deed = "line_delete"
        elif earlier is None:
            deed = "line_add" if came is None or event.pgh_created_at > came else ""
        else:
            changed = tuple(names.changes(earlier, event))
            deed = "line_change" if changed else ""
        if deed:
            yield event, deed, f"{lines.label}: {names.summary(event)}", changed


def _choices(
    field: Any, record: Record, events: list[Any], came: dt.datetime | None
) -> Iterator[Told]:
    """What was chosen and taken away again, where the table in between has a history."""
    column = f"{field.m2m_reverse_field_name()}_id"
    told = [
        event
        for event in events
        if event.pgh_label == "delete" or came is None or event.pgh_created_at > came
    ]
    targets = {one.pk: one for one in getattr(record, field.name).all()} if told else {}
    gone = {getattr(one, column) for one in told} - targets.keys()
    targets |= field.related_model._default_manager.in_bulk(gone) if gone else {}
    for event in told:
        about = f"{field.verbose_name}: {targets.get(getattr(event, column), '…')}"
        yield event, "line_delete" if event.pgh_label == "delete" else "line_add", about, ()


# --- events ------------------------------------------------------------------------------


def _stored(record: Record) -> Any:
    return record._meta.concrete_model


def _between(field: Any) -> Any:
    """The table between a record and what was chosen."""
    return field.remote_field.through


def _events(record: Record, parts: Iterable[Any]) -> dict[Any, list[Any]]:
    """The history of a record and of its parts, by their models, in one question."""
    told: dict[str, tuple[Any, Any]] = {}
    for model in (_stored(record), *parts):
        if events := _kept_by().get(model):
            told[events._meta.label] = model, events
    rows = Events.objects.across(*(events for _model, events in told.values())).references(record)
    # As text: its numbers are decimals.
    listed = rows.annotate(held=Cast("pgh_data", models.TextField())).values_list(*_ASKED, "held")
    found: dict[Any, list[Any]] = {}
    for key, label, at, kind, of, context, held in sorted(listed, key=itemgetter(0)):
        model, events = told[label]
        event = SimpleNamespace(
            pgh_id=key, pgh_created_at=at, pgh_label=kind, pgh_obj_id=int(of), context=context or {}
        )
        vars(event).update(_held(events, held))
        found.setdefault(model, []).append(event)
    return found


_ASKED = ("pgh_id", "pgh_model", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context")


def _held(events: Any, held: str) -> dict[str, Any]:
    """What a row held, as the fields of its model hold it."""
    values = json.loads(held, parse_float=Decimal)
    return {
        field.attname: field.to_python(values[field.column])
        for field in events._meta.concrete_fields
        if field.column in values
    }


@cache
def _kept_by() -> dict[Any, Any]:
    """The models whose history is kept, and the models of their events."""
    known: list[Any] = [model for model in apps.get_models() if issubclass(model, Event)]
    return {model.pgh_tracked_model._meta.concrete_model: model for model in known}


def _files(files: Iterable[Attachment]) -> Iterator[Told]:
    for one in files:
        yield _done(one.pk, one.added_at, one.added_by_id), "attach", one.name, ()
        if one.removed_at:
            yield _done(one.pk, one.removed_at, one.removed_by_id), "detach", one.name, ()


def _done(key: int, at: dt.datetime, by: int | None) -> Any:
    return SimpleNamespace(pgh_id=key, pgh_created_at=at, context={"user": by})


class Names:
    """What stands in events, in words; what they refer to is read once for all of them."""

    def __init__(self, model: Any, events: Iterable[Any], without: tuple[str, ...] = ()) -> None:
        self.events = list(events)
        self.fields = [
            field
            for field in model._meta.concrete_fields
            if field.name not in SILENT and field.attname not in without
        ]
        self._known: dict[str, dict[Any, str]] = {}

    def shown(self, event: Any, field: models.Field) -> str:
        value = getattr(event, field.attname, None)
        if value is None or field.related_model is None:
            return chosen(field, value)
        return self._rows(field).get(value, text(value))

    def _rows(self, field: Any) -> dict[Any, str]:
        """All a field ever pointed to; most never point elsewhere, and are not asked for."""
        if field.name not in self._known:
            keys = {getattr(event, field.attname, None) for event in self.events} - {None}
            rows = field.related_model._default_manager.in_bulk(keys)
            self._known[field.name] = {key: str(row) for key, row in rows.items()}
        return self._known[field.name]

    def changes(self, before: Any, event: Any) -> Iterator[Line]:
        for field in self.fields:
            if getattr(before, field.attname, None) == getattr(event, field.attname, None):
                continue
            old, new = self.shown(before, field), self.shown(event, field)
            if old != new:
                yield Line(str(field.verbose_name), old, new)

    def summary(self, event: Any) -> str:
        return " · ".join(filter(None, (self.shown(event, field) for field in self.fields)))


def _people(told: Iterable[Told]) -> dict[int, str]:
    keys = {user for event, *_rest in told if (user := event.context.get("user"))}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}


def _sentence(
    event: Any, deed: str, about: str, changed: tuple[Line, ...], people: dict[int, str]
) -> Sentence:
    context = event.context
    return Sentence(
        when=event.pgh_created_at,
        who=people.get(context.get("user") or 0, "") or _("the system"),
        deed=DEEDS[deed],
        about=about,
        why=getattr(event, "deletion_reason", "") if deed == "delete" else "",
        import_id=context.get("import"),
        is_undoing=bool(context.get("undone")),
        lines=changed,
    )


def seen_values(register: Register, record: Record, version: int | None) -> dict[str, Any] | None:
    """The fields as they stood in the version somebody started from, or None."""
    event = record.events.filter(version=version).order_by("-pgh_id").first()
    if event is None:
        return None
    return {
        name: getattr(event, register.model._meta.get_field(name).attname)  # type: ignore[union-attr]
        for name in register.fields
        if hasattr(event, getattr(register.model._meta.get_field(name), "attname", "-"))
    }
