from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=_("Import from Excel"),
        url_name="imports:index",
        icon="fa-file-import",
        order=45,
        verb=Verb.IMPORT,
    ),
)
