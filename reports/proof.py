"""Proof-reading before printing: numbers somebody typed where figures could stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from reports import numerals
from reports.cleaning import BLOCKS, FOOTNOTE
from reports.models import Section
from reports.narrative import TOKEN
from reports.numerals import CHIP

_NOTE = re.compile(rf"{FOOTNOTE}(.*?)</span>", re.S)
_BLOCK = re.compile(rf"</?(?:{'|'.join(BLOCKS)})\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_AROUND = 60  # letters shown on each side


class Written(Protocol):
    """A section as it was composed."""

    section: Section | None

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Remaining:
    """A typed number that stands in a report, in its words."""

    section: str
    number: str
    words: str
    is_left: bool  # somebody decided to leave it as it is


def prose(markup: str) -> Iterator[str]:
    """The paragraphs of a stored text as plain words; a chip is one letter of no language."""
    text = TOKEN.sub(CHIP, markup)
    for block in _BLOCK.split(_NOTE.sub(CHIP, text)):
        if words := _plain(block).strip():
            yield words
    yield from (words for note in _NOTE.findall(text) if (words := _plain(note).strip()))


def remaining(sections: Iterable[Written]) -> list[Remaining]:
    """The typed numbers of a report's sections, in their order."""
    return [
        Remaining(
            written.label,
            one.text,
            _around(words, one.start, one.end),
            numerals.key(words, one) in written.section.left_as_typed,
        )
        for written in sections
        if written.section is not None
        for words in prose(written.section.text)
        for one in numerals.find(words)
    ]


def warnings(sections: Iterable[Written]) -> list[str]:
    """The same, as the page of a printing tells it."""
    return [_warning(one) for one in remaining(sections)]


def _warning(one: Remaining) -> str:
    message = (
        _("Section %(section)s: the number “%(number)s” stays as typed by choice: “%(words)s”")
        if one.is_left
        else _("Section %(section)s: the number “%(number)s” is typed, not a figure: “%(words)s”")
    )
    return message % {"section": one.section, "number": one.number, "words": one.words}


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup.replace("<br>", "\n")))


def _around(words: str, start: int, end: int) -> str:
    before, after = words[max(0, start - _AROUND) : start], words[end : end + _AROUND]
    cut = f"{'…' if start > _AROUND else ''}{before}{words[start:end]}{after}"
    cut += "…" if end + _AROUND < len(words) else ""
    return cut.replace(CHIP, "[…]")
