"""What leaders see first: codes as data, so that no field of work is imported.

A code no field declares any more is skipped; a test says so when it happens.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One card: an indicator, its icon, what is said beside it, and whether it leads the page."""

    code: str
    icon: str
    beside: tuple[str, ...] = ()
    leads: bool = False


KEY_FIGURES: tuple[Key, ...] = (
    Key("TRADE.TOTAL", "fa-right-left", leads=True),
    Key("TRADE.EXPORT", "fa-truck-arrow-right"),
    Key("TRADE.IMPORT", "fa-dolly"),
    Key("TRADE.LOCAL_EXPORT", "fa-wheat-awn"),
    Key(
        "DELEG.OUT.COUNT",
        "fa-plane-departure",
        beside=("DELEG.OUT.PERSONS", "DELEG.OUT.COUNTRIES"),
    ),
    Key("DELEG.IN.COUNT", "fa-plane-arrival", beside=("DELEG.IN.PERSONS", "DELEG.IN.COUNTRIES")),
    Key("AGREE.PROVINCE", "fa-file-signature", beside=("AGREE.DEPARTMENT",)),
    Key("BORDER.VIOLATION", "fa-mountain", beside=("BORDER.VIOLATION_CN", "BORDER.VIOLATION_VN")),
    Key("FDI.PROJECT_ACTIVE", "fa-industry"),
    Key("FDI.CAPITAL_REGISTERED", "fa-coins"),
    Key("ODA.CAPITAL_TOTAL", "fa-road", beside=("ODA.PROJECT_ACTIVE",)),
    Key("NGO.VALUE_NEW", "fa-hand-holding-heart", beside=("NGO.NONPROJECT_VALUE",)),
)

# Where the province stands; shown below, in the years that have such figures.
CONTEXT_FIGURES: tuple[Key, ...] = (
    Key("ECON.GRDP_GROWTH", "fa-arrow-trend-up"),
    Key("ECON.GRDP_PC", "fa-user"),
    Key("ECON.BUDGET_REVENUE", "fa-landmark"),
    Key("SOC.POVERTY_RATE", "fa-house-chimney"),
    Key("GOV.PCI_RANK", "fa-ranking-star"),
)

CHARTS: tuple[str, ...] = (
    "trade_by_year",
    "delegations_by_year",
    "border_by_year",
    "projects_by_year",
    "agreements_by_year",
)
