"""The plain form of narrative: what people type in a text box, and back.

Paragraphs are separated by blank lines; list items begin with "- ", numbered
ones with "1. ". Bold and italic keep their short tags. Stored is HTML, so the
editor to come reads the same texts.
"""

from __future__ import annotations

import html
import re
from itertools import groupby

from reports.narrative import clean

_INLINE = re.compile(r"&lt;(/?(?:b|i|u|em|strong)|br ?/?)&gt;")
_WRITTEN_TAG = re.compile(r"&lt;(?=/?(?:b|i|u|em|strong|br)\b)")
_MARKS = {"ul": re.compile(r"^\s*[-•]\s+"), "ol": re.compile(r"^\s*\d+[.)]\s+")}
_BLOCK = re.compile(r"<(p|ul|ol)>(.*?)</\1>", re.S)
_ITEM = re.compile(r"<li>(.*?)</li>", re.S)


def from_plain(text: str) -> str:
    """Typed text as clean HTML; anything but the few inline tags stays visible text."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return clean("\n".join(piece for block in blocks for piece in _pieces(block)))


def _pieces(block: str) -> list[str]:
    """The paragraphs and lists of a block of lines."""
    lines = [line for line in block.split("\n") if line.strip()]
    made = []
    for kind, group in groupby(lines, key=_kind):
        if kind == "p":
            made.append(f"<p>{' '.join(map(_escaped, group))}</p>")
        else:
            items = "".join(f"<li>{_escaped(_MARKS[kind].sub('', line))}</li>" for line in group)
            made.append(f"<{kind}>{items}</{kind}>")
    return made


def _kind(line: str) -> str:
    return next((kind for kind, mark in _MARKS.items() if mark.match(line)), "p")


def _escaped(line: str) -> str:
    text = _INLINE.sub(lambda tag: f"<{tag.group(1)}>", html.escape(line.strip(), quote=False))
    return text.replace("&amp;lt;", "&lt;")


def to_plain(markup: str) -> str:
    """Stored HTML as people type it."""
    return "\n\n".join(
        _flat(inside) if kind == "p" else _listed(kind, inside)
        for kind, inside in _BLOCK.findall(clean(markup))
    )


def _listed(kind: str, inside: str) -> str:
    items = [_flat(item) for item in _ITEM.findall(inside)]
    marks = ["-"] * len(items) if kind == "ul" else [f"{n}." for n in range(1, len(items) + 1)]
    return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))


def _flat(text: str) -> str:
    """One line of visible text; a tag somebody wrote as text stays text."""
    return html.unescape(_WRITTEN_TAG.sub("&amp;lt;", re.sub(r"\s+", " ", text).strip()))
