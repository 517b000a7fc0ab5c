"""What a field of work declares to have a register; engines above discover it.

``<app>/register.py`` has ``REGISTERS = (Register(…),)`` and nothing else is
needed for list, record, form, history, attachments, export and rights.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Expression, Q

from accounts.roles import Verb
from common.contracts import Calendar, DataClass, Label

if TYPE_CHECKING:
    from imports.contract import Elsewhere
    from imports.layout import Layout
    from imports.spreading import SideBySide
    from registers.filters import RecordFilter
    from registers.forms import RecordForm
    from registers.lines import LineForm
    from registers.models import Record


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the list and of its export.

    ``name`` is a field of the model, or any name where ``value`` says what
    stands in it. ``sort`` names an indexed field of the model's own table;
    ``total`` is a field summed over everything that is filtered, or an
    aggregate of its own where not all rows may be added.
    """

    name: str
    label: Label = ""  # the field's own name
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    total: str | Expression = ""
    is_number: bool = False
    is_wide: bool = False  # running text: takes what room there is; the first names the record
    on_screen: bool = True  # False: in exports only
    # What the filtered rows add up to where no single sum says it: amounts by currency.
    tally: Callable[[models.QuerySet[Any]], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the form and of the record's page, in the order of the paper annex."""

    label: Label
    fields: tuple[str | tuple[str, ...], ...] = ()  # a tuple stands on one line
    lines: tuple[str, ...] = ()  # names of Lines that stand below the fields
    derived: tuple[Column, ...] = ()  # what follows from the record: on its page, in no form
    help: Label = ""

    @property
    def names(self) -> tuple[str, ...]:
        rows = [(row,) if isinstance(row, str) else row for row in self.fields]
        return tuple(name for row in rows for name in row)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Rows that belong to one record: amounts by currency, acts, countries.

    ``model`` derives from ``registers.models.Line`` and has a foreign key to
    the record's model with ``related_name`` = ``name``. ``once`` names fields
    that may not stand in two lines of one record.
    """

    name: str
    label: Label
    model: type[models.Model]
    form: type[LineForm]
    help: Label = ""
    at_least: int = 0
    once: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attention:
    """Something that waits in a register: a sentence, and the filter that shows the records."""

    text: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """A screen of a field's own beside its list; ``url_name`` is opened without arguments."""

    label: Label
    url_name: str
    icon: str
    verb: Verb = Verb.READ


@dataclass(frozen=True, kw_only=True)
class Register:
    """One register: what it keeps, how it is shown, and what it adds up to.

    ``where`` and ``initial`` let two registers share one model (delegations
    out and in). ``data_class`` is the class new records start with; each
    record carries its own. ``feeds`` says which records count in which
    indicator. ``twins`` says which other records are probably the same.
    """

    code: str
    slug: str  # in addresses: Vietnamese without accents
    label: Label
    description: Label
    order: int
    model: type[Record]
    form: type[RecordForm]
    filters: type[RecordFilter]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    icon: str = "fa-book"
    notice: Label = ""  # stands above list and form
    default_sort: str = ""  # a column's name, "-" before it for the latest first
    data_class: DataClass = DataClass.ORDINARY
    calendar: Calendar = Calendar.ADMINISTRATIVE
    where: Q = field(default_factory=Q)
    initial: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Lines, ...] = ()
    feeds: Mapping[str, Q] = field(default_factory=dict)
    twins: Callable[[Any], Q | None] | None = None
    # Of somebody's records (a queryset), what waits on a day: on the list and "Việc của tôi".
    attention: Callable[[Any, dt.date], Iterable[Attention]] | None = None
    links: tuple[Link, ...] = ()  # stand above the list and in the menu
    related: tuple[str, ...] = ()  # for select_related
    prefetch: tuple[str, ...] = ()
    # Fields no two present records have in common: a row of a file is about the one that has them.
    natural_key: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)  # field → code of ``common.units``
    # Files whose headings say what a column would say: exports and imports side by side.
    side_by_side: SideBySide | None = None
    # Where a file of another shape is taken, if anywhere.
    elsewhere: Callable[[Layout], Elsewhere | None] | None = None
    # What files say beside the labels: headings of a field, and words for its choices (by code).
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[Label, ...]]] = field(default_factory=dict)
    # Rules over a record with its lines and choices of several: (field, why). Asked by imports.
    together: Callable[[Any], Iterable[tuple[str, str]]] | None = None

    @property
    def day(self) -> str:
        """The date field that decides in which year a record counts."""
        return self.model.DAY

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for section in self.sections for name in section.names)

    @property
    def choices(self) -> list[Any]:
        """The fields that choose several: countries, partners, places."""
        fields = map(self.model._meta.get_field, self.fields)
        return [field for field in fields if field.many_to_many]

    @property
    def belonging(self) -> list[str]:
        """What lies in other tables and belongs to a record: choices of several, lines."""
        return [part.name for part in (*self.choices, *self.lines)]

    def label_of(self, name: str) -> str:
        """What a field is called on screen."""
        return str(self.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def lines_named(self, name: str) -> Lines:
        return next(lines for lines in self.lines if lines.name == name)

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def totals(self) -> Iterable[Column]:
        return (column for column in self.columns if column.total)
