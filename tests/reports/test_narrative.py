"""Tokens and the rules of omission, without figures of the province."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reports.cleaning import clean
from reports.markup import from_plain, to_plain
from reports.narrative import BadToken, Narrative, parse, problems
from reports.outlines import outlines

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "reports"


class Words:
    """A ledger's voice with known answers; everything else has nothing to say."""

    def __init__(self, **known: str) -> None:
        self.known = known
        self.entries: list[object] = []

    def say(self, code: str, form: str, place: str, *, year: int, unit=None):
        text = self.known.get(f"{code.rpartition('.')[2]}_{form}")
        if text is None:
            return None
        entry = type("Entry", (), {"text": text, "figure_id": 1, "fact": None})()
        self.entries.append(entry)
        return entry

    def say_fact(self, code: str, form: str, place: str, *, year: int):
        return self.say(code, form, place, year=year)


def fill(text: str, year: int = 2019, **known: str) -> str:
    return Narrative(Words(**known), year).fill(text, "place")  # type: ignore[arg-type]


def test_a_value_stands_where_its_token_was() -> None:
    text = "<p>Kim ngạch [[TRADE.TOTAL reached]].</p>"
    assert fill(text, TOTAL_reached="ước đạt 1 tỷ USD") == "<p>Kim ngạch ước đạt 1 tỷ USD.</p>"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>A [[TRADE.TOTAL]], [[TRADE.TOTAL plan]].</p>", "<p>A 5.</p>"),
        ("<p>A [[TRADE.TOTAL]] và [[TRADE.TOTAL change]].</p>", "<p>A 5.</p>"),
        ("<p>A [[TRADE.TOTAL]] ([[TRADE.TOTAL change]]).</p>", "<p>A 5.</p>"),
        ("<p>A [[TRADE.TOTAL]] ([[TRADE.TOTAL plan]], [[TRADE.TOTAL change]]).</p>", "<p>A 5.</p>"),
        (
            "<p>A [[TRADE.TOTAL]], [[TRADE.TOTAL plan]], [[TRADE.TOTAL change]]; B.</p>",
            "<p>A 5; B.</p>",
        ),
        ("<p>[[TRADE.TOTAL plan]], A [[TRADE.TOTAL]].</p>", "<p>A 5.</p>"),
    ],
)
def test_an_empty_comparison_goes_with_its_joint(text: str, left: str) -> None:
    assert fill(text, TOTAL_value="5") == left


def test_one_of_two_comparisons_in_brackets_stays_in_its_brackets() -> None:
    text = "<p>A [[TRADE.TOTAL]] ([[TRADE.TOTAL plan]], [[TRADE.TOTAL change]]).</p>"
    assert fill(text, TOTAL_value="5", TOTAL_change="tăng 2%") == "<p>A 5 (tăng 2%).</p>"
    assert fill(text, TOTAL_value="5", TOTAL_plan="đạt 9%") == "<p>A 5 (đạt 9%).</p>"


def test_a_missing_figure_takes_its_sentence_along() -> None:
    text = "<p>Một [[TRADE.TOTAL]]. Hai [[TRADE.EXPORT]]; ba. Bốn.</p>"
    assert fill(text, TOTAL_value="1") == "<p>Một 1. ba. Bốn.</p>"
    assert fill(text) == "<p>ba. Bốn.</p>"


def test_a_sentence_of_comparisons_only_goes_when_there_is_nothing_to_compare() -> None:
    assert fill("<p>So với trước, kim ngạch [[TRADE.TOTAL change]]. B.</p>") == "<p>B.</p>"


def test_paragraphs_items_and_lists_without_a_sentence_disappear() -> None:
    text = (
        "<p><i>[[TRADE.TOTAL]].</i></p><ul><li>[[TRADE.TOTAL]].</li><li>[[TRADE.EXPORT]].</li></ul>"
    )
    assert fill(text) == ""
    assert fill(text, EXPORT_value="7") == "<ul><li>7.</li></ul>"


