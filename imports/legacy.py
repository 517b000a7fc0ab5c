"""Vietnamese typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times).

Such text holds letters of Western Europe that only the font shows as
Vietnamese: "Tæng céng" is "Tổng cộng". It is recognised by what its words
would be: syllables only one of the readings has. Knows no Django: the child
that reads files uses it as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

TCVN3 = "tcvn3"
VNI = "vni"

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300\u0309\u0303\u0301\u0323"
_SURE = 0.6  # of the words that are none as they stand must be words when converted
_ENOUGH = 2
_MOST_WORDS = 5000
# Unicode has these letters only for Vietnamese; where they stand, no font of old was used.
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_SEPARATORS = re.compile(r"[\s\d!-@\[-`{-~]+")

# The font's capitals have the codes of its small letters: "TæNG" stands for "TỔNG".
_SHOUTED = re.compile(r"\b(?=(?:[^\W\d_]*[A-Z]){2})(?:(?![a-z])[^\W\d_])+\b")

_TCVN3_BASES = "ÂÊÔƠƯĐăâêôơưđ"  # from A2 on, behind Ă at A1


@cache
def _tcvn3() -> dict[int, str]:
    """Code → letter: the accented letters stand in the order of the alphabet, with gaps."""
    table = {0xA1: "Ă"} | dict(enumerate(_TCVN3_BASES, 0xA2))
    order = _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT
    places = {
        "a": (0xB5, 0xB6, 0xB7, 0xB8, 0xB9),
        "ă": (0xBB, 0xBC, 0xBD, 0xBE, 0xC6),
        "â": (0xC7, 0xC8, 0xC9, 0xCA, 0xCB),
        "e": (0xCC, 0xCE, 0xCF, 0xD0, 0xD1),
        "ê": (0xD2, 0xD3, 0xD4, 0xD5, 0xD6),
        "i": (0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
        "o": (0xDF, 0xE1, 0xE2, 0xE3, 0xE4),
        "ô": (0xE5, 0xE6, 0xE7, 0xE8, 0xE9),
        "ơ": (0xEA, 0xEB, 0xEC, 0xED, 0xEE),
        "u": (0xEF, 0xF1, 0xF2, 0xF3, 0xF4),
        "ư": (0xF5, 0xF6, 0xF7, 0xF8, 0xF9),
        "y": (0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
    }
    for base, codes in places.items():
        for tone, code in zip(order, codes, strict=True):
            table[code] = unicodedata.normalize("NFC", base + tone)
    return table


@cache
def _vni() -> dict[str, str]:
    """Letter, or letter with the mark behind it → the Vietnamese one."""
    marks = {  # the mark's letter → what it adds
        "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT,
        "â": "\u0302", "à": "\u0302" + _GRAVE, "å": "\u0302" + _HOOK, "ã": "\u0302" + _TILDE,
        "á": "\u0302" + _ACUTE, "ä": "\u0302" + _DOT,
    }  # fmt: skip
    breves = {"ê": "", "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "é": _ACUTE, "ë": _DOT}
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
    for base in "aeouyôö":
        for mark, added in marks.items():
            if len(added) == 1 and added != "\u0302" or base in "aeo":
                table[base + mark] = table.get(base, base) + added
    table |= {"a" + mark: "a\u0306" + added for mark, added in breves.items()}
    table |= {before.upper(): after.upper() for before, after in table.items()}
    table |= {  # a capital with a small mark, as people type it
        before[0].upper() + before[1]: after[0].upper() + after[1:]
        for before, after in table.items()
        if len(before) == 2 and before.islower()
    }
    return {before: unicodedata.normalize("NFC", after) for before, after in table.items()}


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni()), key=len, reverse=True)))


def convert(text: str, encoding: str) -> str:
    """The text in Unicode, taken to be of this encoding altogether."""
    if encoding == TCVN3:
        text = unicodedata.normalize("NFC", text.translate(_tcvn3()))
        return _SHOUTED.sub(lambda word: word[0].upper(), text)
    if encoding == VNI:
        table = _vni()
        return unicodedata.normalize("NFC", _vni_pattern().sub(lambda hit: table[hit[0]], text))
    return text


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:iê|yê|ươ|uô|uyê|uya|oa|oă|oe|uâ|uê|uơ|uy|ia|ua|ưa|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnptiouy])?"
)
_TONES = re.compile(f"[{_GRAVE}{_HOOK}{_TILDE}{_ACUTE}{_DOT}]")


def is_syllable(word: str) -> bool:
    """Whether a word could be Vietnamese by its build: onset, vowels, end, one tone."""
    spread = unicodedata.normalize("NFD", word.lower())
    plain, tones = _TONES.subn("", spread)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None


def _odd_words(texts: Iterable[str]) -> set[str]:
    """Words with Western letters only that are no Vietnamese as they stand."""
    found: set[str] = set()
    for text in texts:
        if text.isascii():
            continue
        for word in _SEPARATORS.split(text):
            if not (word.isascii() or _MODERN.search(word) or is_syllable(word)):
                found.add(word)
        if len(found) > _MOST_WORDS:
            break
    return found


def recognise(texts: Iterable[str]) -> str:
    """``TCVN3``, ``VNI`` or "" for texts of one file, of which some may be in Unicode."""
    words = _odd_words(texts)
    if len(words) < _ENOUGH:
        return ""
    hits = {
        encoding: sum(is_syllable(convert(word, encoding)) for word in words)
        for encoding in (TCVN3, VNI)
    }
    best = max(hits, key=lambda encoding: hits[encoding])
    return best if hits[best] >= max(_ENOUGH, _SURE * len(words)) else ""


def converted(texts: Iterable[str], encoding: str) -> dict[str, str]:
    """What is to be read instead of which text, for those that change.

    Where a file has both kinds of text, only those that are no Vietnamese as
    they stand are converted; where all is old, "Lµo" and "thu" stand together.
    """
    old = [text for text in texts if not text.isascii() and not _MODERN.search(text)]
    is_mixed = any(_MODERN.search(text) for text in texts)
    changes: dict[str, str] = {}
    for text in old:
        if is_mixed and not _odd_words([text]):
            continue
        changed = convert(text, encoding)
        if changed != text:
            changes[text] = changed
    return changes
