"""What outlines and the texts of a year may say, and in which form.

No database: the files are read as data. Figures and facts are compared with
the published ones in ``fixtures/published``.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "fixtures" / "published"
OUTLINES = sorted((ROOT / "reports" / "outlines").glob("*.toml"))
YEARS = sorted((ROOT / "fixtures" / "reports").glob("[12][0-9][0-9][0-9]-*.toml"))

TAGS = {"p", "ul", "ol", "li", "b", "strong", "i", "em", "u", "br", "h4", "span"}
TAGS |= {"table", "tbody", "tr", "th", "td"}
CHARTS = {"", "trade_by_year", "delegations_by_year", "border_by_year"}

CLAUSES = {"plan", "change", "change_short", "parts_note"}
FORMS = CLAUSES | {"value", "reached", "number", "plan_value", "last"}
TOKEN = re.compile(r"\[\[([^\[\]]*)\]\]")
TIME = re.compile(r"year([+-]1)?|period|next_period|next_year")
FACT = re.compile(r"fact:(?P<code>[A-Z]+(?:\.[A-Z_]+)+)(?: number)?(?: year=[+-]\d+)?")
FIGURE = re.compile(
    r"(?P<code>[A-Z]+(?:\.[A-Z_]+)+)(?: (?P<form>[a-z_]+))?"
    r"(?: unit=[a-z_]+)?(?: year=(?P<offset>[+-]\d+|next))?"
)

# The fields whose every yearly indicator an outline must be able to say.
ALL_OF_FOREIGN_AFFAIRS = (
    "AGREE", "DELEG", "TRADE", "FDI", "ODA", "NGO", "CULT", "INFO", "BORDER", "DIASPORA",
)  # fmt: skip
FIELDS = {
    "A": ALL_OF_FOREIGN_AFFAIRS,
    "B": ("AGREE", "TRADE", "FDI", "ODA", "AGRI", "BORDER"),
    "C": ALL_OF_FOREIGN_AFFAIRS,
}

# What a text may type: dates, numbers of documents, a year in words or in a name.
TYPED = re.compile(
    r"ngày \d{2} tháng \d{1,2} năm \d{4}"  # ngày 24 tháng 01 năm 2019
    r"|\b\d{1,2}/\d{1,2}/\d{4}\b"  # 10/4/2013
    r"|\b[Tt]háng \d{2}/\d{4}\b"  # tháng 02/2019
    r"|\b\d{1,4}(?:/\d{4})?[-/][A-ZĐ][\w-]*(?:/[A-ZĐ][\w-]*)?"  # 22-NQ/TW, 09/2019/NĐ-CP
    r"|\bnăm (?:19|20)\d{2}\b"  # đến năm 2020
    r"|\bGặp gỡ đầu Xuân 20\d{2}\b"
)


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Every piece of Vietnamese a file brings to paper, with the name of its place."""
    data = read(path)
    for name in ("name", "type_name", "abstract", "opening", "closing"):
        if name in data:
            yield name, data[name]
    for section in data.get("section", ()):
        yield f"{section['key']} (title)", section["title"]
        yield section["key"], section["text"]
    yield from data.get("texts", {}).items()
    yield from ((f"legal basis {i}", text) for i, text in enumerate(data.get("legal_bases", ())))


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def figures_of(year: dict) -> list[dict[str, str]]:
    """The published figures of a year's texts that its outline is about."""
    fields = FIELDS[year["outline"]]
    of_year = [row for row in rows("figures.csv") if row["period"] == str(year["year"])]
    return [row for row in of_year if row["indicator"].startswith(fields)]


def figure_codes(path: Path) -> dict[str, set[str]]:
    """The indicators a file cites, each with the forms it is cited in."""
    found: dict[str, set[str]] = {}
    for _, text in texts(path):
        for token in tokens(text):
            match = FIGURE.fullmatch(token)
            if match and not TIME.fullmatch(token):
                found.setdefault(match["code"], set()).add(match["form"] or "value")
    return found


def fact_codes(path: Path) -> set[str]:
    cited = (FACT.fullmatch(token) for _, text in texts(path) for token in tokens(text))
    return {match["code"] for match in cited if match}


def without_tokens(text: str) -> str:
    return TOKEN.sub("", text)


FOOTNOTE = ("class", "footnote")


