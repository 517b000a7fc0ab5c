"""The editor of a section in Chromium: by keyboard, pasting, saving, two people, bad luck."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from reports.cleaning import clean
from reports.models import Report, Section, SectionPresence
from reports.outlines import outlines
from tests.browsing import PATIENCE, kill, launch
from tests.stack import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
ALONE = {"people": [], "twice": False, "version": 0, "who": ""}
TEXT = "#text .ProseMirror"
STATE = "#save-state"
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector("#text .ProseMirror").dispatchEvent(event);
}"""


@pytest.fixture
def section(report_2019: Report) -> Section:
    section = report_2019.sections.get(key="culture")
    Section.objects.filter(pk=section.pk).update(text="<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>")
    section.refresh_from_db()
    return section


@pytest.fixture
def open_section(live_server, sign_in) -> Callable[..., Page]:
    """Opens a section as somebody, in a page of theirs, and waits for its editor."""

    def opened(page: Page, section: Section, user: User) -> Page:
        sign_in(page.context, user, live_server.url)
        page.goto(live_server.url + address_of(section))
        ready(page)
        return page

    return opened


@pytest.fixture
def desk_page(page, section, compiler, open_section) -> Iterator[Page]:
    with at_rest(page):
        yield open_section(page, section, compiler)


@contextmanager
def at_rest(page: Page) -> Iterator[None]:
    """Afterwards nothing of the page is under way: the database may be emptied."""
    pending: set[Request] = set()
    page.on("request", lambda request: pending.add(request))
    for ended in ("requestfinished", "requestfailed"):
        page.on(ended, lambda request: pending.discard(request))
    yield
    page.context.set_offline(False)
    page.route("**/dang-soan/", lambda route: route.fulfill(json=ALONE))
    until(lambda: page.wait_for_timeout(50) or not pending, "the requests to end", 20)
    page.goto("about:blank")  # on leaving, the page says so
    with suppress(AssertionError):
        until(lambda: not SectionPresence.objects.exists(), "the window to go", 3)


def address_of(section: Section) -> str:
    return reverse("reports:section", args=[section.report_id, section.key])


def ready(page: Page) -> None:
    expect(page.locator("#writing[data-state=ready]")).to_be_visible()
    expect(page.locator("#preview .paper")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator(STATE)).to_have_attribute("data-state", "saved")


def stored(section: Section) -> str:
    return Section.objects.get(pk=section.pk).text


def to_end(page: Page) -> None:
    page.focus(TEXT)
    # On focus the editor puts its own cursor back by a timer of 20 ms; this one comes after it.
    page.evaluate("() => new Promise((done) => setTimeout(done, 40))")
    page.keyboard.press("Control+End")


def type_text(page: Page, text: str) -> None:
    page.keyboard.type(text)


def pick(page: Page, query: str, opened_by: str = "/") -> None:
    """Choose the first figure found, by keyboard."""
    page.keyboard.press(opened_by)
    expect(page.locator("#picker-query")).to_be_focused()
    page.keyboard.type(query)
    expect(page.locator("#picker [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#picker")).to_be_hidden(timeout=20_000)


# --- writing ---------------------------------------------------------------------------


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


# --- pasting ---------------------------------------------------------------------------

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}
</style></head><body lang=VI><!--StartFragment-->
<h1 style='color:red'>Đề mục</h1>
<p class=MsoNormal style='margin-left:18pt'><b><span lang=VI style='color:red'>Đậm</span></b>
 và <span style='font-style:italic'>nghiêng</span><o:p></o:p><a style='mso-footnote-id:ftn1'
 href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>-<span>&nbsp;&nbsp; </span></span><![endif]>ý một</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>ý con</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>-<span>&nbsp;&nbsp; </span></span><![endif]>ý hai</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>
 </span></span>thứ nhất</p>
