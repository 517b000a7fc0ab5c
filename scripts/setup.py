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
from pathlib import Path

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
FONT_PACKAGE, FONT_TOOL_PACKAGE = "fonts-croscore", "fontconfig"


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def stop(text: str) -> None:
    sys.exit(f"\n✗ {text}")


def check_python() -> None:
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
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
    if PYTHON.exists():
        marks = {name: fingerprint(ROOT / name) for name in LOCKS.values()}
        if is_done(LOCKS["test"], marks[LOCKS["test"]]) or is_done(lock.name, marks[lock.name]):
            return
    else:
        say("creating the virtual environment (.venv)")
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            stop("python3 -m venv failed. On Debian: apt-get install python3-venv")
    say(f"installing the locked packages ({lock.name})")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=False).returncode:
        stop(f"The packages of {lock.name} could not be installed: see the lines above.")
    done(lock.name, fingerprint(lock))


def missing_system_packages(purpose: str) -> list[str]:
    missing = [name for name, library in LIBRARIES.items() if not loads(library)]
    if shutil.which("fc-match") is None:
        missing += [FONT_TOOL_PACKAGE, FONT_PACKAGE]
    elif "Tinos" not in output(["fc-match", "--format=%{family}", "Tinos"]):
        missing.append(FONT_PACKAGE)
    if purpose == "test" and chromium() is None:
        missing.append("chromium")
    return missing


def loads(library: str) -> bool:
    code = f"import ctypes; ctypes.CDLL({library!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def install_system_packages(purpose: str) -> None:
    missing = missing_system_packages(purpose)
    if not missing:
        return
    names = " ".join(missing)
    prefix = privileged()
    if prefix is None or shutil.which("apt-get") is None:
        stop(f"Missing system packages: {names}\n  As root: apt-get install -y {names}")
    say(f"installing system packages: {names}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    log = BUILD / "apt.log"
    with log.open("w") as target:
        subprocess.run([*prefix, "apt-get", "update", "-q"], stdout=target, stderr=target, env=environment)
        subprocess.run(install, stdout=target, stderr=target, env=environment)
    still = missing_system_packages(purpose)
    if still:
        stop(f"Could not install: {' '.join(still)} (see {log}).\n  As root: apt-get install -y {names}")


def privileged() -> list[str] | None:
    """How to run a command as root: directly, with sudo that asks nothing, or not at all."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
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
    subprocess.run(script, check=True)
    done("assets", packages)
    code = "import sys; from pathlib import Path; from langson_portal.embedded import DataFolder; DataFolder(Path(sys.argv[1])).prepare()"
    subprocess.run([str(PYTHON), "-c", code, str(data)], cwd=ROOT, check=True)
    static = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    mark = fingerprint(*static) + packages
    if not is_done("collected", mark):
        say("preparing static files")
        environment = {**os.environ, "PORTAL_DATA": str(data)}
        command = [str(PYTHON), str(ROOT / "manage.py"), "collectstatic", "--noinput", "--clear"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        done("collected", mark)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=LOCKS, nargs="?", default="run")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("PORTAL_DATA") or ROOT / ".data"))
    arguments = parser.parse_args()
    check_python()
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make run` at once set up one after the other
        install_system_packages(arguments.purpose)
        install_packages(arguments.purpose)
        build(arguments.data.resolve())


if __name__ == "__main__":
    main()
