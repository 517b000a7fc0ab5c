"""What can be imported: a source of fields, and what it does with rows.

``<app>/importing.py`` has ``sources(user)`` and is discovered. A source
declares its fields; the engine finds them in the file, asks what is ambiguous,
converts each different cell once, and hands rows of converted values to
``check``. What ``check`` yields is staged, shown, and after the confirmation
handed to ``write``, all in one transaction.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.contracts import Label
from imports.book import Value

if TYPE_CHECKING:
    from accounts.models import User
    from imports.asking import Question
    from imports.models import Upload


class FieldKind(StrEnum):
    """How a cell of this field is read before the source looks at it."""

    TEXT = "text"
    NUMBER = "number"  # → Number
    DATE = "date"  # → datetime.date
    MONTH = "month"  # → datetime.date, the first of the month
    FLAG = "flag"  # → bool
    KEY = "key"  # → str: codes, numbers of documents; 1.0 of a workbook is "1"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the words that stood beside it: "ước", "trên", "gần"."""

    value: Decimal
    precision: str = ""  # as indicators.models.Precision has it, or ""
    status: str = ""  # "estimate", "preliminary", "projected" or "target" where it says so, or ""
    is_percent: bool = False  # 81 of "81%", or of a cell that shows it so


class Mark(StrEnum):
    """What a table prints where there is no number; for fields that tell these apart."""

    NIL = "-"
    MISSING = "..."
    NOT_APPLICABLE = "x"


Converted = str | Number | dt.date | bool | None


class Wrong(ValueError):
    """A cell that cannot stand; the message says the rule and what to do, not the place."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of a source.

    ``accept`` turns what was read into what is stored, as JSON knows it (text,
    int, bool, list, a Decimal or date as text, None), or raises Wrong; it must
    depend on nothing but the value, since it is asked once for each different
    one. ``choices`` are offered in templates and named in messages; ``shared``
    are those all rows of a file may have, as a cell says them and in words. ``factor``
    of ``units`` is what one of it is in the field's own unit. A number field
    whose ``marks`` are told apart is handed a ``Mark`` where one stands; for
    the others "-" is zero, "..." is nothing, and "x" a fault. One whose ``percents``
    are told apart is handed numbers with a percent sign; for the others they are faults.
    """

    name: str
    label: Label
    kind: FieldKind = FieldKind.TEXT
    also: tuple[str, ...] = ()  # other headings it is known by, in any language
    required: bool = False
    accept: Callable[[Converted], Any] | None = None
    choices: Callable[[], Sequence[str]] | None = None
    shared: Callable[[], Sequence[tuple[str, str]]] = tuple
    units: Mapping[str, Decimal] = field(default_factory=dict)  # label of a unit → factor
    decimals: int = 0
    marks: bool = False
    percents: bool = False
    help: Label = ""
    is_identity: bool = False  # the record's own number: in exports, hidden in templates
    is_silent: bool = False  # known, and left out on purpose (order numbers, passwords)
    is_compared: bool = False  # silent, and held against what the portal has (% of plan)
    usual: Label = ""  # what new rows have where the file has no such column, in words

    @property
    def needed(self) -> bool:
        """Whether a new row has to get it: from the file, or from who imports it."""
        return self.required and not self.usual


# A column most sheets begin with; it says nothing about its rows.
ORDER = Field(
    name="order", label=_("No."), also=("TT", "STT", "Số TT", "Số thứ tự"), is_silent=True
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: at which cell, what stands there, rule and remedy."""

    field: str  # "" for the row as a whole
    cell: str  # "F12"
    value: str
    message: str


@dataclass(slots=True)
class Parsed:
    """A row of the file after every cell was read: ``raw`` is shown, ``values`` are meant.

    Only matched columns are there: a field that is missing in ``values`` is
    not in the file, and nothing is said about it. A cell with a fault is None
    in ``values``. Silent fields are in ``raw`` only. ``section`` is the heading
    inside the table the row stands under ("I. Xuất khẩu"). ``filled`` is what
    was said of all rows instead of a column: it belongs to rows that are new.
    """

    number: int
    values: dict[str, Any]
    raw: dict[str, Value]
    faults: list[Fault]
    columns: Mapping[str, int]  # field → column, the same for all rows
    section: str = ""
    filled: Mapping[str, Any] = field(default_factory=dict)  # the same for all rows


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"
    DUPLICATE = "duplicate"  # looks like a record that is there: skip, update or keep both


class Choice(StrEnum):
    """What is to happen to a duplicate."""

    SKIP = "skip"
    UPDATE = "update"
    KEEP = "keep"


@dataclass(slots=True)
class Checked:
    """A row as it is staged and previewed.

    ``values`` is what will be written (JSON), ``before`` what stands there now
    for each field that changes (JSON), ``shown`` the words for both by field:
    [old, new]. ``target`` and ``seen`` are key and version of the record met.
    """

    number: int
    outcome: Outcome
    title: str = ""
    target: int | None = None
    seen: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()  # for duplicates: what may be chosen


class Changed(Exception):
    """Records met by the preview were changed since; the file is checked again."""


@dataclass(frozen=True)
class Undone:
    """What undoing did: how many rows went back, and those people changed since."""

    undone: int
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """What is left to do after the writing: the words of a button and its address."""

    label: Label
    address: str


class Source(ABC):
    """Something that takes rows: a register, the figures of a year, people."""

    code: str  # in addresses and on the upload: "kim-ngach", "so-lieu-2019"
    label: Label
    group: Label = ""
    family: str = ""  # sources with files alike: what is remembered for one serves the others

    @abstractmethod
    def fields(self) -> Sequence[Field]: ...

    @abstractmethod
    def may_import(self, user: User) -> bool: ...

    def ask(
        self, rows: Iterable[Parsed], *, by: User, answers: Mapping[str, str]
    ) -> Iterable[Question]:
        """Questions about rows only a person can place, those answered already as well."""
        return ()

    @abstractmethod
    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]: ...

    def told(self, upload: Upload) -> Iterable[str]:
        """Sentences on the staged rows as a whole, for the preview."""
        return ()

    @abstractmethod
    def write(self, upload: Upload, *, by: User) -> int:
        """Write the staged rows in the transaction that is open; how many. Raises Changed."""

    @abstractmethod
    def undo(self, upload: Upload, *, by: User) -> Undone: ...

    @abstractmethod
    def address(self, upload: Upload) -> str:
        """The page that shows what was written."""

    def template(self, *, by: User) -> bytes:
        """A workbook to fill in; see ``imports.templates``."""
        raise NotImplementedError

    def listed(self, *, by: User) -> bytes:
        """A workbook of what is there, where no page of its own exports it."""
        raise NotImplementedError

    def next_step(self, upload: Upload) -> NextStep | None:
        """What the person who imported should do next, if anything."""
        return None