def test_what_was_left_out_is_told() -> None:
    filled = Narrative(Words(), 2019)  # type: ignore[arg-type]
    filled.fill("<p>Một [[TRADE.TOTAL]]. Hai.</p>", "place")
    assert filled.left_out == ["Một [[TRADE.TOTAL]]."]


def test_numbers_of_a_left_out_sentence_leave_the_ledger() -> None:
    words = Words(TOTAL_value="1")
    Narrative(words, 2019).fill("<p>[[TRADE.TOTAL]] và [[TRADE.EXPORT]].</p>", "place")  # type: ignore[arg-type]
    assert words.entries == []


def test_years_are_the_reports_own() -> None:
    assert (
        fill("<p>Từ [[year-1]] đến [[year]], [[year+1]].</p>") == "<p>Từ 2018 đến 2019, 2020.</p>"
    )


def test_text_of_a_figure_never_becomes_markup() -> None:
    assert fill("<p>[[TRADE.TOTAL]].</p>", TOTAL_value="<b>1</b>") == "<p>&lt;b&gt;1&lt;/b&gt;.</p>"


def test_narrative_keeps_structure_and_drops_the_rest() -> None:
    dirty = '<p onclick="x()">A <script>alert(1)</script><img src=x><a href="http://e">B</a></p>'
    assert clean(dirty) == "<p>A B</p>"


@pytest.mark.parametrize(
    "token",
    ["NO.SUCH", "TRADE.TOTAL nonsense", "TRADE.TOTAL unit=hectare", "TRADE.TOTAL year=x",
     "fact:NO.SUCH", "fact:GEO.DIST_HANOI plan", "", "TRADE.TOTAL unit=nope"],
)  # fmt: skip
def test_a_token_nobody_can_fill_is_refused_by_name(token: str) -> None:
    with pytest.raises(BadToken) as refusal:
        parse(token)
    assert token in str(refusal.value)


def test_an_open_token_is_a_problem() -> None:
    assert problems("<p>[[TRADE.TOTAL</p>")
    assert not problems("<p>[[TRADE.TOTAL plan]]</p>")


def test_a_token_that_lost_its_figure_takes_its_sentence_and_leaks_nothing() -> None:
    assert fill("<p>A [[TRADE.RENAMED]]. B.</p>") == "<p>B.</p>"


def test_plain_form_and_stored_form_are_one_text() -> None:
    stored = (
        "<p>Một <strong>hai</strong>.</p>\n<ul><li>ba;</li><li>bốn.</li></ul>\n<p>Năm &lt; sáu.</p>"
    )
    plain = to_plain(stored)
    assert plain == "Một <b>hai</b>.\n\n- ba;\n- bốn.\n\nNăm < sáu."
    assert from_plain(plain) == stored


TEXTS = [
    *tomllib.loads((FIXTURES / "2019-A.toml").read_text(encoding="utf-8"))["texts"].values(),
    *(section.text for section in outlines()["A"].sections),
]


def test_a_text_opened_and_saved_untouched_stays_as_it_was() -> None:
    for text in TEXTS:
        assert to_plain(from_plain(to_plain(text))) == to_plain(text)
        assert from_plain(to_plain(text)).count("<li>") == text.count("<li>")
        assert from_plain(to_plain(text)).count("<ul>") == text.count("<ul>")


def test_numbered_lists_and_written_tags_keep_their_nature() -> None:
    stored = "<ol><li>một;</li><li>hai.</li></ol>\n<p>Viết &lt;b&gt; là đậm.</p>"
    assert to_plain(stored) == "1. một;\n2. hai.\n\nViết &lt;b> là đậm."
    assert from_plain(to_plain(stored)) == stored


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "<p>Có [[TRADE.TOTAL]] tại TP. Lạng Sơn và [[TRADE.EXPORT]] nữa. Hết.</p>"
    assert fill(text, TOTAL_value="5") == "<p>Hết.</p>"


def test_leaving_a_sentence_out_keeps_bold_balanced() -> None:
    text = "<p><b>Một [[TRADE.TOTAL]]. Hai</b> xong. <i>Ba [[TRADE.EXPORT]]. bốn</i>.</p>"
    filled = fill(text)
    assert filled.count("<strong>") == filled.count("</strong>") == 1
    assert filled.count("<em>") == filled.count("</em>") == 1
    assert "Hai</strong> xong." in filled


