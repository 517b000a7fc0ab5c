"""The one private storage: nothing in it has a public address or a half-written file."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files of people and jobs, readable by the portal alone.

    A file appears under its name only when it is whole and on the disk: a full
    disk or a kill leaves nothing behind that looks finished.
    """

    def _save(self, name: str, content: File) -> str:
        draft = f"{name}.part"
        try:
            written = super()._save(draft, content)  # type: ignore[misc]  # the stubs hide it
        except OSError:
            Path(self.path(draft)).unlink(missing_ok=True)
            raise
        path = Path(self.path(written))
        with path.open("rb") as handle:
            os.fsync(handle.fileno())
        final = self.get_available_name(name)
        path.replace(self.path(final))
        return final

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no address; serve them through a view.")
