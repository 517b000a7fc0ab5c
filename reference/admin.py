"""Opening and locking years; periods to look at. The other tables: admin_tables."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from common.admin import NoDeletion, ReadOnly
from reference import admin_tables
from reference.models import Period, ReportingYear
from reference.periods import open_year

__all__ = ["PeriodAdmin", "ReportingYearAdmin", "admin_tables"]


@admin.register(ReportingYear)
class ReportingYearAdmin(NoDeletion, admin.ModelAdmin):
    """Adding a year opens it, periods included; a locked day closes it for edits."""

    list_display = ("year", "opened_at", "locked_on")
    readonly_fields = ("opened_at",)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("year", "opened_at", "locked_on") if obj else ("year",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("year", *self.readonly_fields) if obj else ()

    def save_model(self, request: HttpRequest, obj: ReportingYear, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            open_year(obj.year)


@admin.register(Period)
class PeriodAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "calendar", "first_day", "last_day")
    list_filter = ("kind", "calendar")
    search_fields = ("year",)
    list_per_page = 50
