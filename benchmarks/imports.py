"""Turnover by the file: from the upload to the end of the confirmed import.

``python -m benchmarks imports [ROWS]`` runs it alone, quick with few rows. Against the
library's defaults (django-import-export, preview and confirmation as its admin
does them, on fewer rows and told by the row) and against the least that can be
done: calamine, COPY and one INSERT … ON CONFLICT, which asks nobody's rights,
checks no rule, shows nothing, keeps no history and cannot be undone; only the
text the list searches in is there, since its index takes its time.
"""

from __future__ import annotations

import datetime as dt
import io
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pgtrigger
from django.core.files.base import ContentFile
from django.db import connection, transaction
from import_export import fields as columns
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from tablib import Dataset

from accounts.models import Agency, User
from benchmarks.timing import Result, Times
from imports import pipeline, tokens
from imports.declarations import source_of
from imports.models import Upload
from jobs import actions as jobs
from reference.gates import Gate
from trade.choices import Commodity, Flow, Kind, Regime, Scope
from trade.models import GOODS, Turnover

ROWS = 100_000
LIBRARY_SHARE = 200  # the library gets so many times fewer rows: it would take half an hour
LIBRARY_LEAST = 100
LIBRARY_AIM, LEAST_AIM = 1 / 40, 3
MEMORY_AIM = 512  # MiB
HEADINGS = (
    *("agency", "kind", "month", "gate", "flow", "scope", "regime", "commodity"),
    *("value (USD)", "vehicles", "note"),
)
KEY = (*GOODS, "kind", "month")
Rows = list[tuple[Any, ...]]


