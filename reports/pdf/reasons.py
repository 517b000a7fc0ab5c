"""Why a document could not become a PDF. Spoken by the child, worded by the parent."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    NO_FONT = "no_font"  # the report font is not installed, or not whole
    NO_LETTER = "no_letter"  # the text holds characters the report font cannot print
    OTHER_FONT = "other_font"  # something asked for another font than the report's
    BAD_ADDRESS = "bad_address"  # the document points outside itself
    BROKEN = "broken"  # a chart that cannot be read, an image without a description
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    DISK_FULL = "disk_full"
    CRASHED = "crashed"


class Refused(Exception):
    """The document cannot be printed, and we know why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
