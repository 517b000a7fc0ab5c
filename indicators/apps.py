from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = _("Figures")

    def ready(self) -> None:
        from indicators.declarations import check_declarations  # needs the app registry

        checks.register(check_declarations)
