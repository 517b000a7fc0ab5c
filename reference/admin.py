"""Periods to look at, and the day their figures are to be sent by. Other tables: admin_tables.

Years are opened in the admin of ``indicators``: opening one brings assignments along.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.admin import NoDeletion
from reference import admin_tables
from reference.deadlines import due_on
from reference.models import Period

__all__ = ["PeriodAdmin", "admin_tables"]


@admin.register(Period)
class PeriodAdmin(NoDeletion, admin.ModelAdmin):
    """Only the day figures are due can be changed; everything else follows from the marks."""

    list_display = ("__str__", "calendar", "first_day", "last_day", "due")
    list_filter = ("kind", "calendar")
    search_fields = ("year",)
    list_per_page = 50
    fields = ("kind", "from_year", "year", "months", "calendar", "first_day", "last_day", "due_on")

    @admin.display(description=_("to be sent by"))
    def due(self, period: Period) -> dt.date:
        return due_on(period)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields[:-1]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
