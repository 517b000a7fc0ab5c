"""The kinds of work are known as soon as Django is, whoever imported what."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.servers import ROOT


def test_the_printing_of_reports_is_registered_by_starting_django() -> None:
    code = (
        "import django; django.setup(); from jobs.kinds import work_for; work_for('reports.print')"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "langson_portal.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
