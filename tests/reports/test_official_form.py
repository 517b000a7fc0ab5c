"""The official form of an administrative report, checked on the finished PDF.

The twelve checks a clerk makes (Nghị định 30/2020/NĐ-CP), on a draft and on an
issued copy of one sample of several pages with two annexes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pdfplumber
import pytest

from reports.pdf import document as form
from reports.pdf.engine import PdfResult, render
from tests.paper import COUNTRY, MOTTO, Paper, rule_under, words_box

CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 230" width="480" height="230">
<g font-family="Tinos" font-size="13" text-anchor="middle">
<line x1="50" y1="190" x2="470" y2="190" stroke="#333"/>
<rect x="90" y="54" width="60" height="136" fill="#1d5b8f"/><text x="120" y="48">2.955</text>
<rect x="155" y="103" width="60" height="87" fill="#c2842d"/><text x="185" y="97">1.900</text>
<rect x="290" y="73" width="60" height="117" fill="#1d5b8f"/><text x="320" y="67">2.550</text>
<rect x="355" y="89" width="60" height="101" fill="#c2842d"/><text x="385" y="83">2.200</text>
<text x="152" y="208">Năm 2018</text>
<text x="352" y="208">Ước năm 2019</text>
<text x="75" y="18">Triệu USD</text>
</g></svg>"""

TRADE = """<p>Tổng kim ngạch xuất, nhập khẩu qua địa bàn tỉnh ước đạt 4.750 triệu USD, bằng 90,8% kế
hoạch, giảm 2,2% so với năm 2018. Trong đó, xuất khẩu ước đạt 2.550 triệu USD, bằng 81% kế hoạch,
giảm 13,7%; nhập khẩu ước đạt 2.200 triệu USD, bằng 105,8% kế hoạch, tăng 15,8%<span
class="footnote">Số năm 2018 tính ngược từ tỷ lệ tăng, giảm đã công bố.</span>. Xuất khẩu hàng địa
phương ước đạt 137,5 triệu USD, bằng 100% kế hoạch, tăng 9,6% <span class="inferred">(*)</span>.</p>
<p>Phương thức giao nhận hàng hóa tại các cửa khẩu từng bước được đổi mới; thời gian thông quan
một lô hàng tiếp tục được rút ngắn, không để xảy ra ùn tắc kéo dài trong các tháng cao điểm.</p>"""

DELEGATIONS = """<p>Trong năm, tỉnh cử 53 đoàn với 505 lượt người đi công tác tại 10 quốc gia, vùng
lãnh thổ; đón 54 đoàn với 583 lượt người từ 14 quốc gia, vùng lãnh thổ đến làm việc<span
class="footnote">Tổng 583 lượt người; cộng các thành phần được 731 lượt người.</span>. Hoạt động
đoàn được quản lý thống nhất, đúng kế hoạch, bảo đảm yêu cầu đối ngoại và an ninh.</p>
<p>Công tác lễ tân, phiên dịch được chuẩn bị chu đáo; sau mỗi chuyến đi, các đoàn đều gửi báo cáo
kết quả và đề xuất việc cần triển khai tiếp với đối tác. Trong số đoàn vào:</p>
<ul><li>Tỉnh chủ trì đón 36 đoàn, 524 lượt người;</li>
<li>Khách quốc tế 10 đoàn, 162 lượt người; phóng viên, chuyên gia 08 đoàn, 45 lượt người đến tìm
hiểu tình hình thực tế tại địa phương.</li></ul>"""

LONG = "".join(
    f"""<p>Kết quả nổi bật thứ {i}: các sở, ngành và Ủy ban nhân dân các huyện, thành phố phối hợp
chặt chẽ với cơ quan ngoại vụ trong việc trao đổi thông tin, chuẩn bị nội dung hội đàm, theo dõi
việc thực hiện những điều đã thỏa thuận với phía Quảng Tây (Trung Quốc) và kịp thời báo cáo cấp có
thẩm quyền khi phát sinh vấn đề mới trên tuyến biên giới.</p>"""
    for i in range(1, 5)
)

COLUMNS = (
    form.Column("TT", 9, "center"),
    form.Column("Chỉ tiêu", 50),
    form.Column("Đơn vị", 21, "center"),
    form.Column("TH 2018", 17, "number"),
    form.Column("KH 2019", 17, "number"),
    form.Column("Ước TH 2019", 18, "number"),
    form.Column("% KH", 13, "number"),
    form.Column("% so năm trước", 20, "number"),
)


