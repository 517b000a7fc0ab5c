"""Source files made here: what agencies send, and what nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cache

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

SCAN_CSS = "@page { size: A4; margin: 25mm } body { font: 14pt Tinos } table { width: 100% }"


@cache
def pdf(pages: int = 3) -> bytes:
    """Pages that say "Trang n" in large letters, with a table of figures."""
    row = "<tr><td>Kim ngạch xuất khẩu<td>triệu USD<td>2.550<td>2.200"
    body = "".join(
        f'<section style="break-after: page"><h1>Trang {number}</h1>'
        f"<p>Báo cáo tình hình thực hiện nhiệm vụ công tác đối ngoại.</p>"
        f"<table>{row * 6}</table></section>"
        for number in range(1, pages + 1)
    )
    made = HTML(string=f"<html lang=vi><style>{SCAN_CSS}</style><body>{body}").write_pdf()
    assert len(PdfReader(io.BytesIO(made)).pages) == pages
    return made


def protected_pdf() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(1)))
    writer.encrypt("mat khau")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pdf_with(content: bytes, *, size: str = "595 842") -> bytes:
    """One page with this content stream, which may be a bomb."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Contents 4 0 R>>".encode(),
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    ]
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%b\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return bytes(made) + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF" % start


def photograph(*, orientation: int = 1, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A JPEG whose upper half is red; ``orientation`` says how the camera was held."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0], size[1] // 2), fill="red")
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


def png_declaring(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b""))
    )


# --- Office files, by hand: the few parts a reader needs ---------------------------

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>%s</Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = '<Relationship Id="%s" Type="' + _OFFICE + '/%s" Target="%s"/>'


def _relations(*rows: tuple[str, str, str]) -> str:
    listed = "".join(_RELATION % row for row in rows)
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def package(parts: Iterable[tuple[str, bytes | str]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, body in parts:
            bundle.writestr(name, body)
    return made.getvalue()


def docx(body: str = "", *, more: Iterable[tuple[str, bytes | str]] = (), links: str = "") -> bytes:
    """A Word file whose body is this WordprocessingML."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    override = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    return package(
        (
            ("[Content_Types].xml", _TYPES % override),
            ("_rels/.rels", _relations(("r1", "officeDocument", "word/document.xml"))),
            ("word/_rels/document.xml.rels", links or _relations()),
            (
                "word/document.xml",
                f'<w:document xmlns:w="{space}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body>'
                "</w:document>",
            ),
            *more,
        )
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], *, hidden: Iterable[str] = ()) -> bytes:
    """A workbook: numbers as numbers, everything else as text."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    names = "".join(
        f'<sheet name="{name}" sheetId="{place}" r:id="r{place}"'
        f' state="{"hidden" if name in hidden else "visible"}"/>'
        for place, name in enumerate(sheets, 1)
    )
    overrides = f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
    places = range(1, len(sheets) + 1)
    overrides += "".join(
        f'<Override PartName="/xl/sheet{place}.xml" ContentType="{kind}.worksheet+xml"/>'
        for place in places
    )
    parts: list[tuple[str, bytes | str]] = [
        ("[Content_Types].xml", _TYPES % overrides),
        ("_rels/.rels", _relations(("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{space}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            _relations(*((f"r{place}", "worksheet", f"sheet{place}.xml") for place in places)),
        ),
    ]
    for place, rows in enumerate(sheets.values(), 1):
        body = "".join(
            f'<row r="{number}">' + "".join(_sheet_cell(cell) for cell in row) + "</row>"
            for number, row in enumerate(rows, 1)
        )
        sheet = f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'
        parts.append((f"xl/sheet{place}.xml", sheet))
    return package(parts)


def _sheet_cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
