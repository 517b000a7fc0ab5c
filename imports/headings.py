"""What people write above columns: the words, the unit in brackets, the rows joined.

A heading of several rows is written "Năm 2019 › Thực hiện (triệu USD)".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from common.dates import short_date
from common.text import nfc, search_key
from imports.book import Broken, Percent, Value

JOINER = " › "

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BREAKS = re.compile(r"[^0-9a-z%]+")
_ORDER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)*\.|[a-zđ]\)|[ivxlc]+\.)\s+", re.IGNORECASE)
_AMONG = "trong do "
_YEAR = re.compile(r"\bnam (?=[12][0-9]{3}\b)")
_UNIT_PREFIX = re.compile(r"(?:don vi tinh|don vi|dvt|tinh bang|unit)\s*:?\s*")
# One way of writing each unit; the rest of a text is compared word by word.
_SAME = {
    "us usd": "usd",
    "tr": "trieu",
    "mil": "million",
    "mn": "million",
    "bn": "billion",
    "vn dong": "vnd",
    "do la my": "usd",
    "do la": "usd",
    "dollars": "usd",
    "dollar": "usd",
    "dong": "vnd",
}
_MONEY = frozenset({"usd", "vnd", "cny", "ndt", "rmb", "eur", "trieu", "nghin", "ngan", "ty"})
_COMPARING = ("so sanh", "so voi", "ty le", "tang giam")
_UNIT_WORDS = _MONEY | {"million", "billion", "thousand", "%", "tan", "kg", "ha", "km", "tonnes"}


def shown(value: Value) -> str:
    """The cell as text: for headings, samples and messages."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Broken):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Percent):
        return f"{plain(value.number)}%"
    return short_date(value) if isinstance(value, dt.date) else str(value)


def plain(value: Decimal) -> str:
    """A number of a workbook without exponent and trailing zeros: 1.0 → "1"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Lower case without accents and punctuation: "  Mã hàng *" → "ma hang"."""
    return _BREAKS.sub(" ", search_key(nfc(text))).strip()


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """A unit in one writing: "Tr. USD", "triệu đô la" → "trieu usd"."""
    key = heading_key(text.replace("$", " usd "))
    key = _UNIT_PREFIX.sub("", key, count=1) if _UNIT_PREFIX.match(key) else key
    for written, meant in _SAME.items():
        key = re.sub(rf"\b{written}\b", meant, key)
    return key


def names_a_unit(text: str) -> bool:
    return bool(_UNIT_WORDS.intersection(unit_key(text).split()))


@dataclass(frozen=True)
class Heading:
    """A heading taken apart; ``keys`` are what it may be known by, the surest first."""

    text: str

    @cached_property
    def brackets(self) -> tuple[str, ...]:
        """What stands in brackets: "Giá trị (USD)" → ("USD",)."""
        return tuple(_BRACKETS.findall(self.text))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Where a unit may be written: brackets, what follows a comma, a row of its own."""
        tails = [part.rpartition(",")[2] for part in self._parts if "," in part]
        alone = [part for part in self._parts[1:] if "," not in part and not _BRACKETS.search(part)]
        return (*self.brackets, *tails, *alone)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(self.text.split(JOINER))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        parts = [part for part in self._parts if heading_key(_BRACKETS.sub(" ", part))]
        whole = " ".join(parts)
        found = [self.text, whole, _without_unit(whole)]
        if len(parts) > 1:
            turned = " ".join(reversed(parts))  # "KH năm 2019" is "Năm 2019 › KH"
            found += [turned, _without_unit(turned)]
            found += [text for tail in self._tails(parts) for text in (tail, _without_unit(tail))]
            if names_a_unit(parts[-1]):
                found.append(" ".join(parts[:-1]))
        different = dict.fromkeys(found)
        return tuple(dict.fromkeys(key for text in different for key in _keys(text) if key))

    @staticmethod
    def _tails(parts: list[str]) -> Iterator[str]:
        """The lower rows by themselves: not where they leave out that shares stand there, for
        "So sánh (%) › Cùng kỳ" holds no value of last year."""
        for at in range(1, len(parts)):
            tail = " ".join(parts[at:])
            if _compares(tail) or not any(map(_compares, parts[:at])):
                yield tail

    def is_sure(self, key: str) -> bool:
        """Whether the key is made of the whole heading, not of its last row only."""
        whole = {word for part in self._parts for word in heading_key(_strip(part)).split()}
        return whole <= {*key.split(), *_UNIT_WORDS, "nam"}


def _keys(text: str) -> Iterator[str]:
    """The text, without its order number, without "trong đó"; "TH năm 2019" is "TH 2019"."""
    whole = heading_key(text)
    bare = unnumbered(text)
    keys = [whole] if bare == text else [whole, heading_key(bare)]
    keys += [key.removeprefix(_AMONG) for key in keys if key.startswith(_AMONG)]
    yield from keys
    yield from (_YEAR.sub("", key) for key in keys if "nam " in key)


def _compares(text: str) -> bool:
    return "%" in text or "/" in text or any(word in heading_key(text) for word in _COMPARING)


def unnumbered(text: str) -> str:
    return _ORDER.sub("", text.strip(), count=1)


def _strip(text: str) -> str:
    return unnumbered(_BRACKETS.sub(" ", text))


def _without_unit(text: str) -> str:
    bare = _BRACKETS.sub(" ", text)
    head, comma, tail = bare.rpartition(",")
    return head if comma and names_a_unit(tail) else bare
