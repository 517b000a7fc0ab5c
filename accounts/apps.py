from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and agencies")

    def ready(self) -> None:
        from accounts.checks import no_demo_accounts, no_demo_accounts_in  # needs the registry

        checks.register(no_demo_accounts, checks.Tags.security, deploy=True)
        checks.register(no_demo_accounts_in, checks.Tags.database)
