"""The offices that issue reports; reports and their printings only to look at."""

from __future__ import annotations

from django.contrib import admin

from common.admin import ReadOnly
from reports.models import IssuingOffice, Report, Run


@admin.register(IssuingOffice)
class IssuingOfficeAdmin(admin.ModelAdmin):
    list_display = ("name", "symbol", "place", "order")


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("outline", "period", "office", "created_at")
    list_filter = ("outline",)
    list_select_related = ("period", "office")
    fields = ("outline", "period", "office", "legal_bases", "directives", "created_at")


@admin.register(Run)
class RunAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("report", "requested_at", "requested_by", "number", "pages", "seconds")
    list_select_related = ("report__period", "requested_by")
    # Neither file nor ledger: both are shown, rights checked, by the portal.
    fields = (
        *("report", "requested_by", "requested_at", "number", "issued_on", "signer"),
        *("file_name", "sha256", "pages", "seconds"),
    )
    list_per_page = 50
