"""The register of turnover (annex VI), entered row by row or as a table of gates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, IntegerField, Max, Min, Sum, When
from django.db.models.functions import Cast, Collate
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from registers.contract import Column, Link, Register, Section
from registers.showing import agency_name, shown
from trade.choices import Flow, Kind, Scope
from trade.figures import FEEDS
from trade.filters import TurnoverFilter
from trade.findings import attention, beside_months
from trade.forms import TurnoverForm
from trade.gates import said_of
from trade.models import GOODS, Turnover
from trade.side_by_side import SPREAD, table_of


def total(name: str) -> Any:
    """A sum where all rows are of one scope, kind of period and origin: others do not add up."""
    marks = (Collate("scope", "C"), Collate("kind", "C"), Cast("is_local", IntegerField()))
    scope, kind, origin = (Exact(Min(mark), Max(mark)) for mark in marks)
    return Case(When(scope & kind & origin, then=Sum(name)))


# The full names would make every row of the list three lines high.
SHORT = {
    Scope.REPORT: pgettext_lazy("scope, in short", "the province's report"),
    Scope.BRANCH: pgettext_lazy("scope, in short", "customs branch"),
    Scope.GATES: pgettext_lazy("scope, in short", "all types, all gates"),
}


def scope_in_short(row: Turnover) -> str:
    return str(SHORT[Scope(row.scope)])


def split_by(name: str) -> Callable[[Turnover], str]:
    """The choice in words; nothing where the row is not split by it."""

    def said(row: Turnover) -> str:
        return shown(row, name) if getattr(row, name) else ""

    return said


def gate_then(row: Turnover) -> str:
    return said_of(row.gate, *row.days)


REGISTERS = (
    Register(
        code="trade",
        slug="kim-ngach",
        label=pgettext_lazy("register", "Import-export turnover"),
        description=_("Turnover by gate, flow and month, in three statistical scopes"),
        icon="fa-truck-ramp-box",
        order=10,
        model=Turnover,
        initial={"kind": Kind.MONTH.value},
        form=TurnoverForm,
        filters=TurnoverFilter,
        default_sort="-month",
        columns=(
            Column(name="month", label=_("Period"), value=lambda row: row.period, sort="month"),
            Column(name="gate", label=_("Border gate"), sort="gate"),
            Column(name="gate_class", label=_("Class of gate"), value=gate_then, on_screen=False),
            Column(name="flow", label=_("Flow"), sort="flow"),
            Column(name="regime", label=_("Customs regime"), value=split_by("regime")),
            Column(name="commodity", label=_("Group of goods"), value=split_by("commodity")),
            Column(name="scope", label=_("Statistical scope"), value=scope_in_short),
            Column(name="is_local", label=_("Local goods"), value=lambda row: row.is_local or ""),
            Column(
                name="value",
                label=_("Value (USD)"),
                sort="value",
                total=total("value"),
                is_number=True,
            ),
            Column(
                name="vehicles",
                label=_("Vehicles, wagons"),
                total=total("vehicles"),
                is_number=True,
            ),
            Column(name="agency", label=_("Agency"), value=agency_name, on_screen=False),
            Column(name="note", label=_("Note"), on_screen=False),
        ),
        sections=(
            Section(
                label=_("Period and gate"),
                fields=(("kind", "month"), ("gate", "flow")),
                derived=(
                    Column(name="gate_class", label=_("Class of gate then"), value=gate_then),
                    Column(name="months", label=_("Beside its months"), value=beside_months),
                ),
            ),
            Section(
                label=_("What is counted"),
                fields=("scope", ("regime", "commodity"), "is_local"),
                help=_("The three scopes differ many times over; they are never added together."),
            ),
            Section(label=_("Turnover"), fields=(("value", "vehicles"),)),
            Section(label=_("Keeping the record"), fields=("agency", "note")),
        ),
        feeds=FEEDS,
        attention=attention,
        links=(
            Link(
                label=_("Entry table by gate"),
                url_name="trade:table",
                icon="fa-table-cells",
                verb=Verb.ENTER,
            ),
        ),
        related=("gate", "agency"),
        prefetch=("gate__statuses__parent",),
        natural_key=(*GOODS, "kind", "month"),
        units={"value": "usd"},
        side_by_side=SPREAD,
        elsewhere=table_of,
        headings={
            "value": ("Trị giá", "Kim ngạch", "Giá trị kim ngạch"),
            "gate": ("Tên cửa khẩu", "Các cửa khẩu", "Cửa khẩu, lối mở", "Cửa khẩu, cặp chợ"),
        },
        words={
            "scope": {scope.value: (short,) for scope, short in SHORT.items()},
            "flow": {
                Flow.EXPORT.value: ("XK", "Xuất", "Hàng xuất"),
                Flow.IMPORT.value: ("NK", "Nhập", "Hàng nhập"),
            },
            "kind": {
                Kind.MONTH.value: ("tháng",),
                Kind.TO_DATE.value: ("lũy kế", "cộng dồn"),
                Kind.PLAN.value: ("kế hoạch", "KH", "KH năm"),
            },
        },
    ),
)
