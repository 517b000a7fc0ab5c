"""Collects the screen's CSS, scripts and fonts out of installed packages.

Nothing third-party lives in the repository and nothing is fetched at run
time: the files come from wheels pinned by hash. Also compiles the message
catalogues. Run by set-up; safe to repeat.
"""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import polib
import vl_convert
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".build" / "static" / "vendor"
SCREEN_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


def package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"Package {name} is not installed: run `make setup`.")
    return Path(spec.origin).parent


def copy(source: Path, target: str) -> None:
    destination = TARGET / target
    destination.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:  # source maps are not shipped: drop the reference
        lines = source.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if "sourceMappingURL" not in line]
        destination.write_text("\n".join(kept) + "\n", encoding="utf-8")
    else:
        shutil.copyfile(source, destination)


def collect() -> None:
    tabler = package("jazzy_tabler") / "static" / "vendor"
    copy(tabler / "tabler" / "css" / "tabler.min.css", "tabler/tabler.css")
    copy(tabler / "tabler" / "js" / "tabler.min.js", "tabler/tabler.js")
    copy(tabler / "fontawesome-free" / "css" / "all.min.css", "fontawesome/css/all.css")
    for font in (tabler / "fontawesome-free" / "webfonts").iterdir():
        copy(font, f"fontawesome/webfonts/{font.name}")
    copy(package("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js", "htmx/htmx.js")
    editor = package("django_prose_editor") / "static" / "django_prose_editor"
    copy(editor / "editor.js", "editor/editor.js")
    copy(editor / "editor.css", "editor/editor.css")
    (TARGET / "vega").mkdir(parents=True, exist_ok=True)
    vega = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub knows no default
    (TARGET / "vega" / "vega.js").write_text(vega, encoding="utf-8")
    fonts = package("fontpkg_be_vietnam_pro") / "files"
    (TARGET / "fonts").mkdir(exist_ok=True)
    for weight in SCREEN_WEIGHTS:
        font = TTFont(fonts / f"BeVietnamPro-{weight}.ttf")
        font.flavor = "woff2"
        font.save(TARGET / "fonts" / f"be-vietnam-pro-{weight.lower()}.woff2")


def compile_messages() -> None:
    for source in ROOT.glob("*/locale/*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    if "--messages" not in sys.argv:
        collect()
    compile_messages()
