"""What this app itself takes in: people and agencies, whose app lies below this one."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import User
from imports.contract import Source
from imports.people.agencies import AgencySource
from imports.people.users import UserSource


def sources(user: User) -> Iterator[Source]:
    yield UserSource()
    yield AgencySource()
