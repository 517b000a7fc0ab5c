"""Background work to look at: the rows are written by those who do it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnly
from jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("code", "kind", "state", "progress", "requested_by", "requested_at")
    list_filter = ("state", "kind")
    list_select_related = ("requested_by",)
    fields = (
        *("kind", "parameters", "requested_by", "requested_at", "state", "stage", "progress"),
        *("attempts", "started_at", "finished_at", "error"),
    )
    list_per_page = 50

    @admin.display(description=_("code"), ordering="pk")
    def code(self, job: Job) -> str:
        return job.reference
