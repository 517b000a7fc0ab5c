"""A workbook from an office, taken in as its owner does it: asked, corrected, confirmed, undone."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.imports.books import xlsx
from tests.journey.test_newcomer import sign_in
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

HEADINGS = ("TT", "Tháng", "Loại kỳ", "Cửa khẩu", "Chiều", "Phạm vi thống kê", "Giá trị")
SCOPE = "qua địa bàn tỉnh (số báo cáo của tỉnh)"
AT_WORK = 60_000  # ms: reading and writing are a worker's


def sheet(third: str, value: str) -> bytes:
    """Three months as an office types them, a title above and a total below."""
    rows = [
        ("1", "01/2012", "Tháng", "Hữu Nghị", "Xuất khẩu", SCOPE, "6.500"),
        ("2", "02/2012", "Tháng", "Hữu Nghị", "Xuất khẩu", SCOPE, "12.750"),
        ("3", "03/2012", "Tháng", third, "Xuất khẩu", SCOPE, value),
    ]
    table = [("SỞ CÔNG THƯƠNG TỈNH LẠNG SƠN",), (), HEADINGS, *rows, ("", "Tổng cộng")]
    return xlsx({"Bieu 02": table})


@pytest.fixture
def at_import(page: Page, stack: Stack) -> Page:
    """The compiling desk, signed in, at the import of turnover; it came from the register."""
    sign_in(page, stack, "chuyenvien")
    page.goto(f"{stack.url}/so/kim-ngach/")
    page.get_by_role("link", name="Nhập từ Excel").last.click()
    expect(page.locator(".where-chosen")).to_contain_text("Kim ngạch xuất nhập khẩu")
    return page


def give(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Tệp", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    expect(page.locator("[data-drop-name]")).to_have_text(name)


def answer(page: Page) -> None:
    """What the file leaves open: how its numbers are meant, and in which unit."""
    expect(page.get_by_role("heading", name="Cần trả lời (2)")).to_be_visible(timeout=AT_WORK)
    expect(page.locator(".samples").first).to_contain_text("6.500")
    page.locator(".question").nth(0).get_by_role("radio").first.check()
    page.get_by_role("radio", name="nghìn USD", exact=True).check()
    page.get_by_role("button", name="Tiếp tục, xem trước").click()


def faults(page: Page) -> list[str]:
    return page.locator(".row-faults .cell-name").all_inner_texts()


def test_a_file_is_asked_about_corrected_confirmed_and_undone(at_import: Page, stack: Stack):
    page = at_import
    give(page, "bieu02_SCT.xlsx", sheet("Hữu Nghị Quan", "ước khoảng"))
    page.get_by_role("button", name="Tải tệp lên").click()
    answer(page)

    expect(page.get_by_role("heading", name="1 dòng có lỗi")).to_be_visible(timeout=AT_WORK)
    expect(page.locator(".balance")).to_contain_text("Chưa ghi gì vào hệ thống.")
    assert sorted(faults(page)) == ["D6", "G6"]
    page.get_by_role("link", name="2 Mới").click()
    expect(page.locator(".import-rows tbody tr")).to_have_count(2)

    with page.expect_download(timeout=AT_WORK) as got:
        page.get_by_role("button", name="Tải tệp đã đánh dấu lỗi").click()
    assert got.value.suggested_filename == "bieu02_SCT-danh-dau-loi.xlsx"
    corrected = correct(Path(got.value.path()), {"D6": "Hữu Nghị", "G6": "1.200"})
    give(page, "bieu02_SCT (sửa).xlsx", corrected)
    page.get_by_role("button", name="Tải lên tệp đã sửa").click()

    expect(page.get_by_role("heading", name="Sẽ ghi 3 dòng")).to_be_visible(timeout=AT_WORK)
    expect(page.locator(".recognised")).to_contain_text("Trả lời như ở tệp trước")
    expect(page.locator(".import-rows tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Xác nhận nhập 3 dòng").click()
    expect(page.get_by_text("Đã nhập 3 dòng từ bieu02_SCT (sửa).xlsx")).to_be_visible(
        timeout=AT_WORK
    )
    its_page = page.url

    page.get_by_role("link", name="Xem các dòng vừa nhập").click()
    expect(page.locator(".register-table tbody tr")).to_have_count(3)
    expect(page.locator(".register-table")).to_contain_text("12.750.000")

    page.goto(its_page)
    page.get_by_text("Hoàn tác lần nhập này").click()
    page.get_by_role("button", name="Hoàn tác 3 dòng").click()
    expect(page.get_by_text("3 dòng trở lại như trước khi nhập.")).to_be_visible(timeout=AT_WORK)


def correct(marked: Path, cells: dict[str, str]) -> bytes:
    """What somebody does in Excel: each marked cell says what is wrong, and is typed over."""
    book = openpyxl.load_workbook(io.BytesIO(marked.read_bytes()))
    for place, text in cells.items():
        cell = book["Bieu 02"][place]
        assert cell.comment is not None
        cell.value, cell.comment = text, None
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_file_that_is_no_table_is_refused_in_words(at_import: Page):
    page = at_import
    give(page, "ảnh.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    page.get_by_role("button", name="Tải tệp lên").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=AT_WORK)
    expect(page.get_by_text("Chưa ghi gì vào hệ thống.")).to_be_visible()
    expect(page.get_by_role("button", name="Tải tệp khác lên")).to_be_visible()


def test_a_file_can_be_put_aside_and_nothing_is_left_of_it(at_import: Page):
    page = at_import
    give(page, "bỏ.xlsx", sheet("Hữu Nghị", "1.200"))
    page.get_by_role("button", name="Tải tệp lên").click()
    expect(page.get_by_role("heading", name="Cần trả lời (2)")).to_be_visible(timeout=AT_WORK)
    page.get_by_role("button", name="Bỏ tệp này").click()
    expect(page.get_by_text("Đã bỏ tệp “bỏ.xlsx”; chưa ghi gì vào hệ thống.")).to_be_visible()
    expect(page.locator(".import-list", has_text="bỏ.xlsx")).to_have_count(0)
