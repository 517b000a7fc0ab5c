"""Registers as resources of django-import-export: columns, widgets and rights, both ways.

Made from the register's declaration (``registers.sheets.columns``). Exports are
written from them, and the importer reads by the same fields; the library's
own row loop is never used (it misreads Vietnamese numbers and asks the
database seven times a row).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from django.db.models import QuerySet
from import_export import resources

from accounts.models import User
from accounts.roles import Verb
from registers.contract import Register
from registers.declarations import registers
from registers.sheets.choosing import RowCell
from registers.sheets.columns import DEMO, IDENTITY, DerivedField, RecordField, columns_of
from registers.sheets.tables import Tables

CHUNK = 2000  # records read at once


class RecordResource(resources.ModelResource):
    """What all registers share; ``resource_of`` makes the one of a register.

    Each instance has its own ``tables``: reference rows as they are now.
    """

    register: Register
    names: tuple[str, ...]  # the columns in their order

    def __init__(self, *, required: Mapping[str, bool] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tables = Tables(self._of_rows())
        for column in self.columns:
            column.cell.be_with(self.tables)
            column.cell.required = (required or {}).get(column.name, column.cell.required)

    def _of_rows(self) -> dict[Any, list[str]]:
        """What the register wants of the rows its records point to: "gate__statuses"."""
        found: dict[Any, list[str]] = {}
        for path in self.register.prefetch:
            name, _dots, rest = path.partition("__")
            target = self.register.model._meta.get_field(name).related_model
            if rest:
                found.setdefault(target, []).append(rest)
        return found

    @property
    def columns(self) -> list[RecordField]:
        found: dict[str, Any] = self.fields
        return [found[name] for name in self.names]

    @property
    def taken_in(self) -> dict[str, RecordField]:
        """The columns that come in: fields of the record and its lines."""
        return {
            column.name: column
            for column in self.columns
            if column.name != IDENTITY and not isinstance(column, DerivedField)
        }

    # --- out ---------------------------------------------------------------------------

    def exported(self, *, with_demo: bool = True) -> list[RecordField]:
        return [column for column in self.columns if with_demo or column.name != DEMO]

    def records(self, found: QuerySet) -> Iterator[Any]:
        """The records with all that their columns ask for."""
        rows = found.select_related(*self.register.related).prefetch_related(
            *self.register.prefetch, *self.register.belonging
        )
        return rows.iterator(chunk_size=CHUNK)

    def join(self, record: Any) -> None:
        """Give a record the rows it points to, out of the tables read by now."""
        cache, keys = record._state.fields_cache, record.__dict__
        for name, attname, rows in self._pointing:
            cache[name] = rows.get(keys[attname])

    @cached_property
    def _pointing(self) -> list[tuple[str, str, dict[int, Any]]]:
        fields = [column.cell for column in self.columns if type(column.cell) is RowCell]
        return [(cell.field.name, cell.field.attname, cell.table.rows) for cell in fields]

    # --- rights ------------------------------------------------------------------------

    @staticmethod
    def may_import(user: User) -> bool:
        """The library lets everybody in who has no model permission set; here roles decide."""
        return user.may(Verb.IMPORT) and user.may(Verb.ENTER)

    @staticmethod
    def may_export(user: User) -> bool:
        return user.may(Verb.EXPORT)


@cache
def resource_of(code: str) -> type[RecordResource]:
    """The resource of a register, by its code."""
    register = registers()[code]
    columns = columns_of(register)
    meta = type("Meta", (), {"model": register.model, "fields": tuple(columns)})
    made = {"register": register, "names": tuple(columns), "Meta": meta} | columns
    return type(f"{register.model.__name__}Resource", (RecordResource,), made)
