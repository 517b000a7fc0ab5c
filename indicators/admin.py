"""Who owes which indicator; figures and facts only to look at.

Figures are entered in the portal, where each save is a version with a source:
a second way in would make the history dishonest.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.admin import ReadOnly, yes_no
from common.units import UNITS
from indicators.declarations import groups, indicators
from indicators.models import Assignment, Fact, Figure
from reference.models import ReportingYear


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
