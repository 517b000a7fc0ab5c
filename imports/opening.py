"""Opening a file people brought: read in a child process with limits, or refused in words.

The child (``imports.reader``) may be killed by what is in the file; nothing
of that reaches the process that asks. Measured on two busy cores: a hundred
thousand rows of twelve columns take a few seconds.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from common import limited
from common.limited import MIB, Limits
from imports import legacy
from imports.book import (
    MARKS_SHEET,
    MOST_COLUMNS,
    Book,
    Broken,
    FileKind,
    Flaw,
    Merged,
    Percent,
    Row,
    Sheet,
    Value,
)
from imports.reader import MOST_BYTES
from imports.reading import cells
from imports.reading.cells import PERCENT, Reason

logger = logging.getLogger(__name__)

# What a file may cost before it is given up. The time is the processor's where the machine is
# free; the wall clock leaves room for one that is not.
LIMITS = Limits(seconds=60, cpu_seconds=30, memory_bytes=512 * MIB, output_bytes=MIB)

_MOST_SHARED = 500_000  # different values kept to be used again


class Refused(Exception):
    """The file is not read; ``message`` says why and what next."""

    def __init__(self, message: str, reason: Reason | None = None) -> None:
        self.message = message
        self.reason = reason
        super().__init__(message)


def open_book(file: File, name: str) -> Book:
    """All sheets of the file; raises Refused. Text of before Unicode comes converted."""
    with on_disk(file) as path:
        request = {"path": path, "name": name, "limits": asdict(LIMITS)}
        answer = limited.lines("imports.reader", json.dumps(request).encode(), LIMITS)
        with closing(answer), _told_in_words("imports.reader"):
            book = _Answer().book(answer)
    return _in_unicode(book)


def ask(module: str, request: dict[str, Any], limits: Limits) -> bytes:
    """What the child writes, whole and not a refusal; raises Refused."""
    with _told_in_words(module):
        answer = limited.run(module, json.dumps(request).encode(), limits)
    _refuse(json.loads(answer[answer.rstrip(b"\n").rfind(b"\n") + 1 :]))
    return answer


def _refuse(end: Mapping[str, Any]) -> None:
    """Raise Refused where the last line of an answer says why there is none."""
    if "reason" in end:
        logger.info("a spreadsheet is not read: %s", end)
        raise refusal(Reason(end["reason"]), end["detail"])


@contextmanager
def _told_in_words(module: str) -> Iterator[None]:
    try:
        yield
    except limited.ChildDied as death:
        logger.warning("%s: %s", module, death)
        raise refusal(Reason(death.how)) from death


@contextmanager
def on_disk(file: File) -> Iterator[str]:
    """The path of the file; of one that has none, a copy for as long as it is needed."""
    try:
        yield file.path  # type: ignore[attr-defined]
        return
    except (AttributeError, NotImplementedError, ValueError):
        pass
    with tempfile.NamedTemporaryFile(prefix="import-") as copy:
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        file.seek(0)
        yield copy.name


class _Answer:
    """The child's lines made into a book; what occurs often is kept once."""

    def __init__(self) -> None:
        number = lru_cache(_MOST_SHARED)(Decimal)
        self.decode = json.JSONDecoder(parse_float=number, parse_int=number).decode
        self.shared: dict[str, str] = {}
        self.date = lru_cache(50_000)(_date)

    def book(self, lines: Iterable[bytes]) -> Book:
        """Read to the end of what the child says: how it ended matters, too."""
        sheets: list[Sheet] = []
        name = ""
        rows: list[Row] = []
        end: dict[str, Any] | None = None
        for line in lines:
            said = self.decode(line.decode())
            if type(said) is list:
                rows += (Row(int(number), tuple(map(self._value, row))) for number, row in said)
            elif "sheet" in said:
                name, rows = said["sheet"], []
            elif "hidden" in said:
                sheets.append(_sheet(name, rows, said))
            else:
                _refuse(said)
                end = said
        if end is None:
            raise refusal(Reason.CRASHED)
        return _book(sheets, end)

    def _value(self, cell: Any) -> Value:
        if type(cell) is str:
            if len(self.shared) < _MOST_SHARED:
                return self.shared.setdefault(cell, cell)
            return cell
        if type(cell) is list:
            what, text = cell
            if what == PERCENT:
                return Percent(text)
            return self.date(text) if what == "date" else Broken(Flaw(what), text)
        return cell  # what JSON and the cache of numbers give


def _date(text: str) -> Value:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _sheet(name: str, rows: list[Row], said: dict[str, Any]) -> Sheet:
    hidden = {int(number) for number in said["hidden_rows"]}
    if hidden:
        rows = [replace(row, is_hidden=True) if row.number in hidden else row for row in rows]
    merged = tuple(Merged(*map(int, place)) for place in said["merged"])
    return Sheet(name=name, rows=tuple(rows), is_hidden=said["hidden"], merged=merged)


def _book(sheets: list[Sheet], said: dict[str, Any]) -> Book:
    marks = next((_marks(sheet) for sheet in sheets if sheet.name == MARKS_SHEET), {})
    return Book(
        kind=FileKind(said["kind"]),
        sheets=tuple(sheet for sheet in sheets if sheet.name != MARKS_SHEET),
        encoding=said["encoding"],
        delimiter=said["delimiter"],
        formulas=int(said["formulas"]),
        has_macros=said["macros"],
        marks=marks,
    )


