"""The editor of a section in Chromium, by keyboard alone, and for everybody."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from reports.cleaning import clean
from reports.models import Section
from reports.outlines import outlines
from tests.stack import until
from tests.writing import (
    TEXT,
    address_of,
    saved,
    settled,
    stored,
    to_end,
    type_text,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]


def pick(page: Page, query: str, opened_by: str = "/") -> None:
    """Choose the first figure found, by keyboard."""
    page.keyboard.press(opened_by)
    expect(page.locator("#picker-query")).to_be_focused()
    page.keyboard.type(query)
    expect(page.locator("#picker [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#picker")).to_be_hidden()
    settled(page)


def test_a_section_is_written_by_keyboard_alone(desk_page: Page, section: Section) -> None:
    page = desk_page
    page.focus(TEXT)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    type_text(page, "Kim ngạch ")
    pick(page, "tổng kim ngạch đạt 2019")
    type_text(page, ", ")
    pick(page, "kim ngạch 2019 % kế hoạch", "Control+Space")
    type_text(page, ". Rất ")
    page.keyboard.press("Control+b")
    type_text(page, "quan trọng")
    page.keyboard.press("Control+b")
    page.keyboard.press("Control+Alt+f")
    expect(page.locator(".footnote-box .ProseMirror")).to_be_focused()
    type_text(page, "Nguồn: ")
    pick(page, "xuất khẩu năm trước", "Control+Space")
    type_text(page, ".")
    page.keyboard.press("Escape")
    type_text(page, ".")
    page.keyboard.press("Enter")
    type_text(page, "- một")
    page.keyboard.press("Enter")
    type_text(page, "hai")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")  # the tools, arrows between them
    for _step in range(2):
        page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-tool="table"]')).to_be_focused()
    page.keyboard.press("Enter")
    type_text(page, "Chỉ tiêu")
    page.keyboard.press("Tab")
    type_text(page, "Số")
    saved(page)
    text = stored(section)
    assert text.startswith(
        "<p>Kim ngạch [[TRADE.TOTAL reached]], [[TRADE.TOTAL plan]]. "
        "Rất <strong>quan trọng</strong>"
        '<span class="footnote">Nguồn: [[TRADE.EXPORT last]].</span>.</p>\n'
        "<ul><li>một</li><li>hai</li></ul>\n<table><tbody><tr><th>Chỉ tiêu</th><th>Số</th>"
    ), text
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Kim ngạch ước đạt 4.750 triệu USD, đạt 90,8% kế hoạch.")
    expect(preview.locator(".paper-notes")).to_contain_text("Nguồn: khoảng 2.955 triệu USD")


def test_escape_gives_the_slash_back(desk_page: Page) -> None:
    to_end(desk_page)
    type_text(desk_page, " a ")
    desk_page.keyboard.press("/")
    desk_page.keyboard.press("Escape")
    expect(desk_page.locator(TEXT)).to_be_focused()
    type_text(desk_page, "b, ngày 05/12")
    expect(desk_page.locator(f"{TEXT} p").last).to_have_text("Ba. a /b, ngày 05/12")


def test_undo_and_redo_reach_back_over_chips_and_saves(desk_page: Page, section: Section) -> None:
    to_end(desk_page)
    type_text(desk_page, " Thêm ")
    pick(desk_page, "tổng kim ngạch")
    saved(desk_page)
    for _step in range(4):
        desk_page.keyboard.press("Control+z")
    expect(desk_page.locator(TEXT)).to_have_text("Một.Hai.Ba.")
    until(lambda: stored(section).endswith("<p>Ba.</p>"), "the text to be back")
    for _step in range(4):
        desk_page.keyboard.press("Control+y")
    expect(desk_page.locator(f"{TEXT} .chip")).to_have_text("4.750 triệu USD")


def test_a_chip_opens_its_source_and_changes_its_form(desk_page: Page, section: Section) -> None:
    to_end(desk_page)
    type_text(desk_page, " ")
    pick(desk_page, "tổng kim ngạch")
    chip = desk_page.locator(f"{TEXT} .chip")
    expect(chip).to_have_attribute("title", re.compile("Tổng kim ngạch xuất nhập khẩu · giá trị"))
    desk_page.keyboard.press("ArrowLeft")
    expect(chip).to_have_class(re.compile("is-selected"))
    desk_page.keyboard.press("Enter")
    menu = desk_page.get_by_role("menu")
    menu.get_by_role("menuitemradio", name="giảm 2,2% so với năm 2018").click()
    expect(chip).to_have_text("giảm 2,2% so với năm 2018")
    until(lambda: "[[TRADE.TOTAL change]]" in stored(section), "the form to be saved")
    chip.click()
    menu.get_by_role("menuitem", name="Nguồn số liệu").click()
    expect(desk_page.locator("#source-panel")).to_contain_text("4.750")


def test_chips_say_when_they_have_nothing_to_say(
    page: Page, section: Section, compiler: User, open_section
) -> None:
    text = "<p>[[ECON.GRDP]] và [[ECON.GRDP change]], [[OLD.NAME plan]].</p>"
    Section.objects.filter(pk=section.pk).update(text=text)
    open_section(page, section, compiler)
    chips = page.locator(f"{TEXT} .chip")
    expect(chips).to_have_text(
        [
            "chưa có số liệu",
            "bỏ cả vế so sánh",
            "chỉ tiêu đã đổi tên hoặc không còn",
        ]
    )
    to_end(page)
    type_text(page, " Thêm.")
    saved(page)
    assert stored(section) == text.replace("</p>", " Thêm.</p>")


def test_a_typed_number_becomes_a_figure_or_stays(desk_page: Page, section: Section) -> None:
    to_end(desk_page)
    type_text(desk_page, " Xuất khẩu đạt 81% kế hoạch, năm 2019, cùng 77 đoàn.")
    marks = desk_page.locator(f"{TEXT} .numeral")
    expect(marks).to_have_text(["81%", "77 đoàn"])
    desk_page.keyboard.press("Control+.")
    menu = desk_page.get_by_role("menu")
    menu.get_by_role("menuitem", name="đạt 81% kế hoạch").click()
    expect(desk_page.locator(f"{TEXT} .chip")).to_have_text("đạt 81% kế hoạch")
    expect(marks).to_have_text(["77 đoàn"])
    marks.click()
    expect(menu).to_contain_text("Không có số liệu nào của năm bằng số này.")
    menu.get_by_role("menuitem", name="Giữ nguyên").click()
    expect(marks).to_have_count(0)
    until(
        lambda: (
            Section.objects.get(pk=section.pk).left_as_typed == ["đoàn cùng 77 đoàn"]
            or bool(Section.objects.get(pk=section.pk).left_as_typed)
        ),
        "the choice to be saved",
    )
    assert "Xuất khẩu [[TRADE.EXPORT plan]], năm 2019, cùng 77 đoàn." in stored(section)


def texts_of_reports() -> list[str]:
    found = [one.text for outline in outlines().values() for one in outline.sections]
    for path in sorted((ROOT / "fixtures" / "reports").glob("*-*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8")).get("texts", {}).values()
    return found


def test_every_real_text_goes_through_the_editor_unchanged(desk_page: Page) -> None:
    texts = [clean(text.strip()) for text in texts_of_reports()]
    texts += [
        "<h4>Đề mục</h4>\n<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        '<table><tbody><tr><th colspan="2">A &amp; B</th></tr><tr><td>[[TRADE.TOTAL number]]</td>'
        "<td><p>x</p><p>y</p></td></tr></tbody></table>",
        '<p>Có <em>nghiêng</em>, <u>gạch</u><br>dòng &lt;b&gt;<span class="footnote">Ghi <strong>'
        "đậm</strong> [[TRADE.TOTAL]].</span>.</p>",
    ]
    assert len(texts) > 100
    through = desk_page.evaluate(
        """async (texts) => {
          const data = JSON.parse(document.getElementById("section-data").textContent);
          const lib = await import(data.library);
          const views = {textOf: () => "", chip: undefined, footnote: undefined};
          const schema = new EditorSchema(lib, views);
          return texts.map((text) => schema.write(schema.read(text)));
        }""",
        texts,
    )
    assert [clean(text) for text in through] == texts


def test_tools_picker_and_text_have_names_and_roles(desk_page: Page) -> None:
    expect(desk_page.get_by_role("toolbar", name="Công cụ soạn")).to_be_visible()
    expect(desk_page.get_by_role("button", name="Đậm")).to_have_attribute("aria-pressed", "false")
    expect(desk_page.get_by_role("textbox", name="Nội dung mục")).to_be_visible()
    to_end(desk_page)
    desk_page.keyboard.press("Control+Space")
    box = desk_page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-activedescendant", "picker-option-0")
    desk_page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "picker-option-1")


def test_on_a_phone_the_preview_is_behind_a_button(desk_page: Page) -> None:
    desk_page.set_viewport_size({"width": 390, "height": 844})
    expect(desk_page.locator("#preview")).to_be_hidden()
    desk_page.get_by_role("button", name="Xem trước").click()
    expect(desk_page.locator("#preview .paper-sheet")).to_be_visible()
    assert desk_page.evaluate("document.documentElement.scrollWidth") <= 390


def test_where_no_script_runs_the_plain_form_saves(
    chromium, section: Section, compiler: User, sign_in, live_server
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    sign_in(context, compiler, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    page.get_by_role("textbox").fill("Chỉ chữ.")
    page.get_by_role("button", name="Lưu").click()
    assert stored(section) == "<p>Chỉ chữ.</p>"
    context.close()
