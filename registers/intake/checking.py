"""Which record each row of a file is about, some thousands of rows at a time.

The records rows are about, and those they are like, are asked for together,
and the models' own rules run on records in memory. What becomes of a row then
is said by ``registers.intake.outcomes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from imports.contract import Checked, Outcome, Parsed
from registers.intake.drafts import Draft, Drafts, Fields, Problems
from registers.intake.meeting import Meeting
from registers.intake.outcomes import Outcomes
from registers.intake.permitted import Rights
from registers.intake.rules import Rules
from registers.sheets.cells import Cell
from registers.sheets.columns import IDENTITY
from registers.sheets.resources import RecordResource

BATCH = 2000


class Checker:
    """One check of one file for one person."""

    def __init__(self, resource: RecordResource, by: User, agency: int | None) -> None:
        self.resource, self.register = resource, resource.register
        self.cells: dict[str, Cell] = {
            name: column.cell for name, column in resource.taken_in.items()
        }
        self.fields = Fields(self.cells)
        self.rights, self.rules = Rights(by), Rules(self.register, self.cells)
        self.meeting = Meeting(resource)
        self.drafts = Drafts(resource, self.fields, agency or _only_agency(by))
        self.outcomes = Outcomes(resource, self.fields, self.drafts, self.rules, self.rights)

    def rows(self, rows: Iterable[Parsed]) -> Iterator[Checked]:
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            yield from self._batch([self._draft(row) for row in batch])

    def _batch(self, drafts: list[Draft]) -> list[Checked]:
        self._meet_numbered(drafts)
        new = [draft for draft in drafts if not draft.row.values.get(IDENTITY)]
        if self.register.natural_key:
            self._meet_written_keys(new)
        new = [draft for draft in new if draft.stored is None and not draft.problems]
        for draft in new:
            self._make(draft)
        if self.register.natural_key:
            self._meet_corrected_keys(new)
        found = [self.outcomes.of(draft) for draft in drafts]
        for draft, checked in zip(drafts, found, strict=True):
            checked.part = draft.row.part
        if self.register.twins and not self.register.natural_key:
            self._tell_twins(drafts, found)
        return found

    def _draft(self, row: Parsed) -> Draft:
        given = {name: value for name, value in row.values.items() if name in self.cells}
        for fault in row.faults:
            given.pop(fault.field, None)
        return Draft(row, given)

    # --- by its number -------------------------------------------------------------------

    def _meet_numbered(self, drafts: list[Draft]) -> None:
        numbered = [draft for draft in drafts if draft.row.values.get(IDENTITY)]
        found = self.meeting.numbered({draft.row.values[IDENTITY] for draft in numbered})
        for draft in numbered:
            number = draft.row.values[IDENTITY]
            record = found.get(number)
            if record is None or not self.rights.sees(record):
                said = _("There is no record number %(number)s here.") % {"number": number}
                draft.problems.append((IDENTITY, said))
            elif record.is_deleted:
                said = _("This record was deleted. Restore it before it is changed.")
                draft.problems.append((IDENTITY, said))
            else:
                draft.stored = record
                draft.held = self.fields.held(draft.given)

    # --- by its natural key --------------------------------------------------------------

    def _meet_written_keys(self, drafts: list[Draft]) -> None:
        """Most rows of a register with a natural key are met by it as it was written."""
        names = {*self.register.natural_key}
        for draft in drafts:
            draft.given = {**draft.row.filled, **draft.given}
            self.rules.settle(draft, draft.given)
            draft.held = self.fields.held(draft.given)
            if not draft.problems and not any(fault.field in names for fault in draft.row.faults):
                draft.key = self.drafts.key(draft.held)
        self._meet(drafts)

    def _meet_corrected_keys(self, drafts: list[Draft]) -> None:
        """Those whose key the rules put right: a plan stands at December whatever was written."""
        corrected = []
        for draft in drafts:
            key = self.meeting.key_of(draft.record) if draft.record is not None else draft.key
            if key != draft.key:
                draft.key = key
                names = self.register.natural_key
                draft.given |= {name: draft.values[name] for name in names if name in draft.given}
                draft.held = self.fields.held(draft.given)
                corrected.append(draft)
        self._meet(corrected)

    def _meet(self, drafts: list[Draft]) -> None:
        keys = {draft.key for draft in drafts if draft.key and None not in draft.key}
        found = self.meeting.of_keys(list(keys))
        for draft in drafts if found else ():
            record = found.get(draft.key) if draft.key else None
            if record is None:
                continue
            draft.problems = []
            if self.rights.sees(record):
                draft.stored = record
                self._take_back(draft)
            else:
                said = _("There is such a record already, kept by another agency.")
                draft.problems = [("", said)]

    def _take_back(self, draft: Draft) -> None:
        """What was said of all rows is said of new records; of these it is only the key."""
        said = draft.row.filled.keys() - {*self.register.natural_key}
        if said:
            draft.given = {name: value for name, value in draft.given.items() if name not in said}
            draft.held = self.fields.held(draft.given)

    # --- none: a new one -----------------------------------------------------------------

    def _make(self, draft: Draft) -> None:
        """The record a row without a number would make, as its rules leave it."""
        draft.problems += self._missing(draft)
        if draft.row.faults:
            return
        if not self.register.natural_key:
            draft.given = {**draft.row.filled, **draft.given}
            self.rules.settle(draft, draft.given)
            draft.held = self.fields.held(draft.given)
        if draft.problems:
            return
        draft.record = self.drafts.made(draft.held, draft.given)
        draft.problems += self.rules.broken(draft.record)
        draft.values = self.drafts.values(draft.record, draft.held, draft.given)

    def _missing(self, draft: Draft) -> Problems:
        return [
            (name, _("“%(label)s” is needed for a new record.") % {"label": self._label(name)})
            for name in self.drafts.required
            if name not in draft.row.values and name not in draft.row.filled
        ]

    def _label(self, name: str) -> str:
        return str(self.resource.fields[name].label)

    # --- like another --------------------------------------------------------------------

    def _tell_twins(self, drafts: list[Draft], found: list[Checked]) -> None:
        """New records that are probably there already become duplicates."""
        places = [place for place, row in enumerate(found) if row.outcome is Outcome.NEW]
        twins = self.meeting.twins([drafts[place].record for place in places])
        for number, twin in twins.items():
            place = places[number]
            if self.rights.sees(twin):
                found[place] = self.outcomes.twin(drafts[place], twin)
                found[place].part = drafts[place].row.part


def _only_agency(by: User) -> int | None:
    """Who enters for one agency does not write it in every row."""
    reach = by.reach(Verb.ENTER)
    return next(iter(reach)) if reach is not None and len(reach) == 1 else None
