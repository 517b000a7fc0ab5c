"""The printed form: whose rows, and what is on the paper Chromium prints."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.django_db


def form(client, query: str = "", span: str = "") -> str:
    return client.get(f"/so-lieu/2019/{span}in-bieu/{query}").content.decode()


def test_an_officer_prints_the_own_agency(client_of, officer, year_2019):
    page = form(client_of(officer))
    assert "SỞ CÔNG THƯƠNG" in page and "Tổng kim ngạch" in page and "Số đoàn ra" not in page
    assert "BIỂU SỐ LIỆU CÔNG TÁC ĐỐI NGOẠI NĂM 2019" in page
    assert "Người lập biểu" in page and "Thủ trưởng đơn vị" in page
    assert '<td class="p-no">1</td>' in page and "I. Kim ngạch xuất nhập khẩu" in page


def test_the_desk_chooses_an_agency_or_all(client_of, desk, year_2019):
    client = client_of(desk)
    assert "SỞ NGOẠI VỤ" in form(client)  # their own first
    trade = form(client, "?don-vi=SCT")
    assert "SỞ CÔNG THƯƠNG" in trade and "Số đoàn ra" not in trade
    both = form(client, "?don-vi=tat-ca")
    assert "Tổng kim ngạch" in both and "Số đoàn ra" in both


def test_an_agency_without_rows_is_not_there(client_of, officer, desk, year_2019):
    assert client_of(desk).get("/so-lieu/2019/in-bieu/?don-vi=NONE").status_code == 404
    assert client_of(officer).get("/so-lieu/2019/in-bieu/?don-vi=SNGV").status_code == 404
    assert client_of(desk).get("/so-lieu/2050/in-bieu/").status_code == 404


def test_first_months_and_single_months_have_their_form(client_of, officer, year_2019):
    assert "6 THÁNG ĐẦU NĂM 2019" in form(client_of(officer), span="6-thang/")
    assert "THÁNG 5 NĂM 2019" in form(client_of(officer), span="thang-5/")


def test_the_paper_is_vietnamese_in_every_language(client_of, officer, year_2019):
    officer.language = "en"
    officer.save()
    page = form(client_of(officer))
    assert "Print the form" in page and "Người lập biểu" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_paper_the_head_repeats_and_nothing_is_cut(page: Page, live_server, sign_in, compiler):
    sign_in(page.context, compiler, live_server.url)
    page.goto(f"{live_server.url}/so-lieu/2019/in-bieu/?don-vi=tat-ca")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        texts = [sheet.extract_text() for sheet in pdf.pages]
        width, height = pdf.pages[0].width, pdf.pages[0].height
        words = [word for sheet in pdf.pages for word in sheet.extract_words()]
    assert (round(width), round(height)) == (842, 595)
    assert all("Chỉ tiêu" in text and "So cùng kỳ" in text for text in texts[:-1])
    assert f"1/{len(texts)}" in texts[0] and f"{len(texts)}/{len(texts)}" in texts[-1]
    assert "THỦ TRƯỞNG ĐƠN VỊ" in texts[-1].upper()
    assert "In biểu" not in texts[0]
    assert all(word["x0"] > 0 and word["x1"] < width for word in words)
