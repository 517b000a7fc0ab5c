"""The uploaded workbook as a source document: what it would be called, and how it becomes one.

Only workbooks that cannot carry macros are kept: xlsx without any. A file that is a
document already, and open to the person, is that document and no second one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import connection

from accounts.models import Agency, User
from accounts.roles import Verb
from common.dates import NotADate, parse_short_date, short_date
from common.text import search_key
from documents import uploads
from documents.actions import add_document
from documents.models import SourceDocument
from imports.asking import QuestionKind
from imports.book import Book, FileKind
from imports.layout import Layout
from imports.models import Upload
from imports.opening import Refused

SUBJECT, ISSUER, DAY = (
    f"{QuestionKind.DETAIL}:source.{name}" for name in ("subject", "issuer", "day")
)
FIELDS = {SUBJECT: "subject", ISSUER: "issuer", DAY: "issued_on"}
_DAY = re.compile(r"ngay\s*(\d{1,2})\s*(?:thang|[/.-])\s*(\d{1,2})\s*(?:nam|[/.-])\s*([12]\d{3})")
# How titles of tables begin, among the lines of offices, mottoes and units around them.
_TITLES = (
    "bieu", "phu bieu", "phu luc", "bao cao", "bang", "tong hop", "tinh hinh", "ket qua", "so lieu",
    "thong ke", "chi tieu", "danh muc", "uoc thuc hien",
)  # fmt: skip
_NO_TITLE = re.compile(r"\(|cong hoa xa hoi|doc lap|don vi|dvt|ubnd|uy ban|ngay \d|so\s*:|.{0,3}$")


def known(sha256: str, by: User) -> SourceDocument | None:
    """The document this file is already; another's that is closed to this person is none."""
    same = SourceDocument.objects.filter(file_sha256=sha256).with_file_open_to(by)
    return same.order_by("pk").first()


def can_be_kept(upload: Upload, book: Book) -> bool:
    if book.kind is not FileKind.XLSX or book.has_macros:
        return False
    try:
        with upload.file.open("rb") as stored:
            uploads.check(File(stored, name=upload.file_name))
    except ValidationError:
        return False
    return True


# --- what it would be called ----------------------------------------------------------------


def proposed(upload: Upload, book: Book, layout: Layout) -> dict[str, str]:
    """Subject, issuer and day as the lines around the table have them."""
    lines = [*layout.above, *_below(book, layout)]
    agencies = list(Agency.objects.all())
    return {
        SUBJECT: _title(layout.above, agencies) or _from_name(upload.file_name),
        ISSUER: str(_named(lines, agencies) or upload.agency or _own(upload.by) or ""),
        DAY: next((short_date(day) for day in _days(reversed(lines))), ""),
    }


def _below(book: Book, layout: Layout) -> list[str]:
    sheet = next(sheet for sheet in book.sheets if sheet.name == layout.sheet)
    rows = (row for row in sheet if row.number in {*layout.notes})
    return [" ".join(str(cell) for cell in row.cells if cell is not None) for row in rows]


def _title(lines: Iterable[str], agencies: Iterable[Agency]) -> str:
    names = {search_key(name) for one in agencies for name in (one.name, one.short_name) if name}
    keys = {line: search_key(line) for line in lines}
    likely = [
        line
        for line, key in keys.items()
        if not _NO_TITLE.match(key) and not any(key.startswith(name) for name in names)
    ]
    return next((line for line in likely if keys[line].startswith(_TITLES)), (likely or [""])[0])


def _from_name(file_name: str) -> str:
    return re.sub(r"[_\s]+", " ", PurePosixPath(file_name).stem).strip() or file_name


def _named(lines: Iterable[str], agencies: Iterable[Agency]) -> Agency | None:
    text = " \n ".join(map(search_key, lines))
    there = [one for one in agencies if re.search(rf"\b{re.escape(search_key(one.name))}\b", text)]
    return max(there, key=lambda one: len(one.name), default=None)


def _own(by: User) -> Agency | None:
    return Agency.objects.filter(pk__in=by.own_agencies(Verb.ENTER)).order_by("pk").first()


def _days(lines: Iterable[str]) -> Iterator[dt.date]:
    for line in lines:
        for day, month, year in _DAY.findall(search_key(line)):
            with suppress(ValueError):
                yield dt.date(int(year), int(month), int(day))


def named(upload: Upload) -> dict[str, str]:
    """Subject, issuer and day as they were answered, else as they were proposed."""
    offered: Mapping[str, str] = {one["key"]: one.get("proposed", "") for one in upload.questions}
    said = {key: upload.answers.get(key, offered.get(key, "")) for key in (SUBJECT, ISSUER, DAY)}
    said[SUBJECT] = said[SUBJECT].strip() or _from_name(upload.file_name)
    return said


# --- how it becomes one ---------------------------------------------------------------------


class FileDocument:
    """The document of an upload: found or made when the first number written asks for it."""

    def __init__(self, upload: Upload, by: User) -> None:
        self._upload, self._by = upload, by
        self._made: SourceDocument | None = None

    @cached_property
    def pk(self) -> int:
        with connection.cursor() as cursor:  # two imports of one file at once make one document
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [self._upload.sha256])
        found = known(self._upload.sha256, self._by)
        if found is None:
            found = self._made = self._add()
        return found.pk

    def _add(self) -> SourceDocument:
        said = named(self._upload)
        try:
            day = parse_short_date(said[DAY]) if said[DAY] else None
        except NotADate as error:
            raise Refused(str(error)) from error
        with self._upload.file.open("rb") as stored:
            return add_document(
                by=self._by,
                file=File(stored, name=self._upload.file_name),
                kind=SourceDocument.Kind.REPORT,
                subject=said[SUBJECT],
                issuer=said[ISSUER][:200],
                issued_on=day,
            )

    def drop(self) -> None:
        """Nothing was written after all: the file goes, as its row does with the transaction."""
        if self._made is not None:
            self._made.file.delete(save=False)
