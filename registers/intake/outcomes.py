"""What would become of a row of a file: new, changed, unchanged, faulty, duplicate.

A row nobody edited is unchanged whatever today's rules say of it. Nothing is put
into words for the preview here: it shows a page, and reads it out of the values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from imports.book import address
from imports.contract import Checked, Choice, Fault, Outcome, Parsed
from imports.headings import shown as told
from registers.intake.drafts import Draft, Drafts, Fields, Problems, Values
from registers.intake.permitted import Rights, Years
from registers.intake.rules import Rules
from registers.intake.wording import Wording
from registers.sheets.cells import Cell
from registers.sheets.linecells import LinesCell
from registers.sheets.resources import RecordResource

SEARCH_TEXT = "search_text"


class Outcomes:
    """Of one check: what earlier rows were about is remembered."""

    def __init__(
        self,
        resource: RecordResource,
        fields: Fields,
        drafts: Drafts,
        rules: Rules,
        rights: Rights,
    ) -> None:
        self.resource, self.fields, self.cells = resource, fields, fields.cells
        self.drafts, self.rules, self.rights = drafts, rules, rights
        self.years = Years(resource.register)
        self.wording = Wording(resource.register.model)
        self._seen: dict[
            Any, tuple[tuple[int, int], int]
        ] = {}  # what a row is about → (row, what it says)

    def of(self, draft: Draft) -> Checked:
        again = self._said_before(draft)
        if again is not None:
            return again
        if draft.stored is not None:
            return self._met(draft)
        return self._new(draft)

    def _said_before(self, draft: Draft) -> Checked | None:
        """The same record, or the same row, stands earlier in the file."""
        if draft.stored is None and draft.record is None:
            return None
        about: Any = draft.stored.id if draft.stored is not None else draft.key
        says = _mark(draft.given.values())
        place = (draft.row.number, draft.row.part)
        first, said_then = self._seen.setdefault(about or ("row", says), (place, says))
        if first == place:
            return None
        number, _part = first
        if said_then == says:
            is_kept = about is None and not draft.problems
            choices = (Choice.SKIP, Choice.KEEP) if is_kept else (Choice.SKIP,)
            return Checked(
                draft.row.number,
                Outcome.DUPLICATE,
                _("the same as row %(number)s") % {"number": number},
                values=draft.values if is_kept else {},
                choices=choices,
            )
        said = _("Row %(number)s is about the same record: leave one of them.")
        return self._faulty(draft, [("", said % {"number": number})])

    # --- a new record --------------------------------------------------------------------

    def _new(self, draft: Draft) -> Checked:
        record = draft.record
        problems = draft.problems
        if record is not None and not problems:
            refusal = self.rights.refusal(record)
            if not refusal and self.years:
                refusal = self.years.refusal({}, record.counted())
            problems = [("", refusal)] if refusal else []
        if problems or draft.row.faults:
            return self._faulty(draft, problems)
        self.wording.set_keys(record)
        values = draft.values
        values[SEARCH_TEXT] = record.search_text
        return Checked(draft.row.number, Outcome.NEW, self.wording.title(record), values=values)

    # --- one that is there ---------------------------------------------------------------

    def _met(self, draft: Draft) -> Checked:
        record, row = draft.stored, draft.row
        changed = self._changes(draft)
        if row.faults or draft.problems:
            return self._faulty(draft, draft.problems)
        title = self.wording.title(record)
        if not changed:
            return Checked(row.number, Outcome.UNCHANGED, title, record.id, record.version)
        self.rules.settle(draft, changed)
        if draft.problems:
            return self._faulty(draft, draft.problems)
        found_by = record.search_text
        before, after, problems = self._changed(record, changed)
        if problems:
            return self._faulty(draft, problems, title)
        return Checked(
            row.number,
            Outcome.CHANGED,
            title,
            record.id,
            record.version,
            values=after | {SEARCH_TEXT: record.search_text},
            before=before | {SEARCH_TEXT: found_by},
        )

    def _changes(self, draft: Draft) -> Values:
        """What the row says otherwise than the record it is about."""
        record, given = draft.stored, draft.given
        unlike = self.fields.differing(draft.held, record.__dict__)
        unlike += [(name, cell) for name, cell in self.fields.belonging.items() if name in given]
        return {name: given[name] for name, cell in unlike if not _same(cell, given[name], record)}

    def _changed(self, record: Any, changed: Values) -> tuple[Values, Values, Problems]:
        """Change the record in memory: what stood there of all that differs now, what stands
        there, and faults."""
        refusal = self.rights.refusal(record)
        held, belonged = record.__dict__.copy(), self._belonging(record)
        counted = record.counted() if self.years else {}
        worded = self.wording.made_of(record)
        for name, value in changed.items():
            cell = self.cells[name]
            if isinstance(cell, LinesCell):
                value = cell.matched(value, belonged[name])
            cell.put(record, value)
        problems = self.rules.broken(record)
        refusal = refusal or self.rights.refusal(record)
        if not refusal and self.years:
            refusal = self._closed(record, counted)
        if worded is None or worded != self.wording.made_of(record):
            self.wording.set_keys(record)
        if refusal:
            problems.insert(0, ("", refusal))
        before, after = self._what_differs(record, held, belonged)
        return before, after, problems

    def _closed(self, record: Any, counted: Any) -> str:
        """Why this cannot change in a closed year, or ""; every save counts as a change."""
        record.version += 1
        try:
            return self.years.refusal(counted, record.counted())
        finally:
            record.version -= 1

    def _belonging(self, record: Any) -> Values:
        return {name: cell.of(record) for name, cell in self.fields.belonging.items()}

    def _what_differs(self, record: Any, held: Values, belonged: Values) -> tuple[Values, Values]:
        """Before and after of each cell that is another now."""
        before: Values = {}
        after: Values = {}
        for name, cell in self.fields.differing(record.__dict__, held):
            was, now = cell.json(held[cell.field.attname]), cell.of(record)
            if was != now:
                before[name], after[name] = was, now
        for name, now in self._belonging(record).items():
            if now != belonged[name]:
                before[name], after[name] = belonged[name], now
        return before, self._matched(after, before)

    def _matched(self, after: Values, before: Values) -> Values:
        for name, value in after.items():
            cell = self.cells[name]
            if isinstance(cell, LinesCell):
                after[name] = cell.matched(value, before[name])
        return after

    # --- one that is like another --------------------------------------------------------

    def twin(self, draft: Draft, twin: Any) -> Checked:
        """A new record that is probably this one."""
        said = self.drafts.said(draft.values, draft.given)
        stored = {name: self.cells[name].of(twin) for name in said}
        changed = {
            name: value
            for name, value in said.items()
            if name in draft.given and not self.cells[name].same(value, stored[name])
        }
        title, version = self.wording.title(twin), twin.version
        _before, _after, problems = self._changed(twin, changed)
        choices = (Choice.SKIP, Choice.KEEP) if problems else tuple(Choice)
        values = self._matched(said, stored)
        return Checked(
            draft.row.number,
            Outcome.DUPLICATE,
            title,
            twin.pk,
            version,
            values=values,
            before=stored,
            shown={name: shown(self.cells[name], stored[name], changed[name]) for name in changed},
            choices=choices,
        )

    # --- faults --------------------------------------------------------------------------

    def _faulty(self, draft: Draft, problems: Problems, title: str = "") -> Checked:
        row = draft.row
        faults = [*row.faults, *(self._fault(row, *problem) for problem in problems)]
        return Checked(row.number, Outcome.FAULTY, title, faults=faults)

    def _fault(self, row: Parsed, name: str, why: str) -> Fault:
        column = row.columns.get(name)
        if column is None:
            said = f"{self._label(name)}: {why}" if name in self.cells else why
            return Fault("", "", "", said)
        return Fault(name, address(column, row.number), told(row.raw.get(name))[:200], why)

    def _label(self, name: str) -> str:
        field = self.resource.fields.get(name)
        return str(field.label) if field is not None else name


def shown(cell: Cell, before: Any, after: Any) -> list[str]:
    """Both as the preview says them."""
    return [cell.words(before), cell.words(after)]


def _mark(values: Iterable[Any]) -> int:
    """A number two rows that say the same have in common."""
    try:
        return hash(tuple(values))
    except TypeError:  # lists: lines, several rows chosen
        return hash(repr([*values]))


def _same(cell: Any, given: Any, record: Any) -> bool:
    stored = cell.of(record)
    return given == stored or cell.same(given, stored)
