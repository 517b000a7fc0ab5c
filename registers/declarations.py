"""The declared registers of every field of work, by code and by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist

from accounts.models import User
from accounts.roles import Verb
from common.contracts import DataClass, unique
from indicators.declarations import indicators
from registers.contract import Register


def _declared() -> Iterator[Register]:
    for config in apps.get_app_configs():
        name = f"{config.name}.register"
        if find_spec(name):
            yield from import_module(name).REGISTERS


@cache
def registers() -> dict[str, Register]:
    """Registers by code, in the order of the menu."""
    return unique(sorted(_declared(), key=lambda register: register.order), "register")


def by_slug(slug: str) -> Register | None:
    return next((register for register in registers().values() if register.slug == slug), None)


def open_to(user: User) -> list[Register]:
    """The registers somebody may look into: records of each class are asked for one by one."""
    if not any(user.may(Verb.READ, data_class=kind) for kind in DataClass):
        return []
    return list(registers().values())


def check_registers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Start-up fails on a declaration that names what does not exist."""
    try:
        found = registers()
    except ValueError as problem:
        return [Error(str(problem), id="registers.E001")]
    slugs = [register.slug for register in found.values()]
    doubled = {slug for slug in slugs if slugs.count(slug) > 1}
    return [
        *(
            Error(f"the address {slug!r} is declared twice", id="registers.E002")
            for slug in doubled
        ),
        *(fault for register in found.values() for fault in faults(register)),
    ]


def faults(register: Register) -> Iterable[CheckMessage]:
    """Fields, columns and indicators a register names that nobody declares."""

    def known(name: str) -> bool:
        try:
            register.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    named = {register.day, *filter(None, (column.sort for column in register.columns))}
    named |= {column.name for column in register.columns if column.value is None}
    for name in sorted(named):
        if not known(name):
            yield Error(f"{register.code}: no field {name!r}", id="registers.E003")
    for code in register.feeds:
        if code not in indicators():
            yield Error(f"{register.code}: no indicator {code!r}", id="registers.E004")
    for name in set(register.form._meta.fields or ()) ^ set(register.fields):
        yield Error(
            f"{register.code}: {name!r} is in the form or in the sections, not in both",
            id="registers.E005",
        )
    placed = [name for section in register.sections for name in section.lines]
    if sorted(placed) != sorted(lines.name for lines in register.lines):
        yield Error(f"{register.code}: lines stand in one section each", id="registers.E007")
    sort = register.default_sort.removeprefix("-")
    column = register.column(sort)
    if column is None or not column.sort:
        yield Error(f"{register.code}: cannot be sorted by {sort!r}", id="registers.E006")
