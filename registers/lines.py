"""Rows within a record's form: amounts by currency, acts, members.

The whole list is sent each time. A row knows which stored line it was; one
that somebody else removed meanwhile is simply written again.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.contract import Lines
from registers.fields import form_field, raw
from registers.models import Record
from registers.showing import shown

MAX_LINES = 200


class LineForm(forms.ModelForm):
    """One row; a field of work names its model and fields."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        formfield_callback = form_field

    _meta: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("line", self.instance.pk)

    @property
    def cells(self) -> list[Any]:
        """The fields to be filled in, in their order."""
        return [self[name] for name in self._meta.fields]

    @property
    def goes(self) -> bool:
        return bool(self.cleaned_data.get("DELETE"))

    @property
    def is_blank(self) -> bool:
        return self.instance.pk is None and not self.has_changed()


class LineSet(BaseFormSet):
    """The lines of one kind of one record, as they are shown and as they are sent."""

    def __init__(self, *args: Any, lines: Lines, record: Record, **kwargs: Any) -> None:
        self.lines = lines
        rows = getattr(record, lines.name).all() if record.pk else ()
        self.stored = {row.pk: row for row in rows}
        if not self.stored:
            self.extra = max(lines.at_least, 1)
        kwargs["initial"] = [{} for _row in self.stored]
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        line = None
        if index is not None and self.is_bound:
            key = str(self.data.get(f"{self.prefix}-{index}-line") or "")
            line = self.stored.get(int(key)) if key.isdecimal() else None
        elif index is not None:
            line = next(iter(list(self.stored.values())[index : index + 1]), None)
        return kwargs | {"instance": copy(line) if line else self.lines.model()}

    @property
    def heads(self) -> list[Any]:
        """The cells of an unfilled row: their labels are the table's headings."""
        return self.empty_form.cells

    def be_quiet(self) -> None:
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form._errors = ErrorDict()

    def kept(self) -> list[LineForm]:
        """The rows that are to stand."""
        return [form for form in self.forms if not form.is_blank and not form.goes]

    def clean(self) -> None:
        if any(self.errors):
            return
        kept = self.kept()
        if len(kept) < self.lines.at_least:
            raise forms.ValidationError(
                ngettext(
                    "At least %(count)s line is needed.",
                    "At least %(count)s lines are needed.",
                    self.lines.at_least,
                )
                % {"count": self.lines.at_least}
            )
        seen: dict[tuple[str, ...], LineForm] = {}
        for form in kept if self.lines.once else ():
            key = tuple(shown(form.instance, name) for name in self.lines.once)
            if key in seen:
                form.add_error(self.lines.once[0], _("This stands in an earlier line already."))
            seen.setdefault(key, form)

    def save(self, record: Record) -> None:
        """Write what is new or changed, remove what was taken away."""
        owner = owner_of(self.lines, type(record))
        current = {row.pk: row for row in getattr(record, self.lines.name).all()}
        kept = self.kept()
        still = {form.instance.pk for form in kept}
        for key, row in current.items():
            if key not in still:
                row.delete()
        for form in kept:
            line = form.instance
            if line.pk not in current:
                line.pk = None
                line._state.adding = True
            if line.pk is None or form.has_changed():
                setattr(line, owner, record)
                line.save()

    def summaries(self) -> list[str]:
        return [summary(self.lines, form.instance) for form in self.kept()]

    def raw(self) -> dict[str, Any]:
        """What a browser would send for the stored lines."""
        found: dict[str, Any] = {
            f"{self.prefix}-TOTAL_FORMS": str(len(self.stored)),
            f"{self.prefix}-INITIAL_FORMS": "0",
        }
        for index, row in enumerate(self.stored.values()):
            found[f"{self.prefix}-{index}-line"] = str(row.pk)
            for name, field in self.empty_form.fields.items():
                if name in self.lines.form._meta.fields:
                    value = raw(field, getattr(row, name))
                    if value is not None:
                        found[f"{self.prefix}-{index}-{name}"] = value
        return found


def line_set(lines: Lines, record: Record, data: Any = None) -> LineSet:
    made: Any = formset_factory(
        lines.form,
        formset=LineSet,
        extra=0,
        can_delete=True,
        max_num=MAX_LINES,
        absolute_max=MAX_LINES,
    )
    return made(data, lines=lines, record=record, prefix=lines.name)


def owner_of(lines: Lines, record: type[Record]) -> str:
    """The foreign key of a line to its record."""
    fields: Any = lines.model._meta.concrete_fields
    return next(field.name for field in fields if field.related_model is record)


def summary(lines: Lines, line: Any) -> str:
    """A line in one piece of text."""
    words = [shown(line, name) for name in lines.form._meta.fields]
    return " · ".join(filter(None, words))


def stored_summaries(lines: Lines, record: Record) -> list[str]:
    return [summary(lines, line) for line in getattr(record, lines.name).all()]
