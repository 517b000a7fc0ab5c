"""The declared groups, indicators and facts of every field of work, by code.

An app declares them by having ``<app>/indicators.py``; nothing lists the apps.
A mistake in a declaration is found when Django checks itself, at start-up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from common.contracts import Fact, Group, Indicator, unique


def _modules() -> Iterator[ModuleType]:
    """The ``indicators`` module of every installed app that has one."""
    for config in apps.get_app_configs():
        name = f"{config.name}.indicators"
        if config.name != "indicators" and find_spec(name):
            yield import_module(name)


def _declared(attribute: str) -> Iterator[Any]:
    for module in _modules():
        yield from getattr(module, attribute, ())


@cache
def groups() -> dict[str, Group]:
    """Groups by code, in the order of the outline."""
    return unique(sorted(_declared("GROUPS"), key=lambda group: group.order), "group")


@cache
def indicators() -> dict[str, Indicator]:
    """Indicators by code, in the order of their groups and rows."""
    places = {code: group.order for code, group in groups().items()}
    return unique(
        sorted(
            _declared("INDICATORS"),
            key=lambda row: (places.get(row.group, math.inf), row.order),
        ),
        "indicator",
    )


@cache
def facts() -> dict[str, Fact]:
    """Facts by code."""
    return unique(_declared("FACTS"), "fact")


def check_declarations(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Start-up fails on declarations that contradict each other."""
    try:
        found = groups(), indicators(), facts()
        unique([*found[1].values(), *found[2].values()], "code")
    except ValueError as problem:
        return [Error(str(problem), id="indicators.E001")]
    return [*contradictions(found[0], found[1])]


def contradictions(
    declared_groups: dict[str, Group], declared: dict[str, Indicator]
) -> Iterable[CheckMessage]:
    """What indicators name but nobody declares, and parts that cannot be added."""
    for row in declared.values():
        if row.group not in declared_groups:
            yield Error(f"{row.code}: no group {row.group!r}", id="indicators.E002")
        for code in (*row.parts, *filter(None, (row.child_of,))):
            if code not in declared:
                yield Error(f"{row.code}: no indicator {code!r}", id="indicators.E003")
        for code in row.parts:
            if code in declared and declared[code].unit != row.unit:
                yield Error(f"{row.code}: {code} has another unit", id="indicators.E004")
