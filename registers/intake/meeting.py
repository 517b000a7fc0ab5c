"""Which stored records the rows of a file are about: by number, by natural key, by likeness."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Value, prefetch_related_objects
from django.db.models.expressions import RawSQL

from registers.intake.drafts import Key
from registers.sheets.resources import RecordResource

AT_ONCE = 50  # rows whose twins one query asks for


class Meeting:
    """Finds records, some thousands of rows at a time."""

    def __init__(self, resource: RecordResource) -> None:
        self.resource, self.register = resource, resource.register
        self.rows: Any = self.register.model._default_manager
        names = self.register.natural_key
        self._key: list[Any] = [self.register.model._meta.get_field(name) for name in names]

    def numbered(self, keys: Iterable[int]) -> dict[int, Any]:
        """Records by their numbers, deleted ones too, with what belongs to them."""
        wanted = list(keys)
        if not wanted:
            return {}
        found = self._read(self.rows.filter(pk__in=wanted))
        return {record.id: record for record in found}

    def key_of(self, record: Any) -> Key:
        held = record.__dict__
        return tuple([held[field.attname] for field in self._key])

    def of_keys(self, keys: Sequence[Key]) -> dict[Key, Any]:
        """The present records that have these natural keys."""
        if not keys:
            return {}
        quoted = connection.ops.quote_name
        table = quoted(self.register.model._meta.db_table)
        said = ", ".join(
            f"(key->>{place})::{field.rel_db_type(connection)} AS k{place}"
            for place, field in enumerate(self._key)
        )
        same = " AND ".join(
            f"t.{quoted(field.column)} = k.k{place}" for place, field in enumerate(self._key)
        )
        # One by one through the key's index: joined, the whole table would be sorted.
        met = (
            f"SELECT met.id FROM (SELECT {said} FROM json_array_elements(%s::json) AS key) AS k,"
            f" LATERAL (SELECT t.id FROM {table} t WHERE {same} AND t.deleted_at IS NULL LIMIT 1)"
            " AS met"
        )
        wanted = RawSQL(met, [json.dumps(keys, default=str)])
        found = self._read(self.rows.filter(pk__in=wanted))
        return {self.key_of(record): record for record in found}

    def twins(self, records: Sequence[Any]) -> dict[int, Any]:
        """For some of these records, by their place, another that is probably the same."""
        found: dict[int, int] = {}
        for start in range(0, len(records), AT_ONCE):
            asked = []
            for place, record in enumerate(records[start : start + AT_ONCE], start):
                condition = self.register.twins(record) if self.register.twins else None
                if condition is not None:
                    alike = self.rows.alive().filter(condition).order_by("pk")
                    alike = alike.annotate(of_row=Value(place))
                    asked.append(alike.values_list("of_row", "pk")[:1])
            if asked:
                found |= dict(asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0])
        stored = self.numbered(found.values())
        return {place: stored[key] for place, key in found.items() if key in stored}

    def _read(self, rows: Any) -> list[Any]:
        """Records with what belongs to them; the rows they point to are known by now."""
        found = list(rows.order_by().plainly())
        prefetch_related_objects(found, *self.register.belonging)
        for record in found:
            self.resource.join(record)
        return found
