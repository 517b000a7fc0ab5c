from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=_("Source documents"),
        url_name="documents:list",
        icon="fa-folder-open",
        order=40,
        verb=Verb.READ,
    ),
)
