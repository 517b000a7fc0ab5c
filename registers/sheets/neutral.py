"""Texts a spreadsheet would run, cut or change: made harmless on the way out, restored back.

An apostrophe goes before what begins like a formula, and before what begins
with apostrophes and then like a formula, so that taking one away again is
always right. A workbook marks such a cell instead (``quotePrefix``).
"""

from __future__ import annotations

import re

from common.text import nfc

LONGEST = 32_000  # characters of a cell; spreadsheets take 32.767
CUT = " […]"  # ends a text that did not fit

_RISKY = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# A text like "#N/A" would come back as the error it names, from a workbook, too.
_ERROR = re.compile(r"'*(?:#[A-Z/0-9_]+[!?]?|Err:[0-9]{3})\s*$")
_QUOTED = re.compile(rf"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])|(?='){_ERROR.pattern}")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def plain(text: str) -> str:
    """Text as it is compared: one normal form, one kind of line break, nothing unprintable."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", nfc(text)).strip()


def printable(text: str) -> str:
    """Without control characters, which a workbook cannot hold; at most one cell long.

    What only looks like a workbook's own escape ("_x0009_") is escaped itself.
    """
    kept = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return fitting(_ESCAPE.sub("_x005F_", kept))


def is_risky(text: str) -> bool:
    return _RISKY.match(text) is not None


def neutral(text: str, *, in_workbook: bool = False) -> str:
    """The text as a file holds it."""
    is_always = _QUOTED.match(text) or _ERROR.match(text)
    return f"'{text}" if is_always or (not in_workbook and is_risky(text)) else text


def restored(text: str) -> str:
    """The text as it was before ``neutral``."""
    return text[1:] if _QUOTED.match(text) else text


def fitting(text: str) -> str:
    """At most one cell long."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def is_cut(text: str) -> bool:
    return len(text) > LONGEST - 1000 and text.endswith(CUT)
