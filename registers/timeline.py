"""The history of a record as a timeline of sentences: who, when, what, why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def timeline(register: Register, record: Record, viewer: User | None = None) -> list[Sentence]:
    """What happened to a record, its lines and its files, the latest first, as far as the
    viewer may know."""
    events = list(record.events.select_related("pgh_context").order_by("pgh_id"))
    # What came with the record is part of entering it.
    came = events[0].pgh_created_at if events else None
    told = [*_record(record, events)]
    for lines in register.lines:
        told += _lines(lines, record, came)
    for name in register.fields:
        if isinstance(register.model._meta.get_field(name), models.ManyToManyField):
            told += _choices(register.model._meta.get_field(name), record, came)
    told += _files(register, record)
    people = _people(told)
    ordered = sorted(told, key=lambda one: (one[0].pgh_created_at, one[0].pgh_id), reverse=True)
    sentences = [_sentence(*one, people) for one in ordered]
    imports = {one.import_id for one in sentences if one.import_id}
    files = files_of(imports, record, viewer) if viewer else {}
    return [replace(one, file=files.get(one.import_id or 0)) for one in sentences]


Told = tuple[Any, str, str, tuple[Line, ...]]  # event, deed, about what, fields


def _record(record: Record, events: list[Any]) -> Iterator[Told]:
    names = Names(type(record), events)
    before = None
    for event in events:
        changed = tuple(names.changes(before, event))
        if before is None:
            yield event, "add", "", ()
        elif bool(before.deleted_at) != bool(event.deleted_at):
            yield event, "delete" if event.deleted_at else "restore", "", ()
        elif changed:
            yield event, "change", "", changed
        before = event


def _lines(lines: Lines, record: Record, came: dt.datetime | None) -> Iterator[Told]:
    """The rows of one kind of lines, each told as one thing that was added, changed, removed."""
    owner = f"{owner_of(lines, type(record))}_id"
    events_of: Any = lines.model.events.rel.related_model  # type: ignore[attr-defined]
    events = list(
        events_of.objects.filter(**{owner: record.pk})
        .select_related("pgh_context")
        .order_by("pgh_id")
    )
    names = Names(lines.model, events, without=(owner,))
    before: dict[int, Any] = {}
    for event in events:
        key, earlier = event.pgh_obj_id, before.get(event.pgh_obj_id)
        before[key] = event
        about = f"{lines.label}: {names.summary(event)}"
        if event.pgh_label == "delete":
            yield event, "line_delete", about, ()
        elif earlier is None:
            if came is None or event.pgh_created_at > came:
                yield event, "line_add", about, ()
        elif changed := tuple(names.changes(earlier, event)):
            yield event, "line_change", about, changed


def _choices(field: Any, record: Record, came: dt.datetime | None) -> Iterator[Told]:
    """What was chosen and taken away again, where the table in between has a history."""
    through = field.remote_field.through
    events_of = next((model for model in _event_models() if _follows(model, through)), None)
    if events_of is None:
        return
    rows = events_of.objects.filter(**{f"{field.m2m_field_name()}_id": record.pk})
    events = list(rows.select_related("pgh_context").order_by("pgh_id"))
    chosen = f"{field.m2m_reverse_field_name()}_id"
    targets = field.related_model._default_manager.in_bulk({getattr(one, chosen) for one in events})
    for event in events:
        about = f"{field.verbose_name}: {targets.get(getattr(event, chosen), '…')}"
        if event.pgh_label == "delete":
            yield event, "line_delete", about, ()
        elif came is None or event.pgh_created_at > came:
            yield event, "line_add", about, ()


def _event_models() -> Iterator[Any]:
    return (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model"))


def _follows(events: Any, through: Any) -> bool:
    return events.pgh_tracked_model._meta.concrete_model is through


def _files(register: Register, record: Record) -> Iterator[Told]:
    events_of: Any = Attachment.events.rel.related_model  # type: ignore[attr-defined]
    rows = events_of.objects.filter(register=register.code, record_id=record.pk)
    for event in rows.select_related("pgh_context").order_by("pgh_id"):
        if event.pgh_label == "insert":
            yield event, "attach", event.name, ()
        elif event.removed_at and event.pgh_label == "update":
            yield event, "detach", event.name, ()


class Names:
    """What stands in events, in words; what they refer to is read once for all of them."""

    def __init__(self, model: Any, events: Iterable[Any], without: tuple[str, ...] = ()) -> None:
        self.fields = [
            field
            for field in model._meta.concrete_fields
            if field.name not in SILENT and field.attname not in without
        ]
        self.known: dict[str, dict[Any, str]] = {}
        events = list(events)
        for field in self.fields:
            if field.related_model is None or not events:
                continue
            keys = {getattr(event, field.attname) for event in events} - {None}
            rows = field.related_model._default_manager.in_bulk(keys)
            self.known[field.name] = {key: str(row) for key, row in rows.items()}

    def shown(self, event: Any, field: models.Field) -> str:
        if event is None or not hasattr(event, field.attname):
            return ""
        value = getattr(event, field.attname)
        if field.name in self.known:
            return self.known[field.name].get(value, text(value))
        return chosen(field, value)

    def changes(self, before: Any, event: Any) -> Iterator[Line]:
        for field in self.fields:
            old, new = self.shown(before, field), self.shown(event, field)
            if old != new:
                yield Line(str(field.verbose_name), old, new)

    def summary(self, event: Any) -> str:
        return " · ".join(filter(None, (self.shown(event, field) for field in self.fields)))


def _people(told: Iterable[Told]) -> dict[int, str]:
    keys = {user for event, *_rest in told if (user := _context(event).get("user"))}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _sentence(
    event: Any, deed: str, about: str, changed: tuple[Line, ...], people: dict[int, str]
) -> Sentence:
    context = _context(event)
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
