"""The menu: entries apps declare in ``<app>/menu.py``, shown to who may open them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

from common.contracts import Label


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """One line of the menu; ``url_name`` is opened without arguments."""

    label: Label
    url_name: str
    icon: str
    order: int
    verb: str
    everywhere: bool = False  # needs the right over all agencies
    # What opens below an entry once one is there: (label, address) for who may open it.
    children: Callable[[Any], Iterable[tuple[Label, str]]] | None = None


@cache
def entries() -> tuple[MenuEntry, ...]:
    found: list[MenuEntry] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.menu"
        if config.name != "common" and "." not in config.name and find_spec(name):
            found.extend(import_module(name).MENU)
    return tuple(sorted(found, key=lambda entry: entry.order))


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the entries this person may open, the open one marked."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    shown = [
        {
            "label": entry.label,
            "url": (url := reverse(entry.url_name)),
            "icon": entry.icon,
            "is_open": (is_open := request.path.startswith(url)),
            "children": _children(entry, request) if is_open else [],
        }
        for entry in entries()
        if user.may(entry.verb, everywhere=entry.everywhere)
    ]
    return {"menu": shown}


def _children(entry: MenuEntry, request: HttpRequest) -> list[dict[str, Any]]:
    found = list(entry.children(request.user) if entry.children else ())
    # One may lie below another (a list and its entry table): the longest address is open.
    around = [url for _label, url in found if request.path.startswith(url)]
    opened = max(around, key=len, default=None)
    return [{"label": label, "url": url, "is_open": url == opened} for label, url in found]
