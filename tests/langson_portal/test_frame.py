"""The frame of every page: strict policy, readable colours, language, menu, failures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, RequestFactory

from langson_portal import errors

SCREEN = [
    path
    for path in (settings.BASE_DIR / "templates").rglob("*.html")
    if "pdf" not in path.parts  # paper has no content policy
]
TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS))


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.stem)
def test_a_template_holds_nothing_the_content_policy_forbids(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\")=?)", text)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *(
            (ink, paper)
            for ink in ("ink", "ink-soft", "ink-faint")
            for paper in ("paper", "surface")
        ),
        *((ink, "surface") for ink in ("teal", "teal-dark", "lacquer", "good", "gold-ink")),
        ("on-deep", "deep"),
        ("gold-bright", "deep"),
        ("teal-dark", "teal-soft"),
        ("gold-ink", "gold-soft"),
        ("good", "good-soft"),
        ("lacquer", "lacquer-soft"),
    ],
)
def test_text_reaches_the_contrast_of_wcag_aa(ink, paper):
    assert contrast(COLOURS[ink], COLOURS[paper]) >= 4.5


@pytest.mark.parametrize("mark", ["line-strong", "focus"])
def test_borders_of_controls_and_the_focus_ring_reach_three_to_one(mark):
    assert contrast(COLOURS[mark], COLOURS["surface"]) >= 3
    assert contrast(COLOURS[mark], COLOURS["paper"]) >= 3


@pytest.mark.django_db
def test_a_page_says_its_language_and_changes_it(client_of, desk):
    browser = client_of(desk)
    assert '<html lang="vi">' in browser.get("/mat-khau/").content.decode()
    answer = browser.post("/ngon-ngu/", {"language": "en", "next": "/mat-khau/"}, follow=True)
    assert '<html lang="en">' in answer.content.decode()
    assert "Change password" in answer.content.decode()


@pytest.mark.django_db
def test_the_menu_marks_the_open_entry(client_of, leader):
    text = client_of(leader).get("/van-ban-nguon/").content.decode()
    marked = re.findall(r'<a href="([^"]+)" title="[^"]+" aria-current="page">', text)
    assert marked == ["/van-ban-nguon/"]


@pytest.mark.django_db
def test_the_frame_names_the_person_and_their_roles(client_of, desk):
    text = client_of(desk).get("/mat-khau/").content.decode()
    assert "Vi Thị Mẫu" in text and "Chuyên viên tổng hợp" in text


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_words(client_of, leader):
    answer = client_of(leader).get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_a_failure_page_needs_neither_database_nor_request():
    request = RequestFactory().get("/")
    try:
        raise OperationalError
    except OperationalError:
        answer = errors.server_error(request)
    assert answer.status_code == 503
    assert "Không kết nối được cơ sở dữ liệu" in answer.content.decode()


@pytest.mark.django_db
def test_a_piece_of_a_page_gets_a_message_instead_of_the_sign_in_page():
    answer = Client().get("/van-ban-nguon/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "Hết phiên làm việc" in answer.json()["message"]
