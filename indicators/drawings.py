"""The charts the portal knows: which indicators, drawn how, told as what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import pgettext_lazy

from common.contracts import Label


@dataclass(frozen=True)
class Drawn:
    """One indicator in a chart, by the short name it has there."""

    code: str
    name: Label
    colour: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A declared chart; its indicators share a unit, that of the first.

    ``tells`` is what its sentence is about: how things moved ("change"), or
    how many there were ("value").
    """

    title: Label
    drawn: tuple[Drawn, ...]
    kind: Literal["lines", "bars"]
    tells: Literal["change", "value"]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.drawn)


CHARTS: dict[str, Drawing] = {
    "trade_by_year": Drawing(
        title=pgettext_lazy("chart", "Import and export turnover over the years"),
        drawn=(
            Drawn("TRADE.TOTAL", pgettext_lazy("chart", "total turnover"), "chart-deep"),
            Drawn("TRADE.EXPORT", pgettext_lazy("chart", "exports"), "chart-teal"),
            Drawn("TRADE.IMPORT", pgettext_lazy("chart", "imports"), "chart-gold"),
        ),
        kind="lines",
        tells="change",
    ),
    "delegations_by_year": Drawing(
        title=pgettext_lazy("chart", "Delegations out and in"),
        drawn=(
            Drawn("DELEG.OUT.COUNT", pgettext_lazy("chart", "delegations out"), "chart-teal"),
            Drawn("DELEG.IN.COUNT", pgettext_lazy("chart", "delegations in"), "chart-gold"),
        ),
        kind="bars",
        tells="value",
    ),
    "agreements_by_year": Drawing(
        title=pgettext_lazy("chart", "International agreements signed"),
        drawn=(
            Drawn("AGREE.PROVINCE", pgettext_lazy("chart", "provincial agreements"), "chart-teal"),
            Drawn(
                "AGREE.DEPARTMENT",
                pgettext_lazy("chart", "agreements of departments"),
                "chart-gold",
            ),
        ),
        kind="bars",
        tells="value",
    ),
    "projects_by_year": Drawing(
        title=pgettext_lazy("chart", "Projects with foreign capital under way"),
        drawn=(
            Drawn("FDI.PROJECT_ACTIVE", pgettext_lazy("chart", "FDI"), "chart-teal"),
            Drawn("ODA.PROJECT_ACTIVE", pgettext_lazy("chart", "ODA"), "chart-gold"),
            Drawn("NGO.PROJECT_ACTIVE", pgettext_lazy("chart", "foreign NGO aid"), "chart-deep"),
        ),
        kind="bars",
        tells="value",
    ),
    "border_by_year": Drawing(
        title=pgettext_lazy("chart", "Violations of the border regime agreement"),
        drawn=(
            Drawn(
                "BORDER.VIOLATION",
                pgettext_lazy("chart", "breaches of the border regime"),
                "chart-lacquer",
            ),
        ),
        kind="bars",
        tells="value",
    ),
}
