"""One rendering, in a process of its own: ``python -m reports.pdf.child``.

Request as JSON on stdin, PDF into the file the request names, answer as JSON
on stdout. Knows neither Django nor the database.
"""

from __future__ import annotations

import ctypes.util
import errno
import gc
import json
import os
import sys
import time
import unicodedata
from typing import Any

from common.limited import Limits, confine
from reports.pdf.fonts import require_letters, require_report_font
from reports.pdf.reasons import Reason, Refused

_ERRORS = {
    errno.ENOSPC: Reason.DISK_FULL,
    errno.EDQUOT: Reason.DISK_FULL,
    errno.EFBIG: Reason.TOO_LARGE,
    errno.ENOMEM: Reason.TOO_LARGE,
}


def main() -> None:
    # One document and then the end: what is kept costs 2 % of memory, looking for what may
    # go costs up to a third of the layout's time.
    gc.disable()
    request = json.load(sys.stdin)
    confine(Limits(**request["limits"]))
    try:
        answer = _answer(request)
    except Refused as refusal:
        answer = {"reason": refusal.reason, "detail": refusal.detail}
    except (MemoryError, RecursionError, SystemError) as error:
        # SystemError: what C extensions leave behind when they run out of memory.
        answer = {"reason": Reason.TOO_LARGE, "detail": type(error).__name__}
    except OSError as error:
        if error.errno not in _ERRORS:
            raise
        answer = {"reason": _ERRORS[error.errno], "detail": str(error)}
    json.dump(answer, sys.stdout)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    request["html"] = unicodedata.normalize("NFC", request["html"])
    charts = request["charts"]
    request["charts"] = {name: unicodedata.normalize("NFC", charts[name]) for name in charts}
    started = time.perf_counter()
    available = require_report_font()
    require_letters(available, [request["html"], *request["charts"].values()])
    checked = time.perf_counter()
    _take_libraries_by_their_names()
    # Only now: importing WeasyPrint loads Pango, which does not survive a machine without fonts.
    from reports.pdf.layout import draw

    imported = time.perf_counter()
    answer = draw(request)
    answer["stages"] |= {"fonts": checked - started, "import": imported - checked}
    return answer


def _take_libraries_by_their_names() -> None:
    """WeasyPrint tries other systems' names first, then the very file names of Linux.

    For each wrong one ctypes would ask gcc, ld and ldconfig: fifty processes
    and a third of the time the import takes.
    """
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # the system takes all memory back at once, Python would piece by piece
