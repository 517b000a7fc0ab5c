"""`make check`: everything that can be told without running the portal; changes nothing.

Needs no server: settings get a complete environment of made-up values.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATED = {"__pycache__", "node_modules"}  # and whatever begins with a dot
SHIPPED = ("scripts", "deploy", "static", "templates", ".ci")  # with what lies beside them
ADDRESS = re.compile(r"""https?://(?!www\.w3\.org/)[^\s"']+|(?:src|href)\s*=\s*["']//[^"']+""")
LOCAL_PATH = re.compile(r"(?<![\w.:/{}-])/(?:work|root|home|Users)/[\w.-]+")
Check = Callable[[], str]


def environment() -> dict[str, str]:
    """Complete and made up; of this machine only what programs are found by."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "langson_portal.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": "postgres://application:none@127.0.0.1:1/none",
        "DATABASE_OWNER_URL": "postgres://owner:none@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "ALLOWED_HOSTS": "portal.example",
        "FILES_ROOT": tempfile.gettempdir(),
    }


def command(*arguments: str) -> Check:
    """A check that is a Python program; what it says is shown when it fails."""

    def run() -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return (done.stdout + done.stderr).strip() or "failed" if done.returncode else ""

    return run


def manage(*arguments: str) -> Check:
    # Without a server Django warns that it cannot compare with applied migrations: no matter here.
    return command("-W", "ignore::RuntimeWarning", "manage.py", *arguments)


def files() -> Iterator[Path]:
    """Every file that is written by us."""
    for folder, names, found in os.walk(ROOT):
        hidden = {name for name in names if name.startswith(".") and name != ".ci"}
        names[:] = sorted({*names} - hidden - GENERATED)
        yield from (Path(folder) / name for name in found)


def places(pattern: re.Pattern[str], chosen: Callable[[Path], bool]) -> str:
    """Where the pattern stands in our text files, one place a line."""
    found = []
    for path in files():
        relative = path.relative_to(ROOT)
        if not chosen(relative):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found += [f"{relative}:{number}: {match[0]}" for match in pattern.finditer(line)]
    return "\n".join(found)


def outside_addresses() -> str:
    """Set-up, locks, pages and static files fetch nothing from anywhere by name."""
    return places(ADDRESS, lambda path: path.parts[0] in SHIPPED or len(path.parts) == 1)


def paths_of_a_machine() -> str:
    return places(LOCAL_PATH, lambda path: path.suffix != ".lock")


def vendored_files() -> str:
    found = (path for path in files() if re.search(r"\.min\.(js|css)$|\.map$", path.name))
    return "\n".join(str(path.relative_to(ROOT)) for path in found)


CHECKS: dict[str, Check] = {
    "lint": command("-m", "ruff", "check", "--output-format=concise", "--quiet", "."),
    "format": command("-m", "ruff", "format", "--check", "--quiet", "--output-format=concise", "."),
    "types": command("-m", "mypy", "--no-error-summary", "."),
    "migrations": manage("makemigrations", "--check", "--dry-run"),
    "system, deployment": manage("check", "--deploy", "--fail-level=WARNING"),
    "words in Vietnamese": command("scripts/messages.py"),
    "no address outside": outside_addresses,
    "no path of a machine": paths_of_a_machine,
    "nothing vendored": vendored_files,
}


def main() -> int:
    failed = []
    for name, check in CHECKS.items():
        begun = time.monotonic()
        complaint = check()
        mark = "✗" if complaint else "✓"
        print(f"{mark} {name:<22}{time.monotonic() - begun:6.1f} s", flush=True)
        if complaint:
            failed.append(name)
            print("\n".join(f"    {line}" for line in complaint.splitlines()), flush=True)
    print(f"\n{len(CHECKS)} checks, {len(failed)} failed" + ": " * bool(failed) + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
