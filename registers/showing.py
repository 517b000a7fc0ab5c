"""Values in words: the same on the list, the record's page, its history and in CSV."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.dates import short_date
from common.numbers import format_number


def text(value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, Decimal)):
        return format_number(Decimal(value), get_language() or "vi")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{short_date(local)} {local:%H:%M}"
    if isinstance(value, dt.date):
        return short_date(value)
    if hasattr(value, "all"):
        value = value.all()
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return ", ".join(text(one) for one in value)
    return str(value)


def shown(record: Any, name: str) -> str:
    """A field of a record in words, choices by their labels."""
    display = getattr(record, f"get_{name}_display", None)
    if display:
        return str(display() or "")
    value = getattr(record, name)
    return chosen(record._meta.get_field(name), value) if isinstance(value, list) else text(value)


def chosen(field: Any, value: Any) -> str:
    """A stored value by its label: a choice, or several of a fixed list."""
    if isinstance(field, ArrayField) and field.base_field.choices:
        labels = dict(field.base_field.flatchoices)
        return text([str(labels.get(one, one)) for one in value or ()])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value) or "")
    return text(value)


def agency_name(record: Any) -> str:
    """The owner in a column: short where there is a short name."""
    return record.agency.short_name or record.agency.name
