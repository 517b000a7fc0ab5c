"""Files that nobody should send, and what is to become of each.

A name, what makes the content, and why it is refused; where nothing is said
the file is read, and the one sheet of it is ``READ``.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from imports.reading.cells import Reason
from tests.imports import books
from tests.imports.books import Error, Styled

TABLE = [["Mã", "Tên"], ["01", "Xuất khẩu"], ["02", "Nhập khẩu"]]


@dataclass(frozen=True)
class Hostile:
    name: str
    make: Callable[[], bytes]
    reason: Reason | None = None
    detail: str = ""  # must stand in the message

    @property
    def is_read(self) -> bool:
        return self.reason is None


def _sheet(xml: str | bytes, **parts: bytes | str) -> bytes:
    return books.xlsx({"A": TABLE}, parts={"xl/worksheets/sheet1.xml": xml} | parts)


def _with_cell(place: str, text: str = "x") -> bytes:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return _sheet(books.sheet_xml(TABLE).replace("</sheetData>", f"{cell}</sheetData>"))


def _entities() -> str:
    defined = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "x" * 10_000}">' for n in range(7)
    )
    body = books.sheet_xml([["BOM"]]).partition("?>")[2].replace("BOM", "&e6;")
    return f'<?xml version="1.0"?>%s<!DOCTYPE worksheet [{defined}]>{body}'


def _external() -> str:
    body = books.sheet_xml([["BOM"]]).partition("?>")[2].replace("BOM", "&e;")
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>{body}'


def _in_utf16(xml: str) -> bytes:
    return xml.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")


def _under_another_name() -> bytes:
    made = books.xlsx({"A": TABLE})
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    del parts["xl/worksheets/sheet1.xml"]
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = bytes(parts[rels]).replace(b"sheet1.xml", b"sheet1.dat")  # type: ignore[arg-type]
    parts["xl/worksheets/sheet1.dat"] = _entities() % ""
    return books.package(parts)


def _twice() -> bytes:
    made = io.BytesIO(books.xlsx({"A": TABLE}))
    with zipfile.ZipFile(made, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.writestr("xl/worksheets/sheet1.xml", books.sheet_xml([["khác"]]))
    return made.getvalue()


def _lying_size() -> bytes:
    """A part of 300 MB that is declared as one of a hundred bytes."""
    made = bytearray(_sheet(b"<worksheet>" + b" " * 300_000_000))
    place = made.index(b"PK\x01\x02")
    while not made[place + 46 :].startswith(b"xl/worksheets"):
        place = made.index(b"PK\x01\x02", place + 4)
    made[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(made)


def _locked_zip() -> bytes:
    made = bytearray(books.xlsx({"A": TABLE}))
    place = made.index(b"PK\x01\x02")
    made[place + 8] |= 1
    return bytes(made)


def _circle(what: str) -> bytes:
    """An old workbook whose chain of sectors leads back to its beginning."""
    made = bytearray(books.xls({"A": TABLE}))
    sectors = struct.unpack_from("<I", made, 76)[0]
    directory = struct.unpack_from("<I", made, 48)[0]
    first, last = (0, 7) if what == "stream" else (directory, directory)
    struct.pack_into("<I", made, (sectors + 1) * 512 + last * 4, first)
    return bytes(made)


def _long_cell(megabytes: int) -> bytes:
    text = "a" * (megabytes * 1_000_000)
    return _sheet(books.sheet_xml([*TABLE, ["03", text]]))


def _docx() -> bytes:
    return books.package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


@cache
def _blank_rows() -> bytes:
    """A million rows that have only a look, below the table."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_000_000))
    return _sheet(books.sheet_xml(TABLE).replace("</sheetData>", rows + "</sheetData>"))


def _repeated(times: str) -> bytes:
    made = books.ods({"A": TABLE})
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    content = bytes(parts["content.xml"]).decode()  # type: ignore[arg-type]
    rows, columns = times.split("×")
    content = content.replace(
        "<table:table-row>", f'<table:table-row table:number-rows-repeated="{rows}">', 1
    ).replace(
        '<table:table-cell  office:value-type="string"',
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"',
        1,
    )
    parts["content.xml"] = content
    return books.package(parts)


HTML = "<html><body><table><tr><td>Mã<td>Tên</table></body></html>"

