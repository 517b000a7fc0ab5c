"""New records in memory, as a row of a file would make them: nothing is asked or written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from registers.cells import Cell
from registers.choosing import RowsCell
from registers.linecells import LinesCell
from registers.resources import RecordResource

Values = dict[str, Any]
UNSTORED = -1  # a key, so that what belongs to a record can be held by it


class Drafts:
    """Makes records from values, beginning with what a new record has."""

    def __init__(
        self, resource: RecordResource, cells: Mapping[str, Cell], agency: int | None
    ) -> None:
        register = resource.register
        self._resource, self._cells = resource, cells
        self._model: Any = register.model
        owner: dict[str, Any] = {"agency_id": agency}
        start = register.model(**register.initial, data_class=register.data_class.value, **owner)
        fields = register.model._meta.concrete_fields
        self._start = [getattr(start, item.attname) for item in fields]
        places = {item.attname: place for place, item in enumerate(fields)}
        self._start[places["id"]] = UNSTORED
        self._plain = {
            name: (places[cell.field.attname], cell)
            for name, cell in cells.items()
            if not isinstance(cell, (RowsCell, LinesCell))
        }
        self._belonging = {
            name: cell for name, cell in cells.items() if isinstance(cell, (RowsCell, LinesCell))
        }
        self._initial = dict(register.initial) | {"data_class": register.data_class.value}
        empty = self.made({})
        self._usual = {name: cell.of(empty) for name, cell in cells.items()}
        columns = {name: resource.fields[name].field for name in cells}
        # An owner is known without being written.
        self.required = [name for name in columns if columns[name].needed and name != "agency"]
        self.usual = {name: column.usual for name, column in columns.items() if column.usual}

    def made(self, given: Mapping[str, Any]) -> Any:
        values = self._start.copy()
        for name, value in given.items():
            if name in self._plain and not (value is None and name == "agency"):
                place, cell = self._plain[name]
                values[place] = cell.python(value)
        record: Any = self._model(*values)
        self._resource.join(record)
        for name, cell in self._belonging.items():
            cell.put(record, given.get(name) or [])
        return record

    def values(self, record: Any, given: Mapping[str, Any]) -> Values:
        """What is written of a new record: what was given, and what differs from the usual."""
        found: Values = self._initial | {"agency": record.agency_id}
        for name, cell in self._cells.items():
            value = cell.of(record)
            if name in given or value != self._usual[name]:
                found[name] = value
        return found

    def key(self, names: Sequence[str], given: Mapping[str, Any]) -> tuple[Any, ...]:
        """The natural key as it was written, before the record's own rules touch it."""
        return tuple(
            self._plain[name][1].python(given[name])
            if name in given
            else self._start[self._plain[name][0]]
            for name in names
        )

    def said(self, values: Mapping[str, Any], given: Mapping[str, Any]) -> Values:
        """Of these, what may also change a record that is there: not the usual owner and label."""
        usual = {*self._initial, "agency"}
        return {
            name: value
            for name, value in values.items()
            if name in given or (name in self._cells and name not in usual)
        }
