"""The entry table in Chromium: keys, totals while typing, pasting, a lost connection, conflicts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from reference.gates import Gate
from reference.periods import open_year
from tests.registers.samples import samples
from trade.models import Turnover

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/so/kim-ngach/bang/?kind=month&month=11/2019&scope=report"


@pytest.fixture
def table(page, live_server, desk, agencies, sign_in):
    """The table of November 2019, one value of last year beside it."""
    open_year(2019)
    sample = samples()["trade"]
    sample.needs()
    sample.record(agencies["SCT"], desk, month="11/2018", value="200.000.000")
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}{ADDRESS}")
    return page


def box(page, gate, flow="xuất khẩu"):
    return page.get_by_label(f"{gate}, {flow}", exact=True)


def saved(page):
    page.get_by_role("button", name="Lưu", exact=True).click()


def test_a_table_is_filled_by_keys_alone_and_adds_up_while_typing(table):
    page = table
    expect(box(page, "Hữu Nghị")).to_be_focused()
    page.keyboard.type("150,5")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(box(page, "Chi Ma", "nhập khẩu")).to_be_focused()
    page.keyboard.type("9,5")
    page.keyboard.press("ArrowLeft")  # at the end of a number it moves inside first
    page.keyboard.press("Escape")
    page.keyboard.type("9,25")
    rows = page.locator("#turnover-table tbody tr")
    expect(rows.nth(0).locator("[data-row-sum]")).to_have_text("170,5")
    expect(rows.nth(0).locator("[data-change]").nth(0)).to_have_text("−24,8%")
    sums = page.locator("[data-column-sum]")
    expect(sums).to_have_text(["150,5", "29,25", "179,75"])
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Đã lưu 3 dòng.")).to_be_visible()
    expect(box(page, "Hữu Nghị")).to_have_value("150,50")
    assert Turnover.objects.count() == 4


def paste(page, text, gate="Hữu Nghị"):
    box(page, gate).evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            input.focus();
            input.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )
    return page.get_by_role("dialog")


def test_a_block_from_a_spreadsheet_is_shown_and_then_filled_in(table):
    page = table
    box(page, "Chi Ma", "nhập khẩu").fill("9")
    dialog = paste(page, "1.000,5\t2\r\n3\t4\r\n")
    expect(dialog.locator("tbody tr").nth(3)).to_contain_text("94")
    expect(box(page, "Hữu Nghị")).to_have_value("")
    dialog.get_by_role("button", name="Điền 4 ô").click()
    expect(box(page, "Chi Ma", "nhập khẩu")).to_have_value("4")
    expect(page.locator("[data-column-sum]")).to_have_text(["1.003,5", "6", "1.009,5"])
    saved(page)
    expect(page.get_by_text("Đã lưu 4 dòng.")).to_be_visible()
    paste(page, "1\t2")
    expect(dialog.get_by_role("button", name="Điền 1 ô")).to_be_visible()


def test_one_key_takes_a_block_out_again_until_something_of_it_is_changed(table):
    page = table
    box(page, "Chi Ma", "nhập khẩu").fill("9")
    dialog = paste(page, "1.000,5\t2\r\n3\t4\r\n")
    dialog.get_by_role("button", name="Điền 4 ô").click()
    expect(box(page, "Hữu Nghị")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(box(page, "Hữu Nghị")).to_have_value("")
    expect(box(page, "Chi Ma", "nhập khẩu")).to_have_value("9")
    expect(page.locator("[data-column-sum]").last).to_have_text("9")
    paste(page, "5\t6").get_by_role("button", name="Điền 2 ô").click()
    box(page, "Hữu Nghị").fill("7")
    page.keyboard.press("Control+z")
    expect(box(page, "Hữu Nghị", "nhập khẩu")).to_have_value("6")


def test_lines_of_a_block_go_to_the_gates_they_name(table):
    page = table
    dialog = paste(page, "Chi Ma\t7\nHuu Nghi\t8\t")
    dialog.get_by_role("button", name="Điền 2 ô").click()
    expect(box(page, "Chi Ma")).to_have_value("7")
    expect(box(page, "Hữu Nghị")).to_have_value("8")


def test_a_block_that_does_not_fit_or_is_no_number_fills_in_nothing(table):
    page = table
    for text, said in (
        ("5\tabc", "không phải số"),
        ("1\t2\t3", "nhiều cột hơn"),
        ("1\n" * 200, "nhiều dòng hơn"),
        ("Cửa khẩu lạ\t5", "không có trong bảng"),
    ):
        dialog = paste(page, text)
        expect(dialog).to_contain_text(said)
        expect(dialog.get_by_role("button", name="Điền")).to_be_hidden()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(box(page, "Hữu Nghị")).to_have_value("")


def test_an_emptied_cell_asks_for_the_reason(table, complaints):
    page = table
    box(page, "Hữu Nghị").fill("7")
    saved(page)
    expect(page.get_by_text("Đã lưu 1 dòng.")).to_be_visible()
    reason = page.get_by_label("Lý do xóa")
    expect(reason).to_be_hidden()
    box(page, "Hữu Nghị").fill("")
    expect(reason).to_be_visible()
    reason.fill("nhập nhầm tháng")
    saved(page)
    expect(page.locator(".is-changed")).to_have_count(0)
    expect(reason).to_be_hidden()
    assert Turnover.objects.alive().count() == 1


def test_what_was_typed_survives_a_lost_connection_and_a_closed_page(table, complaints):
    page = table
    box(page, "Chi Ma").fill("12,5")
    page.context.set_offline(True)
    saved(page)
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Khôi phục bản nháp").click()
    expect(box(page, "Chi Ma")).to_have_value("12,5")
    saved(page)
    expect(page.get_by_text("Đã lưu 1 dòng.")).to_be_visible()
    complaints.clear()  # the browser's own words about the lost connection


def test_two_people_at_one_cell_choose(table, live_server, complaints):
    page = table
    other = page.context.new_page()
    other.goto(page.url)
    box(other, "Chi Ma").fill("5")
    saved(other)
    expect(other.get_by_text("Đã lưu 1 dòng.")).to_be_visible()
    box(page, "Chi Ma").fill("6")
    box(page, "Tân Thanh").fill("1")
    saved(page)
    expect(page.get_by_text("Chưa lưu: có người khác vừa sửa")).to_be_visible()
    page.get_by_label("ghi 6").check()
    saved(page)
    expect(page.get_by_text("Đã lưu 2 dòng.")).to_be_visible()
    assert Turnover.objects.get(gate=Gate.objects.get(code="CHIMA")).value == 6_000_000
    complaints.clear()  # the browser's own words about the conflict


@pytest.mark.parametrize("width", [1366, 390])
def test_the_table_does_not_scroll_the_page_sideways(table, width):
    page = table
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_list_and_the_menu_lead_to_the_table(table, live_server):
    page = table
    page.goto(f"{live_server.url}/so/kim-ngach/")
    links = page.get_by_role("link", name="Bảng nhập theo cửa khẩu")
    expect(links).to_have_count(2)
    links.last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bảng nhập theo cửa khẩu")


def test_a_number_in_the_other_writing_is_put_right_by_one_press(table, complaints):
    page = table
    box(page, "Chi Ma").fill("12.5")
    saved(page)
    page.get_by_role("button", name="Đúng, ghi 12,5").click()
    complaints.clear()  # Chromium notes the refusal (422)
    expect(box(page, "Chi Ma")).to_have_value("12,5")
    expect(page.locator(".t-message")).to_have_count(0)
    expect(page.locator("[data-column-sum]").first).to_have_text("12,5")
    saved(page)
    expect(page.get_by_text("Đã lưu 1 dòng.")).to_be_visible()
