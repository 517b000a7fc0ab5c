"""Writing the checked rows of a sheet, and writing back what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import User
from imports.contract import Changed, Outcome, Undone
from imports.models import Upload, UploadRow
from indicators import actions, remarks
from indicators.actions import Conflict, Content, Refused, record
from indicators.declarations import indicators
from indicators.imported.contents import from_json
from indicators.imported.standing import Found, Standing
from indicators.models import Figure, Side
from indicators.spans import WHOLE_YEAR, Span
from reference.periods import PeriodRefusal

WRITTEN = (Outcome.NEW, Outcome.CHANGED)


def write(year: int, upload: Upload, *, by: User) -> int:
    """Every staged row or none: raises Changed where a cell is no longer what was shown.

    ``made`` on each row says which figures the import brought in; undoing needs it.
    """
    rows = list(upload.rows.filter(outcome__in=WRITTEN).order_by("number"))
    for row, made in zip(rows, write_rows(year, (row.values for row in rows), by), strict=True):
        row.values["made"] = made
    UploadRow.objects.bulk_update(rows, ["values"], batch_size=500)
    return len(rows)


def write_rows(
    year: int, rows: Iterable[Mapping[str, Any]], by: User, span: Span = WHOLE_YEAR
) -> Iterator[dict[str, int | None]]:
    """Write what ``Checked.values`` of each row say, and tell the figures made, by side."""
    standing = Standing(year, by, span=span, held=True)
    for values in rows:
        made = {}
        for side, wanted in values["cells"].items():
            found = standing.find(indicators()[values["indicator"]], side)
            content = from_json(wanted["content"])
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
    undone, kept = 0, []
    for row in upload.rows.filter(outcome__in=WRITTEN).order_by("number"):
        changed = list(_changed_back(row, standing, by))
        undone += any(is_undone for is_undone, _title in changed)
        kept += [title for is_undone, title in changed if not is_undone]
    return Undone(undone=undone, kept=tuple(kept))


def _changed_back(row: UploadRow, standing: Standing, by: User) -> Iterator[tuple[bool, str]]:
    """Of each cell the import wrote: whether it was undone, and what it is called."""
    indicator = indicators()[row.values["indicator"]]
    for side, made in row.values.get("made", {}).items():
        found = standing.find(indicator, side)
        title = f"{indicator.label} – {Side(side).label}"
        if found.figure is None or found.figure.pk != made or found.cell is None:
            yield False, title
            continue
        before = row.before.get(side)
        content = from_json(before) if before else Content(state=None)
        held = actions.Standing(opened=standing.opened, current=found.figure)
        record(found.cell, content, by=by, seen_version=found.version, standing=held)
        yield True, title