def _marks(sheet: Sheet) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in sheet if row[0] and row[1] is not None}


def _in_unicode(book: Book) -> Book:
    """Text typed with fonts of before Unicode, converted; ``encoding`` then says which."""
    texts = {
        cell: None
        for sheet in book.sheets
        for row in sheet
        for cell in row.cells
        if type(cell) is str and not cell.isascii()
    }
    encoding = legacy.recognise(texts)
    if not encoding:
        return book
    changes = legacy.converted(texts, encoding)

    def changed(cell: Value) -> Value:
        return changes.get(cell, cell) if type(cell) is str else cell

    sheets = tuple(
        replace(
            sheet,
            rows=tuple(replace(row, cells=tuple(map(changed, row.cells))) for row in sheet),
        )
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets, encoding=encoding)


# --- words ---------------------------------------------------------------------------


def refusal(reason: Reason, detail: str = "") -> Refused:
    return Refused(worded(reason, detail), reason)


def worded(reason: Reason, detail: str = "") -> str:
    """Why the file is not read, and what to do."""
    if reason is Reason.NOT_A_WORKBOOK:
        return _OTHERS.get(detail, _OTHERS["unknown"])()
    if reason is Reason.QUOTE:
        return _(
            "Line %(line)s: a quotation mark is opened and not closed, or something stands "
            "behind a closed one. Correct that line, or save the file as xlsx."
        ) % {"line": detail}
    sheet, _mark, place = detail.rpartition("!")
    if reason is Reason.MANY_ROWS and not sheet:
        return _(
            "The file is filled down to row %(row)s; at most %(most)s rows are read. Delete what "
            "stands below the table, or split the file."
        ) % {"row": place, "most": cells.MOST_ROWS}
    if reason is Reason.MANY_COLUMNS and not sheet:
        return _(
            "The file is filled up to cell %(cell)s; at most %(most)s columns are read. Delete "
            "what stands beside the table."
        ) % {"cell": place, "most": MOST_COLUMNS}
    if reason is Reason.MANY_ROWS:
        return _(
            "Sheet “%(sheet)s” is filled down to row %(row)s; at most %(most)s rows are read. "
            "Delete what stands below the table, or split the file."
        ) % {"sheet": sheet, "row": place, "most": cells.MOST_ROWS}
    if reason is Reason.MANY_COLUMNS:
        return _(
            "Sheet “%(sheet)s” is filled up to cell %(cell)s; at most %(most)s columns are "
            "read. Delete what stands beside the table."
        ) % {"sheet": sheet, "cell": place, "most": MOST_COLUMNS}
    return _MESSAGES[reason]()


_MESSAGES: dict[Reason, Callable[[], str]] = {
    Reason.PROTECTED: lambda: _(
        "The file is protected by a password. Take the password off in Excel, then upload it."
    ),
    Reason.BROKEN: lambda: _(
        "The file is damaged or was not saved completely. Open it in Excel, save it as xlsx, "
        "then upload it."
    ),
    Reason.EMPTY: lambda: _("The file is empty: no sheet of it holds anything."),
    Reason.ENCODING: lambda: _(
        "The letters of the file cannot be read: its encoding is not known. Save it as "
        "“CSV UTF-8” or as xlsx, then upload it."
    ),
    Reason.MANY_SHEETS: lambda: (
        _("The file has more than %(most)s sheets. Keep only those to be imported.")
        % {"most": cells.MOST_SHEETS}
    ),
    Reason.MANY_CELLS: lambda: _(
        "The file holds more than can be read at once. Delete what lies outside the table, or "
        "split the file."
    ),
    Reason.TOO_LONG: lambda: _(
        "The file takes too long to read. Copy the table alone into a new workbook, then "
        "upload that."
    ),
    Reason.TOO_LARGE: lambda: (
        _(
            "The file is too large or too complex to be read (at most %(most)s MB). Copy the table "
            "alone into a new workbook, then upload that."
        )
        % {"most": MOST_BYTES // MIB}
    ),
    Reason.CRASHED: lambda: _(
        "The file could not be read. Copy the table alone into a new workbook, then upload that."
    ),
}

_OTHERS: dict[str, Callable[[], str]] = {
    "html": lambda: _(
        "The file is a web page, whatever its name says. Open it in Excel, save it as xlsx, "
        "then upload it."
    ),
    "picture": lambda: _(
        "The file is a picture, whatever its name says. Upload the workbook itself (xlsx, xls, "
        "csv, ods)."
    ),
    "pdf": lambda: _(
        "The file is a PDF, whatever its name says. Upload the workbook itself (xlsx, xls, csv, "
        "ods)."
    ),
    "word": lambda: _(
        "The file is a text document, not a workbook. Copy its table into Excel, save it as "
        "xlsx, then upload it."
    ),
    "xlsb": lambda: _("Binary workbooks (xlsb) are not read. Save the file as xlsx and upload it."),
    "unknown": lambda: _(
        "The file is not a workbook, whatever its name says. Open it in Excel, save it as xlsx, "
        "then upload it."
    ),
}
