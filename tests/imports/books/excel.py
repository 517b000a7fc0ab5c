"""XLSX by hand: parts of XML in a package."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from imports.book import MARKS_SHEET, address
from tests.imports.books.cells import Cells, Error, Formula, Share, Styled

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="170" formatCode="[&lt;1]0.0%;0%"/>'
    '<numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1">'
    '<fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="170" applyNumberFormat="1"/><xf numFmtId="171" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)


def xlsx(
    sheets: Mapping[str, Cells],
    *,
    hidden: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    merged: Iterable[str] = (),
    marks: Mapping[str, str] | None = None,
    is_1904: bool = False,
    macros: bool = False,
    dimension: str = "",
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """``hidden_rows`` and ``merged`` ("B5:D5") are of the first sheet.

    ``parts`` are put in besides, or instead of those that would be there.
    """
    shown = dict(sheets)
    if marks:
        shown[MARKS_SHEET] = [[key, value] for key, value in marks.items()]
    hidden = {*hidden, MARKS_SHEET}
    names = list(enumerate(shown, 1))
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for number, name in names
    )
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": _content_types(len(names), macros=macros),
        "_rels/.rels": _links([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            [(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number, _n in names]
            + [("s1", "styles", "styles.xml")]
        ),
        "xl/styles.xml": HEAD + _STYLES,
    }
    for number, name in names:
        is_first = number == 1
        made[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(
            shown[name],
            hidden_rows=hidden_rows if is_first else (),
            merged=merged if is_first else (),
            is_1904=is_1904,
            dimension=dimension if is_first else "",
        )
    if macros:
        made["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + b"\0" * 60
    return package(made | dict(parts or {}))


def package(parts: Mapping[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, body in parts.items():
            bundle.writestr(name, body)
    return made.getvalue()


def _content_types(sheets: int, *, macros: bool) -> str:
    book = "application/vnd.ms-excel.sheet.macroEnabled" if macros else f"{_CONTENT}.sheet"
    sheet = f"{_CONTENT}.worksheet+xml"
    return (
        f'{HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        '"application/xml"/><Default Extension="bin" ContentType="application/vnd.ms-office.'
        f'vbaProject"/><Override PartName="/xl/workbook.xml" ContentType="{book}.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{sheet}"/>'
            for n in range(1, sheets + 1)
        )
        + "</Types>"
    )


def _links(rows: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in rows
    )
    return f'{HEAD}<Relationships xmlns="{_LINKS}">{listed}</Relationships>'


def sheet_xml(
    rows: Cells,
    *,
    hidden_rows: Iterable[int] = (),
    merged: Iterable[str] = (),
    is_1904: bool = False,
    dimension: str = "",
) -> str:
    hidden_rows, merged = set(hidden_rows), list(merged)
    made = [f'{HEAD}<worksheet xmlns="{_MAIN}">']
    if dimension:
        made.append(f'<dimension ref="{dimension}"/>')
    made.append("<sheetData>")
    for number, row in enumerate(rows, 1):
        made.append(f'<row r="{number}"' + (' hidden="1">' if number in hidden_rows else ">"))
        made += (_xlsx_cell(address(c, number), value, is_1904) for c, value in enumerate(row))
        made.append("</row>")
    made.append("</sheetData>")
    if merged:
        cells = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
        made.append(f'<mergeCells count="{len(merged)}">{cells}</mergeCells>')
    return "".join(made) + "</worksheet>"


def _xlsx_cell(place: str, value: object, is_1904: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Styled):
        return f'<c r="{place}" s="1"/>'
    if isinstance(value, Share):
        return f'<c r="{place}" s="2"><v>{value.value}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="1"><v>{serial(value, is_1904)}</v></c>'
    if isinstance(value, Error):
        return f'<c r="{place}" t="e"><v>{value.text}</v></c>'
    if isinstance(value, Formula):
        source = f"<f>{escape(value.source)}</f>"
        if isinstance(value.value, str):
            return f'<c r="{place}" t="str">{source}<v>{escape(value.value)}</v></c>'
        stored = "" if value.value is None else f"<v>{value.value}</v>"
        return f'<c r="{place}">{source}{stored}</c>'
    text = escape(str(value))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def serial(day: dt.date, is_1904: bool = False) -> float:
    """Days as spreadsheets count them."""
    if isinstance(day, dt.datetime):
        part = (day.hour * 60 + day.minute) / 1440
        return serial(day.date(), is_1904) + part
    return (day - (dt.date(1904, 1, 1) if is_1904 else dt.date(1899, 12, 30))).days
