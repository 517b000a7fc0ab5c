"""Writing the checked rows of a sheet, and writing back what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import User
from imports.contract import Changed, Outcome, Undone
from imports.models import Upload, UploadRow
from imports.undoing import changed_since, kept, others
from indicators import actions, remarks
from indicators.actions import Conflict, Content, Refused, record
from indicators.declarations import indicators
from indicators.imported.contents import TO_BE_MADE, from_json
from indicators.imported.file_document import FileDocument
from indicators.imported.standing import Found, Standing
from indicators.models import Figure, Side
from indicators.spans import WHOLE_YEAR, Span
from reference.periods import PeriodRefusal

WRITTEN = (Outcome.NEW, Outcome.CHANGED)


def write(year: int, upload: Upload, *, by: User, document: FileDocument) -> int:
    """Every staged row or none: raises Changed where a cell is no longer what was shown.

    ``document`` is what numbers rest on that were said to rest on the file itself.

    ``made`` on each row says which figures the import brought in; undoing needs it.
    """
    rows = list(upload.rows.filter(outcome__in=WRITTEN).order_by("number"))
    written = write_rows(year, (row.values for row in rows), by, document=document)
    for row, made in zip(rows, written, strict=True):
        row.values["made"] = made
    UploadRow.objects.bulk_update(rows, ["values"], batch_size=500)
    return len(rows)


def write_rows(
    year: int,
    rows: Iterable[Mapping[str, Any]],
    by: User,
    span: Span = WHOLE_YEAR,
    document: FileDocument | None = None,
) -> Iterator[dict[str, int | None]]:
    """Write what ``Checked.values`` of each row say, and tell the figures made, by side."""
    standing = Standing(year, by, span=span, held=True)
    for values in rows:
        made = {}
        for side, wanted in values["cells"].items():
            found = standing.find(indicators()[values["indicator"]], side)
            content = from_json(wanted["content"])
            if content.source_id == TO_BE_MADE and document is not None:
                content = replace(content, source_id=document.pk)
            figure = _recorded(found, content, standing, by, seen=wanted["seen"])
            made[side] = figure.pk if figure else None
        yield made


def _recorded(
    found: Found, content: Content, standing: Standing, by: User, *, seen: int
) -> Figure | None:
    if found.cell is None:
        raise Changed
    waiting = found.figure is not None and remarks.has_open(found.figure)
    held = actions.Standing(
        opened=standing.opened, current=found.figure, has_remarks=waiting or found.figure is None
    )
    try:
        return record(found.cell, content, by=by, seen_version=seen, standing=held)
    except (Conflict, Refused, PeriodRefusal, PermissionDenied) as problem:
        raise Changed(str(problem)) from problem


def undo(year: int, upload: Upload, *, by: User) -> Undone:
    """Write back what stood before, but for cells somebody changed since.

    Raises PeriodRefusal or PermissionDenied where the year or its cells are not
    this person's to change any more.
    """
    standing = Standing(year, by, held=True)
    undone, left, replaced = 0, [], {}
    for row in upload.rows.filter(outcome__in=WRITTEN).order_by("number"):
        changed = list(_changed_back(row, standing, by))
        undone += any(cell.is_undone for cell in changed)
        for cell in changed:
            if not cell.is_undone:
                left.append((cell.about, cell.title, changed_since()))
            elif cell.figure is not None:
                replaced[cell.about] = (cell.seen, cell.figure)
    _reckon_without(upload, replaced)
    return Undone(undone, kept(upload, left, _cells_of))


@dataclass(frozen=True)
class _Back:
    """A cell the import wrote; undone, ``figure`` says again what version ``seen`` said."""

    about: tuple[str, str]
    title: str
    is_undone: bool = False
    seen: int = 0
    figure: Figure | None = None


def _changed_back(row: UploadRow, standing: Standing, by: User) -> Iterator[_Back]:
    indicator = indicators()[row.values["indicator"]]
    for side, made in row.values.get("made", {}).items():
        found = standing.find(indicator, side)
        about, title = (indicator.code, side), f"{indicator.label} – {Side(side).label}"
        if found.figure is None or found.figure.pk != made or found.cell is None:
            yield _Back(about, title)
            continue
        before = row.before.get(side)
        content = from_json(before) if before else Content(state=None)
        held = actions.Standing(opened=standing.opened, current=found.figure)
        figure = record(found.cell, content, by=by, seen_version=found.version, standing=held)
        yield _Back(about, title, True, row.values["cells"][side]["seen"], figure)


def _cells_of(row: UploadRow) -> Iterator[tuple[str, str]]:
    return ((row.values["indicator"], side) for side in row.values.get("made", {}))


def _reckon_without(upload: Upload, replaced: Mapping[tuple[str, str], tuple[int, Figure]]) -> None:
    """Imports before this one made what stands again now: their figure under a new number."""
    rows = [
        row
        for row in UploadRow.objects.filter(upload__in=others(upload), outcome__in=WRITTEN)
        if replaced.keys() & set(_cells_of(row))
    ]
    figures = Figure.objects.in_bulk(
        {made for row in rows for made in row.values["made"].values() if made}
    )
    for row in rows:
        made = row.values["made"]
        for side, was in made.items():
            seen, now = replaced.get((row.values["indicator"], side), (0, None))
            if now is not None and was in figures and figures[was].version == seen:
                made[side] = now.pk
    UploadRow.objects.bulk_update(rows, ["values"], batch_size=500)
