"""Source documents to look at; they are added and corrected in the portal."""

from __future__ import annotations

from django.contrib import admin

from common.admin import ReadOnly, SearchWithoutAccents
from documents.models import SourceDocument


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnly, SearchWithoutAccents):
    list_display = ("__str__", "kind", "issued_on")
    list_filter = ("kind",)
    search_fields = ("search_text",)
    # Not the file itself: files are handed out by the portal's own checked address.
    fields = ("kind", "number", "issued_on", "issued_year", "issuer", "subject")
    list_per_page = 50
