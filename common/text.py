"""Vietnamese text: one normal form on disk, keys to search and to sort by."""

from __future__ import annotations

import unicodedata

from django.db import models

# The order of Vietnamese dictionaries: base letters first, then the five tone marks.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_VOWEL_MARKS = {"\u0306": "breve", "\u0302": "circumflex", "\u031b": "horn"}


def nfc(text: str) -> str:
    """The composed form; the only one stored, compared and printed."""
    return unicodedata.normalize("NFC", text)


class _WithoutMarks(dict[int, int | None]):
    """For ``str.translate``: every letter as it is, and nothing for a mark over or below one."""

    def __missing__(self, letter: int) -> int | None:
        self[letter] = None if unicodedata.combining(chr(letter)) else letter
        return self[letter]


_WITHOUT_MARKS = _WithoutMarks()


def search_key(text: str) -> str:
    """Lower case without accents, đ as d: "doan" finds "Đoàn"."""
    plain = text.casefold().replace("đ", "d")
    if plain.isascii():
        return plain
    return unicodedata.normalize("NFD", plain).translate(_WITHOUT_MARKS)


def sort_key(text: str) -> str:
    """A string whose plain byte order is the Vietnamese dictionary order.

    The embedded PostgreSQL has no ICU collations, so names are sorted by this
    stored key. Letters come first for the whole text, tones decide ties.
    """
    letters, tones = [], []
    for letter in nfc(text.casefold()):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts if mark in _TONES), "")
        base = nfc("".join(mark for mark in parts if mark not in _TONES))
        place = _ALPHABET.find(base)
        letters.append(f"{place:02d}" if place >= 0 else f"{base}")
        tones.append(str(_TONES.find(tone) + 1 if tone else 0))
    return f"{' '.join(letters)}|{''.join(tones)}"


class NormalCharField(models.CharField):
    """A CharField that stores NFC text without blanks around it."""

    def get_prep_value(self, value: object) -> object:
        value = super().get_prep_value(value)
        return nfc(value).strip() if isinstance(value, str) else value


class NormalTextField(models.TextField):
    """A TextField that stores NFC text."""

    def get_prep_value(self, value: object) -> object:
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value
