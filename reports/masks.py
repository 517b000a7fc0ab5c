"""Tokens a reader may not know of, on their way to a browser and back.

The name of an indicator says something too. Where a person may not see one, the
browser gets a mark that means nothing, and a save puts the token back.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from accounts.models import User
from reports.chips import insides, may_see
from reports.narrative import TOKEN, BadToken, parse

_SALT = "reports.masks"


def mask(markup: str, viewer: User) -> str:
    """The text as ``viewer`` may get it."""
    return _exchanged(markup, {inside: masked(inside, viewer) for inside in insides(markup)})


def masked(inside: str, viewer: User) -> str:
    """The inside of one token, or the mark ``viewer`` gets for it."""
    return inside if _open_to(viewer, inside) else _mark(inside)


def unmask(markup: str, originals: Iterable[str]) -> str:
    """The text with marks turned back into the tokens of the texts they came from."""
    if "[[~" not in markup:
        return markup
    known = {_mark(inside): inside for text in originals for inside in insides(text)}
    return _exchanged(markup, known)


def _open_to(viewer: User, inside: str) -> bool:
    try:
        return may_see(viewer, parse(inside).code)
    except BadToken:
        return True


def _mark(inside: str) -> str:
    return "~" + salted_hmac(_SALT, inside).hexdigest()[:16]


def _exchanged(markup: str, words: dict[str, str]) -> str:
    if not words:
        return markup

    def one(found: str) -> str:
        inside = html.unescape(found)
        return html.escape(words.get(inside, inside), quote=False)

    return TOKEN.sub(lambda found: f"[[{one(found[1])}]]", markup)
