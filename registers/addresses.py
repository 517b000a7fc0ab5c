"""From an address to a register and a record; what is not yours is not there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from registers.contract import Attention, Register
from registers.declarations import by_slug, open_to


def register_or_404(slug: str, user: User) -> Register:
    register = by_slug(slug)
    if register is None or register not in open_to(user):
        raise Http404(_("There is no such register."))
    return register


def rows_of(register: Register, user: User) -> Any:
    """The records of a register this person may see, deleted ones included."""
    return register.model._default_manager.filter(register.where).visible_to(user)


def attention_of(register: Register, user: User, today: dt.date) -> list[Attention]:
    """What waits in a register, among the records this person sees."""
    if register.attention is None:
        return []
    return list(register.attention(rows_of(register, user).alive(), today))


def record_or_404(register: Register, pk: int, user: User) -> Any:
    rows = rows_of(register, user).select_related(*register.related)
    try:
        return rows.get(pk=pk)
    except register.model.DoesNotExist:
        raise Http404(_("There is no such record in this register.")) from None
