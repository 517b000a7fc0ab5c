"""Registers as places files are imported into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb
from imports import spreading, templates
from imports.contract import (
    ORDER,
    Checked,
    Elsewhere,
    Field,
    Outcome,
    Parsed,
    Proposed,
    Source,
    Undone,
)
from imports.layout import Layout
from imports.models import Upload, UploadRow
from registers.contract import Register
from registers.declarations import open_to
from registers.intake import bulk
from registers.intake.checking import Checker
from registers.intake.outcomes import shown
from registers.intake.staged import with_keys
from registers.sheets.resources import RecordResource, resource_of

# What offices write beside records that have no place for it: known, said, and left out.
NOTES = Field(name="notes_beside", label=_("Note"), also=("Ghi chú", "Chú thích"), is_silent=True)


class RecordSource(Source):
    """Rows become records of one register; for one person, and soon: tables are read once."""

    group = _("Registers")

    def __init__(self, register: Register, user: User) -> None:
        self.register, self.user = register, user
        self.code, self.label = register.slug, register.label

    @cached_property
    def resource(self) -> RecordResource:
        """The register's columns; what must be filled in, its form says."""
        start = self.register.model(
            **self.register.initial, data_class=self.register.data_class.value
        )
        form = self.register.form(register=self.register, by=self.user, instance=start)
        required = {name: field.required for name, field in form.fields.items() if name != "agency"}
        return resource_of(self.register.code)(required=required | {"agency": False})

    def fields(self) -> Sequence[Field]:
        own = spreading.fields(self._own(), self.register.side_by_side)
        return [ORDER, *own] if any(field.name == "note" for field in own) else [ORDER, *own, NOTES]

    def _own(self) -> list[Field]:
        return [column.field for column in self.resource.columns]

    def once(self, texts: Sequence[str]) -> Mapping[str, Proposed]:
        declared = self.register.side_by_side
        return declared.once(texts) if declared is not None else {}

    def elsewhere(self, layout: Layout) -> Elsewhere | None:
        ask = self.register.elsewhere
        return ask(layout) if ask is not None and self.user.may(Verb.ENTER) else None

    def may_import(self, user: User) -> bool:
        return RecordResource.may_import(user)

    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]:
        checked = Checker(self.resource, by, upload.agency_id).rows(rows)
        return with_keys(self.register.model, checked)

    def shown(self, row: UploadRow) -> Mapping[str, Sequence[str]]:
        """Of a new record all that will be written, of another what differs; of a duplicate
        only the check knows what the file said otherwise."""
        cells = {name: column.cell for name, column in self.resource.taken_in.items()}
        values = {name: value for name, value in row.values.items() if name in cells}
        if row.outcome == Outcome.NEW:
            said = {name: cells[name].words(value) for name, value in values.items()}
            return {name: ["", words] for name, words in said.items() if words}
        if row.outcome == Outcome.CHANGED:
            return {n: shown(cells[n], row.before[n], value) for n, value in values.items()}
        return row.shown

    def write(self, upload: Upload, *, by: User) -> int:
        return bulk.write(self.register, upload, by)

    def undo(self, upload: Upload, *, by: User) -> Undone:
        return bulk.undo(self.register, upload, by)

    def foresee(self, upload: Upload, *, by: User) -> Undone:
        return bulk.foresee(self.register, upload, by)

    def template(self, *, by: User) -> bytes:
        with translation.override(templates.PAPER):
            example = {name: column.cell.example for name, column in self.resource.taken_in.items()}
            return templates.workbook(self.code, self.label, self._own(), example)

    def address(self, upload: Upload) -> str:
        return f"{reverse('registers:list', args=[self.register.slug])}?import={upload.pk}"


def sources(user: User) -> Iterator[RecordSource]:
    for register in open_to(user):
        yield RecordSource(register, user)
