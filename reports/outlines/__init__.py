"""Outlines as data: one TOML file each, belonging to no year.

An outline holds headings, default narrative with figure tokens, which small
tables and charts a section carries, and how it prints: the numbering of its
levels, a contents page, a list of charts, the annexes that list records. No figure
is typed in one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation

from common.contracts import unique
from reports.outlines.numbering import MARKS, USUAL

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class OutlineSection:
    """One heading with its default text; ``level`` 1 to 3 is numbered as its outline says."""

    key: str
    level: int
    title: str
    text: str = ""
    indicators: tuple[str, ...] = ()
    chart: str = ""
    source_documents: bool = False


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The skeleton of a kind of report.

    ``numbering`` shows for each level how its first heading is numbered.
    """

    code: str
    name: str
    name_en: str
    type_name: str
    abstract: str
    opening: str
    closing: str
    sections: tuple[OutlineSection, ...]
    numbering: tuple[str, ...] = USUAL
    contents: bool = False
    chart_list: bool = False
    annexes: tuple[str, ...] = ()  # codes of registers.annexes, in their order

    def __post_init__(self) -> None:
        if unknown := set(self.numbering) - set(MARKS):
            raise ValueError(f"outline {self.code}: unknown numbering {sorted(unknown)}")

    @property
    def label(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if translation.get_language() == "en" else self.name

    def section(self, key: str) -> OutlineSection:
        """Raises KeyError for a section the outline does not have."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


def _section(data: dict[str, Any]) -> OutlineSection:
    fields = {**data, "indicators": tuple(data.get("indicators") or ())}
    return OutlineSection(**fields)


def _outline(path: Path) -> Outline:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sections = tuple(_section(section) for section in data.pop("section"))
    numbering = tuple(data.pop("numbering", USUAL))
    annexes = tuple(data.pop("annexes", ()))
    return Outline(**data, sections=sections, numbering=numbering, annexes=annexes)


@cache
def outlines() -> dict[str, Outline]:
    """All outlines by code."""
    return unique([_outline(path) for path in sorted(FOLDER.glob("*.toml"))], "outline")
