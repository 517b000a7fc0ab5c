from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from common.contracts import Label
from common.menu import MenuEntry
from registers.declarations import open_to


def children(user: Any) -> Iterator[tuple[Label, str]]:
    """The declared registers in their order, each with the screens of its own."""
    for register in open_to(user):
        yield register.label, reverse("registers:list", args=[register.slug])
        for link in register.links:
            if user.may(link.verb):
                yield link.label, reverse(link.url_name)


MENU = (
    MenuEntry(
        label=pgettext_lazy("menu", "Registers"),
        url_name="registers:index",
        icon="fa-book-open",
        order=35,
        verb=Verb.READ,
        children=children,
    ),
)
