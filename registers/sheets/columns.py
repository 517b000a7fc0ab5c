"""The columns of a register's files: its record number, every field of its form, its lines.

Made from the declaration and used both ways. What lists show beyond that
(sums, today's status) leaves as well, says that it follows from the rest, and
is passed over when the file comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields

from common.contracts import Label
from common.units import UNITS, alternatives
from imports.contract import Converted, Field, FieldKind, Number, Wrong
from registers.contract import Column, Register
from registers.sheets.cells import (
    Cell,
    DayCell,
    FlagCell,
    MonthCell,
    NumberCell,
    TextCell,
)
from registers.sheets.choosing import ChoiceCell, ChoicesCell, RowCell, RowsCell
from registers.sheets.linecells import LinesCell
from registers.showing import shown, text

IDENTITY = "record"  # the name of the column with the record's own number
DEMO = "sample"


class RecordField(fields.Field):
    """A column of a file: django-import-export's field with what the importer asks of it."""

    def __init__(self, name: str, label: Label, cell: Cell, **more: Any) -> None:
        self.also: tuple[Label, ...] = more.pop("also", ())
        self.unit: str = more.pop("unit", "")
        self.usual: Label = more.pop("usual", "")
        super().__init__(attribute=name, column_name=str(label), widget=cell, **more)
        self.name, self.label, self.cell = name, label, cell

    def __deepcopy__(self, memo: Any) -> RecordField:
        cell = self.cell.__deepcopy__(memo)
        made = type(self)(
            self.name, self.label, cell, also=self.also, unit=self.unit, usual=self.usual
        )
        made.column_name = str(self.label)  # in the language of now
        return made

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return self.cell.render(self.cell.of(instance))

    @property
    def others(self) -> tuple[str, ...]:
        """What else it is called, in each language."""
        found: dict[str, None] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {str(label): None for label in self.also}
        return tuple(found)

    @property
    def field(self) -> Field:
        """The column as the importer knows it."""
        return Field(
            name=self.name,
            label=self.label,
            kind=self.cell.kind,
            also=self.others,
            required=self.cell.required,
            accept=self.cell.clean,
            choices=lambda: self.cell.choices,
            shared=lambda: self.cell.shared,
            usual=self.usual,
            units=units_of(self.unit),
            decimals=getattr(self.cell, "decimals", 0),
            help=getattr(self.cell, "order", "") or getattr(self.cell.field, "help_text", ""),
        )


class NumberOfRecord(Cell):
    """The record's own number: where it stands, the row is about that record."""

    kind = FieldKind.KEY

    def of(self, record: Any) -> int:
        return record.pk

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value

    def read(self, value: Any) -> int:
        text = str(value.value if isinstance(value, Number) else value).strip()
        if not text.isdecimal() or len(text) > 18:
            raise Wrong(
                _(
                    "This is no number of a record. Leave the cell empty for a new record; "
                    "in an exported file do not change this column."
                )
            )
        return int(text)


class IdentityField(RecordField):
    @property
    def field(self) -> Field:
        return Field(
            name=self.name,
            label=self.label,
            kind=self.cell.kind,
            also=self.others,
            accept=self.cell.clean,
            is_identity=True,
            help=gettext_lazy("Filled in by exports. Empty: a new record."),
        )


