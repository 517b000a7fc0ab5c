"""One sheet written as XLSX, quickly: values, dates, coloured cells with comments.

Written as text and not by openpyxl, which takes half a minute for a hundred
thousand rows. All text is written as text: nothing in it can become a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Collection, Iterable
from html import escape

from imports.book import address, column_letter
from imports.reading.cells import PERCENT, Cell
from imports.reading.found import Line

FILL = "FFFFC7CE"  # the red of Excel's own "bad" cells
MOST_COMMENTS = 3000  # Excel draws each as a shape; more cells are coloured only

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DAY = dt.date(1899, 12, 30)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")

_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font><sz val="11"/>'
    '<name val="Times New Roman"/></font></fonts><fills count="3"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill>'
    f'<patternFill patternType="solid"><fgColor rgb="{FILL}"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="7"><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf fillId="2" applyFill="1"/><xf numFmtId="164" fillId="2" applyNumberFormat="1" '
    'applyFill="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf/><xf numFmtId="10" fillId="2" '
    'applyNumberFormat="1" applyFill="1"/></cellXfs><cellStyles count="1"><cellStyle '
    'name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_PLAIN, _DATE, _FAULTY, _PERCENT = 0, 1, 2, 4  # styles; a faulty date is both


def workbook(
    name: str,
    lines: Iterable[Line],
    *,
    faults: dict[str, str],
    author: str,
    hidden_rows: Collection[int] = (),
    merged: Iterable[Iterable[int]] = (),
) -> bytes:
    """``faults``: address → what is said of the cell."""
    name = _NOT_IN_NAMES.sub(" ", name).strip("' ")[:31] or "1"
    commented = list(faults.items())[:MOST_COMMENTS]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for part, body in _small_parts(name).items():
            package.writestr(part, _HEAD + body)
        package.writestr("xl/comments1.xml", _HEAD + _comments(commented, author))
        package.writestr("xl/drawings/vmlDrawing1.vml", _shapes(commented))
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'.encode())
            sheet.write(b'<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>')
            for line in _with_all(lines, faults):
                sheet.write(_row(*line, faults, hidden_rows).encode())
            sheet.write(f"</sheetData>{_merges(merged)}".encode())
            sheet.write(b'<legacyDrawing r:id="r1"/></worksheet>')
    return made.getvalue()


def _with_all(lines: Iterable[Line], faults: dict[str, str]) -> Iterable[Line]:
    """Rows made as long as their faults need: an empty cell may be the faulty one."""
    needed: dict[int, int] = {}
    for place in faults:
        letters = place.rstrip("0123456789")
        number, width = int(place[len(letters) :]), _column(letters) + 1
        needed[number] = max(needed.get(number, 0), width)
    for number, row in lines:
        yield number, row + [None] * (needed.get(number, 0) - len(row))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _row(number: int, row: list[Cell], faults: dict[str, str], hidden_rows: Collection[int]) -> str:
    cells, is_faulty = [], False
    for column, value in enumerate(row):
        place = f"{_LETTERS[column]}{number}" if column < 200 else address(column, number)
        style = _FAULTY if place in faults else _PLAIN
        is_faulty = is_faulty or style == _FAULTY
        if value is not None or style:
            cells.append(_cell(place, value, style))
    hidden = ' hidden="1"' if number in hidden_rows and not is_faulty else ""
    return f'<row r="{number}"{hidden}>{"".join(cells)}</row>'


_LETTERS = [column_letter(column) for column in range(200)]


def _cell(place: str, value: Cell, style: int) -> str:
    if isinstance(value, list) and value[0] == "date":
        try:
            days = (dt.date.fromisoformat(value[1]) - _FIRST_DAY).days
            return f'<c r="{place}" s="{style + _DATE}"><v>{days}</v></c>'
        except ValueError:
            pass
    if isinstance(value, list):
        style += _PERCENT if value[0] == PERCENT else 0
        value = value[1]
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, bool):
        return f'<c r="{place}" s="{style}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    text = escape(str(value), quote=False)
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def _merges(merged: Iterable[Iterable[int]]) -> str:
    places = [
        f'<mergeCell ref="{address(left, top)}:{address(right, bottom)}"/>'
        for top, left, bottom, right in merged
    ]
    return f'<mergeCells count="{len(places)}">{"".join(places)}</mergeCells>' if places else ""


def _comments(commented: list[tuple[str, str]], author: str) -> str:
    listed = "".join(
        f'<comment ref="{place}" authorId="0"><text><t xml:space="preserve">'
        f"{escape(said, quote=False)}</t></text></comment>"
        for place, said in commented
    )
    return (
        f'<comments xmlns="{_MAIN}"><authors><author>{escape(author)}</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    )


def _shapes(commented: list[tuple[str, str]]) -> str:
    """The boxes of the comments, in the drawing language Excel still wants for them."""
    shapes = []
    for number, (place, _said) in enumerate(commented, 1):
        letters = place.rstrip("0123456789")
        row, column = int(place[len(letters) :]) - 1, _column(letters)
        box = f"{column + 1}, 15, {row}, 2, {column + 5}, 15, {row + 5}, 2"
        shapes.append(
            f'<v:shape id="_x0000_s{1024 + number}" type="#_x0000_t202" fillcolor="#ffffe1" '
            'style="position:absolute;visibility:hidden"><v:textbox/>'
            f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{box}'
            f"</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}"
            "</x:Column></x:ClientData></v:shape>"
        )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
        'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{''.join(shapes)}</xml>"
    )


def _small_parts(name: str) -> dict[str, str]:
    def links(*rows: tuple[str, str, str]) -> str:
        listed = "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for key, kind, target in rows
        )
        return f'<Relationships xmlns="{_LINKS}">{listed}</Relationships>'

    kinds = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/styles.xml": "styles",
        "/xl/comments1.xml": "comments",
    }
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_CONTENT}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    vml = "application/vnd.openxmlformats-officedocument.vmlDrawing"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        f'ContentType="{rels}"/><Default Extension="vml" ContentType="{vml}"/>{overrides}</Types>',
        "_rels/.rels": links(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet '
        f'name="{escape(name)}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/_rels/sheet1.xml.rels": links(
            ("r1", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("r2", "comments", "../comments1.xml"),
        ),
    }