HOSTILE = (
    # bombs
    Hostile("bom.xlsx", lambda: _sheet(b" " * 300_000_000), Reason.TOO_LARGE),
    Hostile(
        "nhiều phần.xlsx",
        lambda: books.xlsx({"A": TABLE}, parts={f"xl/{n}.xml": "" for n in range(4000)}),
        Reason.TOO_LARGE,
    ),
    Hostile("khai gian.xlsx", _lying_size, Reason.BROKEN),
    Hostile("hai phần một tên.xlsx", _twice, Reason.BROKEN),
    Hostile("thực thể.xlsx", lambda: _sheet(_entities() % ""), Reason.BROKEN),
    Hostile(
        "thực thể sau chú thích.xlsx",
        lambda: _sheet(_entities() % f"<!--{' ' * 100_000}-->"),
        Reason.BROKEN,
    ),
    Hostile("thực thể UTF-16.xlsx", lambda: _sheet(_in_utf16(_entities() % "")), Reason.BROKEN),
    Hostile("thực thể tên khác.xlsx", _under_another_name, Reason.BROKEN),
    Hostile("thực thể ngoài.xlsx", lambda: _sheet(_external()), Reason.BROKEN),
    Hostile("ô 100 MB.csv", lambda: b"a,b\r\n1," + b"x" * 100_000_000, Reason.TOO_LARGE),
    Hostile("ô 100 MB.xlsx", lambda: _long_cell(100), Reason.TOO_LARGE),
    # sizes that are declared, or made of nothing
    Hostile("khai rộng.xlsx", lambda: books.xlsx({"A": TABLE}, dimension="A1:XFD1048576")),
    Hostile("triệu dòng trống.xlsx", _blank_rows),
    Hostile(
        "ô có định dạng.xlsx", lambda: books.xlsx({"A": [*TABLE, [None] * 500 + [Styled()]]})
    ),
    Hostile("ô cuối.xlsx", lambda: _with_cell("XFD1048576"), Reason.MANY_COLUMNS, "XFD"),
    Hostile("dòng xa.xlsx", lambda: _with_cell("A1048576"), Reason.MANY_ROWS, "1048576"),
    Hostile("cột xa.xlsx", lambda: _with_cell("ZZ4"), Reason.MANY_COLUMNS, "ZZ4"),
    Hostile("nhân dòng.ods", lambda: _repeated("1048576×2"), Reason.MANY_ROWS),
    Hostile("nhân cột.ods", lambda: _repeated("2×16384"), Reason.MANY_COLUMNS),
    Hostile(
        "nhiều trang.xlsx", lambda: books.xlsx({f"{n}": [[n]] for n in range(150)}),
        Reason.MANY_SHEETS,
    ),
    # old workbooks
    Hostile("vòng.xls", lambda: _circle("stream"), Reason.BROKEN),
    Hostile("vòng thư mục.xls", lambda: _circle("directory"), Reason.BROKEN),
    Hostile("rỗng ruột.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            Reason.BROKEN),
    Hostile("cụt.xls", lambda: books.xls({"A": TABLE})[:3000], Reason.BROKEN),
    Hostile("lời.xls", lambda: books.compound({"WordDocument": b"x"}), Reason.NOT_A_WORKBOOK),
    # not what the name says
    Hostile("trang web.xls", HTML.encode, Reason.NOT_A_WORKBOOK),
    Hostile("trang web.csv", lambda: ("\ufeff\r\n" + HTML).encode(), Reason.NOT_A_WORKBOOK),
    Hostile("ảnh.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, Reason.NOT_A_WORKBOOK),
    Hostile("bản in.xlsx", lambda: b"%PDF-1.7\n", Reason.NOT_A_WORKBOOK, "PDF"),
    Hostile("văn bản.xlsx", _docx, Reason.NOT_A_WORKBOOK),
    Hostile("chữ.xlsx", lambda: books.csv(TABLE), Reason.NOT_A_WORKBOOK),
    Hostile("gói.xlsx", lambda: books.package({"a": "b"}), Reason.BROKEN),
    Hostile("mới mà tên cũ.xls", lambda: books.xlsx({"A": TABLE})),
    Hostile("cũ mà tên mới.xlsx", lambda: books.xls({"A": TABLE})),
    # closed, cut off, empty
    Hostile("mật khẩu.xls", lambda: books.xls({"A": TABLE}, encrypted=True), Reason.PROTECTED),
    Hostile(
        "mật khẩu.xlsx",
        lambda: books.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 9000}),
        Reason.PROTECTED,
    ),
    Hostile("mật khẩu.ods", lambda: books.ods({"A": TABLE}, encrypted=True), Reason.PROTECTED),
    Hostile("khóa.xlsx", _locked_zip, Reason.PROTECTED),
    Hostile("cụt.xlsx", lambda: books.xlsx({"A": TABLE})[:-60], Reason.BROKEN),
    Hostile("cụt giữa.xlsx", lambda: _sheet(books.sheet_xml(TABLE)[:400]), Reason.BROKEN),
    Hostile("không có gì.xlsx", lambda: b"", Reason.EMPTY),
    Hostile("không có gì.csv", lambda: b"\xef\xbb\xbf\r\n \r\n", Reason.EMPTY),
    Hostile("trang trống.xlsx", lambda: books.xlsx({"A": [], "B": [[None]]}), Reason.EMPTY),
    Hostile("trang trống.ods", lambda: books.ods({"A": []}), Reason.EMPTY),
    Hostile("trang trống.xls", lambda: books.xls({"A": [[None]]}), Reason.EMPTY),
    # texts
    Hostile(
        "ngoặc hở.csv",
        lambda: b"a,b\r\n1,2\r\n3,\"4\r\n" + b"5,6\r\n" * 97,
        Reason.QUOTE,
        "3",
    ),
    Hostile("ngoặc rơi.csv", lambda: b'a,b\r\n1,"2"x\r\n', Reason.QUOTE, "2"),
    Hostile("mã lạ.csv", lambda: "Mã,Tên\r\n".encode() + bytes(range(128, 256)), Reason.ENCODING),
)  # fmt: skip

# Cells that cannot be used, each in a table that can be.
BROKEN_CELLS = [["Mã", "Tên"], [Error("#REF!"), "a\0b"], ["\u202etrái", "x" * 40_000]]
