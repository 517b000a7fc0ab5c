"""What was answered about one column: how its numbers and days are written, and their unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imports.book import column_letter


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers that concern one column."""

    number: str = ""  # "vi" | "en"
    date: str = ""  # "dmy" | "mdy"
    typed: str = ""  # "keep" | "swap": days a spreadsheet may have read month first
    unit: str = ""  # the factor of the unit, as text
    thousands: str = ""  # "keep" | "lost": numbers it may have read as decimals

    @classmethod
    def of(cls, answers: Mapping[str, str], column: int) -> Answers:
        letter = column_letter(column)
        given = {
            kind: str(answers.get(f"{kind}:{letter}", "")) for kind in cls.__dataclass_fields__
        }
        return cls(**{kind: said for kind, said in given.items() if _can_be(kind, said)})


_POSSIBLE = {
    "number": ("vi", "en"),
    "date": ("dmy", "mdy"),
    "typed": ("keep", "swap"),
    "thousands": ("keep", "lost"),
}


def _can_be(kind: str, said: str) -> bool:
    """An answer nobody offered is none; a unit is held against those of the field."""
    return said in _POSSIBLE.get(kind, (said,))
