"""Narrative with figure tokens: reading it, and turning tokens into words.

One text serves every year because what cannot be said leaves by itself: an
empty comparison goes with the comma before it, a missing figure takes its
sentence along, an empty paragraph disappears.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.units import UNITS, UnitMismatch, convert
from indicators.declarations import facts, indicators
from indicators.ledger import FORMS, Entry, Ledger
from indicators.wording import WHOLE_YEAR, say_next_period, say_period
from reports.cleaning import BLOCKS, FOOTNOTE, clean, without_empty_blocks

TOKEN = re.compile(r"\[\[\s*([^\[\]]*?)\s*\]\]")
_YEAR = re.compile(r"^year([+-]\d+)?$")
# The report's period, the one its tasks are for, and the year that one lies in.
PERIODS = ("period", "next_period", "next_year")
_TAG = re.compile(r"(<[^>]+>)")
_BLOCK = re.compile(rf"^</?(?:{'|'.join(BLOCKS)})\b")
_FOOTNOTE = re.compile(rf"{FOOTNOTE}(.*?)</span>", re.S)
_MARK = re.compile("\x02([0-9]+)\x02")  # where a footnote stands while its sentence is read
# A sentence ends with . or ; before white space or at the end of its paragraph;
# the mark of a footnote right after it still belongs to it.
_SENTENCE = re.compile(r".*?[.;](?:\x02[0-9]+\x02)*(?=\s|$|<)|.+$", re.S)
# A sub-heading with nothing before the next one, or before the end.
_LONELY_HEADING = re.compile(r"<h4>((?:(?!</h4>).)*)</h4>\s*(?=<h4>|\Z)", re.S)
# A full stop inside these ends nothing.
_ABBREVIATION = re.compile(r"\b(?:TP|TX|TT|T\.Ư|TƯ|Tr|GS|PGS|TS|ThS|v\.v|tr)\.")
_EMPTY = "\x00"
_DOT = "\x01"


class BadToken(ValueError):
    """A token nobody can fill; the message names it and what is wrong with it."""


@dataclass(frozen=True)
class Token:
    """One parsed token."""

    text: str
    kind: str  # "year" | "period" | "fact" | "figure"
    code: str = ""
    form: str = "value"
    unit: str | None = None
    offset: int = 0
    of_next: bool = False  # [[… year=next]]: the year the report's tasks are for

    @property
    def is_clause(self) -> bool:
        return self.kind == "figure" and FORMS[self.form].clause


def parse(text: str) -> Token:
    """The inside of a token; raises BadToken naming what is unknown."""
    if year := _YEAR.match(text):
        return Token(text, "year", offset=int(year.group(1) or 0))
    if text in PERIODS:
        return Token(text, "period", text)
    head, *options = html.unescape(text).split() or [""]
    kind, code = ("fact", head[5:]) if head.startswith("fact:") else ("figure", head)
    if code not in (facts() if kind == "fact" else indicators()):
        raise BadToken(
            _("[[%(token)s]]: there is no figure “%(code)s”.") % {"token": text, "code": code}
        )
    fields: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        fields[name if equals else "form"] = value if equals else name
    of_next = fields.get("year") == "next" and bool(fields.pop("year"))
    token = Token(
        text,
        kind,
        code,
        fields.pop("form", "value"),
        fields.pop("unit", None),
        _offset(fields, text),
        of_next,
    )
    if fields or token.form not in (("value", "number") if kind == "fact" else FORMS):
        raise BadToken(_("[[%(token)s]]: this form is not known.") % {"token": text})
    _check_unit(token)
    return token


def _offset(fields: dict[str, str], text: str) -> int:
    try:
        return int(fields.pop("year", "0"))
    except ValueError as error:
        raise BadToken(_("[[%(token)s]]: the year is not a number.") % {"token": text}) from error


def _check_unit(token: Token) -> None:
    if token.unit is None:
        return
    try:
        convert(UNITS["usd"].factor, indicators()[token.code].unit, token.unit)
    except (KeyError, UnitMismatch) as error:
        raise BadToken(
            _("[[%(token)s]]: the unit does not fit this figure.") % {"token": token.text}
        ) from error


def tokens(markup: str) -> Iterator[Token]:
    """All tokens of a text; raises BadToken at the first that cannot be filled."""
    return (parse(found.group(1)) for found in TOKEN.finditer(markup))


def known_tokens(markup: str) -> Iterator[Token]:
    """The tokens of a text that can be filled; the others are passed over."""
    for found in TOKEN.finditer(markup):
        with suppress(BadToken):
            yield parse(found.group(1))


def problems(markup: str) -> list[str]:
    """What is wrong with the tokens of a text, one message each."""
    found = []
    for token in TOKEN.finditer(markup):
        try:
            parse(token.group(1))
        except BadToken as error:
            found.append(str(error))
    without = TOKEN.sub("", markup)
    if "[[" in without or "]]" in without:
        found.append(_("A figure is not closed: every [[ needs its ]]."))
    return found


Chip = Callable[[Entry], str]


def plain_chip(entry: Entry) -> str:
    """A number on paper: the text alone."""
    return html.escape(entry.text, quote=False)


@dataclass
class Narrative:
    """Fills texts for one year to date through one ledger."""

    ledger: Ledger
    year: int
    chip: Chip = plain_chip
    left_out: list[str] = field(default_factory=list)
    months: int = WHOLE_YEAR

    @property
    def next_year(self) -> int:
        """The year of the report's tasks: the next one, or what is left of this one."""
        return self.year + (self.months == WHOLE_YEAR)

    def fill(self, markup: str, place: str) -> str:
        """The text with its numbers; what could not be said is in ``left_out``."""
        pieces = [
            piece if _BLOCK.match(piece) else self._run(piece, place)
            for piece in _runs(clean(markup))
        ]
        filled = without_empty_blocks("".join(pieces))
        while lonely := _LONELY_HEADING.search(filled):
            self.left_out.append(html.unescape(_TAG.sub("", lonely[1])))
            filled = (filled[: lonely.start()] + filled[lonely.end() :]).strip()
        return filled

    def line(self, text: str, place: str) -> str:
        """A heading or title: tokens of the year, no markup."""
        return html.unescape(TOKEN.sub(lambda found: self._token(found, place), text))

    def _run(self, run: str, place: str) -> str:
        """Text between two block tags, sentence by sentence."""
        if "[[" not in run:
            return run
        notes: list[str] = []

        def lift(found: re.Match[str]) -> str:
            notes.append(found[1])
            return f"\x02{len(notes) - 1}\x02"

        lifted = _FOOTNOTE.sub(lift, run)
        said = [self._sentence(sentence, place) for sentence in _sentences(lifted)]
        return _MARK.sub(lambda mark: self._note(notes[int(mark[1])], place), "".join(said).strip())

    def _note(self, note: str, place: str) -> str:
        """A footnote by the same rules; one with nothing left to say goes."""
        said = self._run(note, place)
        return f"{FOOTNOTE}{said}</span>" if _TAG.sub("", said) else ""

    def _sentence(self, sentence: str, place: str) -> str:
        mark = len(self.ledger.entries)
        found = list(TOKEN.finditer(sentence))
        if not found:
            return sentence
        filled, clauses, spoken = sentence, 0, 0
        for match in found:
            text = self._token(match, place)
            is_clause = self._is_clause(match)
            if not text and not is_clause:
                return self._leave_out(sentence, mark)
            clauses += is_clause
            spoken += bool(text)
            filled = filled.replace(match.group(0), text or _EMPTY, 1)
        if clauses and not spoken:
            return self._leave_out(sentence, mark)  # only comparisons, and nothing to compare
        return _close_gaps(filled)

    def _leave_out(self, sentence: str, mark: int) -> str:
        """A sentence that cannot be said: its numbers leave the ledger with it.

        Its tags stay, so that bold begun in it or ended in it stays balanced;
        pairs with nothing between them are dropped with the empty blocks.
        """
        del self.ledger.entries[mark:]
        self.left_out.append(html.unescape(_TAG.sub("", _MARK.sub("", sentence))).strip())
        return "".join(_TAG.findall(sentence))

    def _is_clause(self, match: re.Match[str]) -> bool:
        try:
            return parse(match.group(1)).is_clause
        except BadToken:
            return False

    def _token(self, match: re.Match[str], place: str) -> str:
        try:
            token = parse(match.group(1))
        except BadToken:
            return ""
        said = self.say(token, place)
        return said if isinstance(said, str) else self.chip(said)

    def year_of(self, token: Token) -> int:
        return self.next_year if token.of_next else self.year + token.offset

    def say(self, token: Token, place: str) -> Entry | str:
        """What stands for a token: a number of the ledger, words of the period, or ""."""
        year = self.year_of(token)
        if token.kind == "year":
            return str(year)
        if token.kind == "period":
            return self._period(token.code)
        if token.kind == "fact":
            return self.ledger.say_fact(token.code, token.form, place, year=year) or ""
        return self.ledger.say(token.code, token.form, place, year=year, unit=token.unit) or ""

    def _period(self, code: str) -> str:
        if code == "next_year":
            return str(self.next_year)
        say = say_period if code == "period" else say_next_period
        return say(self.year, self.months)


