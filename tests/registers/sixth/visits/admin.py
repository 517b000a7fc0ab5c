from django.contrib import admin

from registers.admin import RecordAdmin
from visits.models import Visit


@admin.register(Visit)
class VisitAdmin(RecordAdmin):
    pass
