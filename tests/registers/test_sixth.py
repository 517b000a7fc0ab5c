"""A sixth register in a copy of the project: its folder and one line, nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SIXTH = Path(__file__).parent / "sixth"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "docs", "benchmarks")
GENERIC = (
    *("test_records.py", "test_attachments.py", "test_lists.py", "test_record_admin.py"),
    "test_rights.py",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project with the folder of a field of work nobody needs, and its name in the list."""
    project = tmp_path / "project"
    shutil.copytree(ROOT, project, ignore=LEFT_OUT, symlinks=True)
    shutil.copytree(ROOT / ".build" / "static", project / ".build" / "static")
    shutil.copytree(SIXTH / "visits", project / "visits")
    shutil.copytree(SIXTH / "tests", project / "tests" / "visits")
    shutil.rmtree(project / "tests" / "registers" / "sixth")
    settings = project / "langson_portal" / "settings" / "base.py"
    text = settings.read_text()
    assert text.count('"border", "context"]') == 1
    settings.write_text(text.replace('"border", "context"]', '"border", "context", "visits"]'))
    return project


def test_a_sixth_register_takes_its_folder_and_one_line(copy: Path, tmp_path: Path):
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment["PORTAL_TEST_DATA"] = str(tmp_path / "data")

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
        return done.stdout

    prepare = (
        "from tests.servers import data_folder; import os, sys, subprocess;"
        "folder = data_folder(); folder.prepare(); folder.use();"
        "os.environ.update(folder.environment());"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'langson_portal.settings.test';"
        "sys.exit(subprocess.call([sys.executable, 'manage.py', 'makemigrations', 'visits']))"
    )
    run("-c", prepare)
    generic = [f"tests/registers/{name}" for name in GENERIC]
    said = run("-m", "pytest", "-q", "-k", "visits", *generic, "tests/visits")
    assert "[100%]" in said
