"""What a computed number stands on: the register, its records, who changed them last.

Registers lie above indicators and tell it themselves: whoever keeps records has
``<app>/counted.py`` with the two functions of ``Counted``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.apps import apps

from accounts.models import User
from common.contracts import Label
from indicators.computed import Span

Places = set[tuple[str, int]]  # (code of the indicator, key of the span)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The records that were counted in one number."""

    register: Label
    url: str
    records: int
    samples: int  # of them invented
    hidden: int  # of them not shown to this person
    changed_by: User | None
    changed_at: dt.datetime | None


class Counted(Protocol):
    def samples(self, spans: list[Span], codes: Collection[str]) -> Places:
        """The places whose sums count a sample record."""

    def basis(self, code: str, year: int, span: Span, viewer: User) -> Basis | None:
        """What one sum stands on; ``span`` has the days of a period of ``year``."""


@cache
def _counted() -> tuple[Any, ...]:
    found: Iterator[str] = (f"{config.name}.counted" for config in apps.get_app_configs())
    return tuple(import_module(name) for name in found if find_spec(name))


def samples(spans: list[Span], codes: Collection[str]) -> Places:
    """The places whose sums rest on sample data, in a query for each register."""
    found: Places = set()
    for one in _counted() if spans and codes else ():
        found |= one.samples(spans, codes)
    return found


def of(code: str, year: int, span: Span, viewer: User) -> Basis | None:
    """What a sum stands on; None where nobody tells."""
    told = (one.basis(code, year, span, viewer) for one in _counted())
    return next((basis for basis in told if basis is not None), None)
