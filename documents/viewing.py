"""Showing a document's file beside the work: pages as pictures, text and tables as HTML.

Files are parsed in a child process with limits (``documents.reader``), a few
at a time; what it answers is kept in a bounded cache by the checksum of the
content, so that turning pages is quick. Rights are the caller's matter: see
``SourceDocumentQuerySet.with_file_open_to``.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from threading import BoundedSemaphore
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from common import limited
from common.limited import MIB, Limits
from documents.models import SourceDocument
from documents.reader import Reason

logger = logging.getLogger(__name__)

LIMITS = Limits(seconds=15, cpu_seconds=12, memory_bytes=1024 * MIB, output_bytes=MIB)
AT_ONCE = 2  # children of one web process
PATIENCE = 20.0  # seconds a reader waits for a child
KEPT_FOR = 30 * 86400  # seconds
FORM = 1  # of what is kept: another one when the reader's answers change

_children = BoundedSemaphore(AT_ONCE)


class FileKind(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    WORD = "word"
    WORKBOOK = "workbook"

    @property
    def has_pages(self) -> bool:
        return self in (FileKind.PDF, FileKind.IMAGE)


KINDS = {
    ".pdf": FileKind.PDF,
    ".png": FileKind.IMAGE,
    ".jpg": FileKind.IMAGE,
    ".jpeg": FileKind.IMAGE,
    ".docx": FileKind.WORD,
    ".xlsx": FileKind.WORKBOOK,
    ".xls": FileKind.WORKBOOK,
}

MESSAGES = {
    Reason.PROTECTED: _("The file is protected by a password. Save it without one and upload it."),
    Reason.BROKEN: _("The file is damaged or not of its kind: it cannot be shown here."),
    Reason.NOTHING: _("The file holds nothing that can be shown here."),
    Reason.NO_PAGE: _("The document has no such page."),
    Reason.TOO_LONG: _("The file takes too long to read: it cannot be shown here."),
    Reason.TOO_LARGE: _("The file is too large or too complex: it cannot be shown here."),
    Reason.CRASHED: _("The file could not be read: it cannot be shown here."),
}


class CannotShow(Exception):
    """The file is not shown; ``message`` says why and what next."""

    def __init__(self, message: Any) -> None:
        self.message = str(message)
        super().__init__(self.message)


@dataclass(frozen=True)
class Inside:
    """What is in a file: so many pages, or its text, or its sheets."""

    kind: FileKind
    pages: int = 0
    html: str = ""
    sheets: tuple[dict[str, Any], ...] = ()
    pictures: int = 0  # left out of a text
    is_cut: bool = False


def kind_of(document: SourceDocument) -> FileKind | None:
    return KINDS.get(PurePosixPath(document.file_name).suffix.lower())


def look_inside(document: SourceDocument) -> Inside:
    """What the file holds; raises CannotShow."""
    kind = _kind(document)
    answer, _nothing = _read(document, kind, None)
    return Inside(kind=kind, **answer)


def picture(document: SourceDocument, page: int) -> bytes:
    """One page as WebP; raises CannotShow."""
    kind = _kind(document)
    if not kind.has_pages:
        raise CannotShow(MESSAGES[Reason.NO_PAGE])
    return _read(document, kind, page)[1]


def _kind(document: SourceDocument) -> FileKind:
    if not document.file:
        raise CannotShow(_("No file has been added to this document."))
    kind = kind_of(document)
    if kind is None:
        raise CannotShow(
            _("Files of this kind are not shown here. Download it, or save it as PDF or docx.")
        )
    return kind


def _read(
    document: SourceDocument, kind: FileKind, page: int | None
) -> tuple[dict[str, Any], bytes]:
    """The reader's answer, and the picture where a page was asked for."""
    kept = caches["viewing"]
    key = f"{FORM}-{document.file_sha256}-{kind}-{page or 'all'}"
    found = kept.get(key)
    if found is None:
        found = _ask(document, kind, page)
        kept.set(key, found, KEPT_FOR)
    answer, picture = found
    if reason := answer.get("reason"):
        raise CannotShow(MESSAGES[Reason(reason)])
    return answer, picture


def _ask(
    document: SourceDocument, kind: FileKind, page: int | None
) -> tuple[dict[str, Any], bytes]:
    path = Path(document.file.path)
    if not path.is_file():
        raise CannotShow(_("The file is not in the store."))
    request = {"kind": kind, "path": str(path), "page": page, "limits": asdict(LIMITS)}
    if not _children.acquire(timeout=PATIENCE):
        raise CannotShow(_("Many files are being opened right now. Try again in a minute."))
    try:
        said = limited.run("documents.reader", json.dumps(request).encode(), LIMITS)
    except limited.ChildDied as death:
        logger.warning("reader of document %s: %s", document.pk, death)
        if death.how is limited.Death.TOO_LARGE:  # will be no smaller next time
            return {"reason": Reason.TOO_LARGE}, b""
        raise CannotShow(MESSAGES[Reason(death.how)]) from death
    finally:
        _children.release()
    line, _end, picture = said.partition(b"\n")
    answer = json.loads(line)
    if "reason" in answer:
        logger.info("document %s is not shown: %s", document.pk, answer)
    return answer, picture
