"""Pasting a block in the browser: the diff stands in a dialog, nothing is written before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from indicators.models import Figure
from tests.entering import cell_of, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", how);
  input.focus();
  if (input.dispatchEvent(event)) input.setRangeText(text.trim());
}"""


def paste(page: Page, text: str, code: str = "TRADE.TOTAL", side: str = "plan") -> None:
    page.locator(cell_of(code, side)).evaluate(PASTE, text)


def test_a_block_is_shown_as_a_diff_and_then_written(screen: Page, stored):
    paste(screen, "5.230\t4.760\r\n3.150\t2.550\r\n2.080\t2.200\r\n")
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("Dòng mới: 2 · Dòng thay đổi: 1")
    expect(dialog.locator("tbody tr").first).to_contain_text("4.7504.760")
    assert stored("TRADE.EXPORT") is None
    dialog.get_by_role("button", name="Ghi 3 dòng").click()
    expect(screen.locator(cell_of("TRADE.EXPORT"))).to_have_value("2.550")
    assert stored("TRADE.TOTAL").value == 4760


def test_a_cancelled_block_leaves_everything(screen: Page, stored):
    paste(screen, "Kim ngạch xuất khẩu\tabc\nKNNK\t2.080")
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("Dòng lỗi: 1")
    expect(dialog.get_by_role("button", name="Ghi")).to_be_hidden()
    screen.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(screen.locator(cell_of("TRADE.TOTAL", "plan"))).to_be_focused()
    assert Figure.objects.count() == 2


def test_one_cell_of_a_spreadsheet_is_pasted_as_typed(screen: Page):
    paste(screen, "3.150\r\n", "TRADE.EXPORT")
    expect(screen.locator(cell_of("TRADE.EXPORT", "plan"))).to_have_value("3.150")
    expect(screen.get_by_role("dialog")).to_have_count(0)


BLOCK = "5.230\t4.760\r\n3.150\t2.550\r\n2.080\t2.200\r\n"


@pytest.fixture
def pasted(screen: Page, stored) -> Page:
    """A block was written and the page has come again."""
    paste(screen, BLOCK)
    screen.get_by_role("dialog").get_by_role("button", name="Ghi 3 dòng").click()
    expect(screen.locator(cell_of("TRADE.EXPORT"))).to_have_value("2.550")
    expect(screen.locator("#pasted")).to_contain_text("5 ô")
    expect(screen.locator(cell_of("TRADE.TOTAL", "plan"))).to_be_focused()
    return screen


def test_one_key_takes_the_whole_block_back_and_one_puts_it_in_again(pasted: Page, stored):
    pasted.keyboard.press("Control+z")
    expect(pasted.locator(cell_of("TRADE.IMPORT"))).to_have_value("")
    expect(pasted.locator(cell_of("TRADE.TOTAL"))).to_have_value("4.750")
    expect(pasted.locator("#pasted")).to_be_hidden()
    saved(pasted)
    assert stored("TRADE.EXPORT") is None or stored("TRADE.EXPORT").value is None
    assert stored("TRADE.TOTAL").value == 4750
    pasted.keyboard.press("Control+y")
    expect(pasted.locator(cell_of("TRADE.IMPORT"))).to_have_value("2.200")
    saved(pasted)
    assert stored("TRADE.TOTAL").value == 4760


def test_undoing_the_paste_keeps_what_was_entered_since(pasted: Page, stored):
    field = pasted.locator(cell_of("TRADE.EXPORT"))
    field.fill("2.560")
    field.press("Enter")
    saved(pasted)
    expect(pasted.locator("#pasted")).to_contain_text("4 ô")
    pasted.reload()
    pasted.get_by_role("button", name="Hoàn tác lần dán").click()
    expect(pasted.locator("#pasted")).to_be_hidden()
    saved(pasted)
    expect(field).to_have_value("2.560")
    assert (stored("TRADE.EXPORT").value, stored("TRADE.TOTAL").value) == (2560, 4750)


def test_a_block_is_pasted_into_a_month(open_sheet, page: Page, officer, live_server):
    open_sheet(page, officer)
    page.goto(f"{live_server.url}/so-lieu/2019/thang-5/")
    paste(page, "400\r\n200\r\n", side="actual")
    page.get_by_role("dialog").get_by_role("button", name="Ghi 2 dòng").click()
    expect(page.locator(cell_of("TRADE.EXPORT"))).to_have_value("200")
    assert set(Figure.objects.filter(value__lte=400).values_list("period__months")) == {(5,)}
