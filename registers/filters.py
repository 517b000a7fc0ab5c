"""Filters of lists: they live in the address bar, so a link carries them."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.roles import Verb
from common.text import search_key
from documents.forms import ShortDateField
from reference.models import Period, ReportingYear
from reference.periods import days
from registers.contract import Register
from registers.fields import PickerField
from registers.showing import text

IMPORT = "import"  # in addresses: the records an import wrote


class PickerFilter(django_filters.ModelChoiceFilter):
    """One row out of thousands, searched on the server."""

    field_class = PickerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, keeps_typed=False, **kwargs)


class DateFilter(django_filters.Filter):
    """A day typed as 05/12/2025."""

    field_class = ShortDateField


class YearFilter(django_filters.ChoiceFilter):
    """A year of the register's own calendar: 15/12–14/12, or 1/1–31/12."""

    def filter(self, rows: QuerySet, value: Any) -> QuerySet:
        if not value:
            return rows
        year = int(value)
        register: Register = self.parent.register
        first, last = days(Period.Kind.YEAR_TO_DATE, year, year, 12, register.calendar)
        return rows.in_days(first, last)  # type: ignore[attr-defined]


def years() -> list[tuple[int, str]]:
    known = ReportingYear.objects.order_by("-year").values_list("year", flat=True)
    return [(year, str(year)) for year in known]


class RecordFilter(django_filters.FilterSet):
    """Search, year, agency, deleted ones; a register adds its own below these."""

    FIRST: tuple[str, ...] = ("q", "year")  # always shown; the others open on request

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    year = YearFilter(label=_("Year"), choices=(), empty_label=_("all years"))
    first = DateFilter(label=_("From day"), method="since")
    last = DateFilter(label=_("To day"), method="until")
    agency = PickerFilter(label=_("Agency"), queryset=Agency.objects.all())
    state = django_filters.ChoiceFilter(
        label=_("Records"),
        choices=[("deleted", pgettext_lazy("state", "deleted"))],
        empty_label=_("present"),
        method="of_state",
    )

    def __init__(self, *args: Any, register: Register, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        self.filters["year"].extra["choices"] = years()  # asked once for a page
        if not user.may(Verb.ENTER):
            del self.filters["state"]
        reach = user.reach(Verb.READ)
        if reach is not None and len(reach) < 2:
            del self.filters["agency"]

    def search(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        for word in search_key(words[:200]).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def since(self, rows: QuerySet, name: str, day: Any) -> QuerySet:
        return rows.filter(**{f"{self.register.day}__gte": day}) if day else rows

    def until(self, rows: QuerySet, name: str, day: Any) -> QuerySet:
        return rows.filter(**{f"{self.register.day}__lte": day}) if day else rows

    def of_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Deleted records are met only by who asks for them."""
        wants_deleted = self.form.cleaned_data.get("state") == "deleted"
        rows = queryset.deleted() if wants_deleted else queryset.alive()  # type: ignore[attr-defined]
        if self.imported:
            rows = rows.filter(import_id=self.imported)
        return super().filter_queryset(rows)

    @property
    def imported(self) -> int | None:
        """The import whose records are asked for: links lead here, no field asks for it."""
        number = str(self.data.get(IMPORT, "")) if self.is_bound else ""
        return int(number) if number.isdecimal() and len(number) < 19 else None

    @property
    def qs(self) -> QuerySet:
        """Nothing while a filter is wrong: a list must not look filtered when it is not."""
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    @property
    def first_fields(self) -> list[Any]:
        return [self.form[name] for name in self.FIRST if name in self.form.fields]

    @property
    def more_fields(self) -> list[Any]:
        return [self.form[name] for name in self.form.fields if name not in self.FIRST]

    @property
    def opens_more(self) -> bool:
        """Whether one of the others narrows the list, or was typed wrongly."""
        used = {name for name, _label, _value in self.active()} | set(self.form.errors)
        return bool(used - {*self.FIRST, IMPORT})

    def active(self) -> list[tuple[str, str, str]]:
        """(name, label, value in words) of what narrows the list now."""
        if not self.is_bound:
            return []
        _valid = self.form.is_valid()  # each field by itself: a wrong one does not hide the others
        values = self.form.cleaned_data
        found = [
            (name, str(field.label), in_words(field, values[name]))
            for name, field in self.form.fields.items()
            if name in values and values[name] not in (None, "", [], ())
        ]
        if self.imported:
            found.append((IMPORT, gettext("From import"), f"#{self.imported}"))
        return found


def in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return text(value)