def annex_rows(count: int) -> tuple[form.Row, ...]:
    rows = [form.Row(("A. KIM NGẠCH XUẤT, NHẬP KHẨU",), "group")]
    for i in range(1, count + 1):
        rows.append(
            form.Row(
                (
                    str(i),
                    "Kim ngạch xuất khẩu hàng hóa qua các cửa khẩu",
                    "triệu USD",
                    "2.955(*)",
                    "3.150",
                    "2.550",
                    "81",
                    "-13,7",
                )
            )
        )
    return (
        *rows,
        form.Row(("", "Tổng số", "triệu USD", "4.855", "5.230", "4.750", "90,8", "-2,2"), "total"),
    )


def sample(**changes: object) -> form.ReportView:
    table = form.Table(
        COLUMNS,
        annex_rows(40),
        notes=(
            "(*) Số tính ngược từ tỷ lệ tăng, giảm đã công bố.",
            "[1] Báo cáo kết quả công tác đối ngoại năm 2019.",
        ),
    )
    draft = form.ReportView(
        office=form.Office(
            superior_lines=("UBND TỈNH LẠNG SƠN",),
            name_lines=("SỞ NGOẠI VỤ",),
            issuing_name="Sở Ngoại vụ tỉnh Lạng Sơn",
            symbol="BC-SNgV",
        ),
        abstract_lines=(
            "Kết quả công tác đối ngoại năm 2019,",
            "phương hướng, nhiệm vụ trọng tâm năm 2020",
        ),
        addressees=("Bộ Ngoại giao", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        legal_bases=(
            "Căn cứ Nghị quyết số 22-NQ/TW ngày 10/4/2013 của Bộ Chính trị về hội nhập quốc tế",
            "Căn cứ Quyết định số 40/QĐ-TTg ngày 07/01/2016 của Thủ tướng Chính phủ",
        ),
        opening_html="<p>Sở Ngoại vụ báo cáo kết quả công tác đối ngoại năm 2019 như sau:</p>",
        sections=(
            form.Section(1, "I.", "Tình hình chung", LONG),
            form.Section(1, "II.", "Kết quả công tác đối ngoại"),
            form.Section(2, "1.", "Đoàn ra, đoàn vào", DELEGATIONS),
            form.Section(
                2,
                "2.",
                "Ngoại giao kinh tế",
                TRADE,
                charts=(
                    form.Chart("trade", "Biểu đồ 1. Kim ngạch xuất khẩu và nhập khẩu, 2018 - 2019"),
                ),
            ),
            form.Section(3, "a)", "Thu hút đầu tư trực tiếp nước ngoài", LONG),
            form.Section(1, "III.", "Phương hướng, nhiệm vụ năm 2020", LONG),
        ),
        closing="Trên đây là kết quả công tác đối ngoại năm 2019, phương hướng năm 2020",
        signer=form.Signer(("KT. GIÁM ĐỐC",), ("PHÓ GIÁM ĐỐC",)),
        recipients=("Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh", "Các sở, ban, ngành"),
        archive_line="Lưu: VT, HTQT",
        annexes=(
            form.Annex("Tổng hợp các chỉ tiêu đối ngoại năm 2019", table),
            form.Annex("Danh mục đoàn ra năm 2019", replace(table, rows=annex_rows(30))),
        ),
    )
    return replace(draft, **changes)


ISSUED = {
    "draft": False,
    "number": "5",
    "issued_on": date(2020, 1, 8),
    "signer": form.Signer(("KT. GIÁM ĐỐC",), ("PHÓ GIÁM ĐỐC",), "Nguyễn Văn Ất"),
}


MOMENT = datetime(2019, 12, 20, 8, 30, tzinfo=UTC)


def printed(report: form.ReportView) -> PdfResult:
    return render(
        form.pdf_document(
            report,
            charts={"trade": CHART},
            created=MOMENT,
            modified=MOMENT,
            identifier="bao-cao-2019",
            keywords=("đối ngoại", "Lạng Sơn"),
        )
    )


@pytest.fixture(scope="module")
def draft() -> Paper:
    return Paper(printed(sample()).content)


@pytest.fixture(scope="module")
def issued() -> Paper:
    return Paper(printed(sample(**ISSUED)).content)


@pytest.fixture(scope="module", params=["draft", "issued"])
def paper(request: pytest.FixtureRequest) -> Iterator[Paper]:
    yield request.getfixturevalue(request.param)


def test_01_every_page_is_upright_a4(paper: Paper) -> None:
    for page in paper.pages:
        assert (float(page.width), float(page.height)) == pytest.approx((595, 842), abs=1)


def test_02_pages_are_numbered_from_the_second_in_the_middle_of_the_top_margin(
    paper: Paper,
) -> None:
    assert paper.page_number(0) == ""
    assert paper.page_number(1) == "2"
    assert paper.page_number(2) == "3"


def test_02_each_annex_counts_from_one_and_hides_its_first_number(paper: Paper) -> None:
    first = paper.first_page_of("Phụ lục I TỔNG HỢP")
    second = paper.first_page_of("Phụ lục II DANH MỤC")
    numbers = [paper.page_number(index) for index in range(first, len(paper.pages))]
    length = second - first
    assert length >= 2
    assert len(numbers) - length >= 2
    assert numbers[:length] == ["", *map(str, range(2, length + 1))]
    assert numbers[length:] == ["", *map(str, range(2, len(numbers) - length + 1))]


def test_03_country_and_motto_stand_once_on_the_first_page(paper: Paper) -> None:
    for line in (COUNTRY, MOTTO):
        assert line in paper.text(0)
        assert paper.whole.count(line) == 1


def test_04_number_and_symbol(draft: Paper, issued: Paper) -> None:
    assert re.search(r"Số:\s*/BC-SNgV", draft.text(0))
    assert "Số: 05/BC-SNgV" in issued.text(0)


def test_05_the_date(draft: Paper, issued: Paper) -> None:
    pattern = r"Lạng Sơn, ngày \d{2} tháng (01|02|[3-9]|1[0-2]) năm \d{4}"
    assert re.search(pattern, issued.text(0))[0] == "Lạng Sơn, ngày 08 tháng 01 năm 2020"
    assert re.search(r"Lạng Sơn, ngày\s+tháng\s+năm(?! 2)", draft.text(0))


def test_06_the_order_of_the_parts(paper: Paper) -> None:
    parts = ["BÁO CÁO", "Kết quả công tác đối ngoại năm 2019", "Kính gửi", "Căn cứ Nghị quyết"]
    parts += ["I. TÌNH HÌNH CHUNG", "./.", "Nơi nhận:"]
    places = [paper.whole.index(part) for part in parts]
    assert places == sorted(places)


def test_07_the_text_ends_with_its_mark_before_the_signature(paper: Paper) -> None:
    assert paper.whole.count("./.") == 1
    assert paper.whole.index("./.") < paper.whole.index("PHÓ GIÁM ĐỐC")


def test_08_the_archive_line(paper: Paper) -> None:
    assert "- Như trên;" in paper.whole
    assert "- Lưu: VT, HTQT." in paper.whole


def test_09_several_annexes_carry_numerals_and_a_single_one_none(paper: Paper) -> None:
    assert "Phụ lục I TỔNG HỢP" in paper.whole
    assert "Phụ lục II DANH MỤC" in paper.whole
    assert [label for label, _ in sample(annexes=sample().annexes[:1]).numbered_annexes] == [
        "Phụ lục"
    ]


def test_09_an_annex_says_what_it_belongs_to(draft: Paper, issued: Paper) -> None:
    assert (
        "(Kèm theo Báo cáo số 05/BC-SNgV ngày 08 tháng 01 năm 2020 của Sở Ngoại vụ tỉnh Lạng Sơn)"
        in issued.whole
    )
    assert re.search(r"\(Kèm theo Báo cáo số\s+/BC-SNgV ngày\s+tháng\s+năm\s+của", draft.whole)


def test_10_only_tinos_is_embedded(paper: Paper) -> None:
    assert paper.embedded_fonts() == {"Tinos"}


def test_11_the_signer_has_no_academic_title(draft: Paper, issued: Paper) -> None:
    assert "Nguyễn Văn Ất" in issued.whole
    assert "Nguyễn Văn Ất" not in draft.whole
    with pytest.raises(ValueError, match="academic"):
        form.Signer(("GIÁM ĐỐC",), (), "TS. Nguyễn Văn Ất")


def test_12_the_rule_under_the_motto_is_a_drawn_line_as_long_as_the_text(paper: Paper) -> None:
    x0, x1, bottom = words_box(paper.pages[0], MOTTO)
    assert rule_under(paper.pages[0], bottom, (x0 + x1) / 2) == pytest.approx((x0, x1), abs=1)


@pytest.mark.parametrize("text", ["SỞ NGOẠI VỤ", "phương hướng, nhiệm vụ trọng tâm năm 2020"])
def test_12_the_other_rules_are_a_third_to_a_half_and_centred(paper: Paper, text: str) -> None:
    x0, x1, bottom = words_box(paper.pages[0], text)
    left, right = rule_under(paper.pages[0], bottom, (x0 + x1) / 2)
    assert 1 / 3 <= (right - left) / (x1 - x0) <= 1 / 2
    assert (left + right) / 2 == pytest.approx((x0 + x1) / 2, abs=1)


def test_number_and_date_stand_on_one_line(paper: Paper) -> None:
    _, _, number = words_box(paper.pages[0], "Số:")
    _, _, place = words_box(paper.pages[0], "Lạng Sơn, ngày")
    assert number == pytest.approx(place, abs=0.5)


def test_only_a_draft_says_so(draft: Paper, issued: Paper) -> None:
    assert draft.whole.count("DỰ THẢO") == 1
    assert "DỰ THẢO" in draft.text(0)
    assert "DỰ THẢO" not in issued.whole


def test_signature_and_recipients_share_a_page_with_the_end_of_the_text(paper: Paper) -> None:
    last = paper.first_page_of("Nơi nhận:")
    for part in ("./.", "KT. GIÁM ĐỐC", "- Lưu: VT"):
        assert part in paper.text(last)


def test_margins_are_those_of_the_decree(paper: Paper) -> None:
    mm = 72 / 25.4
    for page in paper.pages:
        assert min(char["x0"] for char in page.chars) >= 30 * mm - 1
        assert max(char["x1"] for char in page.chars if char["text"].strip()) <= 195 * mm + 1
        assert max(char["bottom"] for char in page.chars) <= 277 * mm + 1


def test_the_head_of_a_table_is_repeated_on_each_page(paper: Paper) -> None:
    first = paper.first_page_of("Phụ lục I TỔNG HỢP")
    assert "Chỉ tiêu" in paper.text(first + 1)


def test_numbers_in_a_table_end_at_the_same_place(paper: Paper) -> None:
    page = paper.pages[paper.first_page_of("Phụ lục I TỔNG HỢP")]
    ends = {round(word["x1"], 1) for word in page.extract_words() if word["text"] == "-13,7"}
    assert len(ends) == 1


def test_remarks_stand_at_the_foot_of_their_page(paper: Paper) -> None:
    page = paper.pages[paper.first_page_of("cộng các thành phần được 731")]
    (found,) = page.search("cộng các thành phần được 731")
    assert found["top"] > float(page.height) * 0.8


def test_a_remark_stands_on_the_page_of_its_call() -> None:
    """Page ends at every distance from a remark; some of them would carry it to the next page."""
    words = "công tác đối ngoại của tỉnh trong năm báo cáo "
    blocks = []
    for i in range(5, 30, 3):
        above = "<br>".join(["dòng"] * (26 + i // 4))
        blocks.append(
            f'<p style="break-before: page">{above}</p><p>{words * 3} call-{i}. <span'
            f' class="footnote">note-{i}. {words * (i % 4 + 1)}</span> {words * (i % 4)}</p>'
            f"<p>{words * (i % 4 + 6)}</p><h2>Đề mục</h2><p>{words * 6}</p>"
        )
    html = f'<html lang="vi"><body>{"".join(blocks)}</body></html>'
    document = form.pdf_document(
        sample(), charts={}, created=MOMENT, modified=MOMENT, identifier="remarks"
    )
    result = render(replace(document, html=html))
    where: dict[tuple[str, str], int] = {}
    with pdfplumber.open(io.BytesIO(result.content)) as pdf:
        for number, page in enumerate(pdf.pages):
            for part, name in re.findall(r"(call|note)-(\d+)\.", page.extract_text()):
                where[part, name] = number
    names = {name for _, name in where}
    assert len(names) == 9
    assert all(where["call", name] == where["note", name] for name in names)


def test_headings_are_bookmarks_and_the_annexes_stand_beside_the_report(paper: Paper) -> None:
    outline = paper.reader.outline
    top = [entry.title for entry in outline if not isinstance(entry, list)]
    assert top == [
        "Báo cáo Kết quả công tác đối ngoại năm 2019, phương hướng, nhiệm vụ trọng tâm năm 2020",
        "Phụ lục I. Tổng hợp các chỉ tiêu đối ngoại năm 2019",
        "Phụ lục II. Danh mục đoàn ra năm 2019",
    ]
    inside = [entry.title for entry in outline[1] if not isinstance(entry, list)]
    assert inside[0] == "I. Tình hình chung"


def test_text_comes_out_whole_and_composed(paper: Paper) -> None:
    office = form.Office(
        ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), "Ủy ban nhân dân tỉnh Lạng Sơn", "BC-UBND"
    )
    report = sample(office=office, sections=(), annexes=())
    assert "ỦY BAN NHÂN DÂN" in Paper(printed(report).content).text(0)
    assert "Thường trực Tỉnh ủy;" in paper.whole


def test_narrative_loses_its_markup_and_keeps_its_words() -> None:
    text = (
        '<p onclick="x">Xin <a href="http://example.org">chào</a><img src=x></p><script>1</script>'
    )
    assert form.clean(text) == "<p>Xin chào</p>"
    html = form.document_html(sample(closing="<b>{{ 7*7 }}</b>"))
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 2, 9), "ngày 09 tháng 02 năm 2020"),
        (date(2020, 3, 9), "ngày 09 tháng 3 năm 2020"),
        (date(2020, 12, 31), "ngày 31 tháng 12 năm 2020"),
    ],
)
def test_only_days_under_ten_and_the_first_two_months_take_a_zero(day: date, text: str) -> None:
    assert form.official_date(day) == text


def test_annexes_count_in_roman_numerals() -> None:
    assert [form.roman(n) for n in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]
