"""Tables that records point to, read once: rows found by what people write for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from common.text import nfc
from imports.contract import Wrong
from reference.entries import find_key
from reference.partners import HOME

NAMES = ("name", "short_name", "code", "iso2", "iso3", "name_en", "name_latin", "name_foreign")
# What people write before a name, or leave away: "cửa khẩu Chi Ma", "Chi Ma".
_TITLES = re.compile(
    r"^(?:cua khau(?: (?:quoc te|chinh|phu|song phuong|duong sat))?|ck|loi thong quan|"
    r"xa|phuong|thi tran|huyen|thanh pho|tp|tinh) (?=.)"
)
_NUMBER = re.compile(r"#([0-9]{1,18})$")
_MOST_SUGGESTIONS = 100  # of one file: comparing names takes milliseconds each


class Table:
    """The rows of one model. A text may be the name of several: their days decide later."""

    def __init__(self, model: type[models.Model], prefetch: Iterable[str] = ()) -> None:
        self.model = model
        found = model._default_manager.prefetch_related(*prefetch)
        self.rows: dict[int, Any] = {row.pk: row for row in found}
        self._exact: dict[str, set[int]] = {}
        self._alike: dict[str, set[int]] = {}
        self._suggested = 0
        for key, row in self.rows.items():
            for name in _names(row):
                self._exact.setdefault(_spelled(name), set()).add(key)
                alike = find_key(name)
                for text in {alike, _TITLES.sub("", alike)}:
                    self._alike.setdefault(text, set()).add(key)

    def find(self, text: str) -> list[int]:
        """The rows a text may mean, most often one. Raises Wrong."""
        numbered = _NUMBER.search(text)
        if numbered and int(numbered[1]) in self.rows:
            return [int(numbered[1])]
        alike = find_key(text)
        found = (
            self._exact.get(_spelled(text))
            or self._alike.get(alike)
            or self._alike.get(_TITLES.sub("", alike))
        )
        if found:
            return sorted(found)
        raise Wrong(self._unknown(text))

    def label(self, key: int) -> str:
        """The name of a row, with its number where others are called the same."""
        name = str(self.rows[key])
        is_clear = self._exact.get(_spelled(name)) == {key} and not _NUMBER.search(name)
        return name if is_clear else f"{name} #{key}"

    def existed(self, key: int, day: dt.date) -> bool:
        """Whether a row may be chosen for a record of that day, as the form's pickers say."""
        row = self.rows[key]
        if getattr(row, "iso2", "") == HOME:
            return False
        first, last = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
        return (first is None or first <= day) and (last is None or day <= last)

    def _unknown(self, text: str) -> str:
        said = _("“%(text)s” is not in the list “%(list)s”.") % {
            "text": text[:80],
            "list": self.model._meta.verbose_name_plural,
        }
        self._suggested += 1
        near = [] if self._suggested > _MOST_SUGGESTIONS else self._near(text)
        if near:
            return f"{said} " + _("Like it: %(names)s.") % {"names": "; ".join(near)}
        return f"{said} " + _("Write a name as it stands there.")

    def _near(self, text: str) -> list[str]:
        keys = get_close_matches(find_key(text)[:80], self._alike, n=3, cutoff=0.7)
        return list(dict.fromkeys(self.label(min(self._alike[key])) for key in keys))


class Tables:
    """The tables of one check or export, each read when it is first asked for.

    ``prefetch`` says what belongs to the rows of each, for rules that look at it.
    """

    def __init__(self, prefetch: Mapping[type[models.Model], Iterable[str]] | None = None) -> None:
        self._prefetch = prefetch or {}
        self._tables: dict[type[models.Model], Table] = {}

    def of(self, model: type[models.Model]) -> Table:
        if model not in self._tables:
            self._tables[model] = Table(model, self._prefetch.get(model, ()))
        return self._tables[model]


def _names(row: Any) -> Iterable[str]:
    others = str(getattr(row, "aliases", "") or "").split(";")
    names = (str(row), *(getattr(row, name, "") for name in NAMES), *others)
    return {name.strip() for name in names if name and name.strip()}


def _spelled(text: str) -> str:
    return " ".join(nfc(text).casefold().split())
