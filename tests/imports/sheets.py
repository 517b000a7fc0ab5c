"""Sheets written down as tables, for tests of what is made out in them."""

from __future__ import annotations

from decimal import Decimal

from imports.book import Book, FileKind, Merged, Row, Sheet, Value
from imports.contract import Field, FieldKind

Line = tuple[Value, ...]

FIELDS = (
    Field(name="order", label="STT", also=("TT",), is_silent=True),
    Field(name="name", label="Tên đoàn", also=("Đoàn",), required=True),
    Field(name="people", label="Số người", kind=FieldKind.NUMBER),
    Field(name="start", label="Ngày đi", kind=FieldKind.DATE),
    Field(
        name="value",
        label="Giá trị",
        kind=FieldKind.NUMBER,
        units={"triệu USD": Decimal(1), "USD": Decimal("0.000001")},
    ),
)
HEADINGS: Line = ("STT", "Tên đoàn", "Số người", "Ngày đi", "Giá trị (triệu USD)")


def sheet(*lines: Line, name: str = "Bieu 01", **more: object) -> Sheet:
    hidden = more.pop("hidden", ())
    rows = tuple(Row(n, line, n in hidden) for n, line in enumerate(lines, 1))  # type: ignore[operator]
    return Sheet(name, rows, **more)  # type: ignore[arg-type]


def book(*sheets: Sheet, **more: object) -> Book:
    return Book(FileKind.XLSX, sheets, **more)  # type: ignore[arg-type]


def merged(area: str) -> Merged:
    """ "C5:D6" as the sheet knows it."""
    first, last = area.split(":")
    return Merged(int(first[1:]), ord(first[0]) - 65, int(last[1:]), ord(last[0]) - 65)
