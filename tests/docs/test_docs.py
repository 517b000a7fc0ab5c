"""What README and docs name exists: files, pictures, targets, commands, accounts, words of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.urls import resolve
from PIL import Image

from accounts.demo import ACCOUNTS
from accounts.roles import ROLES
from common.units import UNITS
from indicators.declarations import facts, indicators
from langson_portal.environment import OPTIONAL, REQUIRED

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
PICTURES = ("overview", "overview-phone", "entry", "report-page-1", "report-annex")
GENERATED = (".venv", ".build", ".data", ".env")  # of a set-up machine, not of the repository
OURS = {config.name for config in apps.get_app_configs() if "." not in config.name}

LINK = re.compile(r"\]\(([^)#\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"```\w*\n(.*?)```", re.S)
FILE = re.compile(r"^[\w.*-]+(?:/[\w.*-]+)*/?$")
VARIANT = re.compile(r"^pdf/")  # names of kinds of PDF look like paths
SUFFIX = re.compile(r"\.(?:py|md|toml|csv|css|html|sh|yml|lock|png)$|^Dockerfile$|^Makefile$")
MAKE = re.compile(r"\bmake ([a-z]+(?:-[a-z]+)*)\b")
MANAGE = re.compile(r"manage\.py ([a-z]\w+)([^`\n|;]*)")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code(page: Path) -> Iterator[str]:
    """What stands between backticks, line by line in blocks."""
    for block in BLOCK.findall(text(page)):
        yield from block.splitlines()
    yield from CODE.findall(BLOCK.sub("", text(page)))


def paths(page: Path) -> Iterator[str]:
    """Everything in code that reads as a path of the repository."""
    for span in code(page):
        if not FILE.match(span) or VARIANT.match(span) or span.startswith(GENERATED):
            continue
        if "/" in span or SUFFIX.search(span):
            yield span


def names(page: Path) -> Iterator[str]:
    """Dotted names of our packages, without the calls behind them."""
    for span in code(page):
        dotted = re.match(r"^(\w+(?:\.\w+)+)(?:\(|$)", span)
        if dotted and dotted[1].split(".")[0] in OURS and not SUFFIX.search(dotted[1]):
            yield dotted[1]


def found(dotted: str) -> object:
    """The module, class or function of that name; raises when there is none."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            thing = getattr(thing, name)
        return thing
    raise ModuleNotFoundError(dotted)


@pytest.fixture(params=PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def page(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_every_linked_file_exists(page):
    inside = [link for link in LINK.findall(text(page)) if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_every_named_path_exists(page):
    # In a checklist a file of some app stands by its own name.
    missing = [
        path
        for path in paths(page)
        if not any(ROOT.glob(path.rstrip("/"))) and not any(ROOT.glob(f"*/{path.rstrip('/')}"))
    ]
    assert missing == []


def test_every_named_address_resolves(page):
    for span in code(page):
        if re.match(r"^/[\w-]+/(?:[\w-]+/)*$", span):
            resolve(span)


def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.M))
    assert {target for span in code(page) for target in MAKE.findall(span)} <= targets


def test_every_command_and_its_options_exist(page):
    known = get_commands()
    for span in code(page):
        for name, rest in MANAGE.findall(span):
            parser = load_command_class(known[name], name).create_parser("manage.py", name)
            options = {option for action in parser._actions for option in action.option_strings}
            assert {*re.findall(r"--[a-z-]+", rest)} <= options, span


def test_every_named_module_and_function_exists(page):
    for name in names(page):
        found(name)


def test_the_readme_names_no_address_but_this_machine():
    assert re.findall(r"https?://(?!localhost\b|127\.0\.0\.1\b)\S*", text(README)) == []


def test_the_readme_fits_two_pages():
    assert len(text(README).split()) < 900


def test_the_readme_names_every_demo_account():
    assert set(re.findall(r"^\| `(\w+)` \|", text(README), re.M)) >= {
        account.username for account in ACCOUNTS
    }


def test_the_readme_names_every_target_for_people():
    shown = set(re.findall(r"\bmake ([a-z]+) ", text(ROOT / "Makefile").split("python:")[0]))
    named = {target for span in code(README) for target in MAKE.findall(span)}
    assert shown >= {"run", "test", "check"}
    assert shown <= named


def test_the_architecture_names_every_variable_of_the_environment():
    described = set(code(ROOT / "docs" / "architecture.md"))
    assert {*REQUIRED, *OPTIONAL} <= described


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_there_and_small(name):
    path = ROOT / "docs" / "pictures" / f"{name}.png"
    assert path.stat().st_size <= 300_000
    with Image.open(path) as picture:
        assert picture.width >= 700
    assert path.name in text(README)


def test_every_word_of_code_in_the_glossary_exists():
    sources = "\n".join(text(path) for app in OURS for path in (ROOT / app).rglob("*.py"))
    words = set(re.findall(r"\w+", sources)) | ROLES.keys() | UNITS.keys()
    declared = {*indicators(), *facts()}
    rows = [
        line.split("|")[3] for line in text(ROOT / "docs/glossary.md").splitlines() if "`" in line
    ]
    named = [name for row in rows for name in CODE.findall(row)]
    assert len(named) > 60
    assert [
        name for name in named if name not in declared and not {*name.split(".")} <= words
    ] == []


def test_decisions_are_numbered_on():
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name.split("-")[0]) for path in files]
    assert numbers == list(range(1, len(files) + 1))
    assert all(text(path).startswith(f"# {number}. ") for number, path in enumerate(files, 1))
