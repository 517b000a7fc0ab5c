from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = _("History")

    def ready(self) -> None:
        from history.grants import grant_application_rights  # needs the app registry

        post_migrate.connect(grant_application_rights, sender=self)
