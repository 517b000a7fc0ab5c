"""Rows of a list of agencies, each held against the agencies there and in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from common.text import search_key
from imports.contract import Checked, Fault, Outcome, Parsed
from imports.fields import Wrong
from imports.people.words import Agencies, fault, needed, parts, say

if TYPE_CHECKING:
    from imports.people.agencies import AgencySource

PLAIN = ("name", "short_name", "kind", "valid_from", "valid_to")
FIELDS = (*PLAIN, "succeeds")
_TEXTS = ("name", "short_name")


class Checker:
    """One file. Who succeeds whom may be said of agencies the same file adds."""

    def __init__(self, source: AgencySource) -> None:
        self._source, self._kinds = source, source.kinds
        self._there = {
            agency.code: agency for agency in Agency.objects.prefetch_related("succeeds")
        }
        self._found = Agencies(self._there.values())
        self._by_fold = {code.casefold(): code for code in self._there}
        self._new: dict[str, str] = {}  # key of a code or name in the file → code
        self._rows: dict[str, int] = {}

    def rows(self, rows: Iterable[Parsed]) -> Iterator[Checked]:
        taken = list(rows)
        for row in taken:
            if code := row.values.get("code"):
                for name in (code, row.values.get("name"), row.values.get("short_name")):
                    self._new.setdefault(search_key(name or ""), code)
        self._new.pop("", None)
        for row in taken:
            yield self._checked(row)

    def _checked(self, row: Parsed) -> Checked:
        faults = list(row.faults)
        code = row.values.get("code")
        title = f"{code or '?'} · {row.values.get('name') or ''}"
        if code:
            faults += self._code_faults(row, code)
        said, wrong = self._said(row)
        faults += wrong
        agency = self._there.get(code or "")
        faults += needed(row, self._source, is_new=agency is None)
        first, last = _days(said, agency)
        if first and last and last < first:
            faults.append(fault(row, "valid_to", _("The last day is before the first day.")))
        if faults:
            return Checked(row.number, Outcome.FAULTY, title, faults=faults)
        if agency is None:
            shown = self._shown({}, {"code": code, **said})
            values = {"code": code, **said}
            return Checked(row.number, Outcome.NEW, title, values=values, shown=shown)
        old = state(agency, said)
        changed = [name for name in said if said[name] != old[name]]
        before = {name: old[name] for name in changed}
        after = {name: said[name] for name in changed}
        return Checked(
            row.number,
            Outcome.CHANGED if changed else Outcome.UNCHANGED,
            title,
            target=agency.pk,
            values=after,
            before=before,
            shown=self._shown(before, after),
        )

    def _code_faults(self, row: Parsed, code: str) -> Iterator[Fault]:
        other = self._by_fold.setdefault(code.casefold(), code)
        if other != code:
            yield fault(row, "code", format_lazy(_CASE, other=other))
        if (earlier := self._rows.setdefault(code, row.number)) != row.number:
            yield fault(row, "code", format_lazy(_TWICE, row=earlier))

    def _said(self, row: Parsed) -> tuple[dict[str, Any], list[Fault]]:
        """What the file says, as it is staged; and what it says of agencies nobody knows."""
        values = row.values
        said: dict[str, Any] = {}
        for name in PLAIN:
            if name in values:
                value = values[name]
                said[name] = value.isoformat() if hasattr(value, "isoformat") else value
        said |= {name: said[name] or "" for name in _TEXTS if name in said}
        faults = []
        if "succeeds" in values:
            try:
                said["succeeds"] = self._codes(values["succeeds"] or "", values.get("code"))
            except Wrong as wrong:
                faults.append(fault(row, "succeeds", wrong.args[0]))
        return said, faults

    def _codes(self, text: str, own: str | None) -> list[str]:
        codes = {self._code(part) for part in parts(text)}
        if own in codes:
            raise Wrong(_("An agency does not succeed itself. Take it out of the cell."))
        return sorted(codes)

    def _code(self, text: str) -> str:
        try:
            return self._found.find(text).code
        except Wrong:
            if code := self._new.get(search_key(" ".join(text.split()))):
                return code
            raise

    def _shown(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
        pairs = {name: [self._words(name, side.get(name)) for side in (before, after)]
                 for name in after}  # fmt: skip
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def _words(self, name: str, value: Any) -> str:
        if name == "kind":
            return self._kinds.label(value) if value else ""
        if name == "succeeds":
            return "; ".join(value or ())
        return _day(value) if name.startswith("valid") else str(value or "")


_CASE = _(
    "There is an agency with the code “{other}”, which differs only in small and capital letters. "
    "Write it the same way, or choose another."
)
_TWICE = _("Row {row} is about the same agency. Take one of them out.")


def state(agency: Agency, names: Iterable[str]) -> dict[str, Any]:
    """What an agency is now, in the form rows are staged in."""
    found: dict[str, Any] = {}
    for name in names:
        if name == "succeeds":
            found[name] = sorted(earlier.code for earlier in agency.succeeds.all())
        else:
            value = getattr(agency, name)
            found[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found


def _days(said: Mapping[str, Any], agency: Agency | None) -> tuple[str | None, str | None]:
    """First and last day as they would be, comparable as they are written (ISO)."""
    old = state(agency, ("valid_from", "valid_to")) if agency else {}
    first, last = (said.get(name, old.get(name)) for name in ("valid_from", "valid_to"))
    return first, last


def _day(value: str | None) -> str:
    return say(dt.date.fromisoformat(value)) if value else ""
