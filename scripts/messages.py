"""Message catalogues: finds every marked word, and says which lacks its Vietnamese.

Words in an app's Python files and in ``templates/<app>/`` belong to that app's
catalogue; templates of no app belong to the project's. ``--write`` adds missing
words with an empty translation. Needs no system tool: Python is read by its
syntax tree, templates by Django's own lexer.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PROJECT = "langson_portal"
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
# What templatize() leaves of {% translate %} and {% blocktranslate %}: calls in a text.
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\((.*?)\)\s", re.S)

Message = tuple[str, str, str]  # context, text, plural


def python_messages(source: str) -> Iterator[Message]:
    """The literal words of gettext calls in Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name in WITH_CONTEXT and len(words) > 1:
            yield words[0], words[1], words[2] if name.startswith("np") and len(words) > 2 else ""
        elif name in PLAIN and words:
            yield "", words[0], words[1] if name.startswith("n") and len(words) > 1 else ""


def template_messages(source: str) -> Iterator[Message]:
    """The words a template translates."""
    for name, arguments in CALL.findall(templatize(source) + " "):
        try:
            yield from python_messages(f"{name}({arguments})")
        except SyntaxError:
            continue  # brackets of the text itself, not a call


def owner(path: Path, apps: set[str]) -> str:
    """The app whose catalogue a file's words belong to."""
    parts = path.relative_to(ROOT).parts
    app = parts[1] if parts[0] == "templates" else parts[0]
    return app if app in apps else PROJECT


def used() -> dict[str, dict[Message, str]]:
    """Every message by app, with the first file it stands in."""
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    found: dict[str, dict[Message, str]] = {app: {} for app in apps}
    sources = [
        path
        for app in apps
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    for path in [*sources, *sorted((ROOT / "templates").rglob("*.html"))]:
        read = python_messages if path.suffix == ".py" else template_messages
        for message in read(path.read_text(encoding="utf-8")):
            found[owner(path, apps)].setdefault(message, str(path.relative_to(ROOT)))
    return found


def catalogue(app: str) -> Path:
    return ROOT / app / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def faults(write: bool) -> list[str]:
    """One line for every word without Vietnamese and every fuzzy or unused entry."""
    complaints = []
    for app, messages in sorted(used().items()):
        path = catalogue(app)
        entries = polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile()
        known = {(entry.msgctxt or "", entry.msgid): entry for entry in entries}
        for (context, text, plural), place in messages.items():
            entry = known.get((context, text))
            if entry is None and write:
                empty = {"msgstr_plural": {0: ""}} if plural else {"msgstr": ""}
                entry = polib.POEntry(
                    msgctxt=context or None, msgid=text, msgid_plural=plural, **empty
                )
                entries.append(entry)
            if entry is None or not (entry.msgstr or all(entry.msgstr_plural.values() or [""])):
                complaints.append(f"{place}: no Vietnamese for {text!r} ({app})")
        complaints += [f"{path}: fuzzy {entry.msgid!r}" for entry in entries if entry.fuzzy]
        if write and messages:
            path.parent.mkdir(parents=True, exist_ok=True)
            entries.metadata.update(
                {
                    "Language": "vi",
                    "Content-Type": "text/plain; charset=UTF-8",
                    "Plural-Forms": "nplurals=1; plural=0;",
                }
            )
            entries.save(str(path))
    return complaints


def contradictions() -> list[str]:
    """One English word with two Vietnamese ones: Django would show one of them everywhere."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for path in sorted(ROOT.glob("*/locale/vi/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            words = entry.msgstr or entry.msgstr_plural.get(0, "")
            known = said.setdefault((entry.msgctxt or "", entry.msgid), {})
            known.setdefault(words, path.relative_to(ROOT).parts[0])
    return [
        f"{text!r} means different things: "
        + ", ".join(f"{words!r} ({app})" for words, app in known.items())
        for (_context, text), known in said.items()
        if len(known) > 1
    ]


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    found = faults(write="--write" in sys.argv) + contradictions()
    print("\n".join(found) or "Every word has its Vietnamese.")
    sys.exit(1 if found else 0)
