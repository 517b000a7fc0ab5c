"""Narrative as it may be stored: few tags, one way to write each thing.

One form for one meaning keeps everything else simple: two texts that look the
same are the same, so a text opened and saved untouched is no new version, and
a comparison of two versions shows words, not markup.
"""

from __future__ import annotations

import re

import nh3

INLINE = {"br", "strong", "em", "u", "span"}
BLOCKS = {"p", "h4", "ul", "ol", "li", "table", "tbody", "tr", "th", "td"}
TAGS = INLINE | BLOCKS | {"b", "i", "thead", "tfoot"}
FOOTNOTE = '<span class="footnote">'

_SPAN = {"colspan", "rowspan"}
_SPAN_VALUE = re.compile(r"[2-9]|[1-4][0-9]|50")
_SYNONYMS = {"b": "strong", "i": "em"}
_SYNONYM = re.compile(r"<(/?)([bi])>")
_FOOTNOTE_OR_SPAN = re.compile(r'<span(?: class="(?P<class>[^"]*)")?>|</span>')
_BLOCK_TAG = rf"</?(?:{'|'.join(sorted(BLOCKS, key=len, reverse=True))})\b[^>]*>"
_AROUND_BLOCKS = re.compile(rf" *({_BLOCK_TAG}) *")
# The only paragraph of an item or a cell is the item's or the cell's own text.
_SOLE_PARAGRAPH = re.compile(
    r"(<(?:li|td|th)\b[^>]*>)<p>((?:(?!</?(?:p|li|td|th)\b).)*)</p>(?=</?(?:li|td|th|ul|ol)\b)",
    re.S,
)
_TABLE_EDGE = re.compile(r"<(/?)t(able|head|body|foot)>")
_SPACES = re.compile(r"[\x00-\x20]+")  # control characters show nothing and mean nothing
_HOLLOW = re.compile(
    r"<(p|h4|li)>(?:\s|&nbsp;|\xa0|<(?:/?(?:strong|em|u)|br)>)*</\1>"
    r"|<(ul|ol)>\s*</\2>|<(strong|em|u)></\3>"
    rf"|{FOOTNOTE}(?:\s|&nbsp;|\xa0)*</span>"
    r"|<table>(?:</?t(?:body|r|h|d)\b[^>]*>)*</table>"
)


def clean(markup: str) -> str:
    """Narrative in its stored form; whatever has no place in it is dropped.

    Tables left without a part of theirs are read once more, as a browser
    would; the second reading changes nothing else.
    """
    return _once(_once(markup)) if "<t" in markup else _once(markup)


def _once(markup: str) -> str:
    safe = nh3.clean(
        markup,
        tags=TAGS,
        attributes={"span": {"class"}, "td": _SPAN, "th": _SPAN},
        attribute_filter=_attribute,
    )
    one_way = _SYNONYM.sub(lambda tag: f"<{tag[1]}{_SYNONYMS[tag[2]]}>", safe)
    return without_empty_blocks(_only_footnotes(_TABLE_EDGE.sub(_table_edge, one_way)))


def _table_edge(tag: re.Match[str]) -> str:
    """Every table has one body and no other part."""
    if tag[2] != "able":
        return ""
    return "</tbody></table>" if tag[1] else "<table><tbody>"


def without_empty_blocks(markup: str) -> str:
    """The text without paragraphs, lists, tables and notes that say nothing."""
    while (shorter := _HOLLOW.sub("", _tidy(markup))) != markup:
        markup = shorter
    return _lines(markup)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in _SPAN:
        return value if _SPAN_VALUE.fullmatch(value) else None
    return value if value == "footnote" else None


def _only_footnotes(markup: str) -> str:
    """Drop spans that are no footnotes, and footnotes inside footnotes; keep their words."""
    depth: list[bool] = []

    def one(tag: re.Match[str]) -> str:
        if tag[0] == "</span>":
            return "</span>" if depth and depth.pop() else ""
        kept = bool(tag["class"]) and not any(depth)
        depth.append(kept)
        return FOOTNOTE if kept else ""

    return _FOOTNOTE_OR_SPAN.sub(one, markup)


def _tidy(markup: str) -> str:
    """White space that shows nothing goes; each paragraph, list and table starts a line."""
    markup = _AROUND_BLOCKS.sub(r"\1", _SPACES.sub(" ", markup))
    return _SOLE_PARAGRAPH.sub(r"\1\2", markup).strip(" ")


def _lines(markup: str) -> str:
    """A line for each block at the top; lists and tables stay on one line each."""
    depth, lines, line = 0, [], ""
    for piece in re.split(rf"({_BLOCK_TAG})", markup.replace("\n", "")):
        line += piece
        if re.match(r"<(?!/)(?:ul|ol|table|li|t[dhr]|tbody|p|h4)\b", piece):
            depth += 1
        elif piece.startswith("</") and re.match(_BLOCK_TAG, piece):
            depth -= 1
            if depth == 0:
                lines.append(line)
                line = ""
    return "\n".join(part for part in (*lines, line) if part.strip()).strip()
