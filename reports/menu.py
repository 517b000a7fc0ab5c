from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=_("Reports"),
        url_name="reports:index",
        icon="fa-file-lines",
        order=50,
        verb=Verb.READ,
        everywhere=True,
    ),
)
