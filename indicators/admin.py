"""Opening and locking years, who owes which indicator; figures and facts only to look at.

Figures are entered in the portal, where each save is a version with a source:
a second way in would make the history dishonest.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.admin import NoDeletion, ReadOnly, yes_no
from common.units import UNITS
from indicators.assigning import open_year
from indicators.declarations import groups, indicators
from indicators.models import Assignment, Fact, Figure
from reference.models import ReportingYear


@admin.register(ReportingYear)
class ReportingYearAdmin(NoDeletion, admin.ModelAdmin):
    """Adding a year opens it, periods and assignments included; a locked day closes it."""

    list_display = ("year", "opened_at", "locked_on")
    readonly_fields = ("opened_at",)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("year", "opened_at", "locked_on") if obj else ("year",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("year", *self.readonly_fields) if obj else ()

    def save_model(self, request: HttpRequest, obj: ReportingYear, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        carried = open_year(obj.year, by=cast(User, request.user))
        for gone in carried.successions:
            self.message_user(request, gone.words, messages.INFO if gone.heir else messages.WARNING)


def choices_by_group() -> list[tuple[Any, Any]]:
    """Declared indicators under the headings of their groups."""
    return [("", "---------")] + [
        (
            group.label,
            [(row.code, row.label) for row in indicators().values() if row.group == group.code],
        )
        for group in groups().values()
    ]


def label_of(code: str) -> str:
    row = indicators().get(code)
    return str(row.label) if row else code


class AssignmentForm(forms.ModelForm):
    indicator = forms.ChoiceField(choices=choices_by_group, label=gettext_lazy("indicator"))

    class Meta:
        model = Assignment
        fields = ("indicator", "year", "agency")

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if ReportingYear.objects.filter(year=year, locked_on__isnull=False).exists():
            raise forms.ValidationError(
                _("The figures of %(year)s are closed: who owed them cannot change.")
                % {"year": year}
            )
        return year


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin):
    form = AssignmentForm
    list_display = ("row", "year", "agency")
    list_filter = ("year",)
    search_fields = ("indicator",)
    autocomplete_fields = ("agency",)
    list_select_related = ("agency",)

    @admin.display(description=gettext_lazy("indicator"), ordering="indicator")
    def row(self, assignment: Assignment) -> str:
        return label_of(assignment.indicator)


class Current(admin.BooleanFieldListFilter):
    """The versions that count, or those that did."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext_lazy("counts now")


@admin.register(Figure)
class FigureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = (
        *("row", "period", "side", "value", "state", "version"),
        yes_no("is_current", gettext_lazy("counts now")),
        "agency",
    )
    exclude = ("is_current",)
    list_filter = ("side", "origin", ("is_current", Current), "period__year")
    search_fields = ("indicator",)
    list_select_related = ("period", "agency")
    list_per_page = 50

    @admin.display(description=gettext_lazy("indicator"), ordering="indicator")
    def row(self, figure: Figure) -> str:
        return label_of(figure.indicator)


@admin.register(Fact)
class FactAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("code", "year", "scope", "value", "measure", "source")
    fields = ("code", "year", "scope", "value", "measure", "precision", "source", "note")
    list_filter = ("year",)
    search_fields = ("code", "scope")
    list_select_related = ("source",)
    list_per_page = 50

    @admin.display(description=gettext_lazy("unit"), ordering="unit")
    def measure(self, fact: Fact) -> str:
        return str(UNITS[fact.unit].label)
