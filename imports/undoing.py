"""What undoing an import leaves as it is, and why, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from common.dates import short_date
from imports.contract import Choice, Kept, Outcome
from imports.models import Upload, UploadRow

WRITTEN = Q(outcome__in=(Outcome.NEW, Outcome.CHANGED)) | Q(
    outcome=Outcome.DUPLICATE, choice__in=(Choice.UPDATE, Choice.KEEP)
)


def others(upload: Upload) -> QuerySet[Upload]:
    """What else was imported into the same place and stands there."""
    done = Upload.objects.filter(source=upload.source, state=Upload.State.DONE)
    return done.exclude(pk=upload.pk)


def kept(
    upload: Upload,
    rows: Iterable[tuple[Any, str, str]],
    key: Callable[[UploadRow], Iterable[Any]] | None = None,
) -> tuple[Kept, ...]:
    """Rows that stay: each is (what it is about, its title, why).

    One that a later import went over says so instead, since that can be undone
    first. ``key`` tells of a staged row what it is about, where that is not its target.
    """
    rows = list(rows)
    later = _later(upload, {about for about, *_rest in rows}, key) if rows else {}
    return tuple(
        Kept(title, _again(over), over.pk)
        if about is not None and (over := later.get(about))
        else Kept(title, why)
        for about, title, why in rows
    )


def changed_since() -> str:
    return _("changed by people since")


def _later(
    upload: Upload, about: set[Any], key: Callable[[UploadRow], Iterable[Any]] | None
) -> dict[Any, Upload]:
    """The last import after this one over each of these."""
    after = {
        one.pk: one
        for one in others(upload).filter(confirmed_at__gt=upload.confirmed_at or upload.at)
    }
    rows = UploadRow.objects.filter(WRITTEN, upload__in=after).order_by("upload__confirmed_at")
    if key is not None:
        found = ((what, row.upload_id) for row in rows for what in key(row))
        return {what: after[pk] for what, pk in found if what in about}
    pairs = rows.filter(target__in=about - {None}).values_list("target", "upload_id")
    return {what: after[pk] for what, pk in pairs}


def _again(later: Upload) -> str:
    assert later.confirmed_at is not None
    return _("imported again on %(day)s from “%(file)s”") % {
        "day": short_date(timezone.localtime(later.confirmed_at)),
        "file": later.file_name,
    }


@dataclass(frozen=True)
class Group:
    """Rows that stay for one reason, as a page lists them."""

    why: str
    later: int | None
    titles: Sequence[str]


def grouped(rows: Iterable[Kept]) -> list[Group]:
    found: dict[tuple[str, int | None], list[str]] = {}
    for row in rows:
        found.setdefault((row.why, row.later), []).append(row.title)
    return [Group(why, later, titles) for (why, later), titles in found.items()]


def stored(rows: Iterable[Kept]) -> list[dict[str, Any]]:
    """As the upload keeps them."""
    return [asdict(row) for row in rows]


def read(rows: Iterable[dict[str, Any]]) -> list[Kept]:
    return [Kept(**row) for row in rows]
