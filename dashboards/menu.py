from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=_("My work"),
        url_name="dashboards:my_work",
        icon="fa-inbox",
        order=10,
        verb=Verb.READ,
    ),
    MenuEntry(
        label=pgettext_lazy("menu", "Overview"),
        url_name="dashboards:latest",
        icon="fa-chart-line",
        order=20,
        verb=Verb.READ,
        everywhere=True,
    ),
    MenuEntry(
        label=pgettext_lazy("menu", "History"),
        url_name="dashboards:trail",
        icon="fa-clock-rotate-left",
        order=80,
        verb=Verb.INSPECT,
    ),
)
