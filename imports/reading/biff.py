"""A look into an XLS for what calamine does not tell: hidden rows, formulas, percents, errors.

An XLS is a file system of sectors; its stream "Workbook" is a row of records.
The chains of sectors are followed once and never in a circle.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from imports.book import Flaw
from imports.reading import cells
from imports.reading.cells import Reason, Refused, broken
from imports.reading.found import Notes

_LAST = 0xFFFFFFFA  # sector numbers from here on mean something else
_ENTRY = 128
_SMALL = 64  # bytes of a small sector

_FORMULA, _EOF, _FILE_PASS, _BOUND_SHEET, _BOOL_ERROR, _ROW, _BOF = (
    0x06, 0x0A, 0x2F, 0x85, 0x205, 0x208, 0x809,
)  # fmt: skip
_MANY_NUMBERS, _LOOK, _NUMBER, _SHORT_NUMBER, _FORMAT = (
    0xBD, 0xE0, 0x203, 0x27E, 0x41E,
)  # fmt: skip
_NUMBERS = (_FORMULA, _MANY_NUMBERS, _NUMBER, _SHORT_NUMBER)
_PERCENT_FORMATS = (9, 10)  # those that have a number and no text of their own
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def look(path: str) -> dict[str, Notes]:
    """Notes by name of the sheet."""
    with open(path, "rb") as handle:
        content = handle.read()
    try:
        streams = _Compound(content)
        if "EncryptedPackage" in streams.entries:
            raise Refused(Reason.PROTECTED)
        name = next((name for name in ("Workbook", "Book") if name in streams.entries), None)
        if name is None:
            raise Refused(Reason.NOT_A_WORKBOOK, "office")
        return dict(_sheets(streams.read(name)))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Refused(Reason.BROKEN, repr(error)) from error


class _Compound:
    """The file system inside: names, and the bytes behind each."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.sector = 1 << struct.unpack_from("<H", content, 30)[0]
        if self.sector not in (512, 4096):
            raise Refused(Reason.BROKEN, "size of sectors")
        directory, _sign, self.smallest, first_small, _count, more, _count = struct.unpack_from(
            "<7I", content, 48
        )
        places = list(struct.unpack_from("<109I", content, 76))
        for number in self._once(more, lambda number: self._numbers(number)[-1]):
            places += self._numbers(number)[:-1]
        self.next: list[int] = []
        for number in places:
            if number < _LAST:
                self.next += self._numbers(number)
        self.next_small = [
            number for sector in self._chain(first_small) for number in self._numbers(sector)
        ]
        self.entries: dict[str, tuple[int, int]] = {}
        self.root: tuple[int, int] = (_LAST, 0)
        listed = b"".join(self._sector(number) for number in self._chain(directory))
        for place in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            self._enter(listed[place : place + _ENTRY])

    def _enter(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            self.root = start, size
        elif kind == 2:
            name = entry[: max(length - 2, 0)].decode("utf-16-le")
            self.entries.setdefault(name, (start, size))

    def read(self, name: str) -> bytes:
        start, size = self.entries[name]
        if size >= self.smallest:
            return b"".join(self._sector(number) for number in self._chain(start))[:size]
        small = b"".join(self._sector(number) for number in self._chain(self.root[0]))
        chain = self._once(start, self.next_small.__getitem__)
        return b"".join(small[n * _SMALL : (n + 1) * _SMALL] for n in chain)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        if start >= len(self.content):
            raise Refused(Reason.BROKEN, "a sector behind the end of the file")
        return self.content[start : start + self.sector]

    def _numbers(self, number: int) -> tuple[int, ...]:
        sector = self._sector(number)
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def _chain(self, first: int) -> list[int]:
        return self._once(first, self.next.__getitem__)

    def _once(self, number: int, following) -> list[int]:  # type: ignore[no-untyped-def]
        """A chain of sectors, none of them twice."""
        chain: dict[int, None] = {}
        while number < _LAST:
            if number in chain:
                raise Refused(Reason.BROKEN, "a circle of sectors")
            chain[number] = None
            number = following(number)
        return list(chain)


def _records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Records of one part of the stream, to its end mark."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == _EOF:
            return
        start += 4 + length
    raise Refused(Reason.BROKEN, "cut off")


def _sheets(stream: bytes) -> Iterator[tuple[str, Notes]]:
    is_new = struct.unpack_from("<HHH", stream)[::2] == (_BOF, 0x0600)
    records = list(_records(stream))
    percent = _percent_looks(records) if is_new else frozenset()
    for kind, body in records:
        if kind == _FILE_PASS:
            raise Refused(Reason.PROTECTED)
        if kind == _BOUND_SHEET and is_new:
            start, _state, what, length, wide = struct.unpack_from("<IBBBB", body)
            name = body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")
            if what == 0:
                yield name, _of_sheet(stream, start, percent)


def _percent_looks(records: Iterable[tuple[int, bytes]]) -> frozenset[int]:
    """Which of the looks of cells show numbers in percent."""
    formats, looks = dict.fromkeys(_PERCENT_FORMATS, "%"), []
    for kind, body in records:
        if kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", body)
            text = body[5 : 5 + length * (1 + (wide & 1))]
            formats[number] = text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == _LOOK:
            looks.append(struct.unpack_from("<H", body, 2)[0])
    return frozenset(
        at for at, form in enumerate(looks) if cells.shows_percent(formats.get(form, ""))
    )


def _note_percents(notes: Notes, kind: int, body: bytes, looks: frozenset[int]) -> None:
    row, column, look = struct.unpack_from("<HHH", body)
    if kind == _MANY_NUMBERS:
        for at in range((len(body) - 6) // 6):
            if struct.unpack_from("<H", body, 4 + 6 * at)[0] in looks:
                notes.show_percent(row + 1, column + at)
    elif look in looks:
        notes.show_percent(row + 1, column)


def _of_sheet(stream: bytes, start: int, percent: frozenset[int]) -> Notes:
    notes = Notes()
    for kind, body in _records(stream, start):
        if percent and kind in _NUMBERS:
            _note_percents(notes, kind, body, percent)
        if kind == _ROW:
            if struct.unpack_from("<H", body, 12)[0] & 0x20:
                notes.hidden.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _FORMULA:
            notes.formulas += 1
            what, _zero, code = struct.unpack_from("<BBB", body, 6)
            if body[12:14] == b"\xff\xff" and what == 2:
                _mark(notes, body, code)
        elif kind == _BOOL_ERROR and body[7]:
            _mark(notes, body, body[6])
    return notes


def _mark(notes: Notes, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    notes.mark(row + 1, column, broken(Flaw.ERROR, _ERRORS.get(code, "#N/A")))
