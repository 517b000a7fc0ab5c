"""The cards of the overview: key figures, each number with its entry of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.contracts import KIND_LABELS, Better, Kind, Label
from dashboards.keys import Key
from indicators.charts import Said
from indicators.declarations import indicators
from indicators.ledger import Entry, Ledger
from indicators.models import Origin, Status
from indicators.rows import Row

LONG_NUMBER = 10  # characters; a longer one is set smaller
# A bar of the plan reaches a fifth past it; what is above stands in the words.
PLAN_BAR_END = 120
FULFILLED = 100  # percent


@dataclass(frozen=True)
class Beside:
    """A smaller figure on a card; named where its unit does not say what it counts."""

    label: str
    value: Entry
    unit: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One key figure as it is shown."""

    label: Label
    icon: str
    leads: bool
    value: Entry
    unit: str
    status: str
    status_label: str
    kind: str
    change: Said | None
    arrow: str
    tone: str
    plan: Said | None
    plan_width: str
    misses_plan: bool
    beside: tuple[Beside, ...]

    @property
    def text(self) -> str:
        return self.value.text

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG_NUMBER

    @property
    def stands_on_inferred(self) -> bool:
        return any(entry.inferred for entry in self._shown)

    @property
    def stands_on_samples(self) -> bool:
        return any(entry.sampled for entry in self._shown)

    @property
    def _shown(self) -> list[Entry]:
        compared = [said.entry for said in (self.change, self.plan) if said is not None]
        shown = (self.value, *(one.value for one in self.beside), *compared)
        return [entry for entry in shown if entry is not None]


def cards(keys: Iterable[Key], ledger: Ledger, year: int) -> Iterable[Card]:
    """A card for each key that has a figure in the year."""
    for key in keys:
        row = ledger.table.row(key.code, year)
        value = ledger.value(row.actual, f"overview card {key.code}")
        if value is not None and row.actual is not None:
            yield _card(key, row, value, ledger)


def _card(key: Key, row: Row, value: Entry, ledger: Ledger) -> Card:
    status, status_label = _status(row)
    difference = row.difference
    moved = difference is not None and difference.direction != "same"
    return Card(
        label=row.indicator.label,
        icon=key.icon,
        leads=key.leads,
        value=value,
        unit=str(row.indicator.measure.label),
        status=status,
        status_label=status_label,
        kind=_kind(row),
        change=_change(row, ledger, value.place),
        arrow=difference.direction if difference is not None and moved else "",
        tone=row.tone,
        plan=_plan(row, ledger, value.place),
        plan_width=_bar(row),
        misses_plan=_misses_plan(row),
        beside=tuple(_beside(key, row, ledger)),
    )


def _beside(key: Key, main: Row, ledger: Ledger) -> Iterable[Beside]:
    for code in key.beside:
        if code not in indicators():
            continue
        row = ledger.table.row(code, main.year)
        entry = ledger.value(row.actual, f"overview card {key.code}")
        if entry is not None:
            same_unit = row.indicator.unit == main.indicator.unit
            label = str(row.indicator.label) if same_unit else ""
            yield Beside(label, entry, "" if same_unit else str(row.indicator.measure.label))


def _change(row: Row, ledger: Ledger, place: str) -> Said | None:
    if ledger.language == "vi":
        entry = ledger.say(row.indicator.code, "change", place, year=row.year)
        return Said(entry.text, entry) if entry else None
    entry = ledger.difference(row, place)
    if entry is None:
        return None
    words = _("%(change)s on %(year)s") % {"change": entry.text, "year": row.year - 1}
    return Said(words, entry)


def _plan(row: Row, ledger: Ledger, place: str) -> Said | None:
    if ledger.language == "vi":
        entry = ledger.say(row.indicator.code, "plan", place, year=row.year)
        return Said(entry.text, entry) if entry else None
    entry = ledger.ratio(row, place)
    return Said(_("%(ratio)s%% of the plan") % {"ratio": entry.text}, entry) if entry else None


def _misses_plan(row: Row) -> bool:
    """Less than planned of what there should be more of."""
    ratio = row.plan_ratio
    return row.indicator.better == Better.HIGHER and ratio is not None and ratio < FULFILLED


def _bar(row: Row) -> str:
    """How far the bar of the plan reaches, as SVG writes numbers."""
    if row.plan_ratio is None:
        return ""
    return format(min(max(row.plan_ratio, 0), PLAN_BAR_END), ".1f")


def _status(row: Row) -> tuple[str, str]:
    """The badge: how certain the number is; where the source is silent, that it was published."""
    if row.actual is None:
        return "", ""
    if row.actual.is_inferred:
        return "inferred", str(Origin.INFERRED.label)
    if not row.actual.status:
        published = row.actual.origin == Origin.PUBLISHED
        return "", str(capfirst(Origin.PUBLISHED.label)) if published else ""
    return row.actual.status, str(Status(row.actual.status).label)


def _kind(row: Row) -> str:
    """Said where the number is not simply what happened in the year."""
    kind = row.indicator.kind
    return str(KIND_LABELS[kind]) if kind in (Kind.CUMULATIVE, Kind.AT_DATE) else ""
