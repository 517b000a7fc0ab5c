"""A source of its own for tests of the pipeline: turnover by hand, rules and all.

What the portal's own sources do with cells is tested where they are; here the
point is what happens to checked rows on their way into the register and back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from accounts.roles import Verb
from imports import declarations, pipeline
from imports.contract import (
    Checked,
    Choice,
    Fault,
    Field,
    FieldKind,
    Number,
    Outcome,
    Parsed,
    Source,
    Undone,
    Wrong,
)
from imports.models import Upload
from jobs import actions as jobs
from reference.gates import Gate
from registers.declarations import registers
from registers.intake import bulk
from trade.models import Turnover

HEADINGS = ("Tháng", "Cửa khẩu", "Luồng", "Giá trị (USD)", "Ghi chú")


def _money(value: Any) -> str:
    if not isinstance(value, Number) or value.value < 0:
        raise Wrong("Giá trị không âm. Nhập lại.")
    return str(value.value)


class TurnoverSource(Source):
    code = "kim-ngach-thu"
    label = "Kim ngạch (thử)"

    def fields(self) -> list[Field]:
        return [
            Field(name="month", label="Tháng", kind=FieldKind.MONTH, required=True),
            Field(name="gate", label="Cửa khẩu", kind=FieldKind.KEY, required=True),
            Field(name="flow", label="Luồng", kind=FieldKind.KEY, required=True),
            Field(
                name="value",
                label="Giá trị (USD)",
                kind=FieldKind.NUMBER,
                required=True,
                accept=_money,
                decimals=2,
            ),
            Field(name="note", label="Ghi chú"),
        ]

    def may_import(self, user: User) -> bool:
        return user.may(Verb.IMPORT)

    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]:
        gates = {gate.code: gate.pk for gate in Gate.objects.all()}
        there = {(row.month, row.gate_id, row.flow): row for row in Turnover.objects.alive()}
        for row in rows:
            yield self._checked(row, gates, there)

    def _checked(self, row: Parsed, gates: dict[str, int], there: Any) -> Checked:
        faults = list(row.faults)
        said = row.values
        if said["gate"] and said["gate"] not in gates:
            cell = f"B{row.number}"
            faults.append(Fault("gate", cell, said["gate"], "Không có cửa khẩu này. Sửa lại."))
        title = f"{said['month']} · {said['gate']} · {said['flow']}"
        if faults:
            return Checked(row.number, Outcome.FAULTY, title, faults=faults)
        values = {
            "month": said["month"].isoformat(),
            "gate": gates[said["gate"]],
            "flow": said["flow"],
            "value": said["value"],
            "note": said["note"] or "",
            "kind": "month",
            "scope": "report",
        }
        record = there.get((said["month"], values["gate"], said["flow"]))
        if record is None:
            return Checked(row.number, Outcome.NEW, title, values=values)
        new = {name: values[name] for name in ("value", "note")}
        old = {"value": str(record.value), "note": record.note}
        changed = {
            name: (old[name], new[name])
            for name in new
            if (
                Decimal(old[name]) != Decimal(new[name])
                if name == "value"
                else old[name] != new[name]
            )
        }
        met: dict[str, Any] = {"target": record.pk, "seen": record.version}
        if not changed:
            return Checked(row.number, Outcome.UNCHANGED, title, **met)
        met |= {
            "values": {name: pair[1] for name, pair in changed.items()},
            "before": {name: pair[0] for name, pair in changed.items()},
            "shown": {name: list(pair) for name, pair in changed.items()},
        }
        if record.note == "trùng":
            choices = (Choice.SKIP, Choice.UPDATE)
            return Checked(row.number, Outcome.DUPLICATE, title, choices=choices, **met)
        return Checked(row.number, Outcome.CHANGED, title, **met)

    def write(self, upload: Upload, *, by: User) -> int:
        return bulk.write(registers()["trade"], upload, by)

    def undo(self, upload: Upload, *, by: User) -> Undone:
        return bulk.undo(registers()["trade"], upload, by)

    def address(self, upload: Upload) -> str:
        return "/so/kim-ngach/"


class Desk:
    """Somebody who imports, step by step; jobs are done at once."""

    def __init__(self, user: User) -> None:
        self.user = user

    def upload(self, rows: Iterable[tuple[Any, ...]], name: str = "kim-ngach.csv") -> Upload:
        lines = [HEADINGS, *rows]
        text = "\n".join(";".join(map(str, line)) for line in lines) + "\n"
        file = ContentFile(text.encode(), name=name)
        return self.worked(pipeline.receive(file, source=TurnoverSource(), by=self.user))

    def worked(self, upload: Upload) -> Upload:
        assert upload.job is not None
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job").get(pk=upload.pk)

    def confirm(self, upload: Upload, **how: Any) -> Upload:
        from imports import tokens

        token = tokens.sign(upload, self.user)
        return self.worked(pipeline.confirm(upload, by=self.user, token=token, **how))

    def undo(self, upload: Upload) -> Upload:
        return self.worked(pipeline.undo(upload, by=self.user))


@pytest.fixture
def turnover_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in is what there is to import into."""

    class Module:
        @staticmethod
        def sources(user: User) -> list[Source]:
            return [TurnoverSource()]

    monkeypatch.setattr(declarations, "_modules", lambda: (Module,))


def months(count: int, *, gate: str = "HUUNGHI", value: int = 1000) -> list[tuple[Any, ...]]:
    """Rows of as many months, from January 2015 on."""
    days = [dt.date(2015 + n // 12, n % 12 + 1, 1) for n in range(count)]
    return [(f"{day:%m/%Y}", gate, "export", value + n, "") for n, day in enumerate(days)]
