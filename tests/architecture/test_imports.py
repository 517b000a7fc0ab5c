"""Imports go down only (docs/architecture.md), read from the code, functions included."""

from __future__ import annotations

from functools import cache

import grimp
import pytest
from django.apps import apps
from django.conf import settings

FIELDS = tuple(settings.DOMAIN_APPS)
# From top to bottom; packages of one row do not know each other.
ROWS: tuple[tuple[str, ...], ...] = (
    ("langson_portal",),
    ("dashboards", "reports"),
    ("closing",),
    FIELDS,
    ("registers",),
    ("indicators",),
    ("imports",),
    ("jobs",),
    ("documents",),
    ("accounts",),
    ("reference",),
    ("history",),
    ("common",),
)
READERS = ("dashboards", "reports", "closing")
LEVEL = {package: level for level, row in enumerate(ROWS) for package in row}
OURS = tuple(
    config.name
    for config in apps.get_app_configs()
    if str(config.path) == str(settings.BASE_DIR / config.name)
)


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*OURS, cache_dir=None)


def imports() -> list[tuple[str, str]]:
    """(module, what it imports) wherever one package of ours imports another."""
    return [
        (importer, imported)
        for importer in graph().modules
        for imported in graph().find_modules_directly_imported_by(importer)
        if package_of(importer) != package_of(imported)
    ]


def package_of(module: str) -> str:
    return module.split(".")[0]


def test_every_package_has_its_place():
    assert set(OURS) <= LEVEL.keys()
    assert set(FIELDS) <= set(OURS)


@pytest.mark.parametrize("package", OURS)
def test_imports_go_down_only(package):
    upward = [
        f"{importer} imports {imported}"
        for importer, imported in imports()
        if package_of(importer) == package and LEVEL[package_of(imported)] <= LEVEL[package]
    ]
    assert upward == []


def test_readers_import_no_field_of_work():
    direct = [pair for pair in imports() if package_of(pair[0]) in READERS]
    assert [pair for pair in direct if package_of(pair[1]) in FIELDS] == []


def test_engines_below_import_no_field_of_work():
    assert [pair for pair in imports() if package_of(pair[1]) in FIELDS] == []


def test_common_imports_nobody_of_ours():
    assert [pair for pair in imports() if package_of(pair[0]) == "common"] == []


def test_nobody_imports_the_project():
    assert [pair for pair in imports() if package_of(pair[1]) == "langson_portal"] == []
