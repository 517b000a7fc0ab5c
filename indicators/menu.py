from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=pgettext_lazy("menu", "Figures"),
        url_name="indicators:latest",
        icon="fa-table-list",
        order=30,
        verb=Verb.READ,
    ),
    MenuEntry(
        label=_("Indicators and assignments"),
        url_name="indicators:assignments_latest",
        icon="fa-list-check",
        order=88,
        verb=Verb.ASSIGN,
        everywhere=True,
    ),
)
