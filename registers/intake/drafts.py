"""Rows of a file on their way, and the new records they would make: nothing is asked or written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from imports.contract import Parsed
from registers.querysets import record_of
from registers.sheets.cells import Cell
from registers.sheets.choosing import RowsCell
from registers.sheets.linecells import LinesCell
from registers.sheets.resources import RecordResource

Values = dict[str, Any]
Key = tuple[Any, ...]
Problems = list[tuple[str, str]]  # (field or "", why)
UNSTORED = -1  # a key, so that what belongs to a record can be held by it


@dataclass(slots=True)
class Draft:
    """A row on its way: the record it would make, or the one it is about.

    ``given`` is what the row says as JSON knows it, ``held`` the same as a
    record holds it, by its attributes (what lies in other tables is not there).
    """

    row: Parsed
    given: Values
    held: Values = field(default_factory=dict)
    problems: Problems = field(default_factory=list)
    record: Any = None
    stored: Any = None
    values: Values = field(default_factory=dict)  # of a new record
    key: Key | None = None


class Fields:
    """The cells of a register by where a record keeps them: in itself, or in other tables."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self.cells = cells
        self.belonging = {
            name: cell for name, cell in cells.items() if isinstance(cell, (RowsCell, LinesCell))
        }
        self.own = {
            name: (cell.field.attname, cell)
            for name, cell in cells.items()
            if name not in self.belonging
        }
        self._python = {
            name: (attribute, None if type(cell).python is Cell.python else cell.python)
            for name, (attribute, cell) in self.own.items()
        }

    def held(self, given: Values) -> Values:
        """What is said of the record itself, as it would hold it."""
        found: Values = {}
        for name, value in given.items():
            if name in self._python:
                attribute, python = self._python[name]
                found[attribute] = value if python is None else python(value)
        return found

    def differing(self, one: Values, other: Values) -> list[tuple[str, Any]]:
        """The cells, by their names, that are not held alike; those ``one`` says nothing of are."""
        return [
            (name, cell)
            for name, (attribute, cell) in self.own.items()
            if attribute in one
            and one[attribute] is not other[attribute]
            and one[attribute] != other[attribute]
        ]


class Drafts:
    """Makes records from values, each a copy of the one nobody has filled in."""

    def __init__(self, resource: RecordResource, fields: Fields, agency: int | None) -> None:
        register = resource.register
        self._resource, self._fields = resource, fields
        self._model: Any = register.model
        owner: dict[str, Any] = {"agency_id": agency}
        start = register.model(**register.initial, data_class=register.data_class.value, **owner)
        meta: Any = register.model._meta
        columns = meta.concrete_fields
        self._start = {item.attname: getattr(start, item.attname) for item in columns}
        self._start["id"] = UNSTORED
        self._initial = dict(register.initial) | {"data_class": register.data_class.value}
        self._key = [meta.get_field(name).attname for name in register.natural_key]
        empty = self.made({}, {})
        self._usual = {name: cell.of(empty) for name, cell in fields.cells.items()}
        asked = {name: resource.fields[name].field for name in fields.cells}
        # An owner is known without being written.
        self.required = [name for name in asked if asked[name].needed and name != "agency"]

    def made(self, held: Values, given: Values) -> Any:
        record = record_of(self._model, self._start | held)
        if record.agency_id is None:
            record.agency_id = self._start["agency_id"]
        self._resource.join(record)
        for name, cell in self._fields.belonging.items():
            cell.put(record, given.get(name) or [])
        return record

    def values(self, record: Any, held: Values, given: Values) -> Values:
        """What is written of a new record: what was given, and what its rules made of it."""
        found: Values = self._initial | given
        found["agency"] = record.agency_id
        for name, cell in self._fields.differing(self._start | held, record.__dict__):
            found[name] = cell.of(record)
        for name, cell in self._fields.belonging.items():
            value = cell.of(record)
            if name in given or value != self._usual[name]:
                found[name] = value
        return found

    def key(self, held: Values) -> Key:
        """The natural key of what is held so."""
        return tuple(held[name] if name in held else self._start[name] for name in self._key)

    def said(self, values: Mapping[str, Any], given: Mapping[str, Any]) -> Values:
        """Of these, what may also change a record that is there: not the usual owner and label."""
        usual = {*self._initial, "agency"}
        return {
            name: value
            for name, value in values.items()
            if name in given or (name in self._fields.cells and name not in usual)
        }
