from __future__ import annotations

from typing import Any

from django.contrib import admin

from delegations.models import Inbound, Meeting, Outbound
from registers.admin import RecordAdmin


@admin.register(Outbound)
class OutboundAdmin(RecordAdmin):
    pass


@admin.register(Inbound)
class InboundAdmin(RecordAdmin):
    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "reception":
            field.required = True
        return field


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    pass
