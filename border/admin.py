from django.contrib import admin

from border.models import Incident
from registers.admin import RecordAdmin


@admin.register(Incident)
class IncidentAdmin(RecordAdmin):
    pass
