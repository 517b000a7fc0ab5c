"""One look into a source file, in a process of its own: ``python -m documents.reader``.

Request as JSON on stdin; the answer is one line of JSON on stdout, and behind
it the picture where one was asked for. Whoever made the file may have meant
harm: nothing here is run outside the limits, nothing is written to the disk,
and nothing the file points to is fetched. Knows neither Django nor the database.
"""

from __future__ import annotations

import io
import json
import math
import os
import sys
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from common import packages
from common.limited import Limits, confine

PICTURE_PIXELS = 3_900_000  # an A4 page at 200 dpi
LONGEST_SIDE = 8000
MOST_PIXELS = 100_000_000  # of a photograph or scan before it is made smaller
MOST_LETTERS = 1_000_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 15, 500, 40, 20_000


class Reason(StrEnum):
    """Why a file is not shown. Spoken by the child, worded by the parent."""

    PROTECTED = "protected"
    BROKEN = "broken"
    NOTHING = "nothing"
    NO_PAGE = "no_page"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    CRASHED = "crashed"


class Refused(Exception):
    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    request = json.load(sys.stdin)
    confine(Limits(**request["limits"]))
    try:
        answer, picture = READERS[request["kind"]](request["path"], request["page"])
    except Refused as refusal:
        answer, picture = {"reason": refusal.reason, "detail": refusal.detail}, b""
    except (MemoryError, RecursionError, SystemError) as error:
        # SystemError: what C extensions leave behind when they run out of memory.
        answer, picture = {"reason": Reason.TOO_LARGE, "detail": type(error).__name__}, b""
    except Exception as error:  # readers of foreign formats fail in every way there is
        answer, picture = {"reason": Reason.BROKEN, "detail": repr(error)[:300]}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)


# --- what has pages ---------------------------------------------------------------


def pdf(path: str, page: int | None) -> Answer:
    """How many pages, or one of them as a picture."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        protected = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused(Reason.PROTECTED if protected else Reason.BROKEN, str(error)) from error
    if len(document) == 0:
        raise Refused(Reason.NOTHING)
    if page is None:
        return {"pages": len(document)}, b""
    if not 1 <= page <= len(document):
        raise Refused(Reason.NO_PAGE)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    if not (width > 0 and height > 0):
        raise Refused(Reason.BROKEN, f"{width} × {height}")
    # No forms: their scripts and calculations are not what was signed.
    scale = _scale(width, height)
    return {}, _packed(sheet.render(scale=scale, may_draw_forms=False).to_pil())


def image(path: str, page: int | None) -> Answer:
    """A photograph or scan: upright, and no larger than a screen can use."""
    from PIL import Image, ImageOps

    warnings.simplefilter("ignore")  # our own limit is the one that counts
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path, formats=("PNG", "JPEG")) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise Refused(Reason.TOO_LARGE, f"{width} × {height}")
        if page is None:
            return {"pages": 1}, b""
        if page != 1:
            raise Refused(Reason.NO_PAGE)
        scale = min(1.0, _scale(width, height))
        # Smaller first, upright then: turning needs the whole picture twice.
        picture.thumbnail((math.ceil(width * scale), math.ceil(height * scale)), reducing_gap=2.0)
        return {}, _packed(ImageOps.exif_transpose(picture))


def _scale(width: float, height: float) -> float:
    return min(math.sqrt(PICTURE_PIXELS / (width * height)), LONGEST_SIDE / max(width, height))


def _packed(picture: Any) -> bytes:
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    packed = io.BytesIO()
    picture.convert("RGB").save(packed, "WEBP", quality=80, method=2)
    return packed.getvalue()


# --- what has none -----------------------------------------------------------------

_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_TEXT = {"p", "br", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "sup", "sub"}
_SPANS = {"colspan", "rowspan"}
# Headings of the document are below those of the page it is shown on.
_HEADINGS = "\n".join(
    f"p[style-name='{style}'] => {tag}:fresh"
    for style, tag in (
        ("Title", "h4"),
        *((f"{word} {level}", f"h{min(level + 3, 6)}")
          for word in ("heading", "Heading") for level in range(1, 7)),
    )
)  # fmt: skip


def word(path: str, page: int | None) -> Answer:
    """The text with its tables, as HTML without links, pictures and styles."""
    import mammoth
    import nh3

    _check_package(path)
    pictures: list[Any] = []

    def leave_out(picture: Any) -> list[Any]:
        pictures.append(picture)
        return []

    with open(path, "rb") as handle:
        found = mammoth.convert_to_html(handle, style_map=_HEADINGS, convert_image=leave_out)
    html = nh3.clean(
        found.value[:MOST_LETTERS],
        tags=_TEXT | _TABLES,
        attributes={"td": _SPANS, "th": _SPANS},
        clean_content_tags={"script", "style"},
        link_rel=None,
    )
    if not nh3.clean(html, tags=set()).strip() and not pictures:
        raise Refused(Reason.NOTHING)
    return {
        "html": html,
        "pictures": len(pictures),
        "is_cut": len(found.value) > MOST_LETTERS,
    }, b""


def workbook(path: str, page: int | None) -> Answer:
    """Every sheet that is not hidden as rows of text and numbers, from its first filled cell."""
    import python_calamine as calamine

    if zipfile.is_zipfile(path):
        _check_package(path)
    try:
        book = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise Refused(Reason.PROTECTED) from error
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible
        and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    room, sheets = MOST_CELLS, []
    for name in shown[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        rows = _rows(sheet.to_python(nrows=MOST_ROWS + 1), room)
        room -= sum(len(row) for row in rows)
        first = sheet.start or (0, 0)
        cut = sheet.height > len(rows) and len(rows) >= MOST_ROWS or room <= 0
        cut = cut or sheet.width > MOST_COLUMNS
        sheets.append(
            {"name": name, "rows": rows, "first_row": first[0], "first_column": first[1],
             "is_cut": cut}
        )  # fmt: skip
    if not any(sheet["rows"] for sheet in sheets):
        raise Refused(Reason.NOTHING)
    return {"sheets": sheets, "is_cut": len(shown) > MOST_SHEETS}, b""


def _rows(found: list[list[Any]], room: int) -> list[list[Any]]:
    """At most ``room`` cells, without the blank columns and rows at the end."""
    rows = [[_cell(value) for value in row[:MOST_COLUMNS]] for row in found[:MOST_ROWS]]
    width = max((place for row in rows for place, cell in enumerate(row, 1) if cell), default=0)
    if not width:
        return []
    rows = [row[:width] for row in rows][: max(room, 0) // width]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _cell(value: Any) -> str | list[str]:
    """Text as text, a number as [its digits]: the parent writes it in the reader's language."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # Fifteen digits, as Excel keeps them: the rest is the noise of binary fractions.
        return [format(Decimal(format(value, ".15g")), "f")] if math.isfinite(value) else "#"
    if isinstance(value, datetime):
        moment = "" if value.time() == time() else f" {value:%H:%M}"
        return f"{value:%d/%m/%Y}{moment}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)[:2000] if not isinstance(value, time | timedelta) else str(value)


def _check_package(path: str) -> None:
    try:
        packages.check(path)
    except packages.BadPackage as bad:
        raise Refused(Reason(bad.problem), bad.detail) from bad


READERS: dict[str, Callable[[str, int | None], Answer]] = {
    "pdf": pdf,
    "image": image,
    "word": word,
    "workbook": workbook,
}

if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # libraries of C have nothing to clean up that the system would not
