"""The sources of every app, by code."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from accounts.models import User
from imports.contract import Source


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [f"{config.name}.importing" for config in apps.get_app_configs()]
    return tuple(import_module(name) for name in names if find_spec(name))


def all_of(user: User) -> dict[str, Source]:
    """What is this person's to import into, in the order of the menu; also what is closed now."""
    found: dict[str, Source] = {}
    for module in _modules():
        for source in module.sources(user):
            if source.code in found:
                raise ValueError(f"source {source.code!r} is declared twice")
            if source.may_import(user):
                found[source.code] = source
    return found


def open_to(user: User) -> dict[str, Source]:
    """What this person may import into now."""
    return {code: source for code, source in all_of(user).items() if not source.refusal()}


def source_of(code: str, user: User) -> Source | None:
    """One that is theirs, also where it is closed now: its imports can be looked at."""
    return all_of(user).get(code)
