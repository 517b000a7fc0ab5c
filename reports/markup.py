"""The plain form of narrative: what people type in a text box, and back.

Paragraphs are separated by blank lines, list items begin with "- ". Bold and
italic keep their short tags. Stored is HTML, so the editor to come reads the
same texts.
"""

from __future__ import annotations

import html
import re

from reports.narrative import clean

_INLINE = re.compile(r"&lt;(/?(?:b|i|u|em|strong)|br ?/?)&gt;")
_ITEM = re.compile(r"^\s*[-•]\s+")


def from_plain(text: str) -> str:
    """Typed text as clean HTML; anything but the few inline tags stays visible text."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return clean("\n".join(filter(None, map(_block, blocks))))


def _block(block: str) -> str:
    """One paragraph, or its lines that are list items as a list."""
    made: list[str] = []
    items: list[str] = []
    lines: list[str] = []

    def flush() -> None:
        if lines:
            made.append(f"<p>{' '.join(lines)}</p>")
            lines.clear()
        if items:
            listed = "".join(f"<li>{item}</li>" for item in items)
            made.append(f"<ul>{listed}</ul>")
            items.clear()

    for line in block.split("\n"):
        is_item = bool(_ITEM.match(line))
        if is_item != bool(items) or (is_item and lines):
            flush()
        (items if is_item else lines).append(_escaped(_ITEM.sub("", line).strip()))
    flush()
    return "\n".join(made)


def _escaped(line: str) -> str:
    return _INLINE.sub(lambda tag: f"<{tag.group(1)}>", html.escape(line, quote=False))


def to_plain(markup: str) -> str:
    """Stored HTML as people type it."""
    text = clean(markup)
    text = re.sub(r"<li>\s*(.*?)\s*</li>", r"- \1\n", text, flags=re.S)
    text = re.sub(r"</?(?:ul|ol)>", "\n", text)
    text = re.sub(
        r"<p>\s*(.*?)\s*</p>", lambda found: _flat(found.group(1)) + "\n\n", text, flags=re.S
    )
    text = re.sub(r"\n{3,}", "\n\n", text)
    return html.unescape(text).strip()


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)
