"""The integration report: the province's own headings, numbers and footnotes of 2017; 2019 too."""

from __future__ import annotations

import html
import re

import pytest

from accounts.models import User
from indicators.models import Figure
from reports.compose import Composed, compose
from reports.models import Report

HEADINGS_OF_2017 = (
    "1. TÌNH HÌNH CHUNG VÀ CÔNG TÁC TRIỂN KHAI",
    "1.1. Đặc điểm, tình hình",
    "1.2. Thuận lợi; khó khăn và thách thức",
    "1.3. Giải pháp và nội dung triển khai",
    "2. KẾT QUẢ HỘI NHẬP KINH TẾ QUỐC TẾ",
    "2.1. Đối ngoại và kinh tế đối ngoại",
    "2.2. Năng lực cạnh tranh doanh nghiệp, sản phẩm chủ lực",
    "2.3. Các yếu tố của kinh tế thị trường",
    "2.4. Nông nghiệp, nông thôn",
    "2.5. Tài nguyên, môi trường; an ninh, quốc phòng",
    "2.6. Nguồn nhân lực",
    "3. KINH NGHIỆM",
    "4. ĐỀ XUẤT, KIẾN NGHỊ",
)
FOOTNOTES_OF_2017 = (
    "VietGAP|đợt đầu 40,1 ha, lũy kế 80 ha|hồng Bảo Lâm 20 ha|hồng Vành khuyên|50 ha|quýt Bắc Sơn",
    "Xi măng Đồng Bành|năm 2012|năm 2013|01 doanh nghiệp|Kim loại màu Bắc bộ|10.000 tấn/năm|99,99%"
    "|Hoa Hồi Xứ Lạng|03 thị trường|Pháp, Hàn Quốc và Ấn Độ",
    "thuốc lá 3.900 ha tại 43 xã thuộc 07 huyện|từ năm 2011 đến năm 2017|trên 500 ha chè"
    "|ước đạt trên 2.000 tấn/năm|ước đạt 500 tấn/năm",
    "kỹ năng đối ngoại|biên phiên dịch|KOICA|Gangwon",
)
TOLD_IN_2017 = {
    "features": "trên 231 km|02 cửa khẩu quốc tế và 01 cửa khẩu chính"
    "|Nam Ninh - Lạng Sơn - Hà Nội - Hải Phòng",
    "conditions": "chia cắt|vốn|quy mô nhỏ|logistics phát triển chậm|Thông tin về thị trường",
    "measures": "ba chương trình|khu kinh tế cửa khẩu|kết cấu hạ tầng|tái cơ cấu ngành nông nghiệp"
    "|tuyên truyền",
    "external": "Quảng Tây|Ủy ban công tác liên hợp|Nhật Bản, Hàn Quốc, Pháp, Hoa Kỳ|EU|ASEAN"
    "|36-NQ/TW ngày 26/3/2004",
    "competitiveness": "PCI",
    "market": "ngân hàng|chống buôn lậu|đất đai|lao động",
    "agriculture": "ROSIN|Hàn Quốc|Đình Lập|TH và Việt Sơn Lâm Nhất|kiểm dịch"
    "|03 dự án tổng thể và 07 mô hình",
    "security": "quan trắc|28-NQ/TW ngày 22/9/2008|152/2007/NĐ-CP|86-KL/TW ngày 05/11/2010"
    "|49-CT/TW ngày 22/10/2010",
    "people": "Quảng Tây",
    "lessons": "Tập huấn",
    "proposals": "Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn|Đồng Đăng - Bằng Tường|cao tốc"
    "|đường sắt Hà Nội - Đồng Đăng|cơ chế phối hợp",
}


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


@pytest.fixture
def of_2017(published: None, compiler: User) -> Composed:
    return compose(Report.objects.get(period__year=2017, outline="B"), compiler)


@pytest.fixture
def of_2019(published: None, compiler: User) -> Composed:
    return compose(Report.objects.get(period__year=2019, outline="B"), compiler)


def test_it_stands_under_the_provinces_own_headings(of_2017: Composed, of_2019: Composed) -> None:
    for composed in (of_2017, of_2019):
        assert tuple(one.label for one in composed.kept) == HEADINGS_OF_2017
    assert of_2017.warnings == []
    assert len(of_2019.warnings) == 1  # 583 is no sum of 524, 162 and 45


def test_turnover_is_said_as_the_province_said_it(of_2017: Composed) -> None:
    text = plain(next(one.html for one in of_2017.kept if one.key == "features"))
    assert "năm 2016 là gần 4 tỷ USD. Năm 2017, tổng kim ngạch đạt gần 5 tỷ USD." in text
    assert not re.search(r"\bước\b", text)  # the source does not say how final the number is
    assert not re.search(r"tăng|giảm|so với", text)  # two rough numbers are not compared


def test_production_figures_are_the_four_footnotes_of_the_source(of_2017: Composed) -> None:
    notes = [note for section in of_2017.kept for note in section.noted.notes]
    assert [note.number for note in notes] == [1, 2, 3, 4]
    for note, expected in zip(notes, FOOTNOTES_OF_2017, strict=True):
        for words in expected.split("|"):
            assert words in plain(note.html), (note.number, words)


def test_each_section_tells_what_happened(of_2017: Composed) -> None:
    said = {one.key: plain(one.html) for one in of_2017.kept}
    for key, expected in TOLD_IN_2017.items():
        for words in expected.split("|"):
            assert words in said[key], (key, words)


def test_leading_documents_go_from_the_oldest_to_the_newest(of_2017: Composed) -> None:
    listed = next(one.directives for one in of_2017.kept if one.directives)
    years = [re.search(r"(?:/|ngày \d+/\d+/|/)((?:19|20)\d\d)", text)[1] for text in listed]
    assert years == sorted(years)
    assert len(listed) == 8


@pytest.mark.parametrize("year", [2017, 2019])
def test_no_figure_of_it_is_typed(published: None, compiler: User, year: int) -> None:
    """Every number of the year in its text moves when the figure is corrected."""
    report = Report.objects.get(period__year=year, outline="B")
    before = plain(" ".join(one.html for one in compose(report, compiler).kept))
    figures = Figure.objects.current().filter(period__year=year, side="actual")
    cited = {
        pk
        for entry in compose(report, compiler).ledger.entries
        if entry.place != "annex"
        for pk, _version in entry.figures
    }
    for figure in figures.filter(pk__in=cited):
        Figure.objects.filter(pk=figure.pk).update(value=figure.value + 30_000)
        after = plain(" ".join(one.html for one in compose(report, compiler).kept))
        assert after != before, figure.indicator
        Figure.objects.filter(pk=figure.pk).update(value=figure.value)


def test_2019_says_that_years_numbers(of_2019: Composed) -> None:
    said = plain(" ".join(one.html for one in of_2019.kept))
    for words in (
        "ước đạt 4.750 triệu USD, đạt 90,8% kế hoạch, giảm 2,2% so với năm 2018",
        "đạt 2.550 triệu USD, đạt 81% kế hoạch, giảm 13,7% so với năm 2018",
        "đạt 2.200 triệu USD, đạt 105,8% kế hoạch, tăng 15,8% so với năm 2018",
        "05 bản thỏa thuận quốc tế cấp tỉnh",
        "30 dự án đầu tư trực tiếp nước ngoài còn hiệu lực, tăng 02 dự án so với năm 2018",
        "trên 3.400 tỷ đồng",
        "08 vụ vi phạm Hiệp định về quy chế quản lý biên giới, tăng 04 vụ so với năm 2018",
    ):
        assert words in said, words
    assert "2017" not in said
