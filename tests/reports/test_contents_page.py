"""The integration reports on paper: official form, contents with pages, charts, footnotes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf.generic import IndirectObject

from accounts.models import User
from reference.models import Period
from reports.actions import create_report
from reports.compose import Composed, compose
from reports.models import IssuingOffice, Report
from reports.pdf import document as form
from reports.pdf.engine import render
from tests.paper import COUNTRY, MOTTO, Paper, rule_under, words_box
from tests.reports.test_official_form import MOMENT, sample

ISSUED = ("--number=7", "--date=08/01/2020", "--signer=Nguyễn Văn Ất")


@pytest.fixture
def report(request: pytest.FixtureRequest, published: None, compiler: User) -> Report:
    year, outline = request.param
    office = IssuingOffice.objects.get(code="BCD" if outline == "C" else "UBND")
    create_report(Period.objects.full_year(year), outline, office, by=compiler)
    reports = Report.objects.select_related("period", "office")
    return reports.get(period__year=year, outline=outline)


def printed(report: Report, folder: Path, *arguments: str) -> Paper:
    target = folder / "report.pdf"
    year, kind = str(report.period.year), f"--kind={report.outline}"
    call_command("render_report", year, kind, f"--output={target}", *arguments, verbosity=0)
    return Paper(target.read_bytes())


every_report = pytest.mark.parametrize(
    "report", [(2017, "B"), (2019, "B"), (2019, "C")], indirect=True, ids=["2017-B", "2019-B", "C"]
)


@every_report
def test_it_prints_in_official_form_with_contents(
    report: Report, compiler: User, tmp_path: Path
) -> None:
    """One printing, all its checks: rendering is what takes the time."""
    composed = compose(report, compiler)
    arguments = ISSUED if (report.period.year, report.outline) == (2019, "B") else ()
    paper = printed(report, tmp_path, *arguments)
    check_form(paper, report, is_draft=not arguments)
    check_contents(paper, composed)
    check_charts(paper, composed)
    check_footnotes(paper, composed)
    check_tags(paper)
    check_no_heading_ends_a_page(paper, composed)


def check_form(paper: Paper, report: Report, *, is_draft: bool) -> None:
    """The twelve checks of a clerk."""
    for page in paper.pages:
        assert (float(page.width), float(page.height)) == pytest.approx((595, 842), abs=1)
    annex = paper.first_page_of("Phụ lục TỔNG HỢP CHỈ TIÊU NĂM")
    numbers = [paper.page_number(index) for index in range(len(paper.pages))]
    assert numbers[:annex] == ["", *map(str, range(2, annex + 1))]
    assert numbers[annex:] == ["", *map(str, range(2, len(numbers) - annex + 1))]
    for line in (COUNTRY, MOTTO):
        assert paper.whole.count(line) == 1
        assert line in paper.text(0)
    symbol = report.office.symbol
    if is_draft:
        assert re.search(rf"Số:\s*/{symbol}", paper.text(0))
        assert re.search(r"Lạng Sơn, ngày\s+tháng\s+năm(?!\s*\d)", paper.text(0))
        assert "DỰ THẢO" in paper.text(0)
    else:
        assert f"Số: 07/{symbol}" in paper.text(0)
        assert "Lạng Sơn, ngày 08 tháng 01 năm 2020" in paper.text(0)
        assert "DỰ THẢO" not in paper.whole
    first = "I. BỐI CẢNH" if report.outline == "C" else "1. TÌNH HÌNH CHUNG"
    order = ["BÁO CÁO", "Kết quả hội nhập", "Kính gửi", first, "./.", "Nơi nhận:", "MỤC LỤC"]
    places = [paper.whole.index(part) for part in order]
    assert places == sorted(places)
    assert paper.whole.count("./.") == 1
    assert "Lưu: VT" in paper.whole
    assert paper.embedded_fonts() == {"Tinos"}
    x0, x1, bottom = words_box(paper.pages[0], MOTTO)
    assert rule_under(paper.pages[0], bottom, (x0 + x1) / 2) == pytest.approx((x0, x1), abs=1)


def contents_lines(paper: Paper) -> dict[str, int]:
    """The lines of the contents and the list of charts: title → page printed after the dots."""
    page = paper.pages[paper.first_page_of("MỤC LỤC")]
    lines = (page.extract_text() or "").splitlines()
    found = (re.fullmatch(r"(.+?) ?\.{2,} ?(\d+)", line.strip()) for line in lines)
    return {line[1]: int(line[2]) for line in found if line}


def check_contents(paper: Paper, composed: Composed) -> None:
    lines = contents_lines(paper)
    listed = [one.label for one in composed.kept if one.level < 3]
    assert [title for title in lines if not title.startswith("Biểu đồ")] == listed
    for label in listed:
        assert label in paper.text(lines[label] - 1), label
    contents = paper.first_page_of("MỤC LỤC")
    assert "Nơi nhận:" in paper.text(contents - 1)
    assert f"Phụ lục. Tổng hợp chỉ tiêu năm {composed.report.period.year}" in paper.text(contents)
    assert links(paper, contents) >= len(lines)


def links(paper: Paper, index: int) -> int:
    """How many places of its own the page leads to."""
    found = (
        reference.get_object() if isinstance(reference, IndirectObject) else reference
        for reference in paper.reader.pages[index].get("/Annots", ())
    )
    return sum(one["/Subtype"] == "/Link" for one in found)


def check_charts(paper: Paper, composed: Composed) -> None:
    captions = [one.chart_caption for one in composed.charts]
    assert captions
    numbers = [caption.split(".")[0] for caption in captions]
    assert numbers == [f"Biểu đồ {position}" for position in range(1, len(captions) + 1)]
    lines = contents_lines(paper)
    assert [title for title in lines if title.startswith("Biểu đồ")] == captions
    for caption in captions:
        assert caption in paper.text(lines[caption] - 1)


def check_footnotes(paper: Paper, composed: Composed) -> None:
    notes = [note for section in composed.kept for note in section.noted.notes]
    assert [note.number for note in notes] == list(range(1, len(notes) + 1))
    for note in notes:
        begins = re.sub(r"<[^>]+>", "", note.html)[:30]
        page = next(page for page in paper.pages if begins in page.extract_text())
        (found,) = page.search(rf"{note.number} {re.escape(begins)}")
        assert found["top"] > float(page.height) * 0.7
        assert found["x0"] == pytest.approx(30 * 72 / 25.4, abs=2)  # not indented


def check_tags(paper: Paper) -> None:
    root = paper.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part[>=\"]+3", metadata)
    assert re.search(r"pdfaid:conformance[>=\"]+A", metadata)


def check_no_heading_ends_a_page(paper: Paper, composed: Composed) -> None:
    labels = {one.label for one in composed.kept}
    for page in paper.pages:
        last = (page.extract_text() or "").strip().splitlines()[-1]
        assert last not in labels


NARRATIVE = """<h4>Nội dung nổi bật</h4><p>Đoạn đầu<span class="footnote">Chú thích một.</span>.</p>
<table><tbody><tr><th>Nội dung</th><th>Số lượng</th></tr><tr><td>Hội đàm</td><td>ba cuộc</td></tr>
<tr><td colspan="2">Dòng chung</td></tr></tbody></table>
<p>Đoạn cuối<span class="footnote">Chú thích hai.</span> có <u>gạch chân</u>.</p>"""


def test_what_the_editor_offers_prints_as_it_means() -> None:
    """Sub-headings, tables and footnotes of the narrative."""
    view = sample(sections=(form.Section(2, "1.", "Đoàn ra", NARRATIVE, anchor="muc-x"),))
    view = replace(view, contents=True, annexes=())
    html = form.document_html(view)
    assert '<h4 class="sub">Nội dung nổi bật</h4>' in html
    assert '<td colspan="2">Dòng chung</td>' in html
    assert "<u>gạch chân</u>" in html
    document = form.pdf_document(
        view, charts={}, created=MOMENT, modified=MOMENT, identifier="narrative"
    )
    paper = Paper(render(document).content)
    for words in ("Nội dung nổi bật", "Hội đàm ba cuộc", "1 Chú thích một.", "2 Chú thích hai."):
        assert words in paper.whole
    titles = str(paper.reader.outline)
    assert "Đoàn ra" in titles
    assert "Nội dung nổi bật" not in titles  # a sub-heading is no station of the reader's way
