"""XLS: a stream of records in a file system of sectors."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Mapping
from decimal import Decimal

from imports.book import column_letter
from tests.imports.books.cells import Cells, Error, Formula, Share, Styled
from tests.imports.books.excel import serial


def xls(
    sheets: Mapping[str, Cells],
    *,
    hidden: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    merged: Iterable[str] = (),
    is_1904: bool = False,
    encrypted: bool = False,
) -> bytes:
    """BIFF8 as Excel 97–2003 wrote it, with the few records a reader needs."""
    bodies = [
        _biff_sheet(rows, hidden_rows if not n else (), merged if not n else (), is_1904)
        for n, rows in enumerate(sheets.values())
    ]
    before = _record(0x809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    if encrypted:
        before += _record(0x2F, struct.pack("<HHH16s16s16s", 1, 1, 1, b"a" * 16, b"b" * 16, b"c"))
    before += _record(0x42, struct.pack("<H", 1200))
    before += _record(0x22, struct.pack("<H", is_1904))
    for form in (0, 14, 10):
        before += _record(0xE0, struct.pack("<HHH", 0, form, 0) + b"\0" * 14)
    names = [(name.encode("utf-16-le"), name in set(hidden)) for name in sheets]
    start = len(before) + sum(12 + len(name) for name, _hidden in names) + 4
    for (name, is_hidden), body in zip(names, bodies, strict=True):
        about = struct.pack("<IBBBB", start, is_hidden, 0, len(name) // 2, 1)
        before += _record(0x85, about + name)
        start += len(body)
    return compound({"Workbook": before + _record(0x0A) + b"".join(bodies)})


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff_sheet(
    rows: Cells, hidden_rows: Iterable[int], merged: Iterable[str], is_1904: bool
) -> bytes:
    width = max((len(row) for row in rows), default=0)
    made = [
        _record(0x809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6)),
        _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)),
    ]
    hidden = set(hidden_rows)
    for number, row in enumerate(rows):
        flags = 0x120 if number + 1 in hidden else 0x100
        look = struct.pack("<HHHHHHHH", number, 0, len(row), 255, 0, 0, flags, 15)
        made.append(_record(0x208, look))
        for column, value in enumerate(row):
            made.append(_biff_cell(struct.pack("<HH", number, column), value, is_1904))
    places = [_corners(place) for place in merged]
    if places:
        listed = b"".join(struct.pack("<HHHH", *place) for place in places)
        made.append(_record(0xE5, struct.pack("<H", len(places)) + listed))
    return b"".join(made) + _record(0x0A)


def _biff_cell(place: bytes, value: object, is_1904: bool) -> bytes:
    if value is None:
        return b""
    if isinstance(value, Styled):
        return _record(0x201, place + struct.pack("<H", 1))
    if isinstance(value, Share):
        return _record(0x203, place + struct.pack("<Hd", 2, value.value))
    if isinstance(value, bool):
        return _record(0x205, place + struct.pack("<HBB", 0, value, 0))
    if isinstance(value, int | float | Decimal):
        return _record(0x203, place + struct.pack("<Hd", 0, float(value)))
    if isinstance(value, dt.date):
        return _record(0x203, place + struct.pack("<Hd", 1, serial(value, is_1904)))
    if isinstance(value, Error):
        return _record(0x205, place + struct.pack("<HBB", 0, 0x2A, 1))
    if isinstance(value, Formula):
        result = struct.pack("<d", float(value.value or 0))
        nothing = struct.pack("<HIHBH", 0, 0, 3, 0x1E, 0)  # the formula "=0"
        return _record(0x06, place + struct.pack("<H", 0) + result + nothing)
    text = str(value).encode("utf-16-le")
    return _record(0x204, place + struct.pack("<HHB", 0, len(text) // 2, 1) + text)


def _corners(place: str) -> tuple[int, int, int, int]:
    """ "B5:D6" → first and last row, first and last column, from 0."""
    found = []
    for corner in place.split(":"):
        letters = corner.rstrip("0123456789")
        column = next(n for n in range(20_000) if column_letter(n) == letters)
        found.append((int(corner[len(letters) :]) - 1, column))
    (top, left), (bottom, right) = found
    return top, bottom, left, right


def compound(streams: Mapping[str, bytes]) -> bytes:
    """The file system of old Office files, with large sectors only: up to 7 MB."""
    table: list[int] = []
    body = b""
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % 512)
        first, count = len(table), len(content) // 512
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        body += content
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, len(content), right=right))
    directory = len(table)
    listed = b"".join(entries)
    listed += b"\0" * (-len(listed) % 512)
    count = len(listed) // 512
    table += [*range(directory + 1, directory + count), 0xFFFFFFFE]
    body += listed
    first_table = len(table)
    tables = 1
    while tables * 128 < len(table) + tables:
        tables += 1
    table += [0xFFFFFFFD] * tables
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    body += struct.pack(f"<{len(table)}I", *table)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        b"", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    places = [*range(first_table, first_table + tables)]
    places += [0xFFFFFFFF] * (109 - len(places))
    return header + struct.pack("<109I", *places) + body


def _entry(
    name: str, kind: int, first: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    letters = name.encode("utf-16-le")
    about = struct.pack("<HBBIII", len(letters) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return letters.ljust(64, b"\0") + about + b"\0" * 36 + struct.pack("<III", first, size, 0)
