"""A look at the list of a zip package before anything in it is unpacked.

Office files are zip packages. Python's reader unpacks no more than the list
declares, so the declared sizes bound what follows; whoever reads by other
means needs a memory limit besides. Knows neither Django nor the database.
"""

from __future__ import annotations

import zipfile
from enum import StrEnum
from xml.parsers import expat

MIB = 1024 * 1024
MOST_UNPACKED = 200 * MIB
MOST_PARTS = 3000
_PIECE = 4096
_XML_BEGINS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<")


class Problem(StrEnum):
    PROTECTED = "protected"
    BROKEN = "broken"
    TOO_LARGE = "too_large"


class BadPackage(Exception):
    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


def check(path: str, *, needs: str = "[Content_Types].xml") -> list[str]:
    """The names of the parts; raises BadPackage for what no program of an office writes."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise BadPackage(Problem.PROTECTED)
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise BadPackage(Problem.TOO_LARGE, f"{len(parts)} parts, {unpacked} bytes")
            names = [part.filename for part in parts]
            if needs not in names or len(set(names)) < len(names):
                raise BadPackage(Problem.BROKEN, "no list of parts, or a part twice")
            if any(_has_document_type(package, name) for name in names):
                raise BadPackage(Problem.BROKEN, "entities")
            return names
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise BadPackage(Problem.BROKEN, str(error)) from error


class _Found(Exception):
    """The answer, thrown out of the parser as soon as it is known."""


def _has_document_type(package: zipfile.ZipFile, name: str) -> bool:
    """No program writes a document type into an Office file; who does means harm.

    The parser decides, not a search for the letters: they may stand in UTF-16
    or behind a comment of any length. The part's name proves nothing either.
    """

    def document_type(*_about: object) -> None:
        raise _Found(True)

    def element(*_about: object) -> None:
        raise _Found(False)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = document_type
    parser.StartElementHandler = element
    with package.open(name) as part:
        piece = part.read(_PIECE)
        if not piece.lstrip().startswith(_XML_BEGINS):
            return False
        try:
            while piece:
                parser.Parse(piece)
                piece = part.read(_PIECE)
        except _Found as found:
            return bool(found.args[0])
        except expat.ExpatError:
            return b"<!DOCTYPE" in piece
    return False
