"""CSV: encoding and delimiter found in the file itself; a quote never closed is an error."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from imports import legacy
from imports.reading import cells
from imports.reading.cells import Reason, Refused
from imports.reading.found import Found, Line

DELIMITERS = "\t;,"
_SAMPLE_ROWS = 200
_SAMPLE_BYTES = 1024 * 1024
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?\r?\n', re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that mean nothing in the Vietnamese code page: then it is something else.
_NOT_VIETNAMESE = frozenset(b"\x8a\x8d\x8e\x8f\x90\x9a\x9d\x9e")


@dataclass(frozen=True)
class Written:
    """How a CSV is written; ``encoding`` as Python knows it."""

    encoding: str
    delimiter: str
    names_delimiter: bool  # first line "sep=;", which Excel does not count


def sheet(path: str) -> tuple[Found, Written]:
    encoding = find_encoding(path)
    with _opened(path, encoding) as handle:
        written = _written(handle.read(_SAMPLE_BYTES), encoding)
    return Found(name="", lines=_lines(path, written)), written


def find_encoding(path: str) -> str:
    with open(path, "rb") as handle:
        content = handle.read()
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    if encoding := _utf16_without_mark(content[:4096]):
        return encoding
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    as_windows = content[: 4 * _SAMPLE_BYTES].decode("latin-1")
    if legacy.recognise(as_windows.split()):
        return "latin-1"
    if _NOT_VIETNAMESE & set(content):
        raise Refused(Reason.ENCODING)
    return "cp1258"


def _utf16_without_mark(beginning: bytes) -> str:
    """Every second byte is zero where most letters are Latin."""
    half = len(beginning) // 2
    if half >= 2 and beginning[1::2].count(0) > half * 0.6 > beginning[::2].count(0) * 2:
        return "utf-16-le"
    if half >= 2 and beginning[::2].count(0) > half * 0.6 > beginning[1::2].count(0) * 2:
        return "utf-16-be"
    return ""


def _opened(path: str, encoding: str):  # type: ignore[no-untyped-def]
    return open(path, encoding=encoding, errors="strict", newline="")


def _written(sample: str, encoding: str) -> Written:
    if named := _SEPARATOR_LINE.match(sample):
        return Written(encoding, named[1], True)
    counts = {delimiter: _regularity(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: counts[delimiter])
    if not counts[best]:  # one column: what splits nothing, or nothing but numbers
        best = next((delimiter for delimiter in DELIMITERS if delimiter not in sample), ",")
    return Written(encoding, best, False)


def _regularity(sample: str, delimiter: str) -> float:
    """Which share of the rows has the most common number of columns, more than one."""
    rows = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    try:
        found = [row for row in islice(rows, _SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in found if len(row) > 1)
    if not widths:
        return 0
    width, often = widths.most_common(1)[0]
    if delimiter == "," and width == 2:
        split = sum(1 for row in found if _DECIMAL_COMMA.fullmatch(",".join(row[-2:])))
        often -= split  # the comma of a number, in a list of one column
    return often / len(found) + min(width, 50) / 1000 if often > 0 else 0


def _lines(path: str, written: Written) -> Iterator[Line]:
    csv.field_size_limit(2**31 - 1)  # too long a cell is told by its place, not by an exception
    with _opened(path, written.encoding) as handle:
        if written.names_delimiter:
            handle.readline()
        rows = csv.reader(handle, delimiter=written.delimiter, strict=True)
        number, line = 0, 0
        try:
            for number, row in enumerate(rows, 1):
                line = rows.line_num
                yield number, [cells.text(cell) for cell in row]
        except csv.Error as error:
            raise Refused(Reason.QUOTE, str(line + 1 + written.names_delimiter)) from error
        except UnicodeDecodeError as error:
            raise Refused(Reason.ENCODING, str(error)) from error
