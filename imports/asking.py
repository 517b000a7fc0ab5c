"""A question about a column, and what of the column it is asked from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from common.contracts import Label
from imports.book import Value, address, column_letter
from imports.fields import Field
from imports.numbertext import may_be_thousands

SAMPLES = 3
LEFT_OUT = ""  # the answer for a row that is not imported
THIS_FILE = "file"  # the answer to an offer that the uploaded file itself is meant


class QuestionKind(StrEnum):
    NUMBER = "number"  # which sign sets the decimals apart: "vi" | "en"
    DATE = "date"  # day or month first: "dmy" | "mdy"
    TYPED = "typed"  # did the spreadsheet mistake days for months: "keep" | "swap"
    UNIT = "unit"  # the factor of the unit, as text
    ROW = "row"  # what a row is about that its name does not tell; or LEFT_OUT
    THOUSANDS = "thousands"  # did it take 6.500 for 6.5: "keep" | "lost"
    OFFER = "offer"  # what may be said of the file, and need not: LEFT_OUT
    DETAIL = "detail"  # beside an offer: what is typed about THIS_FILE, and need not be
    FILL = "fill"  # what all rows have in a field the file has no column for


@dataclass(frozen=True)
class Question:
    """``key`` names kind and column: "number:F"; ``label`` is the heading of the column.

    Of a row, the key names what stands in it, and ``label`` is its name; of what
    all rows have, the field. A question without options is answered by typing;
    ``proposed`` stands in its box already. ``is_day``: a day is typed.
    """

    key: str
    kind: str
    field: str
    samples: tuple[tuple[str, str], ...]  # cell, text
    options: tuple[tuple[str, Label], ...]  # value, words
    label: str = ""
    proposed: str = ""  # what the file's words suggest; a person says so or otherwise
    is_day: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": str(self.kind),
            "field": self.field,
            "label": self.label,
            "samples": [list(sample) for sample in self.samples],
            "options": [[value, str(words)] for value, words in self.options],
            "proposed": self.proposed,
            "is_day": self.is_day,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Question:
        return cls(
            key=stored["key"],
            kind=stored["kind"],
            field=stored["field"],
            label=stored.get("label", ""),
            samples=tuple((cell, text) for cell, text in stored["samples"]),
            options=tuple((value, words) for value, words in stored["options"]),
            proposed=stored.get("proposed", ""),
            is_day=stored.get("is_day", False),
        )

    def is_open(self, answer: object) -> bool:
        """Whether it still has to be answered."""
        may_wait = self.kind in (QuestionKind.OFFER, QuestionKind.DETAIL)
        return not may_wait and not self.accepts(answer)

    def accepts(self, answer: object) -> bool:
        if not self.options:
            return bool(answer)
        return answer in {value for value, _words in self.options}


@dataclass
class Survey:
    """What a file leaves open and what it settles, from one reading of its columns."""

    questions: list[Question] = made(default_factory=list)
    answers: dict[str, str] = made(default_factory=dict)


@dataclass
class Column:
    """The different cells of a column that matter for a question, each with its first place."""

    index: int
    field: Field
    title: str
    texts: dict[str, int] = made(default_factory=dict)  # text → row
    days: dict[dt.date, int] = made(default_factory=dict)
    numbers: list[tuple[int, Decimal]] = made(default_factory=list)  # the first few
    doubtful: list[tuple[int, Decimal]] = made(default_factory=list)  # those like 6.5

    def see(self, number: int, cell: Value) -> None:
        if isinstance(cell, str):
            if cell and cell not in self.texts:
                self.texts[cell] = number
        elif isinstance(cell, dt.date):
            self.days.setdefault(cell, number)
        elif isinstance(cell, Decimal):
            if len(self.numbers) < SAMPLES:
                self.numbers.append((number, cell))
            if len(self.doubtful) < SAMPLES and may_be_thousands(cell):
                self.doubtful.append((number, cell))

    def question(
        self,
        kind: QuestionKind,
        samples: Sequence[tuple[int, str]],
        *options: tuple[str, str | Promise],
    ) -> Question:
        return Question(
            key=f"{kind}:{column_letter(self.index)}",
            kind=kind,
            field=self.field.name,
            label=self.title,
            samples=tuple((address(self.index, row), text[:80]) for row, text in samples[:SAMPLES]),
            options=options,
        )