class DerivedCell(Cell):
    """What follows from the record; it leaves and never comes in."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self.column = column

    def __deepcopy__(self, memo: Any) -> Cell:
        return DerivedCell(self.column)

    def of(self, record: Any) -> Any:
        return _of(record, self.column)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value

    def written(self, value: Any) -> str:
        return text(value)

    def clean(self, value: Converted, row: Any = None, **kwargs: Any) -> None:
        return None


def _of(record: Any, column: Column) -> Any:
    """Numbers and days as they are, all else in words."""
    if column.value:
        value = column.value(record)
    elif hasattr(record, f"get_{column.name}_display"):
        return shown(record, column.name)
    else:
        value = getattr(record, column.name)
    if isinstance(value, (dt.date, Decimal, int)) and not isinstance(value, bool):
        return value
    return text(value) if column.value else shown(record, column.name)


class DerivedField(RecordField):
    @property
    def field(self) -> Field:
        return Field(name=self.name, label=self.label, is_silent=True)


def columns_of(register: Register) -> dict[str, RecordField]:
    """The columns of a register's files, in their order."""
    made: dict[str, RecordField] = {
        IDENTITY: IdentityField(
            IDENTITY,
            gettext_lazy("Record number"),
            NumberOfRecord(register.model._meta.pk),
            also=("ID",),
        )
    }
    listed = {column.name: column.label for column in register.columns if not column.value}
    # What a model begins with is no answer: whether journeys are over, somebody has to say.
    usual = dict(register.initial) | {"data_class": register.data_class.value}
    for name in register.fields:
        field: Any = register.model._meta.get_field(name)
        unit = register.units.get(name, "")
        cell = cell_of(field, register.form.base_fields.get(name))
        if isinstance(cell, ChoiceCell):
            cell.others = register.words.get(name, {})
        made[name] = RecordField(
            name,
            _headed(field.verbose_name, unit),
            cell,
            also=tuple(filter(None, [listed.get(name), *register.headings.get(name, ())])),
            unit=unit,
            usual=_in_words(cell, usual[name]) if name in usual else "",
        )
    for lines in register.lines:
        cells = {
            name: cell_of(lines.model._meta.get_field(name), lines.form.base_fields.get(name))
            for name in lines.form._meta.fields
        }
        made[lines.name] = RecordField(
            lines.name, _headed(lines.label, ""), LinesCell(lines, cells)
        )
    made |= {field.name: field for field in _derived(register, made)}
    is_sample = Column(name=DEMO, value=lambda record: _("sample data") if record.is_demo else "")
    made[DEMO] = DerivedField(DEMO, gettext_lazy("Sample data"), DerivedCell(is_sample))
    return made


def _derived(register: Register, made: Mapping[str, RecordField]) -> Iterable[RecordField]:
    said = lazy(lambda label: _("Calculated: %(what)s") % {"what": label}, str)
    for column in register.columns:
        if column.value is None or column.name in register.fields:
            continue
        name = f"calculated_{column.name}"
        yield DerivedField(name, said(column.label), DerivedCell(column))


def cell_of(field: Any, form_field: Any = None) -> Cell:
    """How a field of a model stands in a cell; ``form_field`` knows whether it may be empty."""
    is_flag = isinstance(field, models.BooleanField)
    required = not is_flag and (form_field.required if form_field is not None else not field.blank)
    return _kind(field, form_field)(field, required=required)


def _kind(field: Any, form_field: Any) -> type[Cell]:
    if isinstance(field, ArrayField):
        return ChoicesCell
    if isinstance(field, models.ManyToManyField):
        return RowsCell
    if isinstance(field, models.ForeignKey):
        return RowCell
    if field.choices:
        return ChoiceCell
    if isinstance(field, models.BooleanField):
        return FlagCell
    if isinstance(field, models.DateField):
        return MonthCell if getattr(form_field, "is_month", False) else DayCell
    if isinstance(field, (models.DecimalField, models.IntegerField)):
        return NumberCell
    return TextCell


def _heading(label: Label, unit: str) -> str:
    """The field's name; with its unit, where the name does not say it."""
    said = capfirst(str(label))
    return f"{said} ({UNITS[unit].label})" if unit and "(" not in said else said


_headed = lazy(_heading, str)
_in_words = lazy(lambda cell, value: cell.words(value), str)


def units_of(code: str) -> dict[str, Decimal]:
    """The units a column may be in, in each language, and what one is in the register's own."""
    found: dict[str, Decimal] = {}
    for language, _name in settings.LANGUAGES if code else ():
        with translation.override(language):
            for unit in alternatives(code):
                found[str(unit.label)] = unit.factor / UNITS[code].factor
    return found
