"""The report font, checked before any layout.

Without any font Pango does not fail, it crashes the process; with the wrong
one it silently prints words in two typefaces. So we ask fontconfig first.
"""

from __future__ import annotations

import html
import subprocess
import unicodedata
from collections.abc import Iterable

from reports.pdf.reasons import Reason, Refused

FAMILY = "Tinos"

# fontconfig pattern → (weight, slant) it must resolve to.
FACES = {
    f"{FAMILY}:regular": ("80", "0"),
    f"{FAMILY}:bold": ("200", "0"),
    f"{FAMILY}:italic": ("80", "100"),
    f"{FAMILY}:bold:italic": ("200", "100"),
}
_FORMAT = "%{family}\n%{weight}\n%{slant}\n%{charset}"
_BASES = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER = "đ" + "".join(
    unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES
)
VIETNAMESE = frozenset(_LOWER + _LOWER.upper())


def require_report_font() -> frozenset[str]:
    """Refuse unless all four faces are installed; return the letters all of them have."""
    letters = [_letters_of(pattern, face) for pattern, face in FACES.items()]
    return frozenset.intersection(*letters)


def require_letters(available: frozenset[str], texts: Iterable[str]) -> None:
    """Refuse text the font cannot print, naming the characters."""
    used = set().union(*(html.unescape(text) for text in texts))
    missing = sorted(char for char in used - available if _is_visible(char))
    if missing:
        raise Refused(Reason.NO_LETTER, " ".join(missing[:20]))


def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ"


def _letters_of(pattern: str, face: tuple[str, str]) -> frozenset[str]:
    try:
        answer = subprocess.run(
            ["fc-match", "--format", _FORMAT, pattern],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise Refused(Reason.NO_FONT, f"fc-match: {error}") from error
    family, weight, slant, charset = [*answer.split("\n"), "", "", "", ""][:4]
    letters = frozenset(_characters(charset))
    if FAMILY not in family.split(",") or (weight, slant) != face or not letters >= VIETNAMESE:
        raise Refused(Reason.NO_FONT, f"{pattern} → {family or 'nothing'}")
    return letters


def _characters(charset: str) -> Iterable[str]:
    """fontconfig writes a charset as hexadecimal ranges: ``20-7e a0-377 38c``."""
    for part in charset.split():
        first, _, last = part.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))