def _runs(markup: str) -> Iterator[str]:
    """Block tags one by one, and everything between two of them as one piece."""
    run = ""
    for piece in _TAG.split(markup):
        if _BLOCK.match(piece):
            if run:
                yield run
            yield piece
            run = ""
        else:
            run += piece
    if run:
        yield run


def _sentences(run: str) -> list[str]:
    """Sentences with the white space before them; tokens never hold an end of sentence."""
    hidden = run
    for pattern in (TOKEN, _ABBREVIATION):
        hidden = pattern.sub(lambda found: found.group(0).replace(".", _DOT), hidden)
    return [match.group(0).replace(_DOT, ".") for match in _SENTENCE.finditer(hidden)]


_GAPS = (
    # "(— , —)" and "( —)": brackets with nothing left inside go altogether
    (re.compile(rf"\s*\(\s*{_EMPTY}(?:\s*(?:[,;]|và)?\s*{_EMPTY})*\s*\)"), ""),
    (re.compile(rf"\(\s*{_EMPTY}\s*(?:[,;]|và)?\s*"), "("),  # first of several in brackets
    (re.compile(rf"^(\s*){_EMPTY}\s*[,;]?\s*"), r"\1"),  # first in its sentence
    (re.compile(rf"(?:\s*[,;]|\s+và)?\s*{_EMPTY}"), ""),  # the joint before it goes too
)


def _close_gaps(text: str) -> str:
    for pattern, instead in _GAPS:
        text = pattern.sub(instead, text)
    return text
