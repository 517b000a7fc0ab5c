"""Marks faulty cells of a workbook, in a process of its own: ``python -m imports.marker``.

Request as JSON on stdin; on stdout the workbook, and behind it a line of JSON:
``{"size": …}`` of it or ``{"reason": …}`` why there is none. Knows neither
Django nor the database; see ``imports.reader``.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from common.limited import MIB, Limits, confine
from imports import legacy
from imports.book import FileKind, address
from imports.reader import kind_of, said, sheets
from imports.reading.cells import Reason, Refused
from imports.reading.found import Line, Measure
from imports.reading.sheetxml import FILL, workbook

# openpyxl holds a whole workbook, at fifty times its size; a sheet of more XML than this
# (some hundred thousand cells) is written anew, as a stream.
MOST_IN_PLACE = 10 * MIB
_MOST_MERGED = 100_000  # cells


def main() -> None:
    request = json.load(sys.stdin)
    confine(Limits(**request.pop("limits")))
    tempfile.tempdir = request.pop("folder")  # openpyxl writes a file for each sheet
    gc.disable()
    said(sys.stdout.buffer, lambda: mark(sys.stdout.buffer, **request))


def mark(
    out: BinaryIO, *, path: str, name: str, sheet: str, faults: dict[str, str], author: str
) -> dict[str, Any]:
    kind, _parts = kind_of(path, name)
    made = None
    if kind is FileKind.XLSX and _is_small(path):
        try:
            made = _in_place(path, sheet, faults, author)
        except MemoryError:
            raise
        except Exception:  # openpyxl knows fewer oddities than calamine
            made = None
    if made is None:
        made = _anew(path, kind, sheet, faults, author)
    out.write(made + b"\n")
    return {"size": len(made)}


def _is_small(path: str) -> bool:
    with zipfile.ZipFile(path) as package:
        return sum(part.file_size for part in package.infolist()) <= MOST_IN_PLACE


def _in_place(path: str, sheet: str, faults: dict[str, str], author: str) -> bytes:
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    with open(path, "rb") as handle:  # by its content: the name may lack the extension
        book = load_workbook(handle, keep_vba=False, keep_links=False, rich_text=True)
    page = book[sheet]
    fill = PatternFill("solid", fgColor=FILL)
    merged = [
        (span.min_row, span.min_col - 1, span.max_row, span.max_col - 1)
        for span in page.merged_cells.ranges
    ]
    for place, message in _on_merged(faults, merged).items():
        cell = page[place]
        cell.fill = fill
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(before + message, author, height=120, width=320)
        page.row_dimensions[cell.row].hidden = False
    page.sheet_state = "visible"
    book.active = book.sheetnames.index(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _on_merged(faults: dict[str, str], merged: Iterable[Sequence[int]]) -> dict[str, str]:
    """Of merged cells only the first can be seen: what is said of the others goes there."""
    firsts: dict[str, str] = {}
    for top, left, bottom, right in merged:
        if (bottom - top + 1) * (right - left + 1) + len(firsts) < _MOST_MERGED:
            firsts |= {
                address(column, row): address(left, top)
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            }
    placed: dict[str, str] = {}
    for place, message in faults.items():
        first = firsts.get(place, place)
        placed[first] = f"{placed[first]}\n{message}" if first in placed else message
    return placed


def _anew(path: str, kind: FileKind, sheet: str, faults: dict[str, str], author: str) -> bytes:
    for found in sheets(path, kind)[0]:
        if found.name == sheet or kind is FileKind.CSV:
            lines = list(Measure().trimmed(found))
            return workbook(
                sheet,
                _in_unicode(lines),
                faults=_on_merged(faults, found.merged),
                author=author,
                hidden_rows=found.notes.hidden,
                merged=found.merged,
            )
    raise Refused(Reason.BROKEN, "no such sheet")


def _in_unicode(lines: list[Line]) -> list[Line]:
    """The font of old is lost with the file's looks: its text would be unreadable."""
    texts = {cell for _n, row in lines for cell in row if type(cell) is str if not cell.isascii()}
    encoding = legacy.recognise(texts)
    if not encoding:
        return lines
    changes = legacy.converted(texts, encoding)
    return [
        (number, [changes.get(cell, cell) if type(cell) is str else cell for cell in row])
        for number, row in lines
    ]


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
