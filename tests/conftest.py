"""The servers start before Django reads its settings; the settings stay the portal's own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import django
import pytest
from hypothesis import HealthCheck, settings

from tests.servers import Slot, data_folder

collect_ignore = ["registers/sixth"]  # runs in a copy of the project: test_sixth.py

# A busy machine is slow: no example fails for the time it takes.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")

FOLDER = pytest.StashKey()
SLOT = pytest.StashKey[Slot]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the servers and complete the environment.

    With pytest-xdist the first process keeps the servers running and each
    worker takes a slot of its own.
    """
    if config.option.help or config.option.version:
        return
    folder = data_folder()
    folder.prepare()
    folder.use()
    config.stash[FOLDER] = folder
    slot = Slot.claim(folder)
    config.stash[SLOT] = slot
    os.environ.update(slot.environment(), DJANGO_SETTINGS_MODULE="langson_portal.settings.test")
    django.setup()
    # A worker must not inherit it: pytest-django would read the settings before it has a slot.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    for plugin in (
        "tests.people",
        "tests.published",
        "tests.stack",
        "tests.browsing",
        "tests.entering",
        "tests.imports.office",
        "tests.reference_data",
        "tests.registers.fixtures",
        "tests.writing",
    ):  # fixtures that import models
        config.pluginmanager.import_plugin(plugin)


def pytest_unconfigure(config: pytest.Config) -> None:
    if FOLDER in config.stash:
        config.stash[FOLDER].leave()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one running stack share a worker: the stack is started once."""
    for item in items:
        if item.get_closest_marker("stack") or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def slot(request: pytest.FixtureRequest) -> Slot:
    """Database, broker and files of this process; ``slot.environment()`` for those it starts."""
    return request.config.stash[SLOT]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker, slot: Slot) -> Iterator[None]:
    """Instead of pytest-django's: the owner makes the database, tests use it as the application."""
    from django.db import connections
    from django.test import TransactionTestCase

    slot.prepare()

    def empty(case: TransactionTestCase) -> None:
        connections.close_all()
        slot.empty()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
