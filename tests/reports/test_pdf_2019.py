"""The 2019 report on paper: the twelve checks, every published number, the same bytes twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from indicators.models import Figure
from reports.models import Report
from tests.paper import COUNTRY, MOTTO, Paper, rule_under, words_box
from tests.reports.test_report_2019 import SENTENCES

ISSUED = ("--number=7", "--date=08/01/2020", "--signer=Nguyễn Văn Ất")


@pytest.fixture
def render(compiler: User, report_2019: Report, tmp_path: Path):
    """Renders 2019 through the command; returns the file's bytes and what was printed."""

    def run(*arguments: str, year: int = 2019) -> Paper:
        target = tmp_path / "report.pdf"
        call_command("render_report", str(year), f"--output={target}", *arguments, verbosity=0)
        return Paper(target.read_bytes())

    return run


def check_form(paper: Paper) -> None:
    """What holds for a draft and for an issued copy alike."""
    for page in paper.pages:
        assert (float(page.width), float(page.height)) == pytest.approx((595, 842), abs=1)
    annex = paper.first_page_of("Phụ lục TỔNG HỢP CHỈ TIÊU NĂM 2019")
    numbers = [paper.page_number(index) for index in range(len(paper.pages))]
    assert numbers[:annex] == ["", *map(str, range(2, annex + 1))]
    assert numbers[annex:] == ["", *map(str, range(2, len(numbers) - annex + 1))]
    for line in (COUNTRY, MOTTO):
        assert paper.whole.count(line) == 1
        assert line in paper.text(0)
    order = ["BÁO CÁO", "Kết quả công tác đối ngoại năm 2019", "Kính gửi", "Căn cứ"]
    order += ["I. TÌNH HÌNH CHUNG", "V. KIẾN NGHỊ, ĐỀ XUẤT", "./.", "Nơi nhận:"]
    places = [paper.whole.index(part) for part in order]
    assert places == sorted(places)
    assert paper.whole.count("./.") == 1
    assert paper.whole.index("./.") < paper.whole.index("GIÁM ĐỐC")
    assert "Lưu: VT" in paper.whole
    assert paper.embedded_fonts() == {"Tinos"}
    x0, x1, bottom = words_box(paper.pages[0], MOTTO)
    assert rule_under(paper.pages[0], bottom, (x0 + x1) / 2) == pytest.approx((x0, x1), abs=1)


def test_a_draft_has_the_official_form_and_nothing_nobody_entered(render) -> None:
    paper = render()
    check_form(paper)
    assert "DỰ THẢO" in paper.text(0)
    assert re.search(r"Số:\s*/BC-SNgV", paper.text(0))
    assert re.search(r"Lạng Sơn, ngày\s+tháng\s+năm(?! 2)", paper.text(0))


def test_an_issued_copy_carries_number_date_and_signer(render) -> None:
    paper = render(*ISSUED)
    check_form(paper)
    assert "DỰ THẢO" not in paper.whole
    assert "Số: 07/BC-SNgV" in paper.text(0)
    assert "Lạng Sơn, ngày 08 tháng 01 năm 2020" in paper.text(0)
    assert "Nguyễn Văn Ất" in paper.whole
    said = "(Kèm theo Báo cáo số 07/BC-SNgV ngày 08 tháng 01 năm 2020"
    assert said in paper.whole


def test_its_text_contains_every_published_number(render) -> None:
    paper = render()
    assert [sentence for sentence in SENTENCES if sentence not in paper.whole] == []


def test_every_2019_figure_stands_in_the_annex(render) -> None:
    paper = render()
    annex = " ".join(
        paper.text(index)
        for index in range(paper.first_page_of("Phụ lục TỔNG HỢP"), len(paper.pages))
    )
    of_2019 = Figure.objects.current().filter(period__year=2019, period__kind="year_to_date")
    for figure in of_2019:
        number = f"{figure.value.normalize():,f}".translate(str.maketrans(",.", ".,"))
        assert re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", annex), figure


def test_the_same_data_renders_to_the_same_bytes(render) -> None:
    assert render().content == render().content


def test_the_file_is_tagged_titled_and_bookmarked(render) -> None:
    reader = render().reader
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.metadata.title.startswith("Báo cáo Kết quả công tác đối ngoại năm 2019")
    assert reader.metadata.author == "Sở Ngoại vụ tỉnh Lạng Sơn"
    titles = [entry.title for entry in _flat(reader.outline)]
    assert "I. TÌNH HÌNH CHUNG" in titles
    assert any(title.startswith("Phụ lục") for title in titles)


def _flat(outline: list) -> list:
    entries = []
    for entry in outline:
        entries += _flat(entry) if isinstance(entry, list) else [entry]
    return entries


def test_a_year_without_a_report_is_said_plainly(compiler: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2015"):
        call_command("render_report", "2015", f"--output={tmp_path / 'x.pdf'}")
