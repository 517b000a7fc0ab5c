"""The workbook back to whoever sent it, with every faulty cell coloured and commented."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from tempfile import TemporaryDirectory

from django.core.files import File
from django.utils.translation import gettext as _

from common.limited import MIB, Limits
from imports import opening
from imports.contract import Fault

LIMITS = Limits(seconds=90, cpu_seconds=40, memory_bytes=512 * MIB, output_bytes=64 * MIB)
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


def marked(file: File, name: str, faults: Iterable[Fault], sheet: str) -> bytes:
    """An XLSX; raises Refused. Macros and links to other files do not come back.

    An XLSX keeps its looks, formulas and other sheets; of other kinds, and of
    very large ones, the sheet alone is written anew, every cell in its place.
    """
    messages: dict[str, list[str]] = {}
    for fault in faults:
        if _CELL.fullmatch(fault.cell):
            said = messages.setdefault(fault.cell, [])
            if fault.message not in said:
                said.append(fault.message)
    # The folder is ours to remove, also when the child was killed over what it put there.
    with opening.on_disk(file) as path, TemporaryDirectory(prefix="marking-") as folder:
        answer = opening.ask(
            "imports.marker",
            {
                "path": path,
                "name": name,
                "sheet": sheet,
                "faults": {cell: "\n".join(said) for cell, said in messages.items()},
                "author": _("Check of the import"),
                "folder": folder,
                "limits": asdict(LIMITS),
            },
            LIMITS,
        )
    end = json.loads(answer[answer.rstrip(b"\n").rfind(b"\n") + 1 :])
    return answer[: end["size"]]
