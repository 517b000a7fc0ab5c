"""A look into the XML of an XLSX: formulas, error cells, percents and hidden rows.

The values are calamine's; it does not say which of them a formula left, nor
which formula was never calculated, and gives error cells as empty ones. The
parts are searched piece by piece, so that a sheet of a hundred thousand rows
costs a second and no memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from imports.book import Flaw
from imports.reading import cells
from imports.reading.cells import Reason, Refused, broken
from imports.reading.found import Notes

_PIECE = 4 * 1024 * 1024
_LONGEST_ROW = 32 * 1024 * 1024  # of XML; the longest useful one has a fifth of it
_LARGEST_LIST = 8 * 1024 * 1024  # of XML that names sheets
_LARGEST_STYLES = 16 * 1024 * 1024  # old workbooks gather tens of thousands of looks

_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d+)["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b([^<>]*)>")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^<>]*\bt=["']e["'][^<>]*)(?<!/)>""")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^<>]*)?>([^<]+)<")
# A filled cell, and a quick look whether one may stand beyond column ZZ.
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*\br=["']([A-Z]{1,3})(\d+)["'][^<>]*(?<!/)>\s*<(?:\w+:)?(?:f|v|is)\b"""
)
_WIDE = re.compile(rb"""r=["'][A-Z]{3}\d""")
_PERCENT_FORMATS = ("9", "10")  # those that have a number and no text of their own
_OF_STYLE = rb"""<(?:\w+:)?c\b([^<>]*\bs=["'](?:%b)["'][^<>]*)(?<!/)>"""
_SOURCE = re.compile(rb"<(?:\w+:)?f\b[^<>]*>([^<]*)<")


def look(path: str) -> dict[str, Notes]:
    """Notes by name of the sheet."""
    with zipfile.ZipFile(path) as package:
        percent = _percent_styles(package)
        found = {name: _of_sheet(package, part, name, percent) for name, part in _sheets(package)}
    if not found:
        raise Refused(Reason.BROKEN, "no sheet in the list")
    return found


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    book = _target(package, "_rels/.rels", "", kind="/officeDocument")
    folder, name = posixpath.split(book)
    targets = {
        link.get("Id", ""): _joined(folder, link.get("Target", ""))
        for link in _tree(package, f"{folder}/_rels/{name}.rels")
    }
    parts = set(package.namelist())
    for element in _tree(package, book).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        if targets.get(link) in parts:
            yield element.get("name", ""), targets[link]


def _target(package: zipfile.ZipFile, links: str, folder: str, *, kind: str) -> str:
    for link in _tree(package, links):
        if link.get("Type", "").endswith(kind):
            return _joined(folder, link.get("Target", ""))
    raise Refused(Reason.NOT_A_WORKBOOK)


def _joined(folder: str, target: str) -> str:
    return (
        target[1:]
        if target.startswith("/")
        else posixpath.normpath(f"{folder}/{target}").lstrip("/")
    )


def _tree(package: zipfile.ZipFile, part: str, most: int = _LARGEST_LIST) -> ElementTree.Element:
    """The XML of a small part; what defines entities has been refused before."""
    try:
        if package.getinfo(part).file_size > most:
            raise Refused(Reason.TOO_LARGE, part)
        return ElementTree.fromstring(package.read(part))
    except (KeyError, ElementTree.ParseError) as error:
        raise Refused(Reason.BROKEN, f"{part}: {error}") from error


