"""The file a change of a record came with, for those who may see that import."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from imports.models import Upload, UploadRow
from imports.undoing import WRITTEN
from registers.models import Record

# The rows of an import are found by their import, not by their record: of a file with more rows
# the number is not looked for each time somebody opens a record.
MOST_ROWS = 20_000


@dataclass(frozen=True)
class File:
    """An import and the row of its file a record came with, where that is known."""

    name: str
    row: int | None
    address: str


def files_of(imports: Collection[int], record: Record, viewer: User) -> dict[int, File]:
    """By import; nothing of those that belong to somebody else."""
    if not imports:
        return {}
    uploads = list(Upload.objects.of(viewer).filter(pk__in=imports).only("file_name", "counts"))
    small = [one.pk for one in uploads if sum(one.counts.values()) <= MOST_ROWS]
    found = UploadRow.objects.filter(WRITTEN, upload__in=small, target=record.pk)
    rows = dict(found.values_list("upload_id", "number"))
    return {
        one.pk: File(one.file_name, rows.get(one.pk), reverse("imports:show", args=[one.pk]))
        for one in uploads
    }
