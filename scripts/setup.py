"""Sets up everything the portal needs on a Debian-like machine; safe to repeat.

Uses nothing but the standard library: it runs before anything is installed.
``python3 scripts/setup.py run|test`` prepares what serving or testing needs.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / ".build"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements-local.lock", "test": "requirements-dev.lock"}
# Debian package → how to see that it is there. Tinos is the report's font: with no
# font at all the layout library crashes, with a wrong one the letters are wrong.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
FONT_PACKAGES = ("fontconfig", "fonts-croscore")
BROWSER_PACKAGE = "chromium"


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def stop(text: str) -> NoReturn:
    sys.exit(f"\n✗ {text}")


def check_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python the machine has
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def require_access(data: Path) -> None:
    """Refuse in one sentence what would fail later in the middle of something."""
    data.mkdir(parents=True, exist_ok=True)
    advice = {
        **dict.fromkeys((ROOT, BUILD, BUILD / "setup.lock", VENV), "copy the project to a folder"),
        **dict.fromkeys((data, data / "secrets.json"), "name in PORTAL_DATA a folder"),
    }
    for path, way in advice.items():
        needed = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        if path.exists() and not os.access(path, needed):
            stop(
                f"{path} belongs to {path.owner()} and you may not change it. Run make as that"
                f" user, or {way} of your own."
            )


def fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_done(name: str, mark: str) -> bool:
    stamp = BUILD / f"{name}.stamp"
    return stamp.exists() and stamp.read_text() == mark


def done(name: str, mark: str) -> None:
    (BUILD / f"{name}.stamp").write_text(mark)


def install_packages(purpose: str) -> None:
    """The locked packages, with hashes; tests need more than serving and include it."""
    lock = ROOT / LOCKS[purpose]
    enough = {lock.name, LOCKS["test"]}
    if PYTHON.exists() and any(is_done(name, fingerprint(ROOT / name)) for name in enough):
        return
    make_virtual_environment()
    say(f"installing the locked packages ({lock.name})")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*pip, "--require-hashes", "-r", str(lock)],
        f"The packages of {lock.name} could not be installed",
    )
    done(lock.name, fingerprint(lock))


def make_virtual_environment() -> None:
    """Make .venv anew unless it is whole; one that was broken off has no pip."""
    if PYTHON.exists() and succeeds([str(PYTHON), "-m", "pip", "--version"]):
        return
    say("creating the virtual environment (.venv)")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "python3 -m venv failed")


def missing_system_packages(purpose: str) -> list[str]:
    missing = [name for name, library in LIBRARIES.items() if not loads(library)]
    if shutil.which("fc-match") is None:
        missing += FONT_PACKAGES
    elif "Tinos" not in output(["fc-match", "--format=%{family}", "Tinos"]):
        missing.append("fonts-croscore")
    if find_spec("ensurepip") is None and not PYTHON.exists():  # Debian keeps it apart
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if purpose == "test" and chromium() is None:
        missing.append(BROWSER_PACKAGE)
    return missing


def loads(library: str) -> bool:
    return succeeds([sys.executable, "-c", f"import ctypes; ctypes.CDLL({library!r})"])


def succeeds(command: Sequence[str]) -> bool:
    return not subprocess.run(command, capture_output=True, check=False).returncode


def run(command: Sequence[str], complaint: str, **settings: str) -> None:
    """Run a step that must succeed; what it complains of has been shown above."""
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode:
        stop(f"{complaint}: see the lines above.")


def output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def install_system_packages(purpose: str) -> None:
    missing = missing_system_packages(purpose)
    if not missing:
        return
    advice = f"apt-get update && apt-get install -y {' '.join(missing)}"
    prefix = privileged()
    if prefix is None or shutil.which("apt-get") is None:
        stop(f"Missing system packages: {' '.join(missing)}\n  As root: {advice}")
    say(f"installing system packages: {' '.join(missing)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["--yes", "--quiet", "--option=DPkg::Lock::Timeout=300"]
    log = BUILD / "apt.log"
    with log.open("w") as target:
        for step in (["update"], ["install", "--no-install-recommends", *missing]):
            subprocess.run([*apt, *step], stdout=target, stderr=target, check=False)
    still = missing_system_packages(purpose)
    if still:
        stop(f"Could not install: {' '.join(still)} (see {log}).\n  As root: {advice}")


def privileged() -> list[str] | None:
    """How to run a command as root: directly, with sudo that asks nothing, or not at all."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def build(data: Path) -> None:
    """Catalogues and assets out of packages, secrets of the data folder, collected files."""
    packages = fingerprint(ROOT / LOCKS["run"], ROOT / "scripts" / "build_assets.py")
    script = [str(PYTHON), str(ROOT / "scripts" / "build_assets.py")]
    if is_done("assets", packages):
        script.append("--messages")
    else:
        say("collecting CSS, scripts and fonts from packages")
    run(script, "The files for the browser could not be made")
    done("assets", packages)
    prepare = (
        "import sys; from pathlib import Path; from langson_portal.embedded import DataFolder;"
        "DataFolder(Path(sys.argv[1])).prepare()"
    )
    run([str(PYTHON), "-c", prepare, str(data)], f"The data folder {data} could not be made")
    static = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    mark = fingerprint(*static) + packages
    if not is_done("collected", mark):
        say("preparing static files")
        command = [str(PYTHON), str(ROOT / "manage.py"), "collectstatic", "--noinput", "--clear"]
        run(
            [*command, "--verbosity=0"],
            "The static files could not be collected",
            PORTAL_DATA=str(data),
        )
        done("collected", mark)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=LOCKS, nargs="?", default="run")
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("PORTAL_DATA") or ROOT / ".data")
    )
    arguments = parser.parse_args()
    data = arguments.data.resolve()
    check_python()
    try:
        require_access(data)
        BUILD.mkdir(exist_ok=True)
        with (BUILD / "setup.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two `make run` at once set up one after the other
            install_system_packages(arguments.purpose)
            install_packages(arguments.purpose)
            build(data)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        stop("Stopped; the next start goes on from here.")


if __name__ == "__main__":
    main()
