"""Checked rows on their way into the table of staged rows: copied, some thousands at a time."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from imports.clearing import forget_marked
from imports.contract import Checked, Fault
from imports.models import Upload, UploadRow

BATCH = 5000
_COLUMNS = (
    *("upload_id", "number", "part", "outcome", "choice", "choices", "title", "target", "seen"),
    *("values", "before", "shown", "faults"),
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def stage(
    upload: Upload, rows: Iterable[Checked], told: Callable[[int], object] = lambda staged: None
) -> dict[str, int]:
    """Replace what is staged; how many rows of each outcome. ``told`` hears how many there are.

    Each batch is committed by itself, so that progress is seen; a check that
    is cut short is begun anew, and nothing is done with its rows until then.
    """
    forget_marked(upload)
    upload.rows.all()._raw_delete(upload.rows.db)  # no signals, nothing points at a row
    counts: Counter[str] = Counter()
    checked = iter(rows)
    while batch := list(islice(checked, BATCH)):
        with transaction.atomic():
            _copy(upload, batch)
        counts.update(row.outcome.value for row in batch)
        told(counts.total())
    return dict(counts)


def _copy(upload: Upload, batch: list[Checked]) -> None:
    quoted = connection.ops.quote_name
    columns = ", ".join(map(quoted, _COLUMNS))
    lines = io.StringIO("".join(_line(upload.pk, row) for row in batch))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {quoted(UploadRow._meta.db_table)} ({columns}) FROM STDIN", lines)


def _line(upload: int, row: Checked) -> str:
    target = "\\N" if row.target is None else str(row.target)
    seen = "\\N" if row.seen is None else str(row.seen)
    return (
        f"{upload}\t{row.number}\t{row.part}\t{row.outcome.value}\t\t"
        f"{_json(list(row.choices), '[]')}\t{_escaped(str(row.title))}\t{target}\t{seen}\t"
        f"{_json(row.values)}\t{_json(row.before)}\t{_json(row.shown)}\t"
        f"{_json(list(map(_fault, row.faults)), '[]')}\n"
    )


def _json(value: Any, empty: str = "{}") -> str:
    # A NUL is no text for the database; it is written as six letters by now. So is every
    # other sign that COPY would take for its own, but for the backslash before them.
    return _encode(value).replace("\\u0000", "").replace("\\", "\\\\") if value else empty


def _escaped(text: str) -> str:
    text = text.replace("\0", "").replace("\\", "\\\\").replace("\t", "\\t")
    return text.replace("\n", "\\n").replace("\r", "\\r")


def _fault(fault: Fault) -> dict[str, str]:
    return {
        "field": fault.field,
        "cell": fault.cell,
        "value": fault.value,
        "message": str(fault.message),
        "rule": fault.rule,
    }


def faults(upload: Upload) -> Iterator[Fault]:
    """Everything that is wrong, in the order of the file."""
    rows = (
        upload.rows.exclude(faults=[]).order_by("number", "part").values_list("faults", flat=True)
    )
    for found in rows.iterator(chunk_size=2000):
        yield from (Fault(**fault) for fault in found)
