from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from common.menu import MenuEntry

MENU = (
    MenuEntry(
        label=pgettext_lazy("menu", "Registers"),
        url_name="registers:index",
        icon="fa-book-open",
        order=35,
        verb=Verb.READ,
    ),
)