class Tags(HTMLParser):
    """The tags of a text, and whether they close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes += [name for name, value in attrs if (name, value) != FOOTNOTE]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


every_file = pytest.mark.parametrize("path", [*OUTLINES, *YEARS], ids=lambda path: path.stem)
every_outline = pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
every_year = pytest.mark.parametrize("path", YEARS, ids=lambda path: path.stem)


@every_file
def test_tokens_follow_the_grammar(path: Path):
    for place, text in texts(path):
        for token in tokens(text):
            figure = FIGURE.fullmatch(token)
            known = TIME.fullmatch(token) or FACT.fullmatch(token)
            assert known or (figure and (figure["form"] or "value") in FORMS), f"{place}: {token}"
        assert not re.search(r"\[\[|\]\]", without_tokens(text)), f"{place}: a token never ends"


@every_file
def test_a_clause_can_leave_with_the_comma_or_bracket_before_it(path: Path):
    for place, text in texts(path):
        for match in TOKEN.finditer(text):
            if match[1].split(" ")[-1] in CLAUSES:
                before = text[: match.start()]
                assert before.endswith((", ", " và ", " (")), f"{place}: {match[0]}"


@every_file
def test_texts_are_normal_text_of_the_allowed_tags(path: Path):
    for place, text in texts(path):
        assert unicodedata.is_normalized("NFC", text), place
        tags = Tags(text)
        assert tags.seen <= TAGS, place
        assert not tags.open and not tags.attributes, place


@every_file
def test_every_word_stands_in_a_paragraph_or_an_item(path: Path):
    """Sentences are dropped per paragraph, so loose text would never leave."""
    for place, text in texts(path):
        if "<p>" not in text:
            continue
        loose = re.sub(r"<(p|li)>.*?</\1>", "", text, flags=re.S)
        assert not re.sub(r"</?[ou]l>|\s", "", loose), place


@every_file
def test_nhan_dan_and_nha_nuoc_are_capitals(path: Path):
    # Lower case stays within the names of bodies and in the title of a decree.
    names = ("Ủy ban nhân dân", "Hội đồng nhân dân", "cơ quan hành chính nhà nước")
    for place, text in texts(path):
        for name in names:
            text = text.replace(name, "")
        assert "nhân dân" not in text and "nhà nước" not in text, place


@every_file
def test_numbers_come_by_token_only(path: Path):
    """Whoever corrects a figure corrects it everywhere: none is typed."""
    for place, text in texts(path):
        bare = without_tokens(re.sub(r"</?[a-z][^>]*>", "", text))
        if path in YEARS:
            bare = TYPED.sub("", bare)
        typed = re.findall(r".{0,30}\d.{0,20}", bare)
        assert not typed, place


@every_outline
def test_an_outline_is_complete_and_in_order(path: Path):
    outline = read(path)
    sections = outline["section"]
    keys = [section["key"] for section in sections]
    assert len(set(keys)) == len(keys)
    assert outline["code"] and outline["name"] and outline["name_en"]
    above = 0
    for section in sections:
        assert 1 <= section["level"] <= min(above + 1, 3), section["key"]
        assert section["title"] and section["chart"] in CHARTS, section["key"]
        words = without_tokens(section["title"])
        assert section["level"] > 1 or words == words.upper(), section["key"]
        assert isinstance(section["source_documents"], bool), section["key"]
        above = section["level"]


@every_outline
def test_an_outline_ends_as_an_official_text_ends(path: Path):
    closing = re.sub(r"<[^>]+>", "", read(path)["closing"]).strip()
    assert closing.endswith("./.")


@every_outline
def test_an_outline_says_every_figure_of_its_fields(path: Path):
    yearly = {row["indicator"] for row in rows("figures.csv") if "-" not in row["period"]}
    owed = {code for code in yearly if code.startswith(FIELDS[read(path)["code"]])}
    assert owed <= set(figure_codes(path))


@every_file
def test_what_is_cited_has_been_published(path: Path):
    figures = {row["indicator"] for row in rows("figures.csv")}
    facts = {row["code"] for row in rows("facts.csv")}
    sections = read(path).get("section", ())
    tabled = {code for section in sections for code in section["indicators"]}
    assert set(figure_codes(path)) | tabled <= figures
    assert fact_codes(path) <= facts


@every_year
def test_the_texts_of_a_year_belong_to_sections_of_its_outline(path: Path):
    data = read(path)
    outline = read(ROOT / "reports" / "outlines" / f"{data['outline'].lower()}.toml")
    sections = {section["key"]: section for section in outline["section"]}
    assert set(data["texts"]) <= set(sections)
    silent = {key for key, section in sections.items() if not section["text"]}
    headings = set(sections) - set(data["texts"])
    assert headings <= silent  # a year with texts of its own leaves no default standing


@every_year
def test_the_texts_of_a_year_say_every_figure_of_that_year(path: Path):
    data = read(path)
    said = figure_codes(path)
    for row in figures_of(data):
        if row["side"] == "actual":
            assert row["indicator"] in said
            assert said[row["indicator"]] & {"value", "reached", "number"}, row["indicator"]


@every_year
def test_a_plan_is_said_where_the_year_has_one(path: Path):
    data = read(path)
    said = figure_codes(path)
    for row in figures_of(data):
        if row["side"] == "plan":
            assert said.get(row["indicator"], set()) & {"plan", "plan_value"}, row["indicator"]


@every_year
def test_facts_of_a_year_are_known_in_that_year(path: Path):
    data = read(path)
    known = {row["code"] for row in rows("facts.csv") if int(row["year"] or 0) <= data["year"]}
    assert fact_codes(path) <= known


@every_year
def test_leading_documents_are_source_documents(path: Path):
    assert set(read(path)["directives"]) <= {row["code"] for row in rows("sources.csv")}


def test_what_happened_in_2019_is_said_in_its_section():
    year = read(ROOT / "fixtures" / "reports" / "2019-A.toml")["texts"]
    facts = {
        "general": "22-NQ/TW|10/4/2013|40/QĐ-TTg|07/01/2016|25-CT/TW|08/8/2018",
        "agreements": "Gặp gỡ đầu Xuân|FA.JWC_SESSION|du lịch|Khu hợp tác kinh tế qua biên giới"
        "|nâng cấp cửa khẩu|giao thông|quản lý cửa khẩu|09-CT/TTg|05/4/2012",
        "delegations_in": "DELEG.IN.COUNT change|DELEG.IN.PERSONS change|parts_note|không nói rõ",
        "delegations_notable": "Kim Jong Un|Mỹ - Triều|FA.US_DPRK_SUMMIT|02/2019",
        "partners": "Gặp gỡ đầu Xuân 2019|FA.JWC_SESSION|Lạng Sơn|Quảng Ninh|Cao Bằng|Hà Giang"
        "|Quảng Tây|đối ngoại Đảng|ngoại giao Nhà nước|Đối ngoại Nhân dân",
        "ngo": "xã Thượng Cường, huyện Chi Lăng|Thư viện thân thiện trường tiểu học|y tế"
        "|Ngôi trường hy vọng Sam Sung|dự kiến|Ngân hàng bò|Bắc Sơn|HIV/AIDS",
        "culture": "Học viện Âm nhạc quốc gia|UNESCO|hát Then|Tày, Nùng, Thái",
        "information": "song ngữ Việt - Anh|giải thông tin đối ngoại toàn quốc|phong cách",
        "border": "1326/CT-TTg|27/7/2010|36/KH-BCĐ|24/02/2017|10/2019|Chi Ma - Ái Điểm",
        "overseas": "36-NQ/TW|27/NQ-CP|24-CT/TU|13/02/2008|104/KH-UBND|24/9/2016",
    }
    for key, expected in facts.items():
        for words in expected.split("|"):
            assert words in year[key], f"{key}: {words}"


def test_an_office_has_all_that_a_head_and_a_signature_need():
    offices = read(ROOT / "fixtures" / "reports" / "offices.toml")["office"]
    assert {office["code"] for office in offices} == {"UBND", "SNGV", "BCD"}
    for office in offices:
        assert office["symbol"].startswith("BC-") and office["place"] == "Lạng Sơn"
        assert office["name_lines"] == [line.upper() for line in office["name_lines"]]
        assert office["archive_line"].startswith("Lưu: VT")
        assert office["position_lines"] and office["recipients"] and office["issuing_name"]
    assert [office["code"] for office in offices if office["own_numbering"]] == ["BCD"]
