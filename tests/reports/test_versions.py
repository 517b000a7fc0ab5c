"""Versions of a section, and two people in one text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import ROLES, Right, Role, Scope, Verb
from common.contracts import DataClass
from indicators.declarations import indicators
from reports import versions
from reports.actions import save_section
from reports.cleaning import clean
from reports.merging import diff, merge, merged, units
from reports.models import Report, Section
from reports.presence import beat, leave

ClientOf = Callable[[User], Client]
BASE = "<p>Một.</p>\n<p>Hai.</p>\n<ul><li>a</li><li>b</li></ul>\n<p>Ba.</p>"


def say(inside: str) -> str:
    return f"«{inside}»"


def joined(mine: str, theirs: str, base: str = BASE) -> str | None:
    return merged(merge(base, mine, theirs))


# --- joining and comparing -------------------------------------------------------------


def test_changes_of_different_paragraphs_are_joined() -> None:
    assert joined(BASE.replace("Một", "Một mới"), BASE.replace("Ba", "Ba mới")) == (
        BASE.replace("Một", "Một mới").replace("Ba", "Ba mới")
    )


def test_neighbouring_paragraphs_are_joined_too() -> None:
    assert joined(BASE.replace("Một", "1"), BASE.replace("Hai", "2")) == (
        BASE.replace("Một", "1").replace("Hai", "2")
    )


def test_items_of_one_list_are_joined() -> None:
    mine, theirs = BASE.replace("<li>a", "<li>a mới"), BASE.replace("b</li>", "b</li><li>c</li>")
    assert joined(mine, theirs) == BASE.replace(
        "<li>a</li><li>b</li>", "<li>a mới</li><li>b</li><li>c</li>"
    )


def test_a_paragraph_taken_out_stays_out() -> None:
    mine, theirs = BASE.replace("<p>Hai.</p>\n", ""), BASE.replace("Ba", "Ba mới")
    assert joined(mine, theirs) == mine.replace("Ba", "Ba mới")


def test_the_same_change_twice_is_one() -> None:
    mine = BASE.replace("Hai", "Hai mới")
    assert joined(mine, mine) == mine


def test_one_paragraph_changed_twice_is_asked_and_only_that() -> None:
    pieces = merge(BASE, BASE.replace("Hai", "Hai A"), BASE.replace("Hai", "Hai B"))
    asked = [piece for piece in pieces if not piece.is_agreed]
    assert merged(pieces) is None
    assert [(piece.mine, piece.theirs) for piece in asked] == [
        (["<p>Hai A.</p>"], ["<p>Hai B.</p>"])
    ]


texts = st.lists(
    st.sampled_from(["<p>a</p>", "<p>b</p>", "<p>c</p>", "<ul><li>x</li><li>y</li></ul>",
                     "<h4>d</h4>", "<table><tbody><tr><td>e</td></tr></tbody></table>"]),
    max_size=6,
).map("\n".join)  # fmt: skip


@given(base=texts, mine=texts)
def test_joining_with_an_untouched_text_gives_the_touched_one(base: str, mine: str) -> None:
    assert joined(mine, base, base) == mine
    assert joined(base, mine, base) == mine


@given(text=texts)
def test_units_are_the_text_again(text: str) -> None:
    assert clean("".join(units(text))) == text


@given(st.text(alphabet="<>/ap btdrhlinospu[]A. \n", max_size=80))
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    assert clean(clean(markup)) == clean(markup)


def test_a_comparison_shows_words_and_figures() -> None:
    new = BASE.replace("Hai.", "Hai chữ [[TRADE.TOTAL]].")
    shown = diff(BASE, new, say)
    assert shown.html == ('<p>Hai<ins> chữ <span class="said">«TRADE.TOTAL»</span></ins>.</p>')
    assert (shown.added, shown.removed) == (2, 0)


def test_a_comparison_never_makes_markup_of_text() -> None:
    shown = diff("", "<p>&lt;script&gt;1&lt;/script&gt;</p>", say)
    assert "<script" not in shown.html


def test_a_change_of_looks_is_told_as_such() -> None:
    assert "only-looks" in diff("<p>a b</p>", "<p>a <strong>b</strong></p>", say).html


# --- saving ----------------------------------------------------------------------------


@pytest.fixture
def section(report_2019: Report) -> Section:
    section = report_2019.sections.get(key="culture")
    Section.objects.filter(pk=section.pk).update(text=BASE)
    section.refresh_from_db()
    return section


@pytest.fixture
def colleague(published: None, person) -> User:
    return person("division_head", full_name="Nông Thị Hai")


def send(client: Client, section: Section, text: str, version: int = 1, base: str = BASE):
    address = reverse("reports:save", args=[section.report_id, section.key])
    body = {"html": text, "base": base, "version": version, "left": []}
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_save_answers_with_the_new_version(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    answer = send(client_of(compiler), section, "<p>Mới.</p>")
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    section.refresh_from_db()
    assert section.text == "<p>Mới.</p>"
    assert section.edited_by == compiler


def test_two_people_in_different_paragraphs_are_joined_and_told(
    section: Section, compiler: User, colleague: User, client_of: ClientOf
) -> None:
    send(client_of(colleague), section, BASE.replace("Một", "Một mới"))
    answer = send(client_of(compiler), section, BASE.replace("Ba", "Ba mới")).json()
    both = BASE.replace("Một", "Một mới").replace("Ba", "Ba mới")
    assert answer["html"] == both
    assert "Nông Thị Hai" in answer["note"]
    section.refresh_from_db()
    assert (section.text, section.version) == (both, 3)


def test_two_people_in_one_paragraph_are_asked_and_nothing_is_lost(
    section: Section, compiler: User, colleague: User, client_of: ClientOf
) -> None:
    send(client_of(colleague), section, BASE.replace("Hai", "Hai của tôi"))
    answer = send(client_of(compiler), section, BASE.replace("Hai", "Hai của mình"))
    assert answer.status_code == 409
    body = answer.json()
    asked = [piece for piece in body["pieces"] if "mine" in piece]
    assert body["who"] == "Nông Thị Hai"
    assert "<ins>mình</ins>" in asked[0]["mine_read"]
    assert "Hai của tôi" in asked[0]["theirs_read"]
    section.refresh_from_db()
    assert section.version == 2
    assert send(client_of(compiler), section, "<p>X.</p>", 2, body["html"]).status_code == 200


def test_what_was_typed_after_a_join_is_joined_with_it(
    section: Section, compiler: User, colleague: User, client_of: ClientOf
) -> None:
    desk = client_of(compiler)
    send(client_of(colleague), section, BASE.replace("Một", "Một mới"))
    sent = BASE.replace("Ba", "Ba mới")
    send(desk, section, sent)
    later = sent.replace("Ba mới", "Ba mới hơn")  # typed on while the answer was under way
    assert send(desk, section, later, 1, sent).status_code == 200
    section.refresh_from_db()
    assert section.text == BASE.replace("Một", "Một mới").replace("Ba", "Ba mới hơn")


def test_a_figure_renamed_since_stops_nobody_from_saving(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    old = "<p>Có [[OLD.NAME]] đây.</p>"
    Section.objects.filter(pk=section.pk).update(text=old)
    desk = client_of(compiler)
    answer = send(desk, section, old + "<p>Thêm.</p>", 1, old)
    assert answer.status_code == 200
    section.refresh_from_db()
    assert "[[OLD.NAME]]" in section.text
    refused = send(desk, section, section.text + "<p>[[NEW.WRONG]]</p>", 2, section.text)
    assert refused.status_code == 422
    assert "NEW.WRONG" in refused.json()["messages"][0]
    assert "OLD.NAME" not in str(refused.json()["messages"])


def test_a_text_beyond_the_limit_is_refused_and_nothing_changes(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    answer = send(client_of(compiler), section, f"<p>{'a ' * 60_000}</p>")
    assert answer.status_code == 422
    assert "100000" in answer.json()["messages"][0]
    section.refresh_from_db()
    assert section.text == BASE


def test_numerals_left_as_typed_are_kept_without_a_new_version(
    section: Section, compiler: User
) -> None:
    saved = save_section(section, BASE, by=compiler, seen_version=1, left_as_typed=["có 12 đoàn"])
    assert (saved.version, saved.left_as_typed) == (1, ["có 12 đoàn"])


# --- who may know ----------------------------------------------------------------------


@pytest.fixture
def outsider(monkeypatch: pytest.MonkeyPatch, person) -> User:
    """Writes reports, but may not know of restricted indicators; TRADE.EXPORT becomes one."""
    rights = tuple(Right(verb, Scope.ALL) for verb in (Verb.READ, Verb.COMPILE))
    role = Role(code="writer", label="Writer", description="", rights=rights)
    monkeypatch.setitem(ROLES, "writer", role)
    closed = replace(indicators()["TRADE.EXPORT"], data_class=DataClass.RESTRICTED)
    monkeypatch.setitem(indicators(), "TRADE.EXPORT", closed)
    return person("writer")


def test_a_restricted_figure_says_so_leaks_nothing_and_survives_a_save(
    section: Section, outsider: User, client_of: ClientOf
) -> None:
    text = "<p>Xuất khẩu bí mật [[TRADE.EXPORT reached]].</p>\n<p>Tổng [[TRADE.TOTAL]].</p>"
    Section.objects.filter(pk=section.pk).update(text=text)
    desk = client_of(outsider)
    page = desk.get(reverse("reports:section", args=[section.report_id, section.key]))
    shown = page.content.decode()
    assert "TRADE.EXPORT" not in shown
    assert "2.550" not in shown
    data = page.context["data"]
    states = {face["state"] for face in data["chips"].values()}
    assert states == {"hidden", "said"}
    assert send(desk, section, data["html"] + "<p>Thêm.</p>", 1, data["html"]).status_code == 200
    section.refresh_from_db()
    assert "[[TRADE.EXPORT reached]]" in section.text
    for name, query in (
        ("pick", {"q": "xuất khẩu"}),
        ("match", {"text": "2.550 triệu USD", "at": 0}),
    ):
        answer = desk.get(reverse(f"reports:{name}", args=[section.report_id, section.key]), query)
        assert "TRADE.EXPORT" not in answer.content.decode()
    old = reverse("reports:versions", args=[section.report_id, section.key])
    assert "TRADE.EXPORT" not in desk.get(old).content.decode()
    assert "2.550" not in desk.get(old).content.decode()


# --- the list --------------------------------------------------------------------------


def test_one_persons_saves_within_minutes_are_one_version(
    section: Section, compiler: User, colleague: User
) -> None:
    for number, (who, text) in enumerate(
        [(compiler, "A"), (compiler, "A B"), (colleague, "A B C"), (compiler, "A B C D")], start=1
    ):
        save_section(section, f"<p>{text}</p>", by=who, seen_version=number)
    listed = versions.versions(Section.objects.get(pk=section.pk), say)
    assert [(one.by, one.saves) for one in listed[:3]] == [
        (compiler, 1),
        (colleague, 1),
        (compiler, 2),
    ]
    assert listed[0].is_current
    assert listed[0].changes.html == "<p>A B C<ins> D</ins></p>"
    assert listed[-1].is_first


def test_an_earlier_version_stands_again_as_a_new_one(
    section: Section, compiler: User, client_of: ClientOf
) -> None:
    save_section(section, "<p>Mới.</p>", by=compiler, seen_version=1)
    desk = client_of(compiler)
    page = desk.get(reverse("reports:versions", args=[section.report_id, section.key]))
    assert "<ins>Mới</ins>" in page.content.decode()
    place = [section.report_id, section.key]
    assert desk.post(reverse("reports:restore", args=[*place, 1])).status_code == 302
    section.refresh_from_db()
    assert (section.text, section.version) == (BASE, 3)
    assert desk.post(reverse("reports:restore", args=[*place, 99])).status_code == 404


# --- who is here -----------------------------------------------------------------------


def test_people_in_a_section_see_each_other(
    section: Section, compiler: User, colleague: User
) -> None:
    assert beat(section, compiler, "w1").names == []
    assert beat(section, colleague, "w2").names == [str(compiler)]
    twice = beat(section, compiler, "w3")
    assert (twice.names, twice.is_here_twice) == ([str(colleague)], True)
    leave(section, colleague, "w2")
    assert beat(section, compiler, "w1").names == []


def test_a_silent_window_is_gone(section: Section, compiler: User, colleague: User) -> None:
    beat(section, compiler, "w1")
    section.presences.update(seen_at=timezone.now() - dt.timedelta(minutes=2))
    assert beat(section, colleague, "w2").names == []
    section.presences.filter(user=compiler).update(seen_at=timezone.now() - dt.timedelta(hours=2))
    beat(section, colleague, "w2")
    assert section.presences.count() == 1
