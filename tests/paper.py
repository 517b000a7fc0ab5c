"""A printed report, opened for reading: text by page, fonts, drawn lines."""

from __future__ import annotations

import io
import re

import pdfplumber
from pypdf import PdfReader

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class Paper:
    """A printed report, opened for reading."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pdfplumber.open(io.BytesIO(self.content))
        self.pages = self.pdf.pages
        self.reader = PdfReader(io.BytesIO(self.content))

    def text(self, index: int) -> str:
        return " ".join((self.pages[index].extract_text() or "").split())

    @property
    def whole(self) -> str:
        return " ".join(self.text(index) for index in range(len(self.pages)))

    def page_number(self, index: int) -> str:
        """What stands in the middle of the top margin (20 mm = 56.7 pt)."""
        page = self.pages[index]
        words = [word for word in page.extract_words() if word["bottom"] < 56.7]
        middle = (30 + 165 / 2) / 210 * float(page.width)
        assert all(abs((word["x0"] + word["x1"]) / 2 - middle) < 1 for word in words)
        return " ".join(word["text"] for word in words)

    def first_page_of(self, text: str) -> int:
        return next(i for i in range(len(self.pages)) if text in self.text(i))

    def embedded_fonts(self) -> set[str]:
        """Families of the fonts in the file; every one must be embedded."""
        fonts = set()
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].values():
                font = font.get_object()
                fonts.add(font["/BaseFont"].split("+")[1].split("-")[0])
                descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(descriptor.get_object())
        return fonts


def words_box(page: pdfplumber.page.Page, text: str) -> tuple[float, float, float]:
    """x0, x1 and bottom of a line of text."""
    (found,) = page.search(re.escape(text))
    return found["x0"], found["x1"], found["bottom"]


def rule_under(page: pdfplumber.page.Page, bottom: float, middle: float) -> tuple[float, float]:
    """x0 and x1 of the drawn line right under a text, around its middle."""
    drawn = [*page.rects, *page.lines, *page.curves]
    near = [
        shape
        for shape in drawn
        if -3 < shape["top"] - bottom < 8
        and shape["height"] < 1.5
        and shape["x0"] < middle < shape["x1"]
    ]
    assert near, "no rule drawn"
    return near[0]["x0"], near[0]["x1"]
