"""Registers as resources: the columns a register leaves with, and will come in with.

Made from the register's declaration: every field of its form under the name it
has on screen, then its lines. Values leave as dates, numbers and words; the
library's own import is never used (it misreads Vietnamese numbers).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export import fields, resources

from registers.contract import Column, Lines, Register
from registers.declarations import registers
from registers.export import CHUNK, cell_value
from registers.lines import stored_summaries


class WordsField(fields.Field):
    """A field of the record as people read it."""

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return cell_value(instance, Column(name=self.attribute))


class LinesField(fields.Field):
    """All lines of one kind in one cell."""

    def __init__(self, lines: Lines, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines = lines

    def export(self, instance: Any, **kwargs: Any) -> str:
        return "; ".join(stored_summaries(self.lines, instance))


class RecordResource(resources.ModelResource):
    """What all registers share; ``resource_of`` makes the one of a register."""

    register: Register

    def titles(self) -> list[str]:
        return [*self.get_export_headers(), _("Note")]

    def rows(self, records: QuerySet) -> Iterator[list[Any]]:
        found = records.select_related(*self.register.related).prefetch_related(
            *self.register.prefetch, *(lines.name for lines in self.register.lines)
        )
        for record in found.iterator(chunk_size=CHUNK):
            yield [*self.export_resource(record), _("sample data") if record.is_demo else ""]


@cache
def resource_of(code: str) -> type[RecordResource]:
    """The resource of a register, by its code."""
    register = registers()[code]
    columns: dict[str, fields.Field] = {
        name: WordsField(attribute=name, column_name=capfirst(register.label_of(name)))
        for name in register.fields
    }
    columns |= {
        lines.name: LinesField(lines, attribute=lines.name, column_name=str(lines.label))
        for lines in register.lines
    }
    meta = type("Meta", (), {"model": register.model, "fields": tuple(columns)})
    names = {"register": register, "Meta": meta} | columns
    return type(f"{register.model.__name__}Resource", (RecordResource,), names)
