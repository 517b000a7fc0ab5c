"""Numbers written so that no reader has to guess: 58.991 is never left alone.

One separator before exactly three digits may group thousands or begin
decimals. A zero more after the decimal sign settles it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.numbers import AmbiguousNumber, NotANumber, format_number, parse_number
from imports.contract import Wrong

_EITHER = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}")


def _point() -> str:
    return "." if (get_language() or "vi").startswith("en") else ","


def ungrouped(value: Decimal) -> str:
    """For a file: "104250000,5"."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _settled(text.replace(".", _point()))


def grouped(value: Decimal) -> str:
    """For people: "1.500.000,5"."""
    return _settled(format_number(value, get_language() or "vi"))


def _settled(text: str) -> str:
    if not _EITHER.fullmatch(text):
        return text
    return f"{text}0" if _point() in text else f"{text}{_point()}0"


def read(text: str) -> Decimal:
    """A number of either language; raises Wrong where both would read it differently."""
    language = get_language() or "vi"
    try:
        value = parse_number(text, language)
    except AmbiguousNumber as other:
        return other.suggestion
    except NotANumber as wrong:
        raise Wrong(str(wrong.message)) from wrong
    if not _EITHER.fullmatch(text.strip()):
        return value
    whole = Decimal(re.sub("[.,]", "", text.strip()))
    part = Decimal(text.strip().replace(",", "."))
    raise Wrong(
        _("“%(text)s” can be read in two ways. Write %(whole)s or %(part)s.")
        % {"text": text.strip(), "whole": ungrouped(whole), "part": ungrouped(part)}
    )
