from typing import Any

from django.contrib import admin

from registers.admin import RecordAdmin
from trade.forms import month_field
from trade.models import Turnover


@admin.register(Turnover)
class TurnoverAdmin(RecordAdmin):
    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == Turnover.DAY:
            return month_field()
        return super().formfield_for_dbfield(db_field, request, **kwargs)
