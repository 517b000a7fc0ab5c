from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reference.gates import Gate
from registers.filters import PickerFilter, RecordFilter
from trade.choices import Commodity, Flow, Kind, Regime, Scope
from trade.findings import with_findings
from trade.models import Turnover

NONE = "-"  # in addresses an empty word means: not filtered


def _named(choices: Any) -> list[tuple[str, Any]]:
    return [(value or NONE, label) for value, label in choices]


class TurnoverFilter(RecordFilter):
    FIRST = ("q", "year", "scope", "kind")

    scope = django_filters.ChoiceFilter(
        label=_("Statistical scope"), choices=Scope.choices, empty_label=_("all scopes")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of period"), choices=Kind.choices, empty_label=_("all periods")
    )
    flow = django_filters.ChoiceFilter(
        label=_("Flow"), choices=Flow.choices, empty_label=_("both ways")
    )
    gate = PickerFilter(label=_("Border gate"), queryset=Gate.objects.all())
    regime = django_filters.ChoiceFilter(
        label=_("Customs regime"),
        choices=_named(Regime.choices),
        empty_label=_("any regime"),
        method="of_choice",
    )
    commodity = django_filters.ChoiceFilter(
        label=_("Group of goods"),
        choices=_named(Commodity.choices),
        empty_label=_("any goods"),
        method="of_choice",
    )
    is_local = django_filters.ChoiceFilter(
        label=_("Local goods"),
        choices=[("1", _("only local goods")), ("0", _("other goods"))],
        empty_label=_("any origin"),
        method="of_origin",
    )
    finding = django_filters.ChoiceFilter(
        label=_("To be checked"),
        choices=[("1", _("year to date against its months"))],
        empty_label=_("all rows"),
        method="of_findings",
    )

    class Meta:
        model = Turnover
        fields = ("scope", "kind", "flow", "gate", "regime", "commodity", "is_local")

    def of_choice(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{name: "" if value == NONE else value}) if value else rows

    def of_origin(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(is_local=value == "1") if value else rows

    def of_findings(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=with_findings().values("pk")) if value else rows