<table border=1 style='width:100%'><tr><td colspan=2 style='background:yellow'><p class=MsoNormal>A
</p></td></tr><tr><td>B</td><td>C</td></tr></table>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Theo báo cáo.</p></div></div>
<!--EndFragment--></body></html>"""


def paste(page: Page, html: str, text: str = "x") -> None:
    page.evaluate(PASTE, [html, text])


def test_a_paste_from_word_keeps_structure_and_drops_the_rest(
    desk_page: Page, section: Section
) -> None:
    desk_page.focus(TEXT)
    desk_page.keyboard.press("Control+a")
    paste(desk_page, WORD)
    saved(desk_page)
    assert stored(section) == (
        "<h4>Đề mục</h4>\n"
        "<p><strong>Đậm</strong> và <em>nghiêng</em>"
        '<span class="footnote">Theo báo cáo.</span>.</p>\n'
        "<ul><li>ý một<ul><li>ý con</li></ul></li><li>ý hai</li></ul>\n"
        "<ol><li>thứ nhất</li></ol>\n"
        '<table><tbody><tr><td colspan="2">A</td></tr><tr><td>B</td><td>C</td></tr></tbody></table>'
    )


def test_a_web_page_comes_without_scripts_pictures_links_and_styles(
    desk_page: Page, section: Section
) -> None:
    to_end(desk_page)
    html = (
        "<nav><a href='http://e.invalid/'>Trang chủ</a></nav><script>window.hacked = 1</script>"
        "<style>p{color:red}</style><div><div>Khối <a href='javascript:alert(1)'>liên kết</a></div>"
        "<p onclick='x()' style='font-size:40px'>Đoạn</p></div>"
        "<img src='/x.png' onerror='hacked=1'>"
        "<iframe src='/'></iframe><form><input value='bí mật'><button>Gửi</button></form>"
    )
    paste(desk_page, html)
    saved(desk_page)
    text = stored(section)
    assert "<p>Khối liên kết</p>\n<p>Đoạn</p>" in text
    for left in ("script", "hacked", "href", "style", "img", "bí mật", "Gửi", "onclick"):
        assert left not in text
    assert desk_page.evaluate("window.hacked") is None
    expect(desk_page.locator("#notice")).to_contain_text("bỏ hình ảnh")


def test_script_pasted_as_text_stays_text(desk_page: Page, section: Section) -> None:
    to_end(desk_page)
    paste(desk_page, "", "<script>alert(1)</script>")
    saved(desk_page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in stored(section)


@pytest.mark.parametrize("kind", ["text", "html"])
def test_five_megabytes_are_refused_at_once_and_nothing_changes(
    desk_page: Page, section: Section, kind: str
) -> None:
    to_end(desk_page)
    script = """(kind) => {
      const words = "Nội dung rất dài. ".repeat(300000);
      const html = kind === "html" ? `<p>${words}</p>` : "";
      const begun = performance.now();
      const data = new DataTransfer();
      if (html) data.setData("text/html", html);
      data.setData("text/plain", words);
      document.querySelector("#text .ProseMirror").dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
      return performance.now() - begun;
    }"""
    assert desk_page.evaluate(script, kind) < 3000
    expect(desk_page.locator("#notice")).to_contain_text("Nội dung dán có 5.400.000 ký tự")
    expect(desk_page.locator(TEXT)).to_have_text("Một.Hai.Ba.")
    assert stored(section) == section.text


# --- nothing is lost -------------------------------------------------------------------


def test_without_a_line_the_text_waits_and_is_saved_when_it_is_back(
    desk_page: Page, section: Section, complaints: list[str]
) -> None:
    desk_page.context.set_offline(True)
    to_end(desk_page)
    type_text(desk_page, " Không mạng.")
    expect(desk_page.locator(STATE)).to_contain_text("Mất kết nối")
    assert stored(section) == section.text
    desk_page.context.set_offline(False)
    saved(desk_page)
    assert stored(section).endswith("<p>Ba. Không mạng.</p>")
    complaints.clear()  # Chromium notes the failed requests


def test_after_the_session_ended_signing_in_saves_the_text(
    desk_page: Page, section: Section, compiler: User, sign_in, live_server, complaints: list[str]
) -> None:
    Session.objects.all().delete()
    to_end(desk_page)
    type_text(desk_page, " Hết phiên.")
    expect(desk_page.locator(STATE)).to_contain_text("Hết phiên làm việc")
    expect(desk_page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    sign_in(desk_page.context, compiler, live_server.url)
    desk_page.get_by_role("button", name="Thử lại").click()
    saved(desk_page)
    assert "Hết phiên." in stored(section)
    complaints.clear()  # 401 is noted


@pytest.mark.parametrize("meanwhile", ["nobody", "somebody"])
def test_a_killed_browser_loses_nothing(
    chromium, tmp_path: Path, section: Section, compiler: User, sign_in, live_server, meanwhile: str
) -> None:
    context = launch(chromium, tmp_path)
    sign_in(context, compiler, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    context.set_offline(True)
    to_end(page)
    type_text(page, " Chưa kịp lưu.")
    expect(page.locator(STATE)).to_have_attribute("data-state", "offline")
    kill(tmp_path)
    if meanwhile == "somebody":
        text = section.text.replace("Một", "Một mới")
        Section.objects.filter(pk=section.pk).update(text=text, version=2)

    again = launch(chromium, tmp_path)
    sign_in(again, compiler, live_server.url)
    page = again.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    if meanwhile == "somebody":
        expect(page.locator("#notice")).to_contain_text("Bản chưa lưu lúc")
        page.get_by_role("button", name="Dùng bản này").click()
    else:
        expect(page.locator("#notice")).to_contain_text("Đã lấy lại nội dung chưa lưu")
    saved(page)
    first = "Một mới" if meanwhile == "somebody" else "Một"
    assert stored(section) == f"<p>{first}.</p>\n<p>Hai.</p>\n<p>Ba. Chưa kịp lưu.</p>"
    again.close()


def test_a_wrong_clock_of_the_machine_changes_no_time_shown(
    chromium, tmp_path: Path, section: Section, compiler: User, sign_in, live_server
) -> None:
    context = launch(chromium, tmp_path)
    context.add_init_script("{ const now = Date.now; Date.now = () => now() - 864e5 }")
    sign_in(context, compiler, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    context.set_offline(True)
    to_end(page)
    type_text(page, " Đồng hồ sai.")
    expect(page.locator(STATE)).to_have_attribute("data-state", "offline")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(live_server.url + address_of(section))
    ready(page)
    today = timezone.localtime().strftime("%d/%m/%Y")
    expect(page.locator("#notice")).to_contain_text(today)
    saved(page)
    assert "Đồng hồ sai." in stored(section)
    context.close()


def test_leaving_the_page_saves_what_was_just_typed(
    desk_page: Page, section: Section, live_server
) -> None:
    to_end(desk_page)
    type_text(desk_page, " Vừa gõ.")
    desk_page.goto(live_server.url + reverse("reports:detail", args=[section.report_id]))
    until(lambda: "Vừa gõ." in stored(section), "the text to be saved")


def test_ten_thousand_keystrokes_stay_fluid(desk_page: Page, section: Section) -> None:
    to_end(desk_page)
    usual, slowest = desk_page.evaluate(
        """async () => {
          const times = [];
          for (let key = 0; key < 10000; key += 1) {
            const begun = performance.now();
            if (key % 500 === 0) document.execCommand("insertParagraph");
            else document.execCommand("insertText", false, key % 6 ? "ă" : " ");
            times.push(performance.now() - begun);
            if (key % 50 === 0) await new Promise(requestAnimationFrame);
          }
          times.sort((one, other) => one - other);
          return [times[Math.floor(times.length * 0.5)], times[Math.floor(times.length * 0.99)]];
        }"""
    )
    assert usual < 16  # ms: within one frame
    assert slowest < 100  # of a hundred keys the slowest; a typist gives 200
    until(lambda: len(stored(section)) > 10_000, "the long text to be saved")
    saved(desk_page)


# --- two people, two windows -----------------------------------------------------------


@pytest.fixture
def colleague(published: None, person) -> User:
    return person("division_head", full_name="Nông Thị Hai")


@pytest.fixture
def colleague_page(chromium, section, colleague, open_section, complaints):
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with at_rest(page):
        yield open_section(page, section, colleague)
    context.close()


def edit_paragraph(page: Page, place: int, text: str) -> None:
    page.locator(f"{TEXT} > p").nth(place).click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def test_two_people_see_each_other_and_their_paragraphs_are_joined(
    desk_page: Page, colleague_page: Page, section: Section, compiler: User
) -> None:
    expect(colleague_page.locator("#people")).to_contain_text("Vi Thị Mẫu đang soạn mục này")
    edit_paragraph(desk_page, 0, " Của Mẫu.")
    saved(desk_page)
    edit_paragraph(colleague_page, 2, " Của Hai.")
    saved(colleague_page)
    expect(colleague_page.locator("#notice")).to_contain_text("hai bản đã được ghép lại")
    expect(colleague_page.locator(TEXT)).to_have_text("Một. Của Mẫu.Hai.Ba. Của Hai.")
    assert stored(section) == "<p>Một. Của Mẫu.</p>\n<p>Hai.</p>\n<p>Ba. Của Hai.</p>"


def test_a_newer_text_is_shown_to_who_only_reads(
    desk_page: Page, colleague_page: Page, section: Section
) -> None:
    edit_paragraph(colleague_page, 0, " Mới.")
    saved(colleague_page)
    expect(desk_page.locator(TEXT)).to_contain_text("Một. Mới.")
    expect(desk_page.locator("#notice")).to_contain_text("Nông Thị Hai vừa lưu bản mới")
    expect(desk_page.locator("#people")).to_contain_text("Nông Thị Hai đang soạn mục này")


def test_one_paragraph_changed_by_two_people_is_chosen(
    desk_page: Page, colleague_page: Page, section: Section, complaints: list[str]
) -> None:
    edit_paragraph(desk_page, 1, " Của Mẫu.")
    saved(desk_page)
    edit_paragraph(colleague_page, 1, " Của Hai.")
    dialog = colleague_page.locator("#conflict")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Vi Thị Mẫu đã lưu mục này lúc")
    expect(dialog.locator("ins")).to_have_text("Hai")
    assert stored(section) == "<p>Một.</p>\n<p>Hai. Của Mẫu.</p>\n<p>Ba.</p>"
    dialog.get_by_label("Giữ cả hai, bản đã lưu trước").check()
    dialog.get_by_role("button", name="Dùng lựa chọn này").click()
    saved(colleague_page)
    assert stored(section) == (
        "<p>Một.</p>\n<p>Hai. Của Mẫu.</p>\n<p>Hai. Của Hai.</p>\n<p>Ba.</p>"
    )
    complaints.clear()  # 409 is noted


def test_two_windows_of_one_person_lose_nothing(
    desk_page: Page, section: Section, live_server
) -> None:
    other = desk_page.context.new_page()
    other.goto(live_server.url + address_of(section))
    ready(other)
    expect(other.locator("#people")).to_contain_text("một cửa sổ khác của chính tài khoản này")
    edit_paragraph(desk_page, 0, " Một.")
    saved(desk_page)
    edit_paragraph(other, 2, " Ba.")
    saved(other)
    assert stored(section) == "<p>Một. Một.</p>\n<p>Hai.</p>\n<p>Ba. Ba.</p>"
    other.close()


# --- for everybody ---------------------------------------------------------------------


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
