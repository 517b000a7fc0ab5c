"""Whether somebody may open an address: a link nobody may follow is plain text."""

from __future__ import annotations

from django.urls import Resolver404, resolve

from accounts.access import Access
from accounts.models import User


def may_open(address: str, user: User) -> bool:
    """Whether the view behind an address of the portal lets this person in."""
    try:
        view = resolve(address).func
    except Resolver404:
        return False
    access = getattr(view, "access", None)
    return isinstance(access, Access) and access.allows(user)
