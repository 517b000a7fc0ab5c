"""XLSX and XLS: values by calamine, and what it does not tell by a look of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import python_calamine as calamine

from imports.reading import cells
from imports.reading.cells import TYPES, Reason, Refused
from imports.reading.found import Found, Line, Notes

_SHEETS = (calamine.SheetTypeEnum.WorkSheet,)


def sheets(path: str, look: Callable[[str], dict[str, Notes]]) -> Iterator[Found]:
    """Every worksheet; ``look`` tells formulas, errors and hidden rows by name of the sheet."""
    notes = look(path)
    try:
        with open(path, "rb") as handle:
            book = calamine.CalamineWorkbook.from_filelike(handle)
            listed = [about for about in book.sheets_metadata if about.typ in _SHEETS]
            if len(listed) > cells.MOST_SHEETS:
                raise Refused(Reason.MANY_SHEETS)
            for about in listed:
                if notes and about.name not in notes:  # its errors would come in as blanks
                    raise Refused(Reason.BROKEN, f"nothing known of {about.name}")
                sheet = book.get_sheet_by_name(about.name)
                yield Found(
                    name=about.name,
                    lines=_lines(sheet),
                    notes=notes.get(about.name, Notes()),
                    is_hidden=about.visible != calamine.SheetVisibleEnum.Visible,
                    merged=_merged(sheet),
                )
    except calamine.PasswordError as error:
        raise Refused(Reason.PROTECTED) from error
    except calamine.CalamineError as error:
        large = "limit exceeded" in str(error)
        raise Refused(Reason.MANY_CELLS if large else Reason.BROKEN, str(error)[:300]) from error


def _lines(sheet: Any) -> Iterator[Line]:
    start = sheet.start
    if start is None:
        return
    before: list[Any] = [None] * start[1]
    # Rows are told from the first one on, columns from the first filled one.
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, before + [TYPES[type(value)](value) for value in row]


def _merged(sheet: Any) -> list[list[int]]:
    ranges = sheet.merged_cell_ranges or []
    return [
        [first[0] + 1, first[1], last[0] + 1, last[1]] for first, last in ranges[: cells.MOST_ROWS]
    ]
