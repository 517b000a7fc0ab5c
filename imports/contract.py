"""What can be imported: a source of fields, and what it does with rows.

``<app>/importing.py`` has ``sources(user)`` and is discovered. A source
declares its fields; the engine finds them in the file, asks what is ambiguous,
converts each different cell once, and hands rows of converted values to
``check``. What ``check`` yields is staged, shown, and after the confirmation
handed to ``write``, all in one transaction.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction

from common.contracts import Label
from imports.book import Book, Value
from imports.fields import (
    ORDER,
    Converted,
    Field,
    FieldKind,
    Mark,
    Number,
    Proposed,
    Spread,
    Wrong,
    brought_by,
    lacking,
)

if TYPE_CHECKING:
    from accounts.models import User
    from imports.asking import Question
    from imports.layout import Layout
    from imports.models import Upload, UploadRow


__all__ = [
    "ORDER",
    "Changed",
    "Checked",
    "Choice",
    "Converted",
    "Elsewhere",
    "Fault",
    "Field",
    "FieldKind",
    "Kept",
    "Mark",
    "NextStep",
    "Number",
    "Outcome",
    "Parsed",
    "Proposed",
    "Source",
    "Spread",
    "Undone",
    "Wrong",
    "brought_by",
    "lacking",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: at which cell, what stands there, rule and remedy.

    ``rule`` tells programs which rule: "cell" (it holds an error, no value), the
    kind of field it cannot be read as ("number", "date" …), "required", "value"
    (the field does not take it), or "record": a rule of the place it goes into.
    """

    field: str  # "" for the row as a whole
    cell: str  # "F12"
    value: str
    message: str  # rule and remedy in words
    rule: str = "record"


@dataclass(slots=True)
class Parsed:
    """A row of the file after every cell was read: ``raw`` is shown, ``values`` are meant.

    Only matched columns are there: a field that is missing in ``values`` is
    not in the file, and nothing is said about it. A cell with a fault is None
    in ``values``. Silent fields are in ``raw`` only. ``section`` is the heading
    inside the table the row stands under ("I. Xuất khẩu"). ``filled`` is what
    was said of all rows instead of a column: it belongs to rows that are new.
    Where a line of the file is several rows, ``part`` counts them from 1.
    """

    number: int
    values: dict[str, Any]
    raw: dict[str, Value]
    faults: list[Fault]
    columns: Mapping[str, int]  # field → column, the same for all rows
    section: str = ""
    filled: Mapping[str, Any] = field(default_factory=dict)  # the same for all rows
    part: int = 0


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
    part: int = 0  # which of the rows a line of the file is, as ``Parsed`` has it


class Changed(Exception):
    """Records met by the preview were changed since; the file is checked again."""


@dataclass(frozen=True)
class Kept:
    """A row undoing leaves as it is: ``why`` in words, ``later`` the import that went over it."""

    title: str
    why: str
    later: int | None = None


@dataclass(frozen=True)
class Undone:
    """What undoing did, or would do: how many rows go back, and those that stay."""

    undone: int
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """What is left to do after the writing: the words of a button and its address."""

    label: Label
    address: str


@dataclass(frozen=True)
class Elsewhere:
    """A screen that takes what is in the file more readily: why, and its address."""

    why: Label
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

    def missing(self, matched: Container[str]) -> list[Field]:
        """Fields every new row needs from the file and no column brings."""
        return lacking(self.fields(), matched)

    def keyless(self, matched: Container[str]) -> list[Field]:
        """Of the missing, those without which no row can be read; a record's number is enough."""
        if any(field.is_identity and field.name in matched for field in self.fields()):
            return []
        return [field for field in self.missing(matched) if field.is_key]

    @abstractmethod
    def may_import(self, user: User) -> bool:
        """Whether this is theirs to import into; whether it can take anything now is another
        question (``refusal``)."""

    def refusal(self) -> str:
        """Why nothing can be written or undone now, in words; "" where it can."""
        return ""

    def ask(
        self, rows: Iterable[Parsed], *, by: User, answers: Mapping[str, str]
    ) -> Iterable[Question]:
        """Questions about rows only a person can place, those answered already as well."""
        return ()

    def once(self, texts: Sequence[str]) -> Mapping[str, Proposed]:
        """Fields that are asked once of a file with columns side by side, and what its titles
        and headings propose."""
        return {}

    def offer(self, upload: Upload, book: Book, layout: Layout) -> Iterable[Question]:
        """What may be said of the file as a whole, and need not."""
        return ()

    def elsewhere(self, layout: Layout) -> Elsewhere | None:
        """Where a table of this shape belongs, if not here."""
        return None

    @abstractmethod
    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]: ...

    def shown(self, row: UploadRow) -> Mapping[str, Sequence[str]]:
        """The words for a staged row by field, [old, new]; a source that can read them out of
        ``values`` need not stage them."""
        return row.shown

    def told(self, upload: Upload) -> Iterable[str]:
        """Sentences on the staged rows as a whole, for the preview."""
        return ()

    @abstractmethod
    def write(self, upload: Upload, *, by: User) -> int:
        """Write the staged rows in the transaction that is open; how many. Raises Changed."""

    @abstractmethod
    def undo(self, upload: Upload, *, by: User) -> Undone: ...

    def foresee(self, upload: Upload, *, by: User) -> Undone:
        """What ``undo`` would do now, exactly: it is done and rolled back.

        For what is many rows a source looks instead.
        """
        with transaction.atomic():
            undone = self.undo(upload, by=by)
            transaction.set_rollback(True)
        return undone

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
