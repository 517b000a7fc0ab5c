"""Footnotes on a screen: marks in the text, the notes below it.

Paper needs none of this: there the layout carries each note to the foot of
its page and counts by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.cleaning import FOOTNOTE

_SPAN = re.compile(r"(<span\b[^>]*>|</span>)")
_MARK = (
    '<sup class="footnote-mark"><a href="#chu-thich-{number}" id="goi-chu-thich-{number}"'
    ' role="doc-noteref">{number}</a></sup>'
)


@dataclass(frozen=True)
class Note:
    number: int
    html: str


@dataclass(frozen=True)
class Noted:
    """A text with numbered marks, and the notes they stand for."""

    html: str
    notes: tuple[Note, ...]


def count(html: str) -> int:
    return html.count(FOOTNOTE)


def noted(html: str, first: int = 1) -> Noted:
    """The text with its notes taken out and numbered from ``first``."""
    text, note, depth = "", "", 0
    notes: list[Note] = []
    for piece in _SPAN.split(html):
        if depth == 0 and piece != FOOTNOTE:
            text += piece
            continue
        # Inside a note; a number in it may be a span of its own.
        depth += piece.startswith("<span") - (piece == "</span>")
        if depth == 0:
            notes.append(Note(first + len(notes), note))
            text += _MARK.format(number=notes[-1].number)
            note = ""
        elif piece != FOOTNOTE:
            note += piece
    return Noted(text, tuple(notes))
