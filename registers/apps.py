from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "registers"
    verbose_name = _("Registers")

    def ready(self) -> None:
        from registers.annexes import check_annexes  # these need the app registry
        from registers.declarations import check_registers

        checks.register(check_registers)
        checks.register(check_annexes)
