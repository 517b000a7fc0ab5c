"""Saving an entry table: all of it or nothing, and never over what somebody else just stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from common.numbers import AmbiguousNumber, NotANumber, format_number, parse_number
from reference.periods import PeriodRefusal
from registers import actions
from registers.actions import Refused
from registers.declarations import registers
from trade.models import MILLION, Turnover
from trade.table import CHOICE, MINE, SURE, THEIRS, Cell, Clash, Table, in_millions

FAR = 100  # times last year's value, or a hundredth of it: probably the wrong unit


class Unsaved(Exception):
    """Nothing was stored; the cells say why, and ``message`` where it is not about one of them."""

    def __init__(self, message: str = "", *, is_conflict: bool = False) -> None:
        super().__init__(message)
        self.message, self.is_conflict = message, is_conflict


@dataclass(frozen=True)
class Change:
    """What one cell asks for: a value, or None to take its row away."""

    cell: Cell
    value: Decimal | None


def store(table: Table, data: Mapping[str, str], by: User) -> int:
    """Store what was typed; the number of rows that changed. Raises Unsaved."""
    table.bind(data)
    for cell in table.cells:
        if data.get(f"{CHOICE}-{cell.name}") == THEIRS:
            cell.take_stored()
    changes = [Change(cell, _read(cell, data)) for cell in table.cells if cell.is_touched]
    if any(change.cell.has_message for change in changes):
        raise Unsaved
    reason = data.get("reason", "").strip()
    if not reason and any(change.value is None and change.cell.seen for change in changes):
        raise Unsaved(_("Rows whose cell was emptied are deleted: write down the reason below."))
    try:
        return _write(table, changes, data, by, reason)
    except Refused:
        # Somebody stored a row of these goods at the same moment: now it is seen.
        try:
            return _write(table, changes, data, by, reason)
        except Refused as refusal:
            raise Unsaved(str(refusal)) from refusal
    except (PeriodRefusal, PermissionDenied) as refusal:
        raise Unsaved(str(refusal)) from refusal


@transaction.atomic
def _write(
    table: Table, changes: list[Change], data: Mapping[str, str], by: User, reason: str
) -> int:
    now = {
        (row.gate_id, row.flow): row
        for row in table.sheet.rows().select_for_update(of=("self",)).select_related("changed_by")
    }
    _refuse_clashes(table, changes, now, data)
    written = 0
    for change in changes:
        current = now.get((change.cell.gate.pk, change.cell.flow))
        if (current.value if current else None) == change.value:
            continue  # the same form sent twice, or both typed the same
        _apply(table, change, current, by, reason)
        written += 1
    if any(change.cell.has_message for change in changes):
        raise Unsaved
    return written


def _apply(table: Table, change: Change, current: Turnover | None, by: User, reason: str) -> None:
    register, cell = registers()["trade"], change.cell
    if change.value is None:
        assert current is not None
        actions.delete(register, current, by=by, seen=current.version, reason=reason)
        return
    row = current or table.sheet.new_row(cell.gate, cell.flow)
    seen = current.version if current else None
    row.value = change.value
    if current is None:
        row.agency = table.agency
    try:
        row.clean()
    except ValidationError as wrong:
        cell.error = " ".join(wrong.messages)
        return
    actions.save(register, row, by=by, seen=seen)


def _refuse_clashes(
    table: Table,
    changes: list[Change],
    now: Mapping[tuple[int, str], Turnover],
    data: Mapping[str, str],
) -> None:
    """Cells that are not any more what they were opened on, unless that was looked at."""
    seen_by = {row.pk for row in table.sheet.rows().visible_to(table.viewer)}
    for change in changes:
        cell = change.cell
        current = now.get((cell.gate.pk, cell.flow))
        stands = f"{current.pk}:{current.version}" if current else ""
        if stands == cell.seen and (
            f"{CHOICE}-{cell.name}-open" not in data or data.get(f"{CHOICE}-{cell.name}") == MINE
        ):
            continue
        if (current.value if current else None) == change.value:
            continue
        if current is not None and current.pk not in seen_by:
            cell.error = _("This row is kept by another agency.")
            continue
        cell.clash = Clash(
            current.changed_by if current else None,
            current.changed_at if current else None,
            in_millions(current.value, cell.decimals) if current else "",
        )
        cell.seen = stands
        cell.base = cell.clash.theirs
    if any(change.cell.clash for change in changes):
        raise Unsaved(is_conflict=True)


def _read(cell: Cell, data: Mapping[str, str]) -> Decimal | None:
    """The USD a cell asks for; what is wrong with it stands in the cell."""
    if not cell.typed:
        return None
    language = get_language() or "vi"
    try:
        value = parse_number(cell.typed, language) * MILLION
    except (NotANumber, AmbiguousNumber) as wrong:
        cell.error = str(wrong.message)
        cell.suggestion = getattr(wrong, "suggestion_text", "")
        return None
    if value < 0:
        cell.error = _("Turnover cannot be negative.")
    elif value >= Decimal(10) ** 16:
        cell.error = _("The number has too many digits.")
    elif _is_far(value, cell.before) and data.get(f"{SURE}-{cell.name}") != cell.typed:
        cell.doubt = _(
            "%(value)s is far from last year's %(before)s. The table is in million USD. "
            "Is it right all the same?"
        ) % {
            "value": format_number(value / MILLION, language),
            "before": cell.past,
        }
    return value


def _is_far(value: Decimal, before: Decimal | None) -> bool:
    if not before or not value:
        return False
    return value >= before * FAR or value * FAR <= before
