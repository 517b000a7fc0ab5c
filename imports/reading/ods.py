"""ODS: typed values, never the text a cell shows ("1.234" may stand for 1234).

Read as a stream of XML events. Rows and cells that repeat are counted, not
copied: a sheet usually ends in a million blank ones.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from imports.book import MOST_COLUMNS, Flaw
from imports.reading import cells
from imports.reading.cells import PERCENT, Cell, Reason, Refused, broken
from imports.reading.found import Found, Line

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_PIECE = 256 * 1024
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
# Asked for at every cell: joined once.
_ROW = _TABLE + "table-row"
_ROWS_REPEATED, _COLUMNS_REPEATED = (
    f"{_TABLE}number-{what}-repeated" for what in ("rows", "columns")
)
_ROWS_SPANNED, _COLUMNS_SPANNED = (f"{_TABLE}number-{what}-spanned" for what in ("rows", "columns"))
_FORMULA, _CALC_TYPE = _TABLE + "formula", _CALC + "value-type"
_VALUE_TYPE, _VALUE, _STRING = (_OFFICE + name for name in ("value-type", "value", "string-value"))
_MANIFEST = "META-INF/manifest.xml"
_TIME = re.compile(r"PT0*(\d+)H0*(\d+)M0*(\d+)(?:\.\d+)?S")
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_NOT_OF_THE_CELL = (_OFFICE + "annotation", _TABLE + "shapes", _TABLE + "tracked-changes")


def sheets(path: str) -> Iterator[Found]:
    with zipfile.ZipFile(path) as package:
        if b"encryption-data" in package.read(_MANIFEST)[: 1024 * 1024]:
            raise Refused(Reason.PROTECTED)
        reader = _Reader()
        try:
            with package.open("content.xml") as content:
                while piece := content.read(_PIECE):
                    reader.parser.Parse(piece)
            reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused(Reason.BROKEN, str(error)) from error
    if len(reader.found) > cells.MOST_SHEETS:
        raise Refused(Reason.MANY_SHEETS)
    yield from reader.found


class _Reader:
    """Gathers the sheets while the XML goes by."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._letters
        self.found: list[Found] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.lines: list[Line] = []
        self.row, self.row_times = 0, 1
        self.line: list[Cell] = []
        self.blanks = 0  # empty cells not yet put down
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.room = cells.MOST_CELLS
        self.aside = 0  # depth inside what does not belong to the cell's value
        self.begins: dict[str, Callable[[dict[str, str]], None]] = {
            _TABLE + "table-cell": self._begin_cell,
            _TABLE + "covered-table-cell": self._begin_cell,
            _TEXT + "p": self._begin_paragraph,
            _TABLE + "table-row": self._begin_row,
            _TABLE + "table": self._begin_table,
            _STYLE + "style": self._begin_style,
            _STYLE + "table-properties": self._begin_look,
            _TEXT + "s": self._begin_blanks,
            _TEXT + "tab": self._begin_tab,
            _TEXT + "line-break": self._begin_line,
            **dict.fromkeys(_NOT_OF_THE_CELL, self._begin_aside),
        }

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if self.aside:
            self.aside += 1
        elif begin := self.begins.get(tag):
            begin(given)

    def _begin_cell(self, given: dict[str, str]) -> None:
        self.cell, self.text = given, []

    def _begin_row(self, given: dict[str, str]) -> None:
        self.row_times = _at_most(given, _ROWS_REPEATED)
        self.line, self.blanks = [], 0
        if given.get(_TABLE + "visibility") in ("collapse", "filter"):
            self._hide()

    def _begin_table(self, given: dict[str, str]) -> None:
        self.lines, self.row = [], 0
        is_hidden = given.get(_TABLE + "style-name", "") in self.hidden_styles
        name = given.get(_TABLE + "name", "")
        self.found.append(Found(name=name, lines=self.lines, is_hidden=is_hidden))

    def _begin_style(self, given: dict[str, str]) -> None:
        self.style = given.get(_STYLE + "name", "")

    def _begin_look(self, given: dict[str, str]) -> None:
        if given.get(_TABLE + "display") == "false":
            self.hidden_styles.add(self.style)

    def _begin_paragraph(self, given: dict[str, str]) -> None:
        if self.text:
            self.text.append("\n")

    def _begin_blanks(self, given: dict[str, str]) -> None:
        self.text.append(" " * min(int(given.get(_TEXT + "c", "1")), 1000))

    def _begin_tab(self, given: dict[str, str]) -> None:
        self.text.append("\t")

    def _begin_line(self, given: dict[str, str]) -> None:
        self.text.append("\n")

    def _begin_aside(self, given: dict[str, str]) -> None:
        self.aside = 1

    def _letters(self, text: str) -> None:
        if self.cell is not None and not self.aside:
            self.text.append(text)

    def _end(self, tag: str) -> None:
        if self.aside:
            self.aside -= 1
        elif tag in _CELLS:
            self._put_cell()
        elif tag == _ROW:
            self._put_row()

    def _hide(self) -> None:
        last = min(self.row + self.row_times, cells.MOST_ROWS)
        self.found[-1].notes.hidden.update(range(self.row + 1, last + 1))

    def _put_cell(self) -> None:
        given, self.cell = self.cell or {}, None
        times = _at_most(given, _COLUMNS_REPEATED)
        value = self._value(given)
        self._note_merged(given)
        if value is None:
            self.blanks += times
            return
        if len(self.line) + self.blanks + times > MOST_COLUMNS:
            raise Refused(Reason.MANY_COLUMNS, f"{self.found[-1].name}!{self.row + 1}")
        self.line += [None] * self.blanks + [value] * times
        self.blanks = 0

    def _put_row(self) -> None:
        if self.line:
            self.room -= len(self.line) * self.row_times
            if self.row + self.row_times > cells.MOST_ROWS:
                where = f"{self.found[-1].name}!{self.row + self.row_times}"
                raise Refused(Reason.MANY_ROWS, where)
            if self.room < 0:
                raise Refused(Reason.MANY_CELLS)
            gap = range(self.lines[-1][0] + 1 if self.lines else 1, self.row + 1)
            self.lines += ((number, []) for number in gap)
            times = range(1, self.row_times + 1)
            self.lines += ((self.row + more, list(self.line)) for more in times)
        self.row += self.row_times

    def _value(self, given: dict[str, str]) -> Cell:
        if not given and not self.text:
            return None
        kind = given.get(_VALUE_TYPE, "")
        formula = given.get(_FORMULA)
        if formula is not None:
            self.found[-1].notes.formulas += 1
        if given.get(_CALC_TYPE) == "error":
            return broken(Flaw.ERROR, "".join(self.text) or "#N/A")
        if kind in ("float", "percentage", "currency"):
            number = _number(given.get(_VALUE, ""))
            is_percent = kind == "percentage" and type(number) in (int, float)
            return [PERCENT, number] if is_percent else number
        if kind == "date":
            return ["date", given.get(_OFFICE + "date-value", "")[:10]]
        if kind == "boolean":
            return given.get(_OFFICE + "boolean-value") == "true"
        if kind == "time":
            return _time(given.get(_OFFICE + "time-value", ""))
        text = "".join(self.text)
        if formula is not None and not kind and not text:
            return broken(Flaw.NOT_CALCULATED, formula.removeprefix("of:"))
        return cells.text(given.get(_STRING, text))

    def _note_merged(self, given: dict[str, str]) -> None:
        if _ROWS_SPANNED not in given and _COLUMNS_SPANNED not in given:
            return
        down, right = _at_most(given, _ROWS_SPANNED), _at_most(given, _COLUMNS_SPANNED)
        if (down, right) != (1, 1) and len(self.found[-1].merged) < cells.MOST_ROWS:
            column = len(self.line) + self.blanks
            row = self.row + 1
            self.found[-1].merged.append([row, column, row + down - 1, column + right - 1])


def _number(text: str) -> Cell:
    try:
        return cells.number(float(text))
    except ValueError:
        return broken(Flaw.ERROR, text)


def _time(text: str) -> Cell:
    found = _TIME.fullmatch(text)
    if not found:
        return cells.text(text)
    hours, minutes, seconds = (int(part) for part in found.groups())
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _at_most(given: dict[str, str], name: str) -> int:
    text = given.get(name)
    if text is None:
        return 1
    if not text.isdecimal():
        raise Refused(Reason.BROKEN, f"{name} {text}")
    return max(1, min(int(text[:9]), 2**21))
