"""What manage.py does before Django: find the environment or the data folder."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from langson_portal.embedded import CannotStart, DataFolder
from langson_portal.environment import BASE_DIR, REQUIRED

OWNER_COMMANDS = {"migrate", "sqlmigrate", "makemigrations", "pgtrigger"}
WITHOUT_SERVERS = {"collectstatic", "help", "version", "--help", "--version"}


def data_folder() -> DataFolder:
    """The folder named by PORTAL_DATA, or ``.data`` beside manage.py."""
    return DataFolder(Path(os.environ.get("PORTAL_DATA") or BASE_DIR / ".data"))


def prepare(arguments: Sequence[str]) -> None:
    """Complete the environment for a manage.py command.

    A full environment (production, tests) is taken as it is. Otherwise the
    data folder's secrets are read and its servers used, started when down,
    except those whose address the environment gives. With neither, exits
    naming what is missing.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _settings_module())
    if command in OWNER_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if not missing:
        return
    folder = data_folder()
    if not folder.exists:
        sys.exit(
            f"No data folder at {folder.path} and not set in the environment: "
            f"{', '.join(missing)}.\nRun `make setup`, or set PORTAL_DATA or these variables."
        )
    given = {name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if command not in WITHOUT_SERVERS:
        leave_in_order()
        try:
            folder.use(postgres="DATABASE_URL" not in given, valkey="REDIS_URL" not in given)
        except CannotStart as error:
            sys.exit(str(error))
    for name, value in folder.environment().items():
        if name == "DATABASE_OWNER_URL" and "DATABASE_URL" in given:
            continue  # somebody else's server: its owner is not ours to guess
        os.environ.setdefault(name, value)


def leave_in_order() -> None:
    """Let SIGTERM and a closed terminal end us like sys.exit: unheard, nobody stops the servers.

    A hang-up that ``nohup`` made us deaf to stays unheard.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)


def _settings_module() -> str:
    """Production wherever the environment is complete, dev on a data folder."""
    complete = all(os.environ.get(name) for name in REQUIRED)
    return f"langson_portal.settings.{'base' if complete else 'dev'}"
