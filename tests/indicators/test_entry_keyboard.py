"""A year is entered, corrected and checked without a mouse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from indicators.models import Figure, Remark
from reference.models import Period
from reference.periods import open_year
from tests.entering import SHEET, TOTAL, cell_of, saved
from tests.stack import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTUAL, EXPORT, IMPORT = (cell_of(f"TRADE.{row}") for row in ("TOTAL", "EXPORT", "IMPORT"))
FOCUSED = """() => {
  const target = document.activeElement;
  const place = target.closest("[data-side]");
  const style = getComputedStyle(target);
  const seen = target.getBoundingClientRect();
  return {
    cell: target.matches("td > input")
      ? `${target.closest("[data-row]").dataset.row} ${place.dataset.side}` : "",
    is_shown: parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none",
    is_in_sight: seen.top >= 0 && seen.bottom <= innerHeight,
  };
}"""


@pytest.fixture
def small_screen(page, open_sheet, officer: User) -> Page:
    """The rows of one agency."""
    return open_sheet(page, officer)


def test_a_whole_year_is_entered_and_checked_without_a_mouse(small_screen, stored, complaints):
    page = small_screen
    page.keyboard.press("F9")  # only my cells; the cursor is nowhere yet
    page.keyboard.press("F9")
    page.locator("#entry").evaluate("table => table.querySelector('td > input').focus()")
    cells = page.locator("#entry td[data-side] > input").count()
    entered: dict[str, str] = {}
    for number in range(cells):
        focused = page.evaluate(FOCUSED)
        assert focused["is_shown"], f"no sign of the cursor in {focused['cell']}"
        assert focused["is_in_sight"]
        entered[focused["cell"]] = text = str(11 + number)
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    saved(page)
    assert len(entered) == cells > 5

    for cell, text in entered.items():
        code, side = cell.split()
        assert stored(code, side).value == int(text), cell
    page.keyboard.press("F4")
    expect(page.locator("#no-rows")).to_be_visible()
    page.keyboard.press("F4")
    expect(page.locator("#no-rows")).to_be_hidden()
    complaints.clear()


def test_enter_and_arrows_walk_the_column_and_the_row(screen):
    screen.focus(ACTUAL)
    screen.keyboard.press("Enter")
    expect(screen.locator(EXPORT)).to_be_focused()
    screen.keyboard.press("ArrowDown")
    expect(screen.locator(IMPORT)).to_be_focused()
    screen.keyboard.press("Shift+Enter")
    screen.keyboard.press("ArrowUp")
    expect(screen.locator(ACTUAL)).to_be_focused()
    screen.keyboard.press("ArrowLeft")
    expect(screen.locator(cell_of("TRADE.TOTAL", "plan"))).to_be_focused()
    screen.keyboard.press("ArrowRight")
    expect(screen.locator(ACTUAL)).to_be_focused()

    screen.keyboard.press("Control+End")
    last = screen.locator("#entry td[data-side=actual] > input").last
    expect(last).to_be_focused()
    screen.keyboard.press("Control+Home")
    expect(screen.locator("#entry td[data-side=actual] > input").first).to_be_focused()


def test_f8_leads_to_a_cell_whose_number_is_refused(screen, complaints):
    screen.focus(ACTUAL)
    screen.keyboard.type("bốn nghìn")
    screen.keyboard.press("Enter")
    expect(screen.locator(".cell-message")).to_be_visible()
    expect(screen.locator(EXPORT)).to_be_focused()

    screen.keyboard.press("F8")

    expect(screen.locator(ACTUAL)).to_be_focused()
    complaints.clear()  # the browser's note of the refusal


def test_who_comes_for_empty_cells_begins_in_the_first(screen):
    screen.goto(f"{screen.url}?chi=trong")

    cursor = screen.locator("#entry td > input:focus")
    expect(cursor).to_have_value("")
    first = screen.locator("#entry tr[data-row]:not([hidden])").first
    expect(first.locator("input:focus")).to_have_count(1)


def test_the_page_says_that_a_year_has_begun(page, live_server, sign_in, desk, agencies, year_2019):
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}{SHEET}")
    expect(page.locator(".eyebrow")).to_contain_text("Chưa nhập")
    page.focus(ACTUAL)
    page.keyboard.type("4.750")
    page.keyboard.press("Enter")

    expect(page.locator(".eyebrow")).to_contain_text("Đang nhập")


def test_the_arrow_keys_move_inside_a_number_being_typed(screen):
    screen.focus(ACTUAL)
    screen.keyboard.type("475")
    screen.keyboard.press("ArrowLeft")
    screen.keyboard.type("9")

    expect(screen.locator(ACTUAL)).to_have_value("4795")
    expect(screen.locator(ACTUAL)).to_be_focused()


def test_a_past_year_opens_from_its_number_and_leads_back(screen, agencies):
    open_year(2018)
    Figure.objects.create(
        indicator="TRADE.TOTAL",
        period=Period.objects.full_year(2018),
        agency=agencies["SCT"],
        side="actual",
        state="value",
        value=4855,
    )
    screen.reload()
    screen.focus(cell_of("TRADE.TOTAL", "plan"))
    screen.keyboard.press("ArrowLeft")
    past = screen.locator(f"{TOTAL} .c-past button")
    expect(past).to_be_focused()
    screen.keyboard.press("Enter")
    expect(screen.locator("#source-panel")).to_be_visible()
    screen.keyboard.press("Escape")
    expect(past).to_be_focused()


def test_the_details_open_and_close_by_keys(screen, stored):
    screen.focus(ACTUAL)
    screen.keyboard.press("F2")
    screen.keyboard.press("Tab")
    expect(screen.locator('.details [data-of="actual"] [data-field="status"]')).to_be_focused()
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Escape")

    expect(screen.locator(ACTUAL)).to_be_focused()
    expect(screen.locator(".details")).to_have_count(0)
    saved(screen)
    assert stored().status == "estimate"


def test_a_question_is_answered_by_keys(screen, stored, complaints):
    screen.focus(ACTUAL)
    screen.keyboard.type("4,750.5")
    screen.keyboard.press("Enter")
    expect(screen.locator(".cell-message")).to_contain_text("Có phải 4.750,5?")
    expect(screen.locator(EXPORT)).to_be_focused()  # typing goes on

    screen.keyboard.press("F8")
    expect(screen.get_by_role("button", name="Đúng, ghi 4.750,5")).to_be_focused()
    screen.keyboard.press("Escape")
    expect(screen.locator(ACTUAL)).to_be_focused()
    screen.keyboard.press("F8")
    screen.keyboard.press("Enter")

    expect(screen.locator(ACTUAL)).to_be_focused()
    saved(screen)
    assert stored().value == Decimal("4750.5")
    complaints.clear()  # Chromium notes the refusal (422)


def test_escape_gives_up_what_was_refused(screen, stored, complaints):
    screen.focus(ACTUAL)
    screen.keyboard.type("-5")
    expect(screen.locator(f"{TOTAL} .c-ratio")).to_have_text("")
    screen.keyboard.press("Enter")
    expect(screen.locator(".cell-message")).to_contain_text("không thể âm")
    screen.keyboard.press("Shift+Enter")
    screen.keyboard.press("Escape")

    expect(screen.locator(ACTUAL)).to_have_value("4.750")
    expect(screen.locator(".cell-message")).to_have_count(0)
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert stored().value == 4750
    complaints.clear()  # Chromium notes the refusal (422)


def test_the_other_persons_value_settles_a_conflict(screen, stored, officer, complaints):
    Figure.objects.filter(side="actual").update(version=2, entered_by=officer, value=2200)
    screen.focus(ACTUAL)
    screen.keyboard.type("2.210")
    screen.keyboard.press("Enter")
    expect(screen.locator(".cell-message")).to_be_visible()
    screen.keyboard.press("F8")
    screen.keyboard.press("Enter")

    expect(screen.locator(ACTUAL)).to_have_value("2.200")
    expect(screen.locator("#save-state")).to_contain_text("Đã lưu tất cả")
    assert stored().version == 2
    complaints.clear()  # Chromium notes the conflict (409)


# --- undo ---------------------------------------------------------------------------------


def test_the_last_saved_cells_are_undone_and_redone(screen, stored):
    screen.focus(ACTUAL)
    for text in ("4.760", "2.560", "2.200"):
        screen.keyboard.type(text)
        screen.keyboard.press("Enter")
    saved(screen)

    screen.keyboard.press("Control+z")
    expect(screen.locator(IMPORT)).to_be_focused()
    expect(screen.locator(IMPORT)).to_have_value("")
    screen.keyboard.press("Control+z")
    screen.keyboard.press("Control+z")
    expect(screen.locator(ACTUAL)).to_be_focused()
    expect(screen.locator(ACTUAL)).to_have_value("4.750")
    saved(screen)
    assert stored().value == 4750
    assert (stored("TRADE.EXPORT"), stored("TRADE.IMPORT")) == (None, None)

    screen.keyboard.press("Control+Shift+z")
    screen.keyboard.press("Control+y")
    expect(screen.locator(EXPORT)).to_have_value("2.560")
    saved(screen)
    assert stored().value == 4760
    assert stored("TRADE.EXPORT").value == 2560
    assert stored("TRADE.IMPORT") is None


def test_undo_brings_back_everything_that_belonged_to_the_number(screen, stored):
    Figure.objects.filter(side="actual").update(
        eleven_months=4310, december_estimate=440, status="estimate", note="số sơ bộ"
    )
    screen.reload()
    screen.focus(ACTUAL)
    screen.keyboard.press("Delete")
    screen.keyboard.press("Enter")
    saved(screen)
    until(lambda: stored() is None, "the cell to be emptied")

    screen.keyboard.press("Control+z")

    expect(screen.locator(ACTUAL)).to_have_value("4.750")
    saved(screen)
    found = stored()
    assert (found.value, found.eleven_months, found.december_estimate) == (4750, 4310, 440)
    assert (found.status, found.note) == ("estimate", "số sơ bộ")


def test_undo_never_takes_back_what_somebody_else_wrote_since(screen, stored, officer):
    screen.focus(ACTUAL)
    screen.keyboard.type("4.760")
    screen.keyboard.press("Enter")
    saved(screen)
    Figure.objects.current().filter(side="actual").update(version=3, entered_by=officer, value=4780)
    screen.reload()
    screen.focus(ACTUAL)
    screen.keyboard.press("Control+z")

    expect(screen.locator(ACTUAL)).to_have_value("4.780")
    assert stored().value == 4780


def test_while_a_number_is_typed_undo_is_the_browsers_own(screen, stored):
    screen.focus(ACTUAL)
    screen.keyboard.type("4.760")
    screen.keyboard.press("Enter")
    saved(screen)
    screen.keyboard.type("25")
    screen.keyboard.press("Control+z")

    expect(screen.locator(EXPORT)).to_be_focused()
    expect(screen.locator(ACTUAL)).to_have_value("4.760")
    assert stored().value == 4760


# --- only some of the rows -------------------------------------------------------------------


def test_one_key_each_shows_only_empty_returned_and_my_cells(
    page, open_sheet, desk, officer, stored
):
    returned = stored()
    Remark.objects.create(figure=returned, kind="return", text="Thiếu tháng 12", written_by=desk)
    screen = open_sheet(page, officer)
    rows = screen.locator("#entry tr[data-row]:visible")
    everything = rows.count()

    screen.keyboard.press("F4")
    expect(screen.get_by_role("button", name="Chỉ hiện ô còn thiếu")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert rows.count() == everything - 1
    screen.keyboard.press("F4")
    screen.keyboard.press("F9")
    mine = screen.locator("#entry tr[data-row]:visible").count()
    with_fields = screen.locator("#entry tr[data-row]:has(td > input)").count()
    assert mine == with_fields
    screen.keyboard.press("F9")
    assert rows.count() == everything


def test_a_returned_cell_tells_why_where_it_is_entered(screen):
    screen.evaluate(
        """() => {
          const cell = entryScreen.cellAt("TRADE.TOTAL", "actual");
          cell.saved.remark =
            { kind: "return", text: "Thiếu tháng 12", who: "Vi Thị Mẫu", when: "16/12" };
          cell.row.showRemark(cell);
        }"""
    )
    screen.keyboard.press("F7")
    expect(screen.locator("#entry tr[data-row]:visible")).to_have_count(1)
    screen.focus(ACTUAL)

    said = "Bị trả lại: Thiếu tháng 12 (Vi Thị Mẫu, 16/12)"
    expect(screen.locator(".cell-message")).to_have_text(said)
    expect(screen.locator(ACTUAL)).to_have_accessible_description(f"{said} {said}")
    screen.keyboard.press("F4")  # returned and empty: none
    expect(screen.locator("#no-rows")).to_be_visible()


def test_the_keys_are_listed_by_a_key(screen):
    screen.focus(ACTUAL)
    screen.keyboard.press("F1")
    help_ = screen.get_by_role("dialog", name="Phím tắt của trang này")
    expect(help_).to_contain_text("hoàn tác ô lưu gần nhất")
    screen.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    expect(screen.locator(ACTUAL)).to_be_focused()


def test_an_address_leads_to_a_cell_and_to_a_filter(screen, live_server):
    screen.goto(f"{live_server.url}{SHEET}#TRADE.IMPORT.actual")
    screen.reload()
    expect(screen.locator(IMPORT)).to_be_focused()
    screen.goto(f"{live_server.url}{SHEET}?chi=trong")
    expect(screen.locator(TOTAL)).to_be_hidden()


def test_two_hundred_rows_stay_fluid(screen):
    """A keystroke costs the same whatever the number of rows."""
    few, many = screen.evaluate(
        """async () => {
          const typing = async () => {
            const { input } = entryScreen.cellAt("TRADE.TOTAL", "actual");
            const times = [];
            for (let number = 0; number < 300; number++) {
              const start = performance.now();
              input.value = String(number);
              input.dispatchEvent(new InputEvent("input", { bubbles: true }));
              times.push(performance.now() - start);
              if (number % 20 === 0) await new Promise(requestAnimationFrame);
            }
            return times.sort((one, other) => one - other)[150];
          };
          await typing();
          const few = await typing();
          const rows = [...entryScreen.rows.values()];
          while (entryScreen.rows.size < 400) {
            const copy = rows[entryScreen.rows.size % rows.length].element.cloneNode(true);
            entryScreen.table.tBodies[0].append(copy);
            const row = new EntryRow(copy);
            entryScreen.rows.set(copy, row);
            entryScreen.allCells.push(...Object.values(row.cells));
          }
          return [few, await typing()];
        }"""
    )
    assert many < 2 * few + 0.5  # ms
