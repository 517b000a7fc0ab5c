"""Every outline serves every year and its first months: nothing dangles or is of another year."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from accounts.models import Agency, User
from indicators.actions import Cell, Content, record
from indicators.declarations import indicators
from indicators.ledger import Entry
from indicators.models import Figure
from reference import periods
from reference.models import Period
from reports.actions import create_report
from reports.compose import Composed, compose
from reports.models import IssuingOffice, Report
from reports.outlines import outlines

YEARS = range(2006, 2028)
MONTHS = (12, 9, 6)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DANGLING = re.compile(
    r"đạt (?:%|kế hoạch|dự toán|mục tiêu)|kế hoạch %|bằng (?:%|kế hoạch)"
    r"|(?:so với(?: năm)?|và|là|của|trong|gồm)\s*[.,;:)]|so với năm(?! \d)"
    r"|\s[,.;:)]|,\s*[,.;]|[.;]\s*[.,;]|\(\s*[),.;]|  |None|\[\[|\]\]|[\x00-\x08]"
)


def paragraphs(markup: str) -> Iterator[str]:
    """The text of each paragraph and item, footnotes as paragraphs of their own."""
    notes = re.findall(r'<span class="footnote">(.*?)</span>', markup, flags=re.S)
    body = re.sub(r'<span class="footnote">.*?</span>', "", markup, flags=re.S)
    for inside in [*re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", body, flags=re.S), *notes]:
        yield html.unescape(re.sub(r"<[^>]+>", "", inside))


def table_texts(composed: Composed) -> Iterator[str]:
    for table in (*(one.table for one in composed.kept if one.table), composed.annex):
        yield from (column.heading for column in table.columns)
        for line in table.lines:
            yield from (cell.text if isinstance(cell, Entry) else cell or "" for cell in line.cells)


def everything(composed: Composed) -> list[str]:
    """What the report says in words, piece by piece; dates of sources aside."""
    said = [composed.abstract]
    for markup in (composed.opening, composed.closing, *(one.html for one in composed.kept)):
        said += paragraphs(markup)
    said += [one.title for one in composed.kept]
    said += [one.chart.reading for one in composed.kept if one.chart]
    return said


def faults(composed: Composed) -> Iterator[str]:
    """Everything a clerk would strike out."""
    year = composed.report.period.year
    own = {str(year - 1), str(year), str(year + 1)}
    for text in everything(composed):
        if found := DANGLING.search(text):
            yield f"dangling {found[0]!r} in: {text}"
        if others := set(YEAR.findall(text)) - own:
            yield f"of another year {others}: {text}"
    for text in table_texts(composed):
        if others := set(YEAR.findall(text)) - own:
            yield f"of another year {others} in a table: {text}"
    for section in composed.kept:
        yield from _faults_of_text(section.html)
    yield from _lonely_numbers(composed)


def _faults_of_text(markup: str) -> Iterator[str]:
    for text in paragraphs(markup):
        if not re.search(r"[.;:]$", text.strip()):
            yield f"no end: {text}"
    if re.search(r":</p>\s*(?!\s*<[uo]l>)", markup):
        yield f"nothing follows the colon: {markup}"


def _lonely_numbers(composed: Composed) -> Iterator[str]:
    """ "a)" without "b)", and gaps in the numbering."""
    above: list[str] = []
    numbered: Counter[tuple[str, ...]] = Counter()
    for section in composed.kept:
        del above[section.level - 1 :]
        numbered[tuple(above)] += bool(section.number)
        above.append(section.key)
    for path, count in numbered.items():
        if path and count == 1:
            yield f"one number alone under {path}"


@pytest.fixture
def make(published: None, compiler: User):
    office = IssuingOffice.objects.get(code="SNGV")

    def report(year: int, months: int, outline: str) -> Report:
        period = periods.period(Period.Kind.YEAR_TO_DATE, year, months)
        return create_report(period, outline, office, by=compiler)

    return report


@pytest.mark.parametrize("outline", sorted(outlines()))
def test_an_outline_serves_every_year_and_its_first_months(
    make, compiler: User, outline: str
) -> None:
    published = Report.objects.filter(outline=outline).values_list("period__year", flat=True)
    own_texts = set(published)
    for year in YEARS:
        for months in MONTHS:
            if months == 12 and year in own_texts:
                continue  # its texts may tell of documents and years before
            composed = compose(make(year, months, outline), compiler)
            assert list(faults(composed)) == [], (outline, year, months)
            assert any(one.is_kept and one.html for one in composed.sections)


def test_the_published_texts_dangle_nowhere(published: None, compiler: User) -> None:
    for report in Report.objects.all():
        found = [fault for fault in faults(compose(report, compiler)) if "another" not in fault]
        assert found == [], report


def test_a_period_is_named_as_people_name_it(make, compiler: User) -> None:
    for months, named, ahead, plan_of in (
        (12, "năm 2018", "năm 2019", 2019),
        (9, "9 tháng đầu năm 2018", "3 tháng cuối năm 2018", 2018),
        (6, "6 tháng đầu năm 2018", "6 tháng cuối năm 2018", 2018),
    ):
        composed = compose(make(2018, months, "A"), compiler)
        assert composed.abstract.split() == (
            f"Kết quả công tác đối ngoại {named}, phương hướng, nhiệm vụ {ahead}".split()
        )
        titles = [one.label for one in composed.kept if one.level == 1]
        assert f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {ahead.upper()}" in titles
        objectives = next(one.html for one in composed.sections if one.key == "objectives")
        planned = f"năm {plan_of} là" in objectives
        assert planned == (plan_of == 2019)  # the only year with a plan


def test_half_a_year_is_compared_with_the_plan_and_with_the_same_half(make, compiler: User) -> None:
    for year, value in ((2018, 2427), (2019, 2364)):
        _enter("TRADE.TOTAL", year, 6, Decimal(value), compiler)
    composed = compose(make(2019, 6, "A"), compiler)
    trade = next(one for one in composed.kept if one.key == "trade")
    said = "đạt 2.364 triệu USD, bằng 45,2% kế hoạch năm, giảm 2,6% so với cùng kỳ năm 2018"
    assert said in trade.html
    assert [column.heading for column in trade.table.columns][3:7] == [
        "TH 6 tháng đầu năm 2018", "KH năm 2019", "TH 6 tháng đầu năm 2019", "% KH năm",
    ]  # fmt: skip
    assert list(faults(composed)) == []
    assert "4.750" not in " ".join(everything(composed))  # the year's number is not the half's


def _enter(code: str, year: int, months: int, value: Decimal, by: User) -> Figure | None:
    cell = Cell(
        indicator=code,
        period=periods.period(Period.Kind.YEAR_TO_DATE, year, months),
        agency=Agency.objects.get(code=indicators()[code].agency),
        side="actual",
    )
    return record(cell, Content(value=value), by=by, seen_version=0)


def test_an_only_point_carries_no_letter(make, compiler: User) -> None:
    report = make(2012, 12, "A")
    section = report.sections.get(key="fdi")
    section.text = "<p>Chưa có dự án mới.</p>"
    section.save(update_fields=["text"])
    labels = [one.label for one in compose(report, compiler).kept]
    assert "Đầu tư trực tiếp nước ngoài (FDI)" in labels
    section = report.sections.get(key="oda")
    section.text = "<p>Chưa có khoản vay mới.</p>"
    section.save(update_fields=["text"])
    labels = [one.label for one in compose(report, compiler).kept]
    assert "a) Đầu tư trực tiếp nước ngoài (FDI)" in labels
    assert "b) Hỗ trợ phát triển chính thức (ODA), vốn vay ưu đãi" in labels


def test_sections_without_text_are_told_on_the_run(make, compiler: User) -> None:
    composed = compose(make(2006, 12, "B"), compiler)
    composed.report.sections.filter(key="lessons").update(text="")
    composed = compose(composed.report, compiler)
    assert "KINH NGHIỆM" not in [one.title for one in composed.kept]
    assert any("KINH NGHIỆM" in warning for warning in composed.warnings)
    assert [one.number for one in composed.kept if one.level == 1] == ["1.", "2.", "3."]


def test_a_sentence_left_out_is_told_with_the_names_of_its_figures(make, compiler: User) -> None:
    composed = compose(make(2006, 12, "B"), compiler)
    text = "<p>Tổng [[TRADE.TOTAL]] trong [[year]].</p>"
    composed.report.sections.filter(key="lessons").update(text=text)
    warnings = compose(composed.report, compiler).warnings
    assert any("Tổng [Tổng kim ngạch" in one and "trong 2006" in one for one in warnings), warnings
    assert not any("TRADE.TOTAL" in one for one in warnings)
