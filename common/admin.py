"""What the admin screens of all apps share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.text import search_key


def yes_no(field: str, label: Any) -> Callable[[Model], str]:
    """A yes-or-no column in words: the admin's own icons are named in English."""

    @admin.display(description=label, ordering=field)
    def said(row: Model) -> str:
        return _("yes") if getattr(row, field) else _("no")

    return said


class NoDeletion:
    """For what is ended or closed instead: others refer to it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnly(NoDeletion):
    """For rows that only the portal's own screens and jobs may write."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SearchWithoutAccents(admin.ModelAdmin):
    """Searches a stored key: "doan" finds "Đoàn"."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_key(search_term))
