"""What the editor of a section exchanges with the portal: texts, chips, conflicts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.dates import short_date
from reports import actions, numerals
from reports.chips import SAID, ChipFace, faces, insides
from reports.cleaning import clean
from reports.compose import section_narrative
from reports.footnotes import noted
from reports.masks import mask, masked, unmask
from reports.merging import Piece, Say, diff, merge, merged, reading
from reports.models import Report, Section
from reports.narrative import TOKEN, plain_chip

MOST_CHARACTERS = 100_000
MOST_MARKUP = 4 * MOST_CHARACTERS  # with its tags
_TAG = re.compile(r"<[^>]*>")


class BadRequest(ValueError):
    """The browser sent what the editor never sends."""


@dataclass(frozen=True)
class Typed:
    """A text as the browser sends it: what it began with, and what it is now."""

    text: str
    base: str
    version: int
    left_as_typed: list[str]


def typed(body: Any, section: Section, earlier: str | None = None) -> Typed:
    """The request of a save, its marks turned back into tokens; raises BadRequest."""
    match body:
        case {"html": str(text), "base": str(base), "version": int(version), **rest}:
            kept = rest.get("left", section.left_as_typed)
        case _:
            raise BadRequest
    if not isinstance(kept, list) or not all(isinstance(one, str) for one in kept):
        raise BadRequest
    originals = [section.text, earlier or ""]
    return Typed(
        unmask(text, originals), unmask(base, originals), version, [one[:200] for one in kept[:500]]
    )


def too_long(markup: str) -> str:
    """Why a text is refused for its length, or ""."""
    length = len(_TAG.sub("", markup))
    if length <= MOST_CHARACTERS and len(markup) <= MOST_MARKUP:
        return ""
    return _(
        "The text is too long: %(length)s characters; a section takes at most %(most)s. "
        "Nothing has been saved. Shorten it, or move a part into another section."
    ) % {"length": length, "most": MOST_CHARACTERS}


# --- saving ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """The answer to a save: its status and what the browser is told."""

    status: int
    body: dict[str, Any]


def save(section: Section, sent: Typed, by: User) -> Outcome:
    """Save a text; join it with what somebody saved meanwhile, or ask where that is impossible."""
    if message := too_long(sent.text):
        return Outcome(422, {"messages": [message]})
    text, joined = sent.text, False
    current = section
    for _attempt in range(3):  # somebody may save between reading and writing
        if sent.version != current.version:
            pieces = merge(sent.base, sent.text, current.text)
            united = merged(pieces)
            if united is None:
                return Outcome(409, _conflict(current, pieces, by))
            text, joined = united, united != clean(sent.text)
        try:
            saved = actions.save_section(
                section,
                text,
                by=by,
                seen_version=current.version,
                left_as_typed=sent.left_as_typed,
            )
        except actions.TextRefused as refusal:
            return Outcome(422, {"messages": refusal.messages})
        except actions.TextConflict as conflict:
            current = conflict.section
            continue
        return Outcome(200, _saved(saved, current, joined, by))
    return Outcome(503, {"messages": [_("Many people are saving this section. Try again.")]})


def _saved(saved: Section, before: Section, joined: bool, by: User) -> dict[str, Any]:
    answer: dict[str, Any] = {"version": saved.version, "saved_at": clock()}
    if joined:
        answer["html"] = mask(saved.text, by)
        answer["note"] = _(
            "%(who)s changed other paragraphs meanwhile; both texts have been joined."
        ) % {"who": author(before, by)}
    return answer


def _conflict(current: Section, pieces: list[Piece], by: User) -> dict[str, Any]:
    say = sayer(current.report, by, [unit for p in pieces for unit in (*p.mine, *p.theirs)])
    return {
        "version": current.version,
        "html": mask(current.text, by),
        "who": author(current, by),
        "at": moment(current),
        "pieces": [_piece(piece, say, by) for piece in pieces],
    }


def _piece(piece: Piece, say: Say, by: User) -> dict[str, Any]:
    mine, theirs = "".join(piece.mine), "".join(piece.theirs)
    if piece.is_agreed:
        return {"html": mask(mine, by)}
    return {
        "mine": mask(mine, by),
        "theirs": mask(theirs, by),
        "mine_read": diff(theirs, mine, say).html or reading(mine, say),
        "theirs_read": reading(theirs, say),
    }


def author(section: Section, reader: User) -> str:
    """Who wrote what stands there, as ``reader`` is told."""
    if section.edited_by_id == reader.pk:
        return _("Another window of this account")
    return str(section.edited_by) if section.edited_by else _("the outline")


def moment(section: Section) -> str:
    local = timezone.localtime(section.edited_at)
    return f"{local:%H:%M} {short_date(local)}"


def clock() -> str:
    return f"{timezone.localtime():%H:%M:%S}"


def sayer(report: Report, viewer: User, texts: Iterable[str]) -> Say:
    """What chips say in a comparison of texts, as ``viewer`` may read it."""
    known = _faces(report, viewer, "".join(texts))
    return lambda inside: _spoken(inside, known)


# --- what is beside the text -----------------------------------------------------------


def chips(report: Report, viewer: User, markup: str) -> dict[str, dict[str, Any]]:
    """The faces of a text's chips, under the words the browser knows their tokens by."""
    return _for_browser(_faces(report, viewer, markup), viewer)


def preview(report: Report, section: Section, viewer: User, text: str) -> dict[str, Any]:
    """A text as it will print, what will be left out, and what its chips say."""
    narrative = section_narrative(report, viewer, text, plain_chip)
    filled = narrative.fill(text, section.key)
    known = faces(insides(text), narrative, viewer)
    return {
        "noted": noted(filled),
        "left_out": [_readable(sentence, known) for sentence in narrative.left_out],
        "chips": _for_browser(known, viewer),
    }


def _faces(report: Report, viewer: User, markup: str) -> dict[str, ChipFace]:
    narrative = section_narrative(report, viewer, markup, plain_chip)
    return faces(insides(markup), narrative, viewer)


def _for_browser(known: dict[str, ChipFace], viewer: User) -> dict[str, dict[str, Any]]:
    return {masked(inside, viewer): face.as_json() for inside, face in known.items()}


def _readable(sentence: str, known: dict[str, ChipFace]) -> str:
    """A sentence with the names of its figures instead of their tokens."""
    return TOKEN.sub(lambda found: f"[{_spoken(found[1], known)}]", sentence)


def _spoken(inside: str, known: dict[str, ChipFace]) -> str:
    face = known.get(html.unescape(inside))
    if face is None:
        return inside
    named = f"{face.name}, {face.form}" if face.form else face.name
    return face.text if face.state == SAID or not named else f"{face.text}: {named}"


def typed_numerals(blocks: Any, left: Any) -> list[list[list[int]]]:
    """For each paragraph the places of its numerals, without those left as they are."""
    if not isinstance(blocks, list) or not all(isinstance(block, str) for block in blocks):
        raise BadRequest
    kept = set(left) if isinstance(left, list) else set()
    return [
        [
            [one.start, one.end]
            for one in numerals.find(block)
            if numerals.key(block, one) not in kept
        ]
        for block in blocks
    ]


def numeral_key(prose: str, start: int) -> str:
    """What a numeral left as it is is remembered by; "" where none stands."""
    found = next((one for one in numerals.find(prose) if one.start == start), None)
    return numerals.key(prose, found) if found else ""
