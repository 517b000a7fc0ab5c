"""Numerals somebody typed into prose where a figure could stand.

A report should write its figures by itself. So what looks like a number is
found, and everything that only looks like a figure is set apart first: dates,
numbers of documents, ordinals, marks of footnotes, names with digits in them.
Pure text in, places out; nothing is read from the database here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils import translation

from common.text import nfc
from common.units import UNITS

CHIP = "\ufffc"  # what stands where a figure's chip stands

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)[0-9]{2}"
_TO = r"\s*(?:-|–|—|đến|tới)\s*"
_NO_MORE = r"(?![0-9]|[.,/][0-9])"
_DOCUMENTS = (
    "quyết định|nghị định thư|nghị định|nghị quyết|chỉ thị|thông tư liên tịch|thông tư|kế hoạch|"
    "công văn|thông báo|kết luận|luật|hiệp định|tờ trình|báo cáo|chương trình|đề án|hướng dẫn|"
    "công điện|pháp lệnh|quy định|quy chế|văn bản"
)
_ORDINAL = (
    r"lần thứ|lần|thứ|kỳ họp|khóa|khoá|phiên họp|phiên|đại hội|cấp|loại|bậc|lớp|nhóm|mục|phần|"
    r"chương|điều|khoản|điểm|phụ lục|biểu đồ|biểu|bảng|hình|trang|dòng|chú thích|mẫu|tầng|tổ|đội|"
    r"quốc lộ|tỉnh lộ|đường|mốc|cột mốc|số hiệu|(?<!tổng )(?<!dân )số"
)
# Words a year is never counted in: after one of these a bare "2019" is an amount.
_COUNTED = "nghìn|ngàn|triệu|tỷ|tỉ|lượt|người|đoàn|dự án|đồng|usd|hộ|cuốn|bản|vụ|tấn|ha|km|%"
_NOT_FIGURES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # dates and times
        rf"(?<![0-9.,/]){_DAY}\s*[/.-]\s*{_MONTH}\s*[/.-]\s*(?:{_YEAR}|[0-9]{{2}})(?![0-9])",
        rf"(?<![0-9.,/]){_MONTH}\s*[/-]\s*{_YEAR}(?![0-9])",
        rf"(?<![0-9.,/]){_DAY}/{_MONTH}(?![0-9/])",
        rf"\b(?:ngày|mùng|mồng|rằm)\s+{_DAY}{_NO_MORE}(?:{_TO}{_DAY}{_NO_MORE})?",
        rf"\btháng\s+{_MONTH}{_NO_MORE}(?:(?:{_TO}|\s*,\s*|\s+và\s+){_MONTH}{_NO_MORE})*",
        rf"\b{_MONTH}\s+tháng(?=\s+(?:đầu|cuối|năm|của năm|{CHIP})|\s*[,.;:)]|\s*$)",
        rf"\bquý\s+[1-4]{_NO_MORE}(?:/{_YEAR})?",
        rf"(?<![0-9.,]){_YEAR}{_TO}{_YEAR}{_NO_MORE}",
        r"\b(?:thế kỷ|thập niên|thập kỷ|những năm)\s+(?:thứ\s+)?[0-9]{1,4}\b",
        r"(?<![0-9.,])(?:[01]?[0-9]|2[0-4])\s*(?:h[0-5][0-9]\b|h\b|:[0-5][0-9]\b|giờ\b)"
        r"(?:\s*[0-5]?[0-9]\s*phút\b)?",
        # numbers and symbols of documents
        r"(?<![\w.,])[0-9]+[a-zđ]?(?:/[0-9]{4})?\s?[-/–]\s?[A-ZĐ]{1,8}[\w-]*(?:[-/][A-ZĐ][\w-]*)*",
        r"\bsố:?\s+[0-9]+(?:/[\w/.-]+)",
        rf"\b(?:{_DOCUMENTS})\s+(?:số\s+)?[0-9]+{_NO_MORE}",
        # ordinals, and lists of them: "Điều 3, 4 và 5"
        rf"\b(?:{_ORDINAL})\s+[0-9]+[a-zđ]?\b{_NO_MORE}"
        rf"(?:\s*(?:,|và|đến|-|–)\s*[0-9]+[a-zđ]?\b{_NO_MORE}(?!\s*(?:{_COUNTED})(?!\w)))*",
        # marks of footnotes and of enumeration
        r"\(\s*[0-9]{1,2}\s*\)|\[\s*[0-9]{1,2}\s*\]|^\s*[0-9]{1,2}(?:\.[0-9]{1,2})*[.)](?=\s)",
        # names: COVID-19, G20, 4G, 1A, 4.0
        r"(?<![\w])(?=\w*[^\W\d_])[^\W\d_][\w]*-?[0-9]+\w*",
        r"(?<![0-9.,])[0-9]{1,3}[A-ZĐ]\b(?<![hH])",
        r"(?<![0-9.,])[0-9]\.[0-9]{1,2}(?![0-9]|[.,][0-9])",
    )
)
_CASE_MATTERS = {
    index
    for index, pattern in enumerate(_NOT_FIGURES)
    if "[A-ZĐ]" in pattern.pattern and "số" not in pattern.pattern
}
_NUMBER = re.compile(r"(?<![\w.,])[0-9]+(?:[.,][0-9]+)*")
_BARE_YEAR = re.compile(_YEAR)
_AMOUNT = re.compile(rf"\s*(?:{_COUNTED})(?!\w)", re.IGNORECASE)
_WORD = re.compile(rf"[^\s\d,.;:(){CHIP}]+")


@dataclass(frozen=True)
class Numeral:
    """A typed number: where it stands in its text, with its unit where one follows."""

    start: int
    end: int
    text: str
    number: str
    unit: str = ""  # code of common.units

    @property
    def number_end(self) -> int:
        return self.start + len(self.number)


def find(text: str) -> list[Numeral]:
    """The numerals of a paragraph that are no date, document number, ordinal or name."""
    shown = _set_apart(text)
    return [_numeral(text, found) for found in _NUMBER.finditer(shown)]


def key(text: str, numeral: Numeral) -> str:
    """The numeral in its words: what "leave it as it is" is remembered by."""
    before = _WORD.findall(text[max(0, numeral.start - 60) : numeral.start])[-2:]
    after = _WORD.findall(text[numeral.number_end : numeral.number_end + 60])[:2]
    return nfc(" ".join((*before, numeral.number, *after))).casefold()


def read(text: str) -> Iterator[Numeral]:
    """Every number of a text in which all numbers are figures: what a chip says."""
    return (_numeral(text, found) for found in _NUMBER.finditer(text))


def _set_apart(text: str) -> str:
    """The text with everything that is no figure blotted out, letter for letter."""
    for index, pattern in enumerate(_NOT_FIGURES):
        cased = _cased(pattern) if index in _CASE_MATTERS else pattern
        text = cased.sub(_blot, text)
    return _NUMBER.sub(_without_years, text)


@cache
def _cased(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(pattern.pattern)


def _blot(found: re.Match[str]) -> str:
    return "·" * len(found[0]) if not _is_amount(found) else found[0]


def _is_amount(found: re.Match[str]) -> bool:
    """ "Kế hoạch 36" is a document, "kế hoạch 36 triệu" is none."""
    rest = found.string[found.end() :]
    return found[0][-1].isdigit() and found[0][0].isalpha() and bool(_AMOUNT.match(rest))


def _without_years(found: re.Match[str]) -> str:
    """ "Xuân 2019" is a year, "2019 người" is none."""
    rest = found.string[found.end() :]
    is_year = _BARE_YEAR.fullmatch(found[0]) and not _AMOUNT.match(rest)
    return "·" * len(found[0]) if is_year else found[0]


def _numeral(text: str, found: re.Match[str]) -> Numeral:
    unit, length = _unit_after(text[found.end() : found.end() + 40])
    end = found.end() + length
    return Numeral(found.start(), end, text[found.start() : end], found[0], unit)


def _unit_after(rest: str) -> tuple[str, int]:
    for code, pattern in _units():
        if found := pattern.match(rest):
            return code, found.end()
    return "", 0


@cache
def _units() -> list[tuple[str, re.Pattern[str]]]:
    """The Vietnamese names of units, the longest first ("lượt người" before "người")."""
    with translation.override("vi"):
        names = {unit.code: str(unit.label) for unit in UNITS.values()}
    ordered = sorted(names.items(), key=lambda pair: -len(pair[1]))
    return [
        (code, re.compile(rf"\s*{re.escape(name)}(?!\w)", re.IGNORECASE)) for code, name in ordered
    ]
