"""Workbooks made here: as offices send them, and as nobody should.

``xlsx``, ``xls``, ``ods`` and ``csv`` write tables of Python values by hand, so
that every oddity of a file can be put into it. ``MESSY`` and ``HOSTILE`` are
collections with their expected outcomes.
"""

from __future__ import annotations

import csv as csv_module
import datetime as dt
import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from imports import legacy
from imports.book import MARKS_SHEET, address, column_letter

Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Formula:
    """A formula with the result that was stored; without one it was never calculated."""

    source: str
    value: float | str | None = None


@dataclass(frozen=True)
class Error:
    text: str = "#N/A"


@dataclass(frozen=True)
class Styled:
    """An empty cell that has only a look."""


@dataclass(frozen=True)
class Share:
    """A number its cell shows in percent: 0.81 is seen as 81%."""

    value: float


# --- XLSX ---------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            [(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number, _n in names]
            + [("s1", "styles", "styles.xml")]
        ),
        "xl/styles.xml": _HEAD + _STYLES,
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
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/'
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
    return f'{_HEAD}<Relationships xmlns="{_LINKS}">{listed}</Relationships>'


def sheet_xml(
    rows: Cells,
    *,
    hidden_rows: Iterable[int] = (),
    merged: Iterable[str] = (),
    is_1904: bool = False,
    dimension: str = "",
) -> str:
    hidden_rows, merged = set(hidden_rows), list(merged)
    made = [f'{_HEAD}<worksheet xmlns="{_MAIN}">']
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
        return f'<c r="{place}" s="1"><v>{_serial(value, is_1904)}</v></c>'
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


def _serial(day: dt.date, is_1904: bool = False) -> float:
    """Days as spreadsheets count them."""
    if isinstance(day, dt.datetime):
        part = (day.hour * 60 + day.minute) / 1440
        return _serial(day.date(), is_1904) + part
    return (day - (dt.date(1904, 1, 1) if is_1904 else dt.date(1899, 12, 30))).days


# --- XLS: a stream of records in a file system of sectors -----------------------------


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
        return _record(0x203, place + struct.pack("<Hd", 1, _serial(value, is_1904)))
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


# --- ODS ------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = (
    " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet">'
    "%s</manifest:file-entry></manifest:manifest>"
)


def ods(
    sheets: Mapping[str, Cells],
    *,
    hidden: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    encrypted: bool = False,
    shown: Callable[[float], str] = lambda value: f"{value:,.0f}".replace(",", "."),
) -> bytes:
    """As LibreOffice writes it: a value and beside it the text that is ``shown``."""
    hidden, hidden_rows = set(hidden), set(hidden_rows)
    tables = []
    for count, (name, rows) in enumerate(sheets.items()):
        lines = []
        for number, row in enumerate(rows, 1):
            is_hidden = number in hidden_rows and not count
            look = ' table:visibility="collapse"' if is_hidden else ""
            cells = "".join(_ods_cell(value, shown) for value in row)
            blank = '<table:table-cell table:number-columns-repeated="16000"/>'
            lines.append(f"<table:table-row{look}>{cells}{blank}</table:table-row>")
        style = ' table:style-name="ta2"' if name in hidden else ""
        tables.append(
            f"<table:table table:name={quoteattr(name)}{style}>{''.join(lines)}"
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
    content = (
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles><office:body>'
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": _MANIFEST
            % ("<manifest:encryption-data/>" if encrypted else ""),
        }
    )


def _ods_cell(value: object, shown: Callable[[float], str]) -> str:
    def cell(kind: str, given: str, text: str, more: str = "") -> str:
        text = escape(text).replace("\n", "</text:p><text:p>")
        return (
            f'<table:table-cell {more} office:value-type="{kind}" {given}>'
            f"<text:p>{text}</text:p></table:table-cell>"
        )

    if value is None or isinstance(value, Styled):
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return cell("boolean", f'office:boolean-value="{str(value).lower()}"', "ĐÚNG")
    if isinstance(value, int | float | Decimal):
        return cell("float", f'office:value="{value}"', shown(float(value)))
    if isinstance(value, Share):
        return cell("percentage", f'office:value="{value.value}"', f"{value.value:%}")
    if isinstance(value, dt.date):
        return cell("date", f'office:date-value="{value.isoformat()}"', f"{value:%d/%m/%y}")
    if isinstance(value, Error):
        return cell("string", 'calcext:value-type="error"', value.text)
    if isinstance(value, Formula):
        formula = f'table:formula="of:={escape(value.source)}"'
        if value.value is None:
            return f"<table:table-cell {formula}/>"
        return cell("float", f'office:value="{value.value}"', "?", formula)
    return cell("string", "", str(value))


