"""Numerals in prose: what is a figure somebody typed, and what only looks like one."""

from __future__ import annotations

import pytest

from accounts.models import User
from reports import numerals, proof
from reports.compose import compose
from reports.matching import matches
from reports.models import Report, Section


def found(text: str) -> list[str]:
    return [one.text for one in numerals.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ước đạt 4.750 triệu USD, đạt 81% kế hoạch", ["4.750 triệu USD", "81%"]),
        ("Tổng số 583 lượt người của 54 đoàn", ["583 lượt người", "54 đoàn"]),
        ("ký 05 bản; xảy ra 8 vụ", ["05 bản", "8 vụ"]),
        ("tăng 0,55 điểm %, gấp 2,1 lần", ["0,55 điểm %", "2,1"]),
        ("Kế hoạch 5.230 triệu USD", ["5.230 triệu USD"]),
        ("kế hoạch 36 triệu đồng", ["36 triệu đồng"]),
        ("2019 người tham dự Gặp gỡ đầu Xuân 2019", ["2019 người"]),
        ("đi 13 tỉnh, in bằng 5 thứ tiếng", ["13", "5 thứ tiếng"]),
        ("trên 231,74 km đường biên", ["231,74 km"]),
        ("21/23 đơn vị đã gửi", ["21", "23"]),
        ("Mục 5, 12 đoàn", ["12 đoàn"]),
        ("từ 5 đến 10 dự án", ["5", "10 dự án"]),
        ("100% số xã", ["100%"]),
        (f"{numerals.CHIP} với 12 đoàn", ["12 đoàn"]),
    ],
)
def test_typed_figures_are_found_with_their_unit(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ngày 05/12/2019",
        "ngày 24 tháng 01 năm 2019",
        "từ ngày 15 đến 20 tháng 3",
        "kỳ số liệu 15/12/2018 – 14/12/2019",
        "dịp 30/4 - 1/5, Quốc khánh 02/9",
        "Tháng 10/2019, tháng 02/2019",
        "các tháng 4, tháng 5 và 6",
        "năm 2019; các năm 2016, 2017 và 2018; đến 2030",
        "giai đoạn 2011 - 2020, nhiệm kỳ 2015-2020",
        "6 tháng đầu năm 2019, 9 tháng năm 2020; quý 4/2019",
        "thế kỷ 21, thập niên 90, những năm 1990",
        "lúc 8h30, 14 giờ 30 phút, 10:12",
        "Nghị quyết số 22-NQ/TW, Quyết định số 40/QĐ-TTg, 09/2019/NĐ-CP",
        "Chỉ thị 1326/CT-TTg, Kế hoạch số 36/KH-BCĐ, 152/2007/NĐ-CP, 86-KL/TW",
        "Quyết định 1199 và Chương trình 135",
        "Báo cáo số 05/BC-SNgV",
        "Hội nghị lần thứ 10, lần 2, kỳ họp thứ 8",
        "Mục 5, Phụ lục 2, Điều 3, 4 và 5, khoản 2, điểm 1, cấp 1",
        "khóa 13, nhóm 3, Quốc lộ 1A, mốc 1116, đường số 4",
        "COVID-19, G20, 4G, A4, Công nghiệp 4.0",
        "theo (1) và [2]",
        "1. Kết quả",
        "một tỉnh, bốn huyện, Mục II, thứ hai",
        "",
    ],
)
def test_what_only_looks_like_a_figure_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_real_texts_of_2019_have_no_typed_figure(report_2019: Report, compiler: User) -> None:
    written = [block for one in report_2019.sections.all() for block in proof.prose(one.text)]
    digits = [block for block in written if any(letter.isdigit() for letter in block)]
    assert len(digits) > 8  # years, dates and documents are there, and are no figures
    assert [found(block) for block in written if found(block)] == []
    assert proof.remaining(compose(report_2019, compiler).sections) == []


def test_every_number_a_figure_prints_would_be_found_if_it_were_typed(
    report_2019: Report, compiler: User
) -> None:
    composed = compose(report_2019, compiler)
    texts = [section.html for section in composed.sections]
    seen = {
        one.number for text in texts for block in proof.prose(text) for one in numerals.find(block)
    }
    keys = {section.key for section in composed.sections}
    printed = [one for one in composed.ledger.entries if one.place in keys and one.fact is None]
    said = [entry.text for entry in printed if " " in entry.text]  # not a cell of a table
    inside = [text for text in said if any(text in section for section in texts)]
    assert len(inside) > 40
    for text in inside:
        first = next(iter(numerals.read(text)))
        assert first.number in seen, text


def test_what_was_typed_is_told_with_its_words(report_2019: Report, compiler: User) -> None:
    section = report_2019.sections.get(key="trade")
    section.text = '<p>Có [[TRADE.TOTAL]] và 12 đoàn.<span class="footnote">Và 7 vụ.</span></p>'
    section.save()
    left = proof.remaining(compose(report_2019, compiler).sections)
    assert [(one.number, one.is_left) for one in left] == [("12 đoàn", False), ("7 vụ", False)]
    assert left[0].words == "Có […] và 12 đoàn.[…]"
    Section.objects.filter(pk=section.pk).update(left_as_typed=["có và 12 đoàn"])
    composed = compose(report_2019, compiler)
    assert [one.is_left for one in proof.remaining(composed.sections)] == [True, False]
    assert any("“12 đoàn” được người soạn giữ nguyên" in one for one in composed.warnings)
    assert any("“7 vụ” gõ tay" in one for one in composed.warnings)


@pytest.mark.parametrize(
    ("text", "number", "token", "replaced"),
    [
        ("ước đạt 4.750 triệu USD.", "4.750", "TRADE.TOTAL reached", "ước đạt 4.750 triệu USD"),
        ("Xuất khẩu đạt 81% kế hoạch", "81", "TRADE.EXPORT plan", "đạt 81% kế hoạch"),
        ("nhập khẩu tăng 15,8%", "15,8", "TRADE.IMPORT change_short", "tăng 15,8%"),
        ("là 4,75 tỷ USD", "4,75", "TRADE.TOTAL value unit=billion_usd", "4,75 tỷ USD"),
        ("vốn trên 3.400 tỷ đồng", "3.400", "ODA.CAPITAL_TOTAL", "trên 3.400 tỷ đồng"),
        ("xảy ra 08 vụ", "08", "BORDER.VIOLATION", "08 vụ"),
    ],
)  # fmt: skip
def test_a_typed_number_finds_its_figure(
    report_2019: Report, compiler: User, text: str, number: str, token: str, replaced: str
) -> None:
    first = matches(report_2019, compiler, text, text.index(number))[0]
    assert first.token == token
    assert text[first.start : first.end] == replaced


def test_a_number_nobody_knows_finds_nothing(report_2019: Report, compiler: User) -> None:
    assert matches(report_2019, compiler, "có 98.765 triệu USD", 3) == []
    assert matches(report_2019, compiler, "có chữ", 3) == []
