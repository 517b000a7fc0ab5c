"""ODS by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from tests.imports.books.cells import Cells, Error, Formula, Share, Styled
from tests.imports.books.excel import HEAD, package

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = (
    " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"><manifest:file-entry '
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
        f'{HEAD}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>'
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
