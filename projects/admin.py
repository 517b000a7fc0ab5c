from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.admin import NoDeletion
from common.contracts import Calendar
from projects.base import Currency, years
from projects.models import ExchangeRate, FdiProject, NgoAid, OdaProject
from projects.rates import HOME, RATE, UNIT
from reference.periods import PeriodRefusal
from registers.admin import RecordAdmin
from registers.fields import NumberField
from registers.years import refuse_closed


@admin.register(FdiProject)
class FdiProjectAdmin(RecordAdmin):
    pass


@admin.register(OdaProject)
class OdaProjectAdmin(RecordAdmin):
    pass


@admin.register(NgoAid)
class NgoAidAdmin(RecordAdmin):
    pass


class ExchangeRateForm(forms.ModelForm):
    """One currency in one year; sums of closed years stand on it as well."""

    scope = forms.ChoiceField(
        label=gettext_lazy("currency"),
        choices=[choice for choice in Currency.choices if choice[0] != HOME],
    )
    year = forms.TypedChoiceField(label=gettext_lazy("year"), choices=years, coerce=int)
    value = NumberField(label=gettext_lazy("VND for one unit"), decimals=4)

    class Meta:
        fields = ("scope", "year", "value", "source", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True  # a rate nobody can look up is no rate

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if value <= 0:
            raise forms.ValidationError(_("A rate is above zero."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        years = {cleaned.get("year"), self.initial.get("year")}
        try:
            refuse_closed([dt.date(int(year), 1, 1) for year in years if year], Calendar.CALENDAR)
        except PeriodRefusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        same = ExchangeRate.objects.filter(
            code=RATE, scope=cleaned.get("scope", ""), year=cleaned.get("year")
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a rate of this currency and year already."))
        return cleaned


@admin.register(ExchangeRate)
class ExchangeRateAdmin(NoDeletion, admin.ModelAdmin):
    """The yearly rates sums are exchanged by: entered here, each with its source."""

    form = ExchangeRateForm
    fields = ExchangeRateForm.Meta.fields
    list_display = ("scope", "year", "value", "source")
    list_filter = ("year",)
    autocomplete_fields = ("source",)
    list_select_related = ("source",)
    list_per_page = 50

    def get_queryset(self, request: Any) -> QuerySet[ExchangeRate]:
        return super().get_queryset(request).filter(code=RATE)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        obj.code, obj.unit = RATE, UNIT
        super().save_model(request, obj, form, change)
