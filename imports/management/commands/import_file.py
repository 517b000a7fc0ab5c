"""``import_file RESOURCE FILE``: the same import as on the portal's page, from the shell.

Exit code 0: clean; 1: rows with faults; 2: refused, or something has to be
answered first. ``--answers`` is JSON: answers by the key of their question
("number:F": "vi", of a row "row:its name": "TRADE.EXPORT", of what the file has no
column for "fill:status": "ended", of its document "offer:source"), and beside them
"sheet", "columns" (letter → field, "" leaves it out), "duplicates" ("skip",
"update" or "keep") and "only_good" (true). The ``rule`` of a
fault is a code, see ``imports.contract.Fault``.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from imports import pipeline, tokens
from imports.book import column_letter
from imports.contract import Choice, Outcome, Source
from imports.declarations import open_to
from imports.models import Upload
from imports.opening import Refused
from imports.staging import faults
from jobs import actions as jobs

CLEAN, FAULTY, REFUSED = 0, 1, 2
PATIENCE = 0.2  # seconds between looks at a job a worker has taken
State = Upload.State


class Command(BaseCommand):
    help = "Import a spreadsheet; the outcome is printed as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("resource", help="where the rows go: kim-ngach, so-lieu-2019 …")
        parser.add_argument("file", type=Path)
        parser.add_argument("--answers", default="{}", help="JSON, see above")
        parser.add_argument("--confirm", action="store_true", help="write it, if it is clean")
        parser.add_argument("--as", dest="username", default="", help="who imports")

    def handle(self, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            self._end({"message": "Say with --as which active account imports."}, REFUSED)
            return
        with translation.override(user.language):
            try:
                upload = self._import(user, options)
            except (Refused, Http404, OSError, ValueError) as refusal:
                self._end({"message": str(refusal)}, REFUSED)
            else:
                self._end(outcome(upload), code_of(upload, confirmed=options["confirm"]))

    def _import(self, user: User, options: dict[str, Any]) -> Upload:
        given = Answers(json.loads(options["answers"]))
        source = _source(user, options["resource"])
        with options["file"].open("rb") as content:
            file = File(content, name=options["file"].name)
            upload = _worked(pipeline.receive(file, source=source, by=user))
        while said := given.still_to_say(upload):
            upload = _worked(pipeline.answer(upload, by=user, **said))
        if upload.state != State.READY:
            return upload
        if given.duplicates:
            pipeline.choose(upload, by=user, choice=Choice(given.duplicates))
        if options["confirm"] and (given.only_good or not _has_faults(upload)):
            token = tokens.sign(upload, user)
            only_good = given.only_good
            upload = _worked(pipeline.confirm(upload, by=user, token=token, only_good=only_good))
        return upload

    def _end(self, told: dict[str, Any], code: int) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        if code:
            sys.exit(code)


class Answers:
    """What was said beforehand; each part is handed over when the upload can take it."""

    def __init__(self, given: Any) -> None:
        if not isinstance(given, dict):
            raise ValueError("--answers is a JSON object")
        self.sheet = given.pop("sheet", None)
        self.columns = given.pop("columns", None)
        self.duplicates = given.pop("duplicates", "")
        self.only_good = given.pop("only_good", False) is True
        self.rest: dict[str, str] | None = {key: str(value) for key, value in given.items()} or None

    def still_to_say(self, upload: Upload) -> dict[str, Any]:
        """The sheet first: columns and questions are those of a sheet."""
        if upload.state not in (State.ASKING, State.READY):
            return {}
        if self.sheet is not None:
            sheet, self.sheet = self.sheet, None
            return {"sheet": sheet}
        said: dict[str, Any] = {}
        if self.columns is not None:
            letters = {column_letter(int(at)): at for at in upload.layout["titles"]}
            if unknown := self.columns.keys() - letters.keys():
                raise ValueError(f"no heading stands in column {', '.join(sorted(unknown))}")
            said["matching"] = {letters[letter]: to for letter, to in self.columns.items()}
        if self.rest is not None:
            said["answers"] = self.rest
        self.columns = self.rest = None
        return said


def _source(user: User, code: str) -> Source:
    sources = open_to(user)
    if code not in sources:
        raise ValueError(_("Nothing to import into: %(code)s.") % {"code": code})
    return sources[code]


def _worked(upload: Upload) -> Upload:
    """Do the upload's job here, or wait for the worker that was faster."""
    assert upload.job is not None
    jobs.run(upload.job.pk)
    upload.job.refresh_from_db()
    while upload.job.is_open:
        time.sleep(PATIENCE)
        upload.job.refresh_from_db()
    return Upload.objects.select_related("job").get(pk=upload.pk)


def outcome(upload: Upload) -> dict[str, Any]:
    before = pipeline.imported_before(upload)
    return {
        "upload": upload.pk,
        "state": upload.state,
        "message": upload.message or (upload.job.error if upload.job else ""),
        "counts": {kind.value: upload.counts.get(kind, 0) for kind in Outcome},
        "written": upload.written_rows,
        "sheet": upload.sheet,
        "sheets": upload.layout.get("candidates", []),
        "columns": {column_letter(int(at)): name for at, name in upload.matching.items()},
        "recognised": upload.recognised,
        "questions": upload.questions,
        "imported_before": before and {"by": str(before.by), "at": before.confirmed_at},
        "faults": [
            {
                "cell": fault.cell,
                "field": fault.field,
                "value": fault.value,
                "rule": fault.rule,
                "message": fault.message,
            }
            for fault in faults(upload)
        ],
    }


def code_of(upload: Upload, *, confirmed: bool) -> int:
    if _has_faults(upload) and upload.state in (State.READY, State.DONE):
        return FAULTY
    return CLEAN if upload.state == (State.DONE if confirmed else State.READY) else REFUSED


def _has_faults(upload: Upload) -> bool:
    return bool(upload.counts.get(Outcome.FAULTY))
