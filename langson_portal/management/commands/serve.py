"""Serves the portal from a data folder: migrations, real figures, web, worker and beat."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Serve the portal with web server, worker and beat; Ctrl-C stops all of them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument(
            "--no-data", action="store_true", help="load no figures, no sample records"
        )

    def handle(self, *args: Any, port: int, host: str, no_data: bool, **options: Any) -> None:
        refuse_used_port(host, port)
        # The owner migrates in a process of its own: this one is the application.
        migrate = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity=0"]
        if subprocess.run(migrate, check=False).returncode:
            raise CommandError("The database could not be brought up to date: see above.")
        self.stdout.write("· database up to date")
        if not no_data:
            call_command("load_published", stdout=self.stdout)
        if settings.DEMO_ACCOUNTS_ALLOWED and not no_data:
            self.load_samples()
            call_command("demo_accounts", stdout=self.stdout)
        start_all(host, port, f"http://{host}:{port}/")

    def load_samples(self) -> None:
        """Sample records for registers without any; a portal serves without them, too."""
        try:
            call_command("load_demo", unless_removed=True, stdout=self.stdout)
        except CommandError as refusal:
            self.stdout.write(f"· no sample records: {refusal}")


def refuse_used_port(host: str, port: int) -> None:
    """A clear message now beats a web server that dies after everything else started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} is in use ({error.strerror}). "
                f"Choose another one: make run PORT={port + 1}"
            ) from error


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The three processes of the portal, as everywhere else they run."""
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "langson_portal"]
    return {
        "web": [sys.executable, "-m", "gunicorn", "langson_portal.wsgi", f"--bind={host}:{port}"]
        + ["--workers=2", "--threads=4", "--worker-tmp-dir=/dev/shm", "--log-level=warning"],
        "worker": [*celery, "worker", "--loglevel=WARNING", "--concurrency=1", "--without-mingle"]
        + ["--without-gossip"],
        "beat": [*celery, "beat", "--loglevel=WARNING", "--pidfile=", f"--schedule={beat_file()}"],
    }


def beat_file() -> str:
    return str(settings.ENV.files_root.parent / "beat-schedule")


def start_all(host: str, port: int, address: str) -> None:
    from langson_portal.launcher import Launcher  # honcho: only local installs have it

    manager = Launcher()
    for name, command in commands(host, port).items():
        manager.add_process(
            name, _quoted(command), cwd=str(settings.BASE_DIR), env=dict(os.environ)
        )
    manager.heed_hang_up()
    print(f"\n  {address}\n\n  Ctrl-C stops everything that was started here.\n", flush=True)
    manager.loop()
    sys.exit(manager.returncode if manager.returncode and manager.returncode > 0 else 0)


def _quoted(command: list[str]) -> str:
    return "exec " + shlex.join(command)
