"""The trail of changes in words: who changed what, when, from what to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from common.contracts import Label
from common.dates import short_date

PAGE = 40
DEEDS: dict[str, Label] = {
    "insert": _("added"),
    "update": _("changed"),
    "delete": _("deleted"),
}
# Keys that only help to search and sort say nothing to a reader.
_SILENT = {"id", "name_key", "search_text", "version", "is_current"}


@dataclass(frozen=True)
class Line:
    """One field that changed; ``before`` is None for a new record."""

    field: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Change:
    """One event of one record."""

    when: dt.datetime
    deed: Label
    record: str
    user_id: int | None
    context: dict[str, Any]
    lines: tuple[Line, ...]


def kinds() -> dict[str, Label]:
    """The tracked models by key, with their names for people."""
    return {
        key: model.pgh_tracked_model._meta.verbose_name_plural for key, model in _events().items()
    }


def changes(key: str, number: int | str) -> tuple[Page, list[Change]]:
    """A page of a model's changes, newest first; raises KeyError for an unknown model.

    Three queries, whatever the length of the trail: the page, and the event
    before each of its events.
    """
    model = _events()[key]
    before = model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    rows = (
        model.objects.select_related("pgh_context")
        .annotate(before_id=Subquery(before.order_by("-pgh_id").values("pgh_id")[:1]))
        .order_by("-pgh_id")
    )
    page = Paginator(rows, PAGE).get_page(number)
    events = list(page.object_list)
    earlier = model.objects.in_bulk([event.before_id for event in events if event.before_id])
    return page, [_change(event, earlier.get(event.before_id)) for event in events]


def _events() -> dict[str, Any]:
    """Event models by the key of what they follow; the library makes them, so types end here."""
    found: list[Any] = [
        model
        for model in apps.get_models()
        if issubclass(model, Event) and hasattr(model, "pgh_tracked_model")
    ]
    return {model.pgh_tracked_model._meta.label_lower: model for model in found}


def _change(event: Any, before: Any) -> Change:
    context = event.pgh_context.metadata if event.pgh_context else {}
    return Change(
        when=event.pgh_created_at,
        deed=DEEDS.get(event.pgh_label, event.pgh_label),
        record=f"#{event.pgh_obj_id}",
        user_id=context.get("user"),
        context=context,
        lines=tuple(_lines(event, before)),
    )


def _lines(event: Any, before: Any) -> Iterator[Line]:
    for field in event.pgh_tracked_model._meta.concrete_fields:
        if field.name in _SILENT or not hasattr(event, field.attname):
            continue
        new = _shown(event, field)
        old = _shown(before, field) if before is not None else None
        if new != (old or ""):
            yield Line(str(field.verbose_name), old, new)


def _shown(event: Any, field: models.Field) -> str:
    value = getattr(event, field.attname)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{short_date(local)} {local:%H:%M}"
    if isinstance(value, dt.date):
        return short_date(value)
    return str(value)[:300]
