"""Which indicator a row of an office sheet means: "KNXK", "- Xuất khẩu", "Trong đó: nội địa".

A name is taken apart into words; numbering, bullets, "tổng", units in brackets
and "trên địa bàn" say nothing about which indicator is meant. A name stands for
an indicator when it has all its words and no other. Only below a row with parts
is less enough: there the name has to fit exactly one of the parts.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import override

from common.contracts import Indicator, Label
from common.text import nfc, search_key

_ABBREVIATIONS = {
    "kn": "kim ngach",
    "xnk": "xuat nhap khau",
    "xk": "xuat khau",
    "nk": "nhap khau",
    "knxnk": "kim ngach xuat nhap khau",
    "knxk": "kim ngach xuat khau",
    "knnk": "kim ngach nhap khau",
    "da": "du an",
    "pcpnn": "phi chinh phu nuoc ngoai",
    "ttqt": "thoa thuan quoc te",
    "qg": "quoc gia",
    "vlt": "vung lanh tho",
    "ns": "ngan sach",
    "nsnn": "ngan sach nha nuoc",
    "bq": "binh quan",
    "ntm": "nong thon moi",
    "bhyt": "bao hiem y te",
    "kcn": "khu cong nghiep",
    "ccn": "cum cong nghiep",
    "tq": "trung quoc",
    "vn": "viet nam",
    "sxcn": "san xuat cong nghiep",
}
_MARK = re.compile(
    r"\s*(?:[-–+*•]+|\(?[0-9]+(?:\.[0-9]+)*[.)]?(?=\s)|[0-9]+(?:\.[0-9]+)*\.|[ivxlc]+[.)]|[a-zđ][.)])\s*",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\s*trong\s+(?:đó|do|ðó)\b\s*[:,;–-]*\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BREAKS = re.compile(r"[^0-9a-z%]+")
_BEFORE = re.compile(r"(?:tong so|tong|so luong|so) ")
_AFTER = re.compile(
    r" (?:trong nam|nam [0-9]{4}|(?:tren|qua) dia ban(?: tinh)?|cua tinh|toan tinh)$"
)


def without_marks(text: str) -> str:
    """A name without its number, bullet and "trong đó": "1.2. Trong đó: Xuất khẩu"."""
    rest = nfc(text).strip()
    for pattern in (_MARK, _AMONG, _MARK):
        found = pattern.match(rest)
        rest = rest[found.end() :] if found else rest
    return rest.strip().rstrip(":;").strip()


def brackets(text: str) -> tuple[str, ...]:
    """What stands in brackets, where a unit may be: "GRDP (tỷ đồng)"."""
    return tuple(_BRACKETS.findall(text))


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """What tells a name from another one."""
    plain = _BREAKS.sub(" ", search_key(without_marks(text))).strip()
    plain = " ".join(_ABBREVIATIONS.get(word, word) for word in plain.split())
    found = _BEFORE.match(plain)
    plain = plain[found.end() :] if found else plain
    return frozenset(_AFTER.sub("", plain).split())


def _bare(text: str) -> str:
    return _BRACKETS.sub(" ", text)


def in_both(label: Label) -> Iterator[str]:
    """A label in the languages of the portal."""
    for language in ("vi", "en"):
        with override(language):
            yield str(label)


@dataclass
class Names:
    """The indicators of a sheet by name; remembers where in the sheet the last row stood."""

    indicators: Mapping[str, Indicator]
    groups: Mapping[str, Label]
    _names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _whole: dict[frozenset[str], list[str]] = field(default_factory=dict)
    _short: dict[frozenset[str], list[str]] = field(default_factory=dict)
    _groups: dict[frozenset[str], str] = field(default_factory=dict)
    _section: str = ""
    _group: str = ""
    _parent: str = ""

    def __post_init__(self) -> None:
        for code, row in self.indicators.items():
            self._names[code] = (*in_both(row.label), *row.also)
            for name in self._names[code]:
                _learn(self._whole, words(name), code)
                _learn(self._short, words(_bare(name)), code)
        for group, label in self.groups.items():
            for name in in_both(label):
                self._groups.setdefault(words(name), group)
                self._groups.setdefault(words(_bare(name)), group)

    def under(self, section: str) -> None:
        """Rows that follow stand under this heading; "Trong đó:" is none."""
        if section == self._section or not without_marks(section):
            return
        self._section = section
        self._group = self.group_of(section)
        self._parent = ""
        if len(found := self.candidates(section)) == 1 and not self._group:
            self.met(found[0])

    def group_of(self, heading: str) -> str:
        return self._groups.get(words(heading)) or self._groups.get(words(_bare(heading)), "")

    def candidates(self, name: str) -> list[str]:
        """The codes a name may mean, the surest kind of likeness only."""
        return next(self.likely(name), [])

    def likely(self, name: str) -> Iterator[list[str]]:
        """What a name may mean by each kind of likeness, the surest first."""
        if name.strip() in self.indicators:
            yield [name.strip()]
            return
        if not words(name):
            return
        bare = words(_bare(name))
        for found in (
            self._whole.get(words(name)),
            self._whole.get(bare),
            self._short.get(bare),
            self._in_group(bare),
            self._parts(bare),
        ):
            if found:
                yield self._nearest(found)

    def met(self, code: str) -> None:
        """The row was taken for this indicator: its parts may follow."""
        row = self.indicators[code]
        self._group = row.group
        if any(other.child_of == code for other in self.indicators.values()):
            self._parent = code
        elif row.child_of != self._parent:
            self._parent = row.child_of

    def like(self, name: str) -> str:
        """The label that resembles a name most, to be proposed; "" for none."""
        code = self.code_like(name)
        return str(self.indicators[code].label) if code else ""

    def code_like(self, name: str) -> str:
        codes = {search_key(str(row.label)): code for code, row in self.indicators.items()}
        found = difflib.get_close_matches(search_key(without_marks(name)), codes, 1, 0.6)
        return codes[found[0]] if found else ""

    def _in_group(self, wanted: frozenset[str]) -> list[str]:
        """Under "II. Đoàn vào", "Số lượt người" is that of delegations in."""
        rows = [row for row in self.indicators.values() if row.group == self._group]
        said = {
            word
            for heading, group in self._groups.items()
            if group == self._group
            for word in heading
        }
        return [
            row.code
            for row in rows
            if wanted - said
            and any(words(_bare(name)) - said == wanted - said for name in self._names[row.code])
        ]

    def _parts(self, wanted: frozenset[str]) -> list[str]:
        """Below the turnover, "Xuất khẩu" is that part of it."""
        parts = [row for row in self.indicators.values() if row.child_of == self._parent != ""]
        return [
            row.code
            for row in parts
            if any(wanted <= words(name) for name in self._names[row.code])
        ]

    def _nearest(self, codes: list[str]) -> list[str]:
        """Of several, those under the heading the row stands under."""
        here = [code for code in codes if self.indicators[code].group == self._group]
        return here or codes


def _learn(known: dict[frozenset[str], list[str]], key: frozenset[str], code: str) -> None:
    codes = known.setdefault(key, [])
    if code not in codes:
        codes.append(code)
