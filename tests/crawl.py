"""Walks the portal as a person does, link by link, and reads what stands on its pages."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-placeholder", "label")
SILENT = {"script", "style", "template", "textarea"}
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"}


class Page(HTMLParser):
    """The words a reader meets on a page, each with where it stands, and its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    @property
    def _is_silent(self) -> bool:
        return any(silent for _tag, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        silent = tag in SILENT or given.get("lang") == "en"
        if not silent and not self._is_silent:
            self.words += [given[name] for name in SPOKEN if given.get(name)]
            if tag == "input" and given.get("type") in ("submit", "button", "reset"):
                self.words.append(given.get("value", ""))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag not in VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(tag == opened for opened, _silent in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_silent:
            self.words.append(data.strip())


def walk(client: Client, *, start: str = "/", each: int = 2) -> Iterator[tuple[str, str]]:
    """Pages within reach as (path, HTML); of one kind of page at most ``each``."""
    waiting, seen = deque([start]), {start}
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        answer = client.get(path, follow=True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        final = answer.request["PATH_INFO"]
        page = answer.content.decode()
        yield final, page
        for link in Page(page).links:
            target = urlsplit(urljoin(final, link))
            address = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc or target.scheme or address in seen:
                continue
            seen.add(address)
            kind = _kind(target.path)
            if kind and kinds[kind] < each:
                kinds[kind] += 1
                waiting.append(address)


def _kind(path: str) -> str:
    """What kind of page an address is; "" for a file or what only acts."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


# A syllable without marks: those that end in c, ch, p or t always carry one, so a bare
# "set" or "list" is no Vietnamese word.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    r"(?:oai|oay|oeo|uya|uyu|ai|ao|au|ay|eo|ia|iu|oa|oe|oi|oo|ua|ui|uy|[aeiouy])"
    r"(?:ch|ng|nh|[mn])?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w@./%-])[A-Za-z][A-Za-z']+(?![\w@/…]|\.\w)")


def foreign_words(text: str, known: frozenset[str]) -> list[str]:
    """Words that cannot be Vietnamese: no marks, no abbreviation, no possible syllable."""
    found = _BARE.findall(text)
    return [
        word
        for word in found
        if not word.isupper() and word not in known and not _SYLLABLE.fullmatch(word)
    ]
