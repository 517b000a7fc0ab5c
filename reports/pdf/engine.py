"""``render(document)``: HTML, CSS and charts in, PDF bytes out, within limits.

WeasyPrint runs in a child process: a runaway layout, a crash inside Pango or
a lack of memory ends the child, not the worker.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import tempfile
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from common import limited
from common.limited import MIB
from reports.pdf.reasons import Reason

logger = logging.getLogger(__name__)

MESSAGES = {
    Reason.NO_FONT: _(
        "Not exported: the server lacks the report font Tinos. Figures and text are untouched. "
        "Tell the administrator to install the package fonts-croscore."
    ),
    Reason.NO_LETTER: _(
        "Not exported: the report font cannot print these characters: %(detail)s. "
        "Replace them in the text."
    ),
    Reason.OTHER_FONT: _(
        "Not exported: a part of the report asks for a font that is not allowed (%(detail)s). "
        "Tell the administrator."
    ),
    Reason.BAD_ADDRESS: _(
        "Not exported: the text points to an address outside the report: %(detail)s. "
        "Remove it from the text."
    ),
    Reason.BROKEN: _(
        "Not exported: a chart or an image of the report cannot be drawn. Tell the administrator."
    ),
    Reason.TOO_LONG: _(
        "Not exported: laying out the pages took longer than allowed. "
        "Shorten or simplify the text, then try again."
    ),
    Reason.TOO_LARGE: _(
        "Not exported: the report is too large or too deeply nested for the server's memory. "
        "Shorten the text or the annexes, then try again."
    ),
    Reason.DISK_FULL: _(
        "Not exported: the server's disk is full. Figures and text are untouched. "
        "Tell the administrator."
    ),
    Reason.CRASHED: _(
        "Not exported: laying out the pages ended unexpectedly. Figures and text are untouched. "
        "Try again; if it happens again, tell the administrator."
    ),
}


@dataclass(frozen=True)
class Limits(limited.Limits):
    seconds: float = 100
    cpu_seconds: int = 90
    memory_bytes: int = 1536 * MIB
    output_bytes: int = 100 * MIB


@dataclass(frozen=True)
class PdfDocument:
    """Everything a PDF depends on: the same document gives the same bytes."""

    html: str
    css: str
    title: str
    author: str
    subject: str
    created: datetime
    modified: datetime
    identifier: str
    keywords: tuple[str, ...] = ()
    charts: dict[str, str] = field(default_factory=dict)  # name → SVG, shown as report-chart:NAME

    def __post_init__(self) -> None:
        if self.created.tzinfo is None or self.modified.tzinfo is None:
            raise ValueError("dates of a PDF carry their time zone")


@dataclass(frozen=True)
class PdfResult:
    content: bytes
    pages: int
    seconds: float
    sha256: str
    stages: dict[str, float]  # seconds spent on fonts, import, layout, write


class RenderFailed(Exception):
    """No PDF. ``message`` is for people, ``detail`` for the log."""

    def __init__(self, reason_code: Reason, detail: str = "") -> None:
        self.reason_code = reason_code
        self.detail = detail
        self.message = str(MESSAGES[reason_code] % {"detail": detail[:200]})
        super().__init__(self.message)


def render(document: PdfDocument, *, limits: Limits | None = None) -> PdfResult:
    """Print ``document`` or raise ``RenderFailed``."""
    try:
        with tempfile.TemporaryDirectory(prefix="report-") as folder:
            return render_to(Path(folder) / "report.pdf", document, limits=limits)
    except OSError as error:
        # Without room, tempfile says it finds no usable folder at all.
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.ENOENT):
            raise RenderFailed(Reason.DISK_FULL, str(error)) from error
        raise


def render_to(path: Path, document: PdfDocument, *, limits: Limits | None = None) -> PdfResult:
    """Like ``render``, leaving the PDF in ``path``."""
    limits = limits or Limits()
    started = time.perf_counter()
    answer = _ask_child(_request(document, path, limits), limits)
    if reason := answer.get("reason"):
        raise RenderFailed(Reason(reason), answer["detail"])
    for warning in answer["warnings"]:
        logger.warning("WeasyPrint: %s", warning)
    content = path.read_bytes()
    return PdfResult(
        content=content,
        pages=answer["pages"],
        seconds=time.perf_counter() - started,
        sha256=hashlib.sha256(content).hexdigest(),
        stages=answer["stages"],
    )


def _request(document: PdfDocument, path: Path, limits: Limits) -> str:
    return json.dumps(
        asdict(document)
        | {
            "created": document.created.isoformat(timespec="seconds"),
            "modified": document.modified.isoformat(timespec="seconds"),
            "limits": asdict(limits),
            "output": str(path),
        }
    )


def _ask_child(request: str, limits: Limits) -> dict[str, Any]:
    try:
        return json.loads(limited.run("reports.pdf.child", request.encode(), limits))
    except limited.ChildDied as death:
        logger.error("PDF child ended with %s: %s", death.returncode, death.complaint)
        raise RenderFailed(Reason(death.how), death.complaint[-200:]) from death
