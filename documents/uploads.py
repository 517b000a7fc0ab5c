"""What may be uploaded as the file of a document, and under which name it is kept."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from common.text import nfc

MAX_MEGABYTES = 20
MAX_NAME = 150

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How files of each kind begin: a name alone proves nothing.
SIGNATURES: dict[str, bytes] = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".doc": _OLD_OFFICE,
    ".xls": _OLD_OFFICE,
}
ACCEPT = ",".join(SIGNATURES)


def check(upload: File) -> None:
    """Raise ValidationError unless size, extension and first bytes are as they should be."""
    name = clean_name(upload.name or "")
    if upload.size > MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(
            _(
                "“%(name)s” is larger than %(limit)s MB. Scan it at 200 dpi or split it, "
                "then upload again."
            )
            % {"name": name, "limit": MAX_MEGABYTES},
            code="too_large",
        )
    signature = SIGNATURES.get(PurePosixPath(name).suffix.lower())
    if signature is None:
        raise ValidationError(
            _(
                "“%(name)s” is not of an accepted kind. Upload PDF, PNG, JPG, Word (docx, doc) "
                "or Excel (xlsx, xls)."
            )
            % {"name": name},
            code="wrong_kind",
        )
    upload.seek(0)
    beginning = upload.read(len(signature))
    upload.seek(0)
    if beginning != signature:
        raise ValidationError(
            _(
                "The content of “%(name)s” does not agree with its extension. Open the file, "
                "save it again as the right kind (for example PDF), then upload."
            )
            % {"name": name},
            code="wrong_content",
        )


def clean_name(given: str) -> str:
    """The name as shown: no folders, no control characters, NFC, the extension kept."""
    base = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        letter for letter in nfc(base) if not unicodedata.category(letter).startswith("C")
    ).strip()
    suffix = PurePosixPath(shown).suffix
    return shown[: MAX_NAME - len(suffix)].removesuffix(suffix) + suffix


def sha256(upload: File) -> str:
    """The checksum of the content, read in pieces."""
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest()
