"""Uploads on their way in: a file no screen accepts does not fill the disk first."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file up to the bound and counts the rest.

    Its size stays the whole truth, so whoever checks it can say that it is too
    large; content beyond the bound is nowhere.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start < settings.FILE_UPLOAD_KEPT:
            super().receive_data_chunk(raw_data, start)
