"""What belongs to records and is written with them: choices of several, and lines."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models

from registers.contract import Lines
from registers.intake.staged import Part, Staged
from registers.lines import owner_of

BATCH = 500


def write_belongings(staged: Staged, part: Part, column: str) -> None:
    """Make links and lines what ``values`` or ``before`` say, where they say anything."""
    meta = staged.register.model._meta
    names = staged.names(part, column) if meta.many_to_many or staged.register.lines else set()
    for field in meta.many_to_many:
        if field.name in names:
            _write_links(staged, part, column, field)
    for lines in staged.register.lines:
        if lines.name in names:
            _write_lines(staged, part, column, lines)


def _write_links(staged: Staged, part: Part, column: str, field: Any) -> None:
    """Links that stay are not touched: history tells of those that came and went."""
    quoted = connection.ops.quote_name
    table = quoted(field.remote_field.through._meta.db_table)
    mine, theirs = quoted(field.m2m_column_name()), quoted(field.m2m_reverse_name())
    said = f's."{column}" -> %(name)s'
    staged.run(
        f"DELETE FROM {table} link USING {{s}} WHERE {{part}} AND link.{mine} = s.target"
        f' AND s."{column}" ? %(name)s AND NOT {said} @> to_jsonb(link.{theirs})',
        part,
        name=field.name,
    )
    staged.run(
        f"INSERT INTO {table} ({mine}, {theirs})"
        f" SELECT s.target, other.key::bigint FROM {{s}},"
        f" jsonb_array_elements_text({said}) AS other(key)"
        f' WHERE {{part}} AND s."{column}" ? %(name)s ON CONFLICT DO NOTHING',
        part,
        name=field.name,
    )


def _write_lines(staged: Staged, part: Part, column: str, lines: Lines) -> None:
    """A line that is to stand stays itself: closed years and history know it by its key."""
    statement = f'SELECT s.target, s."{column}" -> %(name)s FROM {{s}} WHERE {{part}}'
    statement += f' AND s."{column}" ? %(name)s'
    wanted: dict[int, list[dict[str, Any]]] = {
        record: json.loads(said) for record, said in staged.ask(statement, part, name=lines.name)
    }
    rows: Any = lines.model._default_manager
    owner = f"{owner_of(lines, staged.register.model)}_id"
    known = {
        key: record
        for key, record in rows.filter(**{f"{owner}__in": list(wanted)}).values_list("pk", owner)
    }
    kept = {
        line["id"]
        for record, its in wanted.items()
        for line in its
        if known.get(line.get("id")) == record
    }
    rows.filter(pk__in=known.keys() - kept).delete()
    made = [
        _line(lines.model, line, {owner: record})
        for record, its in wanted.items()
        for line in its
        if line.get("id") not in kept
    ]
    rows.bulk_create(made, batch_size=BATCH)


def _line(model: Any, said: dict[str, Any], owner: dict[str, int]) -> models.Model:
    fields = {field.name: field for field in model._meta.concrete_fields}
    values = {
        fields[name].attname: fields[name].to_python(value)
        for name, value in said.items()
        if name != "id"
    }
    return model(**values, **owner)
