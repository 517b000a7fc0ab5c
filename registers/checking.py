"""What would become of each row of a file: new, changed, unchanged, faulty, duplicate.

Rows are taken some thousands at a time: the records they are about, and those
they are like, are asked for together, and the models' own rules run on records
in memory. A row nobody edited is unchanged whatever today's rules say of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from common.dates import short_date
from imports.book import address
from imports.contract import Checked, Choice, Fault, Outcome, Parsed, Wrong
from imports.headings import shown as told
from registers.cells import Cell, TextCell
from registers.choosing import RowCell
from registers.columns import IDENTITY
from registers.drafts import Drafts, Values
from registers.forms import RecordForm
from registers.linecells import LinesCell
from registers.meeting import Key, Meeting, Rights, Years
from registers.resources import RecordResource

BATCH = 2000
MOST_REMEMBERED = 20_000
SEARCH_TEXT = "search_text"
Problems = list[tuple[str, str]]  # (field or "", why)


@dataclass(slots=True)
class Draft:
    """A row on its way: the record it would make, or the one it is about."""

    row: Parsed
    given: Values
    problems: Problems = field(default_factory=list)
    record: Any = None
    stored: Any = None
    values: Values = field(default_factory=dict)  # of a new record
    key: Key | None = None


class Checker:
    """One check of one file for one person."""

    def __init__(self, resource: RecordResource, by: User, agency: int | None) -> None:
        self.resource, self.register = resource, resource.register
        self.cells: dict[str, Cell] = {
            name: column.cell for name, column in resource.taken_in.items()
        }
        self.rights, self.years = Rights(by), Years(self.register)
        self.meeting = Meeting(resource)
        self.drafts = Drafts(resource, self.cells, agency or _only_agency(by))
        self._seen: dict[Any, tuple[int, int]] = {}  # what a row is about → (row, what it says)
        self._words: dict[str, dict[Any, str]] = {name: {} for name in self.cells}
        self._asks_days = self.register.form._refuse_other_times is RecordForm._refuse_other_times
        self._settling = {
            name: cell
            for name, cell in self.cells.items()
            if isinstance(cell, RowCell)
            or (isinstance(cell, TextCell) and cell.field.max_length is None)
        }

    def rows(self, rows: Iterable[Parsed]) -> Iterator[Checked]:
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            yield from self._batch(batch)

    def _batch(self, rows: list[Parsed]) -> list[Checked]:
        drafts = [self._draft(row) for row in rows]
        self._meet_numbered(drafts)
        new = [draft for draft in drafts if not draft.row.values.get(IDENTITY)]
        if self.register.natural_key:
            self._meet_written_keys(new)
        new = [draft for draft in new if draft.stored is None and not draft.problems]
        for draft in new:
            self._make(draft)
        if self.register.natural_key:
            self._meet_keys(new)
        found = [self._checked(draft) for draft in drafts]
        if self.register.twins and not self.register.natural_key:
            self._tell_twins(drafts, found)
        return found

    # --- which record ------------------------------------------------------------------

    def _draft(self, row: Parsed) -> Draft:
        faulty = {fault.field for fault in row.faults}
        given = {
            name: value
            for name, value in row.values.items()
            if name in self.cells and name not in faulty
        }
        return Draft(row, given)

    def _meet_numbered(self, drafts: list[Draft]) -> None:
        numbers = {draft.row.values.get(IDENTITY) for draft in drafts}
        found = self.meeting.numbered(number for number in numbers if number)
        for draft in drafts:
            number = draft.row.values.get(IDENTITY)
            if not number:
                continue
            record = found.get(number)
            if record is None or not self.rights.sees(record):
                said = _("There is no record number %(number)s here.") % {"number": number}
                draft.problems.append((IDENTITY, said))
            elif record.is_deleted:
                said = _("This record was deleted. Restore it before it is changed.")
                draft.problems.append((IDENTITY, said))
            else:
                draft.stored = record

    def _meet_written_keys(self, drafts: list[Draft]) -> None:
        """Most rows of a register with a natural key are met by it as it was written."""
        names = self.register.natural_key
        for draft in drafts:
            filled = draft.row.filled.items()
            draft.given |= {name: value for name, value in filled if name in names}
            self._settle(draft, draft.given)
            if not draft.problems and not {fault.field for fault in draft.row.faults} & {*names}:
                draft.key = self.drafts.key(names, draft.given)
        self._meet(drafts)

    def _make(self, draft: Draft) -> None:
        """The record a row without a number would make, as its rules leave it."""
        draft.given = {**draft.row.filled, **draft.given}
        draft.problems += self._missing(draft)
        if draft.row.faults:
            return
        if not self.register.natural_key:
            self._settle(draft, draft.given)
        if draft.problems:
            return
        draft.record = self.drafts.made(draft.given)
        draft.problems += self._broken(draft.record)
        draft.values = self.drafts.values(draft.record, draft.given)

    def _missing(self, draft: Draft) -> Problems:
        return [
            (name, _("“%(label)s” is needed for a new record.") % {"label": self._label(name)})
            for name in self.drafts.required
            if name not in draft.row.values and name not in draft.row.filled
        ]

    def _meet_keys(self, drafts: list[Draft]) -> None:
        """Those whose key the rules put right: a plan stands at December whatever was written."""
        turned = []
        for draft in drafts:
            key = self.meeting.key_of(draft.record) if draft.record is not None else draft.key
            if key != draft.key:
                draft.key = key
                names = self.register.natural_key
                draft.given |= {name: draft.values[name] for name in names if name in draft.given}
                turned.append(draft)
        self._meet(turned)

    def _meet(self, drafts: list[Draft]) -> None:
        keys = {draft.key for draft in drafts if draft.key and None not in draft.key}
        found = self.meeting.of_keys(list(keys))
        for draft in drafts:
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
        for name in draft.row.filled.keys() - {*self.register.natural_key}:
            draft.given.pop(name, None)

    # --- what becomes of it --------------------------------------------------------------

    def _checked(self, draft: Draft) -> Checked:
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
        about: Any = draft.stored.pk if draft.stored is not None else draft.key
        says = hash(repr(draft.given))
        number, said_then = self._seen.setdefault(about or ("row", says), (draft.row.number, says))
        if number == draft.row.number:
            return None
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

    def _new(self, draft: Draft) -> Checked:
        record = draft.record
        problems = draft.problems
        if record is not None and not problems:
            refusal = self.rights.refusal(record)
            refusal = refusal or self.years.refusal({}, record.counted())
            problems = [("", refusal)] if refusal else []
        if problems or draft.row.faults:
            return self._faulty(draft, problems)
        record.set_keys()
        values = draft.values
        shown = {name: ["", str(words)] for name, words in self.drafts.usual.items()}
        shown |= {name: ["", self._said(name, value)] for name, value in draft.given.items()}
        return Checked(
            draft.row.number,
            Outcome.NEW,
            str(record),
            values=values | {SEARCH_TEXT: record.search_text},
            shown={name: pair for name, pair in shown.items() if pair[1]},
        )

    def _met(self, draft: Draft) -> Checked:
        record, row = draft.stored, draft.row
        stored = {name: self.cells[name].of(record) for name in draft.given}
        changed = {
            name: value
            for name, value in draft.given.items()
            if value != stored[name] and not self.cells[name].same(value, stored[name])
        }
        if row.faults or draft.problems:
            return self._faulty(draft, draft.problems)
        title = str(record)
        if not changed:
            return Checked(row.number, Outcome.UNCHANGED, title, record.pk, record.version)
        self._settle(draft, changed)
        if draft.problems:
            return self._faulty(draft, draft.problems)
        before, problems = self._changed(record, changed, stored)
        after = {name: self.cells[name].of(record) for name in before}
        if problems:
            return self._faulty(draft, problems, title)
        return Checked(
            row.number,
            Outcome.CHANGED,
            title,
            record.pk,
            record.version,
            values=self._matched(after, before) | {SEARCH_TEXT: record.search_text},
            before=before | {SEARCH_TEXT: self._search_text},
            shown=self._differences(before, after),
        )

    _search_text = ""  # of the record met last, before it was changed

    def _changed(
        self, record: Any, changed: Values, stored: Values
    ) -> tuple[dict[str, Any], Problems]:
        """Change the record in memory: what stood there of all that differs now, and faults."""
        refusal = self.rights.refusal(record)
        was = {name: cell.of(record) for name, cell in self.cells.items()}
        counted = record.counted()
        self._search_text = record.search_text
        for name, value in changed.items():
            cell = self.cells[name]
            cell.put(
                record, cell.matched(value, was[name]) if isinstance(cell, LinesCell) else value
            )
        problems = self._broken(record)
        record.version += 1
        refusal = refusal or self.rights.refusal(record)
        refusal = refusal or self.years.refusal(counted, record.counted())
        record.version -= 1
        record.set_keys()
        if refusal:
            problems.insert(0, ("", refusal))
        before = {
            name: was[name] for name, cell in self.cells.items() if cell.of(record) != was[name]
        }
        return before, problems

    def _matched(self, after: Values, before: Values) -> Values:
        for name, value in after.items():
            cell = self.cells[name]
            if isinstance(cell, LinesCell):
                after[name] = cell.matched(value, before[name])
        return after

    def _differences(self, before: Values, after: Values) -> dict[str, list[str]]:
        return {
            name: [self._said(name, before[name]), self._said(name, after[name])]
            for name in after
            if before[name] != after[name]
        }

    # --- twins ---------------------------------------------------------------------------

    def _tell_twins(self, drafts: list[Draft], found: list[Checked]) -> None:
        """New records that are probably there already become duplicates."""
        places = [place for place, row in enumerate(found) if row.outcome is Outcome.NEW]
        twins = self.meeting.twins([drafts[place].record for place in places])
        for number, twin in twins.items():
            place = places[number]
            if self.rights.sees(twin):
                found[place] = self._twin(drafts[place], found[place], twin)

    def _twin(self, draft: Draft, new: Checked, twin: Any) -> Checked:
        said = self.drafts.said(draft.values, draft.given)
        stored = {name: self.cells[name].of(twin) for name in said}
        changed = {
            name: value
            for name, value in said.items()
            if name in draft.given and not self.cells[name].same(value, stored[name])
        }
        title, version = str(twin), twin.version
        _before, problems = self._changed(twin, changed, stored)
        choices = (Choice.SKIP, Choice.KEEP) if problems else tuple(Choice)
        values = self._matched(said, stored)
        return Checked(
            new.number,
            Outcome.DUPLICATE,
            title,
            twin.pk,
            version,
            values=values,
            before=stored,
            shown=self._differences({n: stored[n] for n in changed}, changed),
            choices=choices,
        )

    # --- rules ---------------------------------------------------------------------------

    def _settle(self, draft: Draft, given: Values) -> None:
        """Names several rows have, texts that were cut: what the row as a whole decides."""
        day = self._day(draft)
        for name, cell in self._settling.items():
            value = given.get(name)
            if value:
                try:
                    given[name] = cell.settle(value, day)
                except Wrong as wrong:
                    draft.problems.append((name, str(wrong)))

    def _day(self, draft: Draft) -> Any:
        name = self.register.day
        said = draft.given.get(name)
        if said:
            return self.cells[name].python(said)
        return getattr(draft.stored, name, None)

    def _broken(self, record: Any) -> Problems:
        """The rules of the model, of the days, and of what belongs together."""
        problems: Problems = []
        try:
            record.clean_alone()
        except ValidationError as wrong:
            problems += _told(wrong)
        if self._asks_days:
            problems += self._other_times(record)
        if self.register.together is not None and not problems:
            problems += self.register.together(record)
        return problems

    def _other_times(self, record: Any) -> Problems:
        day = record.day
        return [
            (
                name,
                _("“%(name)s” did not exist on %(day)s. Choose what existed on that day.")
                % {"name": cell.table.label(key), "day": short_date(day)},
            )
            for name, cell in self.cells.items()
            if isinstance(cell, RowCell) and name != "agency"
            for key in cell.chosen(cell.of(record))
            if not cell.table.existed(key, day)
        ]

    # --- words ---------------------------------------------------------------------------

    def _said(self, name: str, value: Any) -> str:
        """A value in words; most of a file's are said again and again."""
        if isinstance(value, list):
            return self.cells[name].words(value)
        known = self._words[name]
        if value not in known:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            known[value] = self.cells[name].words(value)
        return known[value]

    def _label(self, name: str) -> str:
        field = self.resource.fields.get(name)
        return str(field.label) if field is not None else name

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


def _told(wrong: ValidationError) -> Problems:
    if not hasattr(wrong, "error_dict"):
        return [("", message) for message in wrong.messages]
    return [
        ("" if name == NON_FIELD_ERRORS else name, message)
        for name, messages in wrong.message_dict.items()
        for message in messages
    ]


def _only_agency(by: User) -> int | None:
    """Who enters for one agency does not write it in every row."""
    reach = by.reach(Verb.ENTER)
    return next(iter(reach)) if reach is not None and len(reach) == 1 else None
