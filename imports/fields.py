"""What a column of a source is: a field, how its cells are read, and what stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.contracts import Label


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
    unit: str = ""  # what stands behind it, for fields whose rows have units of their own


class Mark(StrEnum):
    """What a table prints where there is no number; for fields that tell these apart."""

    NIL = "-"
    MISSING = "..."
    NOT_APPLICABLE = "x"


Converted = str | Number | dt.date | bool | None


class Wrong(ValueError):
    """A cell that cannot stand; the message says the rule and what to do, not the place."""

    rule = ""  # as a Fault has it; whoever asked says it


@dataclass(frozen=True)
class Spread:
    """What a heading says of its cells beside the field they are ``of``: {"flow": "export"}."""

    of: str  # "" where nothing becomes of them
    says: Mapping[str, str]
    knows: Callable[[str], bool]  # whether a heading says so


@dataclass(frozen=True)
class Proposed:
    """An answer the words of a file propose: the ``place`` of the text it was read from."""

    said: str = ""
    place: int | None = None


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
    Behind a number may stand one of the ``units``, or what the label says is counted
    ("Số người": "08 người"); where ``row_units``, whatever stands there is handed with it.
    """

    name: str
    label: Label
    kind: FieldKind = FieldKind.TEXT
    also: tuple[str, ...] = ()  # other headings it is known by, in any language
    required: bool = False  # a new row needs it
    is_key: bool = False  # required, and says what a row is about: none is read without it
    accept: Callable[[Converted], Any] | None = None
    choices: Callable[[], Sequence[str]] | None = None
    shared: Callable[[], Sequence[tuple[str, str]]] = tuple
    units: Mapping[str, Decimal] = field(default_factory=dict)  # label of a unit → factor
    decimals: int = 0
    marks: bool = False
    percents: bool = False
    row_units: bool = False
    help: Label = ""
    is_identity: bool = False  # the record's own number: in exports, hidden in templates
    is_silent: bool = False  # known, and left out on purpose (order numbers, passwords)
    is_compared: bool = False  # silent, and held against what the portal has (% of plan)
    secret: Label = ""  # why a file with anything in this column is neither read nor kept
    usual: Label = ""  # what new rows have where the file has no such column, in words
    spread: Spread | None = None  # one of several columns side by side: ``imports.spreading``
    groups: Container[str] = ()  # what stands here, then, where a row is a sum of others

    @property
    def needed(self) -> bool:
        """Whether a new row has to get it: from the file, or from who imports it."""
        return self.required and not self.usual


def lacking(fields: Sequence[Field], there: Container[str]) -> list[Field]:
    """Of these, what new rows need and is not there."""
    brought = brought_by([field for field in fields if field.name in there])
    return [
        field
        for field in fields
        if field.needed and field.name not in there and field.name not in brought
    ]


def brought_by(fields: Iterable[Field]) -> set[str]:
    """What columns side by side bring: the fields of their cells, and what all of them say."""
    spread = [field.spread for field in fields if field.spread and not field.is_silent]
    if not spread:
        return set()
    return {one.of for one in spread} | set.intersection(*({*one.says} for one in spread))


# A column most sheets begin with; it says nothing about its rows.
ORDER = Field(
    name="order", label=_("No."), also=("TT", "STT", "Số TT", "Số thứ tự"), is_silent=True
)
