"""Each service of the compose file does its work, outside Docker, with that environment alone."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator

import psycopg2
import pytest

from tests.deploy.outside_docker import GIVEN, ROOT, Machine, postgres_image, set_up
from tests.deploy.test_compose import instructions

pytestmark = pytest.mark.stack
HOST = GIVEN["ALLOWED_HOSTS"]
DATABASE = "langson_portal"


@pytest.fixture(scope="module")
def machine(slot) -> Iterator[Machine]:
    """PostgreSQL set up by our script, the broker by its command, the tables by `migrate`."""
    # Beside the tests' own servers, not in pytest's folder: PostgreSQL's user must get there.
    folder = slot.folder.path / f"compose-{slot.number}"
    shutil.rmtree(folder, ignore_errors=True)
    machine = set_up(folder)
    with postgres_image(machine), machine.running("redis"):
        machine.becomes_healthy("redis")
        done = machine.run("migrate")
        assert not done.returncode, done.stdout + done.stderr
        yield machine
    shutil.rmtree(folder, ignore_errors=True)


def as_role(machine: Machine, role: str, password: str):
    return psycopg2.connect(
        host="127.0.0.1", port=machine.postgres, user=role, password=password, dbname=DATABASE
    )


def ask(machine: Machine, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(f"127.0.0.1:{machine.web}", timeout=10)
    connection.request("GET", path, headers={"Host": HOST, **headers})
    answer = connection.getresponse()
    answer.read()
    return answer


def test_postgres_is_healthy(machine):
    assert not machine.check("postgres").returncode


def test_the_application_is_neither_superuser_nor_owner(machine):
    with as_role(machine, "portal_app", GIVEN["PORTAL_APP_PASSWORD"]) as connection:
        cursor = connection.cursor()
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [("portal_owner",)]
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("CREATE TABLE anything (id int)")
    connection.close()


def test_nothing_is_left_to_migrate(machine):
    assert not machine.check("migrate").returncode


def test_the_broker_keeps_its_data_and_asks_for_a_password(machine, monkeypatch):
    assert any((machine.folder / "data").rglob("*.aof*"))
    monkeypatch.setitem(GIVEN, "REDIS_PASSWORD", "wrong")
    assert machine.check("redis").returncode


def test_web_serves_behind_a_proxy_that_ends_tls(machine):
    assert machine.check("web").returncode  # nothing runs yet
    with machine.running("web"):
        machine.becomes_healthy("web")
        page = ask(machine, "/dang-nhap/", **{"X-Forwarded-Proto": "https"})
        assert page.status == 200
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        assert page.headers["Strict-Transport-Security"]
        assert ask(machine, "/dang-nhap/").headers["Location"] == f"https://{HOST}/dang-nhap/"
        https = {"X-Forwarded-Proto": "https", "Host": "elsewhere.example"}
        assert ask(machine, "/dang-nhap/", **https).status == 400
    assert machine.check("web").returncode


def test_worker_answers_its_health_check_as_long_as_it_runs(machine):
    with machine.running("worker"):
        machine.becomes_healthy("worker")
    silent = machine.check("worker")
    assert silent.returncode and "is silent" in silent.stderr


def test_beat_is_healthy_while_the_broker_takes_what_it_sends(machine):
    assert machine.check("beat").returncode
    with machine.running("beat"):
        machine.becomes_healthy("beat")
    long_ago = time.time() - 120
    os.utime(machine.folder / "tmp" / "beat.sent", (long_ago, long_ago))
    assert "has sent nothing for 12" in machine.check("beat").stderr


def test_the_image_can_collect_its_static_files(machine):
    """The build gives complete settings; the files themselves are collected by the set-up."""
    (build,) = (run for run in instructions("RUN") if "collectstatic" in run)
    command = build[build.index("DJANGO_SETTINGS_MODULE") :] + " --dry-run"
    environment = {"PATH": machine.environment("web")["PATH"]}
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert not done.returncode, done.stderr
    assert re.search(r"\d+ static files? copied", done.stdout)
