"""Countries, places, gates, partners and mechanisms, kept by administrators."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet, TextChoices, TextField
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import short_date
from reference.entries import Certainty, find_key
from reference.gates import GateClass, Operation
from reference.models import (
    Country,
    Gate,
    GateStatus,
    Mechanism,
    Partner,
    Place,
    PlaceSuccession,
)

DAYS = ("valid_from", "valid_to")
SOURCE = (("certainty", "source"), "note")
SHORT_NOTES: dict[Any, Any] = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


class InForce(admin.SimpleListFilter):
    """Rows of today, or those that are gone."""

    title = gettext_lazy("validity")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("in force today")), ("gone", _("no longer in force"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "today":
            return queryset.on(today)  # type: ignore[attr-defined]
        return queryset.filter(valid_to__lt=today) if self.value() == "gone" else queryset


class EntryAdmin(admin.ModelAdmin):
    """A row that is gone gets a last day; only one made here by mistake can be deleted.

    A deleted row of the shipped files would come back with the next loading.
    """

    search_fields = ("search_text",)
    list_per_page = 50
    formfield_overrides: ClassVar = SHORT_NOTES

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, find_key(search_term))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.loaded_key is None

    @admin.display(description=gettext_lazy("valid"), ordering="valid_from")
    def days(self, row: Any) -> str:
        first, last = (day and short_date(day) for day in (row.valid_from, row.valid_to))
        return f"{first or '…'} – {last or '…'}" if first or last else ""


class ShippedRows(BaseInlineFormSet):
    """Rows under a row; those of the shipped files can be changed but not taken away."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].disabled = bool(form.instance.loaded_key)
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Take the row away")


class RowsInline(admin.StackedInline):
    """Stacked, not in columns: with source and note a line would be wider than the screen."""

    formset = ShippedRows
    extra = 0
    formfield_overrides: ClassVar = SHORT_NOTES


@admin.register(Country)
class CountryAdmin(EntryAdmin):
    list_display = ("name", "kind", "iso2", "iso3", "name_en", "certainty")
    list_filter = ("kind", InForce, "certainty")
    fields = ("name", "kind", ("iso2", "iso3"), "name_en", "aliases", DAYS, *SOURCE)


@admin.register(Partner)
class PartnerAdmin(EntryAdmin):
    list_display = ("name", "kind", "country", "name_latin", "certainty")
    list_filter = ("kind", InForce, "certainty")
    list_select_related = ("country",)
    autocomplete_fields = ("country", "part_of")
    fields = (
        "name",
        "kind",
        ("country", "part_of"),
        ("name_foreign", "name_latin"),
        "aliases",
        DAYS,
        *SOURCE,
    )


@admin.register(Mechanism)
class MechanismAdmin(EntryAdmin):
    list_display = ("name", "kind", "days", "certainty")
    list_filter = ("kind", InForce, "certainty")
    autocomplete_fields = ("partners",)
    fields = ("name", "kind", "members", "partners", "aliases", DAYS, *SOURCE)


class PredecessorInline(RowsInline):
    model = PlaceSuccession
    fk_name = "place"
    fields = (("predecessor", "is_partial"), *SOURCE)
    autocomplete_fields = ("predecessor",)
    verbose_name = gettext_lazy("predecessor")
    verbose_name_plural = gettext_lazy("predecessors")


@admin.register(Place)
class PlaceAdmin(EntryAdmin):
    list_display = ("name", "district", "code", "days", "border", "certainty")
    list_filter = ("kind", InForce, "is_on_border", "certainty")
    list_select_related = ("district",)
    autocomplete_fields = ("district",)
    inlines = (PredecessorInline,)
    fields = (
        "name",
        "kind",
        ("district", "code"),
        DAYS,
        ("is_on_border", "border_certainty"),
        "aliases",
        *SOURCE,
    )

    @admin.display(description=gettext_lazy("on the border"), ordering="is_on_border")
    def border(self, row: Any) -> str:
        if not row.is_on_border:
            return ""
        unsure = row.border_certainty in (Certainty.KNOWN, Certainty.UNSURE)
        return _("yes, to be confirmed") if unsure else _("yes")


class GateStatusInline(RowsInline):
    model = GateStatus
    fk_name = "gate"
    fields = (
        ("valid_from", "operation"),
        ("gate_class", "agreement_class", "parent"),
        *SOURCE,
    )
    autocomplete_fields = ("parent",)


@admin.register(Gate)
class GateAdmin(EntryAdmin):
    list_display = ("name", "code", "class_today", "operation_today", "counterpart", "certainty")
    list_filter = ("mode", InForce, "certainty")
    autocomplete_fields = ("counterpart_locality", "places")
    inlines = (GateStatusInline,)
    fields = (
        "name",
        ("code", "mode", "position"),
        ("counterpart", "counterpart_zh", "counterpart_pinyin"),
        "counterpart_locality",
        "places",
        "markers",
        "aliases",
        DAYS,
        *SOURCE,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).as_of(timezone.localdate())  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("class of gate"), ordering="class_then")
    def class_today(self, row: Any) -> str:
        return _label(GateClass, row.class_then)

    @admin.display(description=gettext_lazy("state of operation"), ordering="operation_then")
    def operation_today(self, row: Any) -> str:
        return _label(Operation, row.operation_then)


def _label(choices: type[TextChoices], value: str | None) -> str:
    return str(choices(value).label) if value else ""
