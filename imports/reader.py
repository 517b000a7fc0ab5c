"""A spreadsheet file read in a process of its own: ``python -m imports.reader``.

Request as JSON on stdin. The answer is lines of JSON on stdout: ``{"sheet": …}``
opens a sheet, ``[[number, cells], …]`` are rows of it, ``{"hidden": …}`` closes the
sheet with what was noted about it, and the last line says how all of it ended:
``{"kind": …}`` or ``{"reason": …}``. Whoever made the file may have meant harm:
nothing here runs outside the limits, nothing is written to the disk, nothing
the file points to is fetched. Knows neither Django nor the database.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from common import packages
from common.limited import MIB, Limits, confine
from imports.book import FileKind
from imports.reading.cells import Reason, Refused
from imports.reading.found import Found, Measure

MOST_BYTES = 50 * MIB
_BEGINNING = 4096
_AT_ONCE = 200  # rows in a line of the answer
# What is often sent under the name of a workbook: how it begins → what it is.
_OTHERS = {
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"%PDF": "pdf",
    b"{\\rtf": "word",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"MZ": "program",
    b"\x7fELF": "program",
}
_TEXTS = (".csv", ".tsv", ".txt")

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def main() -> None:
    request = json.load(sys.stdin)
    confine(Limits(**request["limits"]))
    gc.disable()  # millions of cells that live to the end, and no circles
    said(sys.stdout.buffer, lambda: read(request["path"], request["name"], sys.stdout.buffer))


def said(out: BinaryIO, work: Callable[[], dict[str, Any]]) -> None:
    """What the work ends with, as the last line, however it ends."""
    try:
        end = work()
    except Refused as refusal:
        end = {"reason": refusal.reason, "detail": refusal.detail}
    except (MemoryError, RecursionError, SystemError) as error:
        # SystemError: what C extensions leave behind when they run out of memory.
        end = {"reason": Reason.TOO_LARGE, "detail": type(error).__name__}
    except Exception as error:  # readers of foreign formats fail in every way there is
        end = {"reason": Reason.BROKEN, "detail": repr(error)[:300]}
    out.write(json.dumps(end).encode() + b"\n")


def read(path: str, name: str, out: BinaryIO) -> dict[str, Any]:
    """Write out every sheet; what is to be said of the whole file."""
    kind, parts = kind_of(path, name)
    end: dict[str, Any] = {"kind": kind, "encoding": "", "delimiter": ""}
    end["macros"] = any(_holds_macros(PurePosixPath(part.lower())) for part in parts)
    found, about = sheets(path, kind)
    end["formulas"] = _hand_on(found, out)
    return end | about


def _holds_macros(part: PurePosixPath) -> bool:
    """A project of VBA, or a sheet of the macros before it."""
    return part.name == "vbaproject.bin" or part.parent.name == "macrosheets"


def sheets(path: str, kind: FileKind) -> tuple[Iterable[Found], dict[str, str]]:
    """The sheets, and how a CSV is written."""
    if kind is FileKind.CSV:
        from imports.reading import delimited

        sheet, written = delimited.sheet(path)
        return [sheet], {"encoding": written.encoding, "delimiter": written.delimiter}
    if kind is FileKind.ODS:
        from imports.reading import ods

        return ods.sheets(path), {}
    from imports.reading import biff, office, xlsx

    return office.sheets(path, xlsx.look if kind is FileKind.XLSX else biff.look), {}


def _hand_on(found: Iterable[Found], out: BinaryIO) -> int:
    measure, formulas = Measure(), 0
    for sheet in found:
        out.write(_write({"sheet": sheet.name}).encode(errors="replace") + b"\n")
        lines = measure.trimmed(sheet)
        while rows := list(islice(lines, _AT_ONCE)):
            out.write(measure.weigh(_write(rows).encode()) + b"\n")
        notes = sheet.notes
        formulas += notes.formulas
        about = {
            "hidden": sheet.is_hidden,
            "hidden_rows": sorted(notes.hidden),
            "merged": sheet.merged,
        }
        out.write(_write(about).encode() + b"\n")
    if not measure.cells:
        raise Refused(Reason.EMPTY)
    return formulas


# --- what kind of file it is: by its content, the name decides only between texts ----


def kind_of(path: str, name: str) -> tuple[FileKind, list[str]]:
    """The kind, and the names of the parts of a package; raises Refused."""
    size = Path(path).stat().st_size
    if size > MOST_BYTES:
        raise Refused(Reason.TOO_LARGE, f"{size} bytes")
    with open(path, "rb") as handle:
        beginning = handle.read(_BEGINNING)
    if not beginning.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise Refused(Reason.EMPTY)
    if beginning.startswith(b"PK"):
        return _kind_of_package(path)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        return FileKind.XLS, []
    for signature, what in _OTHERS.items():
        if beginning.startswith(signature):
            raise Refused(Reason.NOT_A_WORKBOOK, what)
    start = beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        raise Refused(Reason.NOT_A_WORKBOOK, "html")
    if start.startswith(b"<?xml"):
        raise Refused(Reason.NOT_A_WORKBOOK, "xml")
    if PurePosixPath(name).suffix.lower() not in _TEXTS:
        raise Refused(Reason.NOT_A_WORKBOOK, "unknown")
    return FileKind.CSV, []


def _kind_of_package(path: str) -> tuple[FileKind, list[str]]:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile as error:
        raise Refused(Reason.BROKEN, str(error)) from error
    if "encrypted-package" in names:  # of LibreOffice since 24.8
        raise Refused(Reason.PROTECTED)
    is_open_document = "[Content_Types].xml" not in names and "content.xml" in names
    needs = "META-INF/manifest.xml" if is_open_document else "[Content_Types].xml"
    try:
        parts = packages.check(path, needs=needs)
    except packages.BadPackage as bad:
        raise Refused(Reason(bad.problem), bad.detail) from bad
    if is_open_document:
        _check_open_document(path)
        return FileKind.ODS, parts
    for folder, what in (("word/", "word"), ("ppt/", "slides")):
        if any(part.startswith(folder) for part in parts):
            raise Refused(Reason.NOT_A_WORKBOOK, what)
    if any(part.endswith("workbook.bin") for part in parts):
        raise Refused(Reason.NOT_A_WORKBOOK, "xlsb")
    return FileKind.XLSX, parts


def _check_open_document(path: str) -> None:
    from imports.reading.ods import MIMETYPE

    with zipfile.ZipFile(path) as package:
        if "mimetype" in package.namelist() and package.read("mimetype").strip() != MIMETYPE:
            raise Refused(Reason.NOT_A_WORKBOOK, "word")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # libraries of C have nothing to clean up that the system would not
