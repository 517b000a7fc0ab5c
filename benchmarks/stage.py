"""The servers the benchmarks run on: those of the tests, a slot of them."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

import django
from django.db import connections

from tests.servers import Slot, data_folder


@contextlib.contextmanager
def servers() -> Iterator[Slot]:
    """A migrated database of our own, and Django set up on it; stopped and emptied after."""
    folder = data_folder()
    folder.prepare()
    with contextlib.ExitStack() as leaving:
        leaving.callback(folder.leave)
        folder.use()
        slot = Slot.claim(folder)
        leaving.callback(shutil.rmtree, slot.files.parent, ignore_errors=True)
        slot.prepare()
        os.environ |= slot.environment()
        os.environ["DJANGO_SETTINGS_MODULE"] = "langson_portal.settings.test"
        django.setup()
        leaving.callback(connections.close_all)
        yield slot
