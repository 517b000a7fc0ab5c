"""An official report as plain values, and the HTML of its official form.

The form is that of Nghị định 30/2020/NĐ-CP. Words the decree prescribes are
written in Vietnamese in the templates: they do not follow the reader's language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import nh3
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from common.dates import long_date, roman
from reports.pdf.engine import PdfDocument

STYLESHEET = Path(__file__).resolve().parents[2] / "static" / "report" / "report.css"
TAGS = {"p", "br", "strong", "b", "em", "i", "u", "sub", "sup", "ul", "ol", "li", "span", "h4"}
TAGS |= {"table", "tbody", "tr", "th", "td"}
_SPANS = {"colspan", "rowspan"}
BLANK = "\u00a0"
_ACADEMIC = re.compile(
    r"^(GS|PGS|TSKH|TS|ThS|CN|KS|BS|Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ)[. ]", re.I
)


def clean(html: str) -> SafeString:
    """Narrative on its way to paper: few tags, no addresses, two classes."""
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"th": _SPANS, "td": _SPANS},
            allowed_classes={"span": {"footnote", "inferred"}},
        )
    )


def official_date(day: date | None) -> str:
    """The date of issue, or the blanks of a draft: the year of signing is not known before it."""
    return long_date(day) if day else f"ngày{BLANK * 6}tháng{BLANK * 6}năm{BLANK * 9}"


def listed(lines: tuple[str, ...]) -> list[str]:
    """Each line ends with ``;``, the last with a full stop."""
    bare = [line.rstrip(" ;.") for line in lines]
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]


@dataclass(frozen=True)
class Office:
    """Who issues: box 2, symbol and place (norms: three usual heads)."""

    name_lines: tuple[str, ...]  # bold: ("SỞ NGOẠI VỤ",)
    issuing_name: str  # in a sentence: "Sở Ngoại vụ tỉnh Lạng Sơn"
    symbol: str  # "BC-SNgV"
    place: str = "Lạng Sơn"
    superior_lines: tuple[str, ...] = ()  # ("UBND TỈNH LẠNG SƠN",)
    superior_bold: bool = False


@dataclass(frozen=True)
class Chart:
    name: str  # key of the SVG among the document's charts, and its place in the file
    caption: str
    alt: str = ""  # what the picture says, for those who cannot see it

    @property
    def description(self) -> str:
        return self.alt or self.caption


@dataclass(frozen=True)
class Column:
    heading: str
    width_mm: int
    kind: str = "text"  # text | number | center


@dataclass(frozen=True)
class Row:
    cells: tuple[str, ...]  # a group row has one: its heading
    kind: str = ""  # "" | group | total


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Column, str]]]]:
        """Rows with each cell beside its column."""
        return [(row, list(zip(self.columns, row.cells, strict=False))) for row in self.rows]


@dataclass(frozen=True)
class Section:
    level: int  # 1 "I." · 2 "1." · 3 "a)"
    number: str
    heading: str = ""
    html: str = ""
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    anchor: str = ""  # where a line of the contents leads

    @property
    def tag(self) -> str:
        return f"h{self.level + 1}"

    @property
    def title(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def body(self) -> SafeString:
        """The narrative; its sub-headings stand one level below the section's own."""
        below = f"h{self.level + 2}"
        html = clean(self.html).replace("<h4>", f'<{below} class="sub">')
        html = html.replace("</h4>", f"</{below}>").replace("<table>", '<table class="told">')
        return mark_safe(html)


@dataclass(frozen=True)
class Signer:
    capacity_lines: tuple[str, ...]  # ("TM. ỦY BAN NHÂN DÂN",), ("KT. GIÁM ĐỐC",)
    position_lines: tuple[str, ...] = ()  # ("CHỦ TỊCH",)
    name: str = ""  # nobody is named who was not entered
    government_position: str = ""  # between signature and name, for the head of a steering board

    def __post_init__(self) -> None:
        if _ACADEMIC.match(self.name):
            raise ValueError("a signer's name carries no academic title")


@dataclass(frozen=True)
class Annex:
    title: str
    table: Table
    intro: str = ""  # "Đơn vị tính: …", right above the table
    is_wide: bool = False  # on pages that lie on their side


@dataclass(frozen=True)
class ReportView:
    """One report as it is printed."""

    office: Office
    abstract_lines: tuple[str, ...]
    signer: Signer
    sections: tuple[Section, ...] = ()
    number: str = ""  # given by the clerical office after signature
    issued_on: date | None = None
    draft: bool = True
    type_name: str = "BÁO CÁO"
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    opening_html: str = ""
    closing: str = ""  # last sentence; "./." is added
    recipients: tuple[str, ...] = ()
    archive_line: str = "Lưu: VT"  # "Lưu: VT, HTQT"
    annexes: tuple[Annex, ...] = field(default_factory=tuple)
    contents: bool = False
    chart_list: bool = False

    @property
    def title(self) -> str:
        return f"{self.type_name.capitalize()} {' '.join(self.abstract_lines)}"

    @property
    def number_and_symbol(self) -> str:
        number = self.number.zfill(2) if self.number else BLANK * 7
        return f"{number}/{self.office.symbol}"

    @property
    def date_text(self) -> str:
        return official_date(self.issued_on)

    @property
    def opening(self) -> SafeString:
        return clean(self.opening_html)

    @property
    def closing_line(self) -> str:
        return f"{self.closing.rstrip(' ./')}./."

    @property
    def addressee_lines(self) -> list[str]:
        return listed(self.addressees)

    @property
    def legal_base_lines(self) -> list[str]:
        return listed(self.legal_bases)

    @property
    def recipient_lines(self) -> list[str]:
        above = ("Như trên",) if self.addressees else ()
        return listed((*above, *self.recipients, self.archive_line))

    @property
    def contents_sections(self) -> list[Section]:
        """The headings a contents page lists: points ("a)") are too many to find one's way."""
        listed_levels = (1, 2)
        return [one for one in self.sections if one.heading and one.level in listed_levels]

    @property
    def listed_charts(self) -> list[Chart]:
        return [chart for section in self.sections for chart in section.charts]

    @property
    def numbered_annexes(self) -> list[tuple[str, Annex]]:
        """A single annex carries no numeral; several are numbered by position."""
        if len(self.annexes) == 1:
            return [("Phụ lục", self.annexes[0])]
        return [(f"Phụ lục {roman(i)}", annex) for i, annex in enumerate(self.annexes, start=1)]


def document_html(report: ReportView) -> str:
    """The whole report as one HTML page, to be printed with ``report_css()``."""
    with translation.override("vi"):
        return render_to_string("reports/pdf/document.html", {"report": report})


def report_css() -> str:
    return STYLESHEET.read_text(encoding="utf-8")


def pdf_document(
    report: ReportView,
    *,
    charts: dict[str, str],
    created: datetime,
    modified: datetime,
    identifier: str,
    keywords: tuple[str, ...] = (),
) -> PdfDocument:
    """The report with its metadata, ready for ``engine.render``."""
    return PdfDocument(
        html=document_html(report),
        css=report_css(),
        charts=charts,
        title=report.title,
        author=report.office.issuing_name,
        subject=" ".join(report.abstract_lines),
        keywords=keywords,
        created=created,
        modified=modified,
        identifier=identifier,
    )
