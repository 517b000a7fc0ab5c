"""What the rules of a register say of one record, without asking for others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from common.dates import short_date
from imports.contract import Wrong
from registers.contract import Register
from registers.forms import RecordForm
from registers.intake.drafts import Draft, Problems, Values
from registers.sheets.cells import Cell, TextCell
from registers.sheets.choosing import RowCell


class Rules:
    """Of the row as a whole, of the model, of the days, and of what belongs together."""

    def __init__(self, register: Register, cells: Mapping[str, Cell]) -> None:
        self._register, self._cells = register, cells
        self._asks_days = register.form._refuse_other_times is RecordForm._refuse_other_times
        self._settling = {
            name: cell for name, cell in cells.items() if isinstance(cell, (RowCell, TextCell))
        }

    def settle(self, draft: Draft, given: Values) -> None:
        """Names several rows have, texts that were cut: what the row as a whole decides."""
        for name, cell in self._settling.items():
            value = given.get(name)
            if value and cell.is_open(value):
                try:
                    given[name] = cell.settle(value, self._day(draft))
                except Wrong as wrong:
                    draft.problems.append((name, str(wrong)))

    def _day(self, draft: Draft) -> Any:
        name = self._register.day
        said = draft.given.get(name)
        if said:
            return self._cells[name].python(said)
        return getattr(draft.stored, name, None)

    def broken(self, record: Any) -> Problems:
        """What is wrong with a record; where its rules put it right, they have done so."""
        problems: Problems = []
        try:
            record.clean_alone()
        except ValidationError as wrong:
            problems += _told(wrong)
        if self._asks_days:
            problems += self._other_times(record)
        if self._register.together is not None and not problems:
            problems += self._register.together(record)
        return problems

    def _other_times(self, record: Any) -> Problems:
        day = record.day
        return [
            (
                name,
                _("“%(name)s” did not exist on %(day)s. Choose what existed on that day.")
                % {"name": cell.table.label(key), "day": short_date(day)},
            )
            for name, cell in self._settling.items()
            if isinstance(cell, RowCell) and name != "agency"
            for key in cell.chosen(cell.of(record))
            if not cell.table.existed(key, day)
        ]


def _told(wrong: ValidationError) -> Problems:
    if not hasattr(wrong, "error_dict"):
        return [("", message) for message in wrong.messages]
    return [
        ("" if name == NON_FIELD_ERRORS else name, message)
        for name, messages in wrong.message_dict.items()
        for message in messages
    ]
