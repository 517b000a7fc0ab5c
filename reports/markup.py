"""The plain form of narrative: what people type where no script runs, and back.

Paragraphs are separated by blank lines; list items begin with "- ", numbered
ones with "1. ". Bold and italic keep their short tags. What has no plain form
(tables, sub-headings, lists in lists) is a line of markup, read back as it is.
"""

from __future__ import annotations

import html
import re
from itertools import groupby

from reports.cleaning import clean

_TAGS = "b|i|u|em|strong"
_INLINE = re.compile(rf"&lt;(/?(?:{_TAGS}|span)|br ?/?|span class=\"footnote\")&gt;")
_WRITTEN_TAG = re.compile(rf"&lt;(?=/?(?:{_TAGS}|br|span|h4|ul|ol|table)\b)")
_MARKS = {"ul": re.compile(r"^\s*[-•]\s+"), "ol": re.compile(r"^\s*\d+[.)]\s+")}
_AS_IT_IS = re.compile(r"^<(h4|ul|ol|table)>.*</\1>$")
_PARAGRAPH = re.compile(r"^<p>(.*)</p>$")
_LIST = re.compile(r"^<(ul|ol)>((?:<li>(?:(?!<(?:p|ul|ol)>).)*</li>)*)</\1>$")
_ITEM = re.compile(r"<li>(.*?)</li>")
_SHORT = (("strong>", "b>"), ("em>", "i>"))


def from_plain(text: str) -> str:
    """Typed text as clean HTML; anything but the few inline tags stays visible text."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return clean("\n".join(piece for block in blocks for piece in _pieces(block)))


def _pieces(block: str) -> list[str]:
    """The paragraphs and lists of a block of lines."""
    lines = [line for line in block.split("\n") if line.strip()]
    made: list[str] = []
    for kind, group in groupby(lines, key=_kind):
        if kind == "markup":
            made.extend(line.strip() for line in group)
        elif kind == "p":
            made.append(f"<p>{' '.join(map(_escaped, group))}</p>")
        else:
            items = "".join(f"<li>{_escaped(_MARKS[kind].sub('', line))}</li>" for line in group)
            made.append(f"<{kind}>{items}</{kind}>")
    return made


def _kind(line: str) -> str:
    if _AS_IT_IS.match(line.strip()):
        return "markup"
    return next((kind for kind, mark in _MARKS.items() if mark.match(line)), "p")


def _escaped(line: str) -> str:
    text = _INLINE.sub(lambda tag: f"<{tag.group(1)}>", html.escape(line.strip(), quote=False))
    return text.replace("&amp;lt;", "&lt;")


def to_plain(markup: str) -> str:
    """Stored HTML as people type it."""
    return "\n\n".join(_block(line) for line in clean(markup).split("\n"))


def _block(line: str) -> str:
    if paragraph := _PARAGRAPH.match(line):
        return _flat(paragraph[1])
    if listed := _LIST.match(line):
        return _listed(listed[1], listed[2])
    return line if _AS_IT_IS.match(line) else _flat(line)


def _listed(kind: str, inside: str) -> str:
    items = [_flat(item) for item in _ITEM.findall(inside)]
    marks = ["-"] * len(items) if kind == "ul" else [f"{n}." for n in range(1, len(items) + 1)]
    return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))


def _flat(text: str) -> str:
    """One line of visible text; a tag somebody wrote as text stays text."""
    for long, short in _SHORT:
        text = text.replace(long, short)
    return html.unescape(_WRITTEN_TAG.sub("&amp;lt;", text))
