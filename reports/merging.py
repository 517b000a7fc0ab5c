"""Two texts of one section: what differs between them, and joining two people's work.

A text is a row of units: a paragraph, a sub-heading, a table, one item of a
list. Who touched different units is joined without a word; who touched the
same one is asked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from django.utils.translation import gettext as _

from reports.cleaning import FOOTNOTE, clean

Say = Callable[[str], str]  # the inside of a token → the words that stand for it

_ITEM = re.compile(  # before each item, and before the end of the list
    r"(?:(?<=</li>)|(?<=^<[uo]l>))(?=<li>)|(?<=</li>)(?=</[uo]l>$)"
)
_NESTED = re.compile(r"<li>.*<(?:ul|ol|p)>", re.S)
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"<br>|</(?:p|td|th|li)>")
_WORD = re.compile(r"\[\[[^\[\]]*\]\]|\w+|\s+|[^\w\s]")
_WHOLE_ABOVE = 6000  # words of a paragraph beyond which it is shown as replaced whole
_ALIKE = 0.35  # below this two paragraphs are another text, not a changed one
_ISLAND = 2  # words
Marked = tuple[str, list[str]]  # "ins", "del" or "", and the words


def units(markup: str) -> list[str]:
    """A stored text in the pieces people work on; joined they are the text again."""
    found: list[str] = []
    for line in clean(markup).split("\n"):
        simple_list = line.startswith(("<ul>", "<ol>")) and not _NESTED.search(line)
        found.extend(_ITEM.split(line) if simple_list else [line] if line else [])
    return found


# --- joining ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A run of units: agreed upon, or written in two ways (``theirs`` is what is saved)."""

    mine: list[str]
    theirs: list[str] = field(default_factory=list)
    is_agreed: bool = True


def merge(base: str, mine: str, theirs: str) -> list[Piece]:
    """Both people's work over what they began with; pieces not agreed are theirs to choose."""
    pieces: list[Piece] = []
    for chunk in _chunks(units(base), units(mine), units(theirs)):
        for old, ours, saved in _aligned(*chunk):
            agreed = _agreed(old, ours, saved)
            if agreed is None:
                pieces.append(Piece(ours, saved, is_agreed=False))
            elif pieces and pieces[-1].is_agreed:
                pieces[-1].mine.extend(agreed)
            elif agreed:
                pieces.append(Piece(list(agreed)))
    return pieces


def merged(pieces: Sequence[Piece]) -> str | None:
    """The text of pieces everybody agrees on; None when somebody has to choose."""
    if not all(piece.is_agreed for piece in pieces):
        return None
    joined = "".join(unit for piece in pieces for unit in piece.mine)
    return clean(joined)


def _agreed(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else None


Chunk = tuple[list[str], list[str], list[str]]


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    """The three texts cut where all three have the same units."""
    here = there = at = 0
    for start, ours, saved, length in _in_common(base, mine, theirs):
        yield base[at:start], mine[here:ours], theirs[there:saved]
        same = base[start : start + length]
        yield same, same, same
        at, here, there = start + length, ours + length, saved + length
    yield base[at:], mine[here:], theirs[there:]


def _in_common(
    base: list[str], mine: list[str], theirs: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of the base both texts still have: (in base, in mine, in theirs, length)."""
    ours = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    saved = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    first = second = 0
    while first < len(ours) and second < len(saved):
        one, other = ours[first], saved[second]
        start = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if start < end:
            yield start, one.b + start - one.a, other.b + start - other.a, end - start
        if one.a + one.size < other.a + other.size:
            first += 1
        else:
            second += 1


def _aligned(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    """Neighbouring units one by one where nobody added or removed any."""
    if len(base) == len(mine) == len(theirs):
        yield from (
            ([old], [ours], [saved]) for old, ours, saved in zip(base, mine, theirs, strict=True)
        )
    else:
        yield base, mine, theirs


# --- showing what differs --------------------------------------------------------------


@dataclass(frozen=True)
class Diff:
    """What changed, to be read: safe HTML with words added and removed, and their count."""

    html: str
    added: int
    removed: int


def diff(old: str, new: str, say: Say) -> Diff:
    """The changes of a text, unit by unit; unchanged ones between them are left out."""
    before, after = units(old), units(new)
    rows: list[str] = []
    added = removed = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for one, other in zip_longest(before[i1:i2], after[j1:j2], fillvalue=""):
            words = _compared(_words(one), _words(other))
            if not any(word.strip() for _mark, part in words for word in part):
                continue  # the beginning or the end of a list
            added += _count(words, "ins")
            removed += _count(words, "del")
            only_looks = all(mark == "" for mark, _part in words)
            rows.append(_row(words, say, only_looks))
    return Diff("".join(rows), added, removed)


def reading(markup: str, say: Say) -> str:
    """A text to be read, its figures as their words: safe HTML of plain paragraphs."""
    lines = (_shown(_words(unit), say) for unit in units(markup))
    return "".join(f"<p>{line}</p>" for line in lines if line.strip())


def _words(unit: str) -> list[str]:
    """The words of a unit; footnotes stand in brackets where their mark is."""
    noted = re.sub(rf"{FOOTNOTE}(.*?)</span>", r" [\1]", unit)
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", noted)))
    return _WORD.findall(text.strip())


def _compared(before: list[str], after: list[str]) -> list[Marked]:
    """What was taken away, put in and kept; "" marks what is kept."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) + len(after) > _WHOLE_ABOVE or matcher.quick_ratio() < _ALIKE:
        return _marks(before, after)
    found: list[Marked] = []
    opcodes = matcher.get_opcodes()
    for place, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        inside = 0 < place < len(opcodes) - 1
        if tag == "equal" and not (inside and _is_island(before[i1:i2])):
            found.append(("", before[i1:i2]))
        else:
            found.extend(_marks(before[i1:i2], after[j1:j2]))
    return list(_gathered(found))


def _marks(before: list[str], after: list[str]) -> list[Marked]:
    return [pair for pair in (("del", before), ("ins", after)) if pair[1]]


def _is_island(words: list[str]) -> bool:
    """So little in common between two changes that it only breaks up the reading."""
    return sum(word.isalnum() for word in words) <= _ISLAND


def _gathered(found: list[Marked]) -> Iterator[Marked]:
    """Neighbouring changes as one: what went, then what came."""
    for is_kept, group in groupby(found, key=lambda pair: pair[0] == ""):
        pairs = list(group)
        for mark in ("",) if is_kept else ("del", "ins"):
            words = [word for kind, part in pairs if kind == mark for word in part]
            if words:
                yield mark, words


def _count(words: list[Marked], mark: str) -> int:
    counted = (word for kind, part in words if kind == mark for word in part)
    return sum(word.isalnum() or word.startswith("[[") for word in counted)


def _row(words: list[Marked], say: Say, only_looks: bool) -> str:
    parts = (_marked(mark, _shown(part, say)) for mark, part in words)
    if only_looks:
        return f'<p class="only-looks">{"".join(parts)} ({_("formatting only")})</p>'
    return f"<p>{''.join(parts)}</p>"


def _marked(kind: str, text: str) -> str:
    return f"<{kind}>{text}</{kind}>" if kind else text


def _shown(words: list[str], say: Say) -> str:
    return "".join(
        f'<span class="said">{html.escape(say(word[2:-2].strip()))}</span>'
        if word.startswith("[[") and word.endswith("]]")
        else html.escape(word)
        for word in words
    )