# --- CSV and the fonts of old ----------------------------------------------------------


def csv(
    rows: Cells, *, encoding: str = "utf-8", delimiter: str = ",", line_end: str = "\r\n"
) -> bytes:
    """``encoding`` as Python knows it, or "tcvn3" / "vni" / "cp1258"."""
    text = io.StringIO(newline="")
    csv_module.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    made = text.getvalue()
    if encoding in (legacy.TCVN3, legacy.VNI):
        return old(made, encoding).encode("latin-1")
    if encoding == "cp1258":
        made = _cp1258(made)
    return made.encode(encoding)


def _cp1258(text: str) -> str:
    """Letters the code page has as they are, tones behind them."""
    made = []
    for letter in text:
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            spread = unicodedata.normalize("NFD", letter)
            letter = unicodedata.normalize("NFC", spread[:-1]) + spread[-1]
            if spread[-1] in "\u0302\u0306\u031b":
                letter = unicodedata.normalize("NFC", spread[0] + spread[-1]) + spread[1:-1]
        made.append(letter)
    return "".join(made)


@cache
def _to_old(encoding: str) -> dict[str, str]:
    if encoding == legacy.TCVN3:
        table = {letter: chr(code) for code, letter in legacy._tcvn3().items()}
        # A font of capitals draws them: in the file stand the small ones.
        return {letter.upper(): old for letter, old in table.items()} | table
    return {letter: old for old, letter in legacy._vni().items()}


def old(text: str, encoding: str) -> str:
    """The text as it stands in a file typed with the fonts of old."""
    table = _to_old(encoding)
    return "".join(table.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


# --- tables of an office ----------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """Cells as somebody in an office would lay them out, and what there is to find."""

    rows: list[list[object]]
    merged: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    first: int = 0
    last: int = 0
    totals: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()


def yearly_figures() -> Table:
    """The yearly form: titles, a header of two rows, "Trong đó", a total, notes, a signature."""
    rows: list[list[object]] = [
        ["UBND TỈNH LẠNG SƠN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ CÔNG THƯƠNG", None, None, "Độc lập - Tự do - Hạnh phúc"],
        [],
        ["BIỂU TỔNG HỢP SỐ LIỆU ĐỐI NGOẠI NĂM 2019"],
        ["(Kèm theo Báo cáo số 123/BC-SCT ngày 16/12/2019)"],
        ["STT", "Chỉ tiêu", "ĐVT", "TH 2018", "Năm 2019", None, "So sánh (%)", None],
        [None, None, None, None, "KH", "Ước TH", "TH/KH", "2019/2018"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(6)/(5)", "(8)=(6)/(4)"],
        ["I", "THƯƠNG MẠI"],
        [1, "Tổng kim ngạch XNK", "Triệu USD", 4855, 5230, 4750, 90.8, 97.8],
        [None, "Trong đó: - KNXK", "Triệu USD", 2955, 2955, 2550, 86.3, 86.3],
        [None, "               - KNNK", "Triệu USD", 1900, 2275, 2200, 96.7, 115.8],
        ["II", "ĐOÀN RA, ĐOÀN VÀO"],
        [1, "Số đoàn ra", "Đoàn", 68, None, 53],
        [2, "Số đoàn vào", "Đoàn", "54", None, "54"],
        ["Tổng cộng", None, None, 9832, None, 9607],
        [],
        ["Ghi chú: số liệu ước đến ngày 31/12/2019"],
        [None, None, None, None, None, "NGƯỜI LẬP BIỂU"],
    ]
    merged = ("A1:C1", "D1:H1", "A4:H4", "A6:A7", "B6:B7", "C6:C7", "D6:D7", "E6:F6", "G6:H6")
    return Table(rows, merged, header_rows=(6, 7), first=9, last=15, totals=(16,))


def trade(count: int) -> list[list[object]]:
    """A plain register of trade with as many rows: a header, twelve columns."""
    rows: list[list[object]] = [
        ["STT", "Mã HS", "Mặt hàng", "Ngày", "Giá trị", "Lượng", "ĐVT", "Loại", "Cửa khẩu",
         "Nước", "Trị giá (VNĐ)", "Ghi chú"]
    ]  # fmt: skip
    for n in range(1, count + 1):
        rows.append(
            [n, f"08{n % 97:02}", f"Mặt hàng số {n % 500}", dt.date(2019, 1 + n % 12, 1 + n % 28),
             n * 1.37, n * 3, "tấn", "Xuất khẩu" if n % 2 else "Nhập khẩu",
             f"Cửa khẩu {n % 12}", "Trung Quốc", n * 100003 / 100, None if n % 9 else "ghi chú"]
        )  # fmt: skip
    return rows
