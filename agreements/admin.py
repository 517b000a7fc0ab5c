from django.contrib import admin

from agreements.models import Agreement
from registers.admin import RecordAdmin


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    pass
