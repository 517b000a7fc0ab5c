"""The portal refuses to start half-configured, and production settings pass Django's checks."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

from langson_portal.environment import OPTIONAL, REQUIRED

OURS = {*REQUIRED, *OPTIONAL, "PORTAL_DATA", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command with nothing of the portal in its environment but what is given."""
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**bare, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_settings_without_an_environment_name_all_that_is_missing():
    done = run("-c", "import langson_portal.settings.base")
    assert done.returncode
    assert all(name in done.stderr for name in REQUIRED)


@pytest.mark.parametrize("missing", REQUIRED)
def test_each_secret_is_missed_by_name(missing, slot):
    known = {name: slot.environment()[name] for name in REQUIRED if name != missing}
    done = run("-c", "import langson_portal.settings.base", **known)
    assert done.returncode
    assert missing in done.stderr
    assert not any(name in done.stderr for name in known)


def test_a_command_with_neither_folder_nor_environment_refuses_by_name(tmp_path):
    nowhere = tmp_path / "nowhere"
    done = run("manage.py", "check", PORTAL_DATA=str(nowhere))
    assert done.returncode
    assert str(nowhere) in done.stderr
    assert all(name in done.stderr for name in REQUIRED)
    assert not nowhere.exists()


def test_production_settings_pass_the_deployment_check(slot, django_db_setup):
    done = run(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        **{**slot.environment(), "DJANGO_SETTINGS_MODULE": "langson_portal.settings.base"},
    )
    assert done.returncode == 0, done.stderr


def test_migrating_needs_the_owners_address(slot):
    known = {name: slot.environment()[name] for name in REQUIRED}
    done = run("-c", "import langson_portal.settings.base", DATABASE_ROLE="owner", **known)
    assert done.returncode
    assert "DATABASE_OWNER_URL" in done.stderr
