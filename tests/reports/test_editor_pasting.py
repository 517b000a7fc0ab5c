"""What is pasted into the editor keeps its structure and loses the rest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from reports.models import Section
from tests.writing import (
    TEXT,
    saved,
    stored,
    to_end,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector("#text .ProseMirror").dispatchEvent(event);
}"""


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
