from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=_("Administration"),
        url_name="admin:index",
        icon="fa-sliders",
        order=90,
        verb=Verb.MANAGE,
    ),
)
