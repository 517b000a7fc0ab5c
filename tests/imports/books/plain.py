"""CSV, and the fonts of old."""

from __future__ import annotations

import csv as csv_module
import io
import unicodedata
from functools import cache

from imports import legacy
from tests.imports.books.cells import Cells


def csv(
    rows: Cells, *, encoding: str = "utf-8", delimiter: str = ",", line_end: str = "\r\n"
) -> bytes:
    """``encoding`` as Python knows it, or "tcvn3" / "vni" / "cp1258"."""
    text = io.StringIO(newline="")
    csv_module.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    made = text.getvalue()
    if encoding in (legacy.TCVN3, legacy.VNI):
        return old(made, encoding).encode("latin-1")
    if encoding == "cp1258":
        made = _cp1258(made)
    return made.encode(encoding)


def _cp1258(text: str) -> str:
    """Letters the code page has as they are, tones behind them."""
    made = []
    for letter in text:
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            spread = unicodedata.normalize("NFD", letter)
            letter = unicodedata.normalize("NFC", spread[:-1]) + spread[-1]
            if spread[-1] in "\u0302\u0306\u031b":
                letter = unicodedata.normalize("NFC", spread[0] + spread[-1]) + spread[1:-1]
        made.append(letter)
    return "".join(made)


@cache
def _to_old(encoding: str) -> dict[str, str]:
    if encoding == legacy.TCVN3:
        table = {letter: chr(code) for code, letter in legacy._tcvn3().items()}
        # A font of capitals draws them: in the file stand the small ones.
        return {letter.upper(): old for letter, old in table.items()} | table
    return {letter: old for old, letter in legacy._vni().items()}


def old(text: str, encoding: str) -> str:
    """The text as it stands in a file typed with the fonts of old."""
    table = _to_old(encoding)
    return "".join(table.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