def test_typed_script_stays_visible_text() -> None:
    assert from_plain("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


# --- headings, tables and footnotes ------------------------------------------------------

NOTE = '<span class="footnote">%s</span>'


def test_a_footnote_does_not_end_the_sentence_it_stands_in() -> None:
    text = f"<p>Một {NOTE % 'Chú thích. Hai câu.'} vẫn thế [[TRADE.TOTAL]]. Hai.</p>"
    assert fill(text) == "<p>Hai.</p>"
    assert fill(text, TOTAL_value="5").count("footnote") == 1


def test_a_footnote_leaves_with_the_sentence_before_its_mark() -> None:
    text = f"<p>Một [[TRADE.TOTAL]].{NOTE % 'Theo [[TRADE.EXPORT]].'} Hai.</p>"
    assert fill(text, EXPORT_value="3") == "<p>Hai.</p>"
    assert fill(text, TOTAL_value="5", EXPORT_value="3") == (
        f"<p>Một 5.{NOTE % 'Theo 3.'} Hai.</p>"
    )


def test_numbers_of_a_footnote_that_left_are_not_in_the_ledger() -> None:
    words = Words(EXPORT_value="3")
    text = f"<p>Một [[TRADE.TOTAL]].{NOTE % 'Theo [[TRADE.EXPORT]].'} Hai.</p>"
    Narrative(words, 2019).fill(text, "place")  # type: ignore[arg-type]
    assert words.entries == []


def test_a_footnote_whose_figure_is_missing_goes_and_its_sentence_stays() -> None:
    text = f"<p>Một [[TRADE.TOTAL]]{NOTE % 'Theo [[TRADE.EXPORT]].'}. Hai.</p>"
    assert fill(text, TOTAL_value="5") == "<p>Một 5. Hai.</p>"


def test_a_missing_figure_leaves_its_cell_empty_and_the_table_whole() -> None:
    text = (
        "<table><tbody><tr><th>Chỉ tiêu</th><th>Số</th></tr>"
        "<tr><td>Tổng</td><td>[[TRADE.TOTAL number]]</td></tr>"
        "<tr><td>Xuất</td><td>[[TRADE.EXPORT number]]</td></tr></tbody></table>"
    )
    filled = fill(text, TOTAL_number="5")
    assert "<td>Tổng</td><td>5</td>" in filled
    assert "<td>Xuất</td><td></td>" in filled


def test_a_sub_heading_with_nothing_below_it_goes() -> None:
    text = "<h4>A</h4><p>[[TRADE.TOTAL]].</p><h4>B</h4><p>Có chữ.</p><h4>C</h4>"
    assert fill(text) == "<h4>B</h4>\n<p>Có chữ.</p>"


def test_stored_markup_has_one_form() -> None:
    loose = (
        "<p> Một  <b>hai</b>\n</p> <table><thead><tr><th onclick='x'>A</th></tr></thead>"
        "<tr><td colspan='2' rowspan='9999' style='x'><p>B</p></td></tr></table><p></p>"
        f"<p>C{NOTE % 'một <span>hai</span>'}<span class='x'>D</span></p>"
    )
    stored = (
        "<p>Một <strong>hai</strong></p>\n"
        '<table><tbody><tr><th>A</th></tr><tr><td colspan="2">B</td></tr></tbody></table>\n'
        f"<p>C{NOTE % 'một hai'}D</p>"
    )
    assert clean(loose) == stored
    assert clean(stored) == stored


def test_the_plain_form_keeps_what_it_cannot_show() -> None:
    stored = (
        "<h4>Đề mục</h4>\n<table><tbody><tr><td>A</td></tr></tbody></table>\n"
        f"<p>Một{NOTE % 'chú thích'}.</p>\n<ul><li>a<ul><li>b</li></ul></li></ul>"
    )
    assert from_plain(to_plain(stored)) == stored