def _percent_styles(package: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """What finds the filled cells of a look that shows numbers in percent; None without any."""
    part = next((one for one in package.namelist() if one.endswith("xl/styles.xml")), None)
    if part is None:
        return None
    formats, looks = dict.fromkeys(_PERCENT_FORMATS, "%"), []
    for element in _tree(package, part, _LARGEST_STYLES):
        name = element.tag.rpartition("}")[2]
        if name == "numFmts":
            formats |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
        elif name == "cellXfs":
            looks = [one.get("numFmtId", "") for one in element]
    found = [str(at) for at, form in enumerate(looks) if cells.shows_percent(formats.get(form, ""))]
    return re.compile(_OF_STYLE % "|".join(found).encode()) if found else None


def _of_sheet(
    package: zipfile.ZipFile, part: str, name: str, percent: re.Pattern[bytes] | None
) -> Notes:
    notes, rows = Notes(), 0
    for piece in _pieces(package, part):
        _check_extent(piece, name)
        _look_at(piece, rows, notes)
        for cell in percent.finditer(piece) if percent else ():
            notes.show_percent(*_place(piece, cell, rows))
        rows += _count(_ROW, piece)
    return notes


def _check_extent(piece: bytes, name: str) -> None:
    """Refuse a stray cell far away by its place, before room is made for all in between."""
    numbers = _NUMBER.search(piece, max(piece.rfind(b"<row"), piece.rfind(b":row"), 0))
    is_low = numbers is not None and int(numbers[1]) > cells.MOST_ROWS
    if not is_low and not _WIDE.search(piece):
        return
    for cell in _FILLED.finditer(piece):
        if len(cell[1]) == 3:
            raise Refused(Reason.MANY_COLUMNS, f"{name}!{(cell[1] + cell[2]).decode()}")
        if int(cell[2]) > cells.MOST_ROWS:
            raise Refused(Reason.MANY_ROWS, f"{name}!{int(cell[2])}")


def _pieces(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part cut behind rows."""
    rest = b""
    with package.open(part) as handle:
        while piece := handle.read(_PIECE):
            rest += piece
            end = max(rest.rfind(b"</row>"), rest.rfind(b":row>"))
            if end >= 0:
                end = rest.index(b">", end) + 1
                yield rest[:end]
                rest = rest[end:]
            elif len(rest) > _LONGEST_ROW:
                raise Refused(Reason.TOO_LARGE, f"{part}: a row of {len(rest)} bytes")
    yield rest


def _look_at(piece: bytes, rows: int, notes: Notes) -> None:
    if b"hidden=" in piece:
        for count, row in enumerate(_ROW.finditer(piece), rows + 1):
            if _HIDDEN.search(row[1]):
                given = _NUMBER.search(row[1])
                notes.hidden.add(int(given[1]) if given else count)
    if b'="e"' in piece or b"='e'" in piece:
        for cell in _ERROR.finditer(piece):
            inside = _inside(piece, cell.end())
            value = _VALUE.search(inside)
            said = _read(value[1]) if value else "#N/A"
            notes.mark(*_place(piece, cell, rows), broken(Flaw.ERROR, said))
    if b"<f" in piece or b":f" in piece:
        for cell in _FORMULA.finditer(piece):
            notes.formulas += 1
            inside = _inside(piece, cell.start(2) - 2)
            kind = _TYPE.search(cell[1])
            # A formula may well leave an empty text; then it says that it is a text.
            if not _VALUE.search(inside) and not (kind and kind[1] == b"str"):
                source = _SOURCE.search(inside)
                shown = f"={_read(source[1])}" if source else "="
                notes.mark(*_place(piece, cell, rows), broken(Flaw.NOT_CALCULATED, shown))
    if len(notes.broken) > cells.MOST_ROWS:
        raise Refused(Reason.MANY_CELLS)


def _inside(piece: bytes, start: int) -> bytes:
    end = _CELL_END.search(piece, start)
    return piece[start : end.start() if end else len(piece)]


def _read(raw: bytes) -> str:
    return unescape(raw.decode(errors="replace"))


def _place(piece: bytes, cell: re.Match[bytes], rows: int) -> tuple[int, int]:
    """Row from 1 and column from 0; counted where the file does not say it."""
    if given := _PLACE.search(cell[1]):
        column = 0
        for letter in given[1]:
            column = column * 26 + letter - 64
        return int(given[2]), column - 1
    before = [*_ROW.finditer(piece, 0, cell.start())]
    if not before:
        return rows + 1, 0
    number = _NUMBER.search(before[-1][1])
    column = _count(_CELL, piece[before[-1].end() : cell.start()])
    return int(number[1]) if number else rows + len(before), column


def _count(pattern: re.Pattern[bytes], piece: bytes) -> int:
    return len(pattern.findall(piece))
