"""The form of a record: what every register's form knows by itself."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.roles import Verb
from common.contracts import DataClass
from common.dates import short_date
from registers.contract import Register
from registers.fields import PickerField, PickerMultipleField, form_field, raw
from registers.lines import LineSet, line_set, stored_summaries
from registers.models import Record, Visibility
from registers.showing import shown

OWN = "_own"  # after a field's name: which of two people's values is to stand


class RecordForm(forms.ModelForm):
    """A field of work names its model and fields; the rest is here.

    ``seen`` is the version the person started from, ``entry_key`` one key per
    form sent, ``twins_seen`` that likely twins were shown and looked at.
    """

    marks_required = True  # read by the field template
    use_required_attribute = False  # the portal says what is missing, in its own words

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    entry_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    twins_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        formfield_callback = form_field

    _meta: Any
    data: Any

    def __init__(self, *args: Any, register: Register, by: User, **kwargs: Any) -> None:
        self.register, self.by = register, by
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        self.initial.setdefault("seen", None if is_new else self.instance.version)
        if is_new:
            self.initial.setdefault("entry_key", uuid.uuid4())
        self._offer_agencies()
        self._offer_labels()
        self.line_sets = [
            line_set(lines, self.instance, self.data if self.is_bound else None)
            for lines in register.lines
        ]

    def _offer_agencies(self) -> None:
        """Who enters for one agency does not choose it."""
        field = self.fields.get("agency")
        if not isinstance(field, PickerField):
            return
        reached = self._reach()
        if reached is None:
            return
        field.queryset = Agency.objects.filter(pk__in=reached)
        if len(reached) == 1:
            field.disabled = True
            if self.instance.pk is None:
                self.initial["agency"] = next(iter(reached))

    def _reach(self) -> set[int] | None:
        """The agencies this person enters for, whatever the label of the record."""
        reached: set[int] = set()
        for kind in DataClass:
            agencies = self.by.reach(Verb.ENTER, kind)
            if agencies is None:
                return None
            reached |= agencies
        return reached

    def _offer_labels(self) -> None:
        """Only labels of records this person may enter: nobody files away what they cannot see."""
        field = self.fields.get("data_class")
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                choice
                for choice in Visibility.choices
                if self.by.may(Verb.ENTER, data_class=DataClass(choice[0]))
            ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(lines.is_valid() for lines in self.line_sets)])

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be put right, in the fields or in a line."""
        return self.is_bound and bool(self.errors or any(map(_has_errors, self.line_sets)))

    def be_quiet(self) -> None:
        """Show what was typed without a word on what is missing: a draft is not done yet."""
        self._errors = ErrorDict()
        for lines in self.line_sets:
            lines.be_quiet()

    def lines_named(self, name: str) -> LineSet:
        return next(lines for lines in self.line_sets if lines.lines.name == name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_other_times(cleaned)
        return cleaned

    def _refuse_other_times(self, cleaned: dict[str, Any]) -> None:
        """A picked gate, place or agency has to exist on the day of the record."""
        day = cleaned.get(self.register.day)
        if not isinstance(day, dt.date):
            return
        for name, field in self.fields.items():
            is_owner = name == "agency"  # who keeps the record today, whenever it happened
            if is_owner or not isinstance(field, (PickerField, PickerMultipleField)):
                continue
            chosen = cleaned.get(name) or ()
            rows = [chosen] if isinstance(field, PickerField) and chosen else list(chosen)
            then = field.picker.on(day).filter(pk__in=[row.pk for row in rows])
            known = set(then.values_list("pk", flat=True)) if rows else set()
            for row in rows:
                if row.pk not in known:
                    self.add_error(
                        name,
                        _("“%(name)s” did not exist on %(day)s. Choose what existed on that day.")
                        % {"name": row, "day": short_date(day)},
                    )

    def save_together(self, record: Record) -> None:
        """What is stored with the record: choices of several, and its lines."""
        self.instance = record
        self._save_m2m()  # type: ignore[attr-defined]  # the stubs hide it
        for lines in self.line_sets:
            lines.save(record)

    # --- two people at one record --------------------------------------------------

    def differences(self, stored: Record, base: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Fields where what is typed is not what is stored; ``base`` is what this person saw.

        What only the other one changed is theirs by default, what this person
        changed is theirs to choose.
        """
        typed = self.instance
        found = []
        for name in self._meta.fields:
            theirs, ours = raw_value(stored, name), self.cleaned_data.get(name)
            if same(theirs, ours):
                continue
            untouched = base is not None and same(base.get(name), ours)
            found.append(
                {
                    "name": name,
                    "label": self.fields[name].label,
                    "stored": shown(stored, name),
                    "typed": shown(typed, name),
                    "own": not untouched,
                }
            )
        return found + self._differing_lines(stored)

    def _differing_lines(self, stored: Record) -> list[dict[str, Any]]:
        found = []
        for lines in self.line_sets:
            theirs, ours = stored_summaries(lines.lines, stored), lines.summaries()
            if theirs != ours:
                found.append(
                    {
                        "name": lines.lines.name,
                        "label": lines.lines.label,
                        "stored": "\n".join(theirs),
                        "typed": "\n".join(ours),
                        "own": True,
                    }
                )
        return found


def settled(register: Register, data: QueryDict, stored: Record) -> QueryDict:
    """What was sent, with the other one's value wherever that was chosen."""
    names = [*register.fields, *(lines.name for lines in register.lines)]
    theirs = [name for name in names if data.get(f"{name}{OWN}") == "0"]
    if not theirs:
        return data
    sent = data.copy()
    fields = register.form.base_fields
    for name in theirs:
        del sent[f"{name}{OWN}"]
        if name in fields:
            _put(sent, name, raw(fields[name], raw_value(stored, name)))
            continue
        for key in [key for key in sent if key.startswith(f"{name}-")]:
            del sent[key]
        for key, value in line_set(register.lines_named(name), stored).raw().items():
            _put(sent, key, value)
    return sent


def _put(data: QueryDict, name: str, value: Any) -> None:
    data.pop(name, None)
    if isinstance(value, (list, tuple)):
        data.setlist(name, value)
    elif value is not None:
        data[name] = value


def _has_errors(lines: LineSet) -> bool:
    return any(lines.errors) or bool(lines.non_form_errors())


def raw_value(record: Any, name: str) -> Any:
    """A field as a form's cleaned data has it."""
    value = getattr(record, name)
    return list(value.all()) if hasattr(value, "all") else value


def same(one: Any, other: Any) -> bool:
    def plain(value: Any) -> Any:
        if hasattr(value, "all") or isinstance(value, (list, tuple)):
            return sorted(str(getattr(row, "pk", row)) for row in value)
        if isinstance(value, Decimal):
            return str(value.normalize())  # 4750.50 is 4750.5
        return str(getattr(value, "pk", value) if value is not None else "")

    return plain(one) == plain(other)
