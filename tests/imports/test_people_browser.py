"""New colleagues from a list: previewed, confirmed, slips printed once, and the slip opens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.imports.books import xlsx
from tests.journey.test_newcomer import sign_in, sign_out
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

HEADINGS = ("STT", "Họ và tên", "Tên đăng nhập", "Chức vụ", "Đơn vị", "Vai trò", "Từ ngày")
AT_WORK = 60_000  # ms: reading and writing are a worker's


def people() -> bytes:
    rows = [
        ("1", "Hoàng Thị Then", "then.hoang", "Chuyên viên", "SCT", "Cán bộ nhập liệu", ""),
        ("2", "Triệu Văn Sơn", "son.trieu", "Giám đốc", "", "Lãnh đạo", ""),
    ]
    return xlsx({"Can bo": [("DANH SÁCH CÁN BỘ SỬ DỤNG HỆ THỐNG",), (), HEADINGS, *rows]})


def test_people_get_their_slips_once_and_can_sign_in(page: Page, stack: Stack) -> None:
    sign_in(page, stack, "quantri")
    page.goto(f"{stack.url}/quan-tri/accounts/user/")
    page.locator(".object-tools").get_by_role("link", name="Nhập từ tệp").click()
    expect(page.locator(".where-chosen")).to_contain_text("Người dùng và vai trò")
    page.get_by_label("Tệp", exact=True).set_input_files(
        {"name": "can-bo.xlsx", "mimeType": "application/octet-stream", "buffer": people()}
    )
    page.get_by_role("button", name="Tải tệp lên").click()
    expect(page.get_by_role("heading", name="Sẽ ghi 2 dòng")).to_be_visible(timeout=AT_WORK)
    page.get_by_role("button", name="Xác nhận nhập 2 dòng").click()
    expect(page.get_by_text("Đã nhập 2 dòng từ can-bo.xlsx")).to_be_visible(timeout=AT_WORK)

    page.get_by_role("link", name="In phiếu cấp tài khoản").click()
    expect(page.locator("[data-password]")).to_have_count(0)
    page.get_by_role("button", name="Tạo mật khẩu và phiếu").click()
    slips = page.locator(".slip")
    expect(slips).to_have_count(2)
    expect(slips.first).to_contain_text("Hoàng Thị Then")
    password = slips.first.locator("[data-password]").inner_text()
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert fits_a_sheet(page)

    page.get_by_role("link", name="Đã in xong, về lần nhập").click()
    expect(page.get_by_role("link", name="In phiếu cấp tài khoản")).to_have_count(0)
    page.goto(f"{page.url}phieu-tai-khoan/")
    expect(page.get_by_text("phiếu chỉ tạo một lần")).to_be_visible()
    page.goto(f"{stack.url}/")
    sign_out(page)

    stack.passwords["then.hoang"] = password
    sign_in(page, stack, "then.hoang")
    page.wait_for_url("**/mat-khau/**")  # the slip opens the door once; a new password is asked


def fits_a_sheet(page: Page) -> bool:
    """Nothing of a slip is cut off."""
    return bool(
        page.evaluate(
            "[...document.querySelectorAll('.slip, .slip dl')]"
            ".every(one => one.scrollHeight <= one.clientHeight + 1)"
        )
    )