def run(person: User, analyze: Callable[[], None], rows: int = ROWS) -> Iterator[Result]:
    """New rows into an empty register, then a change to each of them; each way once."""
    files = {"new": table(rows), "changed": table(rows, more=1)}
    few = min(max(rows // LIBRARY_SHARE, LIBRARY_LEAST), rows)
    took: dict[tuple[str, str], float] = {}
    peaks: list[int] = []
    for name, way in (("ours", ours), ("least", least), ("library", library)):
        _empty()
        for what, table_ in files.items():
            content = workbook(table_[:few] if name == "library" else table_)
            analyze()
            _forget_peak()
            begun = time.perf_counter()
            way(content, person)
            took[name, what] = time.perf_counter() - begun
            if name == "ours":
                peaks.append(_peak())
        _check(few if name == "library" else rows)
    _empty()
    for what in files:
        mine = Times((took["ours", what],))
        named = f"import: {rows:,} {what} rows".replace(",", ".")
        whole = Times((took["library", what] * rows / few,))
        yield Result(
            what=named,
            ours=mine,
            yardstick=f"django-import-export, from {few} rows",
            theirs=whole,
            aim=LIBRARY_AIM,
            notes=(f"{rows / mine.median:,.0f} rows/s".replace(",", "."),),
        )
        yield Result(
            what=named,
            ours=mine,
            yardstick="calamine + COPY + ON CONFLICT",
            theirs=Times((took["least", what],)),
            aim=LEAST_AIM,
            notes=(_told(peaks),),
        )


# --- the three ways -----------------------------------------------------------------------


def ours(content: bytes, person: User) -> None:
    """As the portal does it: what a worker does is done here."""
    source = source_of("kim-ngach", person)
    assert source is not None
    file = ContentFile(content, name="kim-ngach.xlsx")
    upload = _worked(pipeline.receive(file, source=source, by=person))
    assert upload.state == Upload.State.READY, (upload.matching, upload.questions)
    token = tokens.sign(upload, person)
    upload = _worked(pipeline.confirm(upload, by=person, token=token))
    assert upload.state == Upload.State.DONE, (upload.state, upload.message)


def _worked(upload: Upload) -> Upload:
    assert upload.job is not None
    jobs.run(upload.job.pk)
    return Upload.objects.select_related("job").get(pk=upload.pk)


STAGING = """
CREATE TEMP TABLE staging (agency text, kind text, month date, gate text, flow text, scope text,
    regime text, commodity text, value numeric, vehicles numeric, note text) ON COMMIT DROP
"""
UPSERT = """
INSERT INTO trade_turnover (agency_id, data_class, created_at, changed_at, version,
    deletion_reason, is_demo, search_text, kind, month, gate_id, flow, regime, commodity, scope,
    is_local, value, vehicles, note)
SELECT agency.id, 'ordinary', now(), now(), 1, '', false,
    lower(s.month || ' ' || s.gate || ' ' || s.flow || ' ' || s.commodity || ' ' || s.note),
    s.kind, s.month, gate.id, s.flow,
    coalesce(s.regime, ''), coalesce(s.commodity, ''), s.scope, false, s.value, s.vehicles,
    coalesce(s.note, '')
FROM staging s JOIN accounts_agency agency ON agency.code = s.agency
JOIN reference_gate gate ON gate.code = s.gate
ON CONFLICT (gate_id, flow, scope, regime, commodity, is_local, kind, month)
    WHERE deleted_at IS NULL
DO UPDATE SET value = excluded.value, vehicles = excluded.vehicles, note = excluded.note,
    version = trade_turnover.version + 1, changed_at = now()
"""


def least(content: bytes, person: User) -> None:
    """The least that has to be done to get the file into the table."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    lines = io.StringIO()
    for row in sheet.to_python()[1:]:
        lines.write("\t".join("\\N" if cell == "" else str(cell) for cell in row) + "\n")
    lines.seek(0)
    ignored = pgtrigger.ignore("trade.Turnover:insert_insert", "trade.Turnover:update_update")
    with ignored, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STAGING)
        cursor.copy_expert("COPY staging FROM STDIN", lines)
        cursor.execute(UPSERT)


class TurnoverResource(ModelResource):
    """As the library's guide shows it: columns, keys by code, everything else its default."""

    agency = columns.Field("agency", "agency", ForeignKeyWidget(Agency, "code"))
    gate = columns.Field("gate", "gate", ForeignKeyWidget(Gate, "code"))
    value = columns.Field("value", "value (USD)")

    class Meta:
        model = Turnover
        fields = (*HEADINGS[:8], "value", *HEADINGS[9:])
        import_id_fields = ("gate", "flow", "scope", "regime", "commodity", "kind", "month")

    def after_import(self, *args: Any, **kwargs: Any) -> None:
        """Not setting the sequence anew: only the owner of the table may."""


def library(content: bytes, person: User) -> None:
    """Read, shown and confirmed as in the library's own admin."""
    for dry_run in (True, False):
        data = Dataset().load(content, format="xlsx")
        result = TurnoverResource().import_data(data, dry_run=dry_run, raise_errors=True)
        assert not result.has_validation_errors(), result.invalid_rows[0].error


# --- round about --------------------------------------------------------------------------


def _empty() -> None:
    with connection.cursor() as cursor, pgtrigger.ignore("trade.Turnover:delete_delete"):
        cursor.execute("DELETE FROM trade_turnover")


def _check(rows: int) -> None:
    """Nobody is quick by leaving something out: the changed values stand in every row."""
    (total,) = Turnover.objects.values_list("value").order_by("value")[:1][0]
    count = Turnover.objects.alive().count()
    assert count == rows, (count, rows)
    assert total == 1001, total


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """The most memory this process held since it was asked to forget, in MiB."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _told(peaks: list[int]) -> str:
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    most = max(*peaks, child)
    met = "" if most <= MEMORY_AIM else ": missed"
    return f"at most {max(peaks)} MiB in the worker, {child} MiB in its child{met}"


def table(rows: int, *, more: int = 0) -> Rows:
    """As many rows of turnover, no two about the same goods; ``more`` changes every value."""
    gates = [gate for gate in Gate.objects.order_by("pk") if not gate.valid_from][:10]
    # The library stumbles over empty cells: none is empty.
    regimes, goods = ([*filter(None, kind.values)] for kind in (Regime, Commodity))
    found: Rows = []
    for number in range(rows):
        rest, month = divmod(number, 240)
        rest, gate = divmod(rest, len(gates))
        rest, flow = divmod(rest, 2)
        rest, scope = divmod(rest, 3)
        rest, regime = divmod(rest, len(regimes))
        day = dt.date(2000 + month // 12, month % 12 + 1, 1)
        found.append(
            (
                *("SCT", Kind.MONTH.value, day, gates[gate].code, list(Flow)[flow].value),
                *(list(Scope)[scope].value, regimes[regime], goods[rest]),
                *(1000 + number * 7919 % 9_000_000 + more, number % 400, f"tờ khai {number}"),
            )
        )
    return found


def workbook(rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kim ngạch")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
