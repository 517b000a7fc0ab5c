"""What an entry table is of: a period, a scope, and which goods."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trade.choices import Commodity, Flow, Kind, Regime, Scope
from trade.fields import MonthField
from trade.models import Turnover, days_of, period_name

# How far one table lies from the next.
_MONTHS = {Kind.MONTH: 1, Kind.TO_DATE: 1, Kind.PLAN: 12}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything of a row's key but its gate and flow."""

    kind: str
    month: dt.date
    scope: str
    regime: str
    commodity: str
    is_local: bool

    @property
    def flows(self) -> tuple[Flow, ...]:
        return (Flow.EXPORT,) if self.is_local else (Flow.EXPORT, Flow.IMPORT)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return days_of(self.kind, self.month)

    @property
    def name(self) -> str:
        return period_name(self.kind, self.month)

    @property
    def scope_name(self) -> str:
        return str(Scope(self.scope).label)

    @property
    def last_year(self) -> Sheet:
        return replace(self, month=self.month.replace(year=self.month.year - 1))

    def moved(self, by: int) -> Sheet:
        """The table before (-1) or after (1) this one."""
        months = self.month.year * 12 + self.month.month - 1 + by * _MONTHS[Kind(self.kind)]
        return replace(self, month=dt.date(months // 12, months % 12 + 1, 1))

    def rows(self) -> Any:
        return Turnover.objects.alive().filter(
            kind=self.kind,
            month=self.month,
            scope=self.scope,
            regime=self.regime,
            commodity=self.commodity,
            is_local=self.is_local,
        )

    def new_row(self, gate: Any, flow: str) -> Turnover:
        return Turnover(
            kind=self.kind,
            month=self.month,
            scope=self.scope,
            regime=self.regime,
            commodity=self.commodity,
            is_local=self.is_local,
            gate=gate,
            flow=flow,
        )

    def values(self) -> dict[str, str]:
        """What the address, and the form that is sent, say of it."""
        said = {
            "kind": self.kind,
            "month": f"{self.month:%m/%Y}",
            "scope": self.scope,
            "regime": self.regime,
            "commodity": self.commodity,
            "is_local": "1" if self.is_local else "",
        }
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        return f"{reverse('trade:table')}?{urlencode(self.values())}"


class SheetForm(forms.Form):
    """Chooses the table; it stands in the address, so a link leads to it."""

    kind = forms.ChoiceField(label=_("Kind of period"), choices=Kind.choices)
    month = MonthField(label=_("Month"))
    scope = forms.ChoiceField(label=_("Statistical scope"), choices=Scope.choices)
    regime = forms.ChoiceField(label=_("Customs regime"), choices=Regime.choices, required=False)
    commodity = forms.ChoiceField(
        label=_("Group of goods"), choices=Commodity.choices, required=False
    )
    is_local = forms.BooleanField(label=_("Local goods"), required=False)

    @property
    def sheet(self) -> Sheet:
        chosen = dict(self.cleaned_data)
        if chosen["kind"] == Kind.PLAN:
            chosen["month"] = chosen["month"].replace(month=12)
        return Sheet(**chosen)


def first_sheet() -> Sheet:
    """What opens without a word: the month that ended last, of the province's own report."""
    this_month = timezone.localdate().replace(day=1)
    return Sheet(
        kind=Kind.MONTH,
        month=(this_month - dt.timedelta(days=1)).replace(day=1),
        scope=Scope.REPORT,
        regime=Regime.TOGETHER,
        commodity=Commodity.TOGETHER,
        is_local=False,
    )
