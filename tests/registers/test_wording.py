"""Titles and search texts of many records: put into words once, and the same as one by one."""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from typing import Any

import pytest
from django.utils import translation

from common.text import search_key
from reference.gates import Gate
from registers.intake.wording import Wording
from trade.models import Turnover


def row(**other: Any) -> Turnover:
    given = {
        "kind": "month",
        "month": dt.date(2019, 3, 1),
        "gate": Gate(pk=1, name="Hữu Nghị"),
        "flow": "export",
        "commodity": "fruit",
        "note": "Tờ khai số 12",
    }
    return Turnover(**given | other)


ROWS = (
    {},
    {"note": ""},
    {"note": "Đã đối chiếu"},
    {"kind": "to_date"},
    {"kind": "plan", "month": dt.date(2019, 12, 1)},
    {"gate": Gate(pk=2, name="Chi Ma")},
    {"flow": "import"},
    {"commodity": ""},
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_are_those_of_the_record_itself(language):
    with translation.override(language):
        wording = Wording(Turnover)
        for other in (*ROWS, *ROWS):
            ours, its = row(**other), row(**other)
            wording.set_keys(ours)
            its.set_keys()
            assert (wording.title(ours), ours.search_text) == (str(its), its.search_text)


def test_words_of_one_language_are_never_said_in_another():
    said = {}
    for language in ("vi", "en", "vi"):
        with translation.override(language):
            found, wording = row(), Wording(Turnover)
            wording.set_keys(found)
            assert wording.title(found) == str(row())
            said[language] = (wording.title(found), found.search_text)
    assert said["vi"] != said["en"]


def test_what_is_not_declared_is_asked_of_each_record(monkeypatch):
    monkeypatch.setattr(Turnover, "WORDED_BY", ())
    wording = Wording(Turnover)
    for other in ROWS:
        found, its = row(**other), row(**other)
        wording.set_keys(found)
        its.set_keys()
        assert (wording.title(found), found.search_text) == (str(its), its.search_text)


def test_a_key_has_no_marks_whatever_the_letter():
    for point in range(sys.maxunicode + 1):
        letter = chr(point)
        if not letter.isascii():
            apart = unicodedata.normalize("NFD", letter.casefold().replace("đ", "d"))
            without = "".join(mark for mark in apart if not unicodedata.combining(mark))
            assert search_key(letter) == without, hex(point)
