"""Units of measure: their names and how one is expressed in another.

A figure is stored in the unit its indicator declares; what the source wrote
("4 tỷ USD") is kept beside it. Only units of the same family convert, and
only by a power of ten: currencies are never exchanged here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Unit:
    """One unit of measure.

    ``family`` groups units that convert into each other; ``factor`` is the
    size in the family's smallest unit. ``counted`` marks whole things
    (delegations, incidents), which official prose writes with two digits
    below ten ("05 đoàn") and whose change is told in units.
    """

    code: str
    label: str | Promise
    family: str
    factor: Decimal = Decimal(1)
    counted: bool = False


def _counted(code: str, label: str | Promise) -> Unit:
    return Unit(code, label, family=code, counted=True)


def _plain(code: str, label: str | Promise) -> Unit:
    return Unit(code, label, family=code)


UNITS: dict[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit("usd", _("USD"), "usd"),
        Unit("thousand_usd", _("thousand USD"), "usd", Decimal(10) ** 3),
        Unit("million_usd", _("million USD"), "usd", Decimal(10) ** 6),
        Unit("billion_usd", _("billion USD"), "usd", Decimal(10) ** 9),
        Unit("billion_usd_a_year", _("billion USD/year"), "usd_a_year", Decimal(10) ** 9),
        Unit("vnd", _("VND"), "vnd"),
        Unit("million_vnd", _("million VND"), "vnd", Decimal(10) ** 6),
        Unit("billion_vnd", _("billion VND"), "vnd", Decimal(10) ** 9),
        Unit("percent", _("%"), "percent"),
        Unit("percent_a_year", _("%/year"), "percent_a_year"),
        Unit("percentage_points", _("percentage points"), "percentage_points"),
        Unit("points_a_year", _("percentage points/year"), "points_a_year"),
        Unit("rank", pgettext_lazy("unit", "rank"), "rank"),
        _counted("delegation", pgettext_lazy("unit", "delegations")),
        _counted("person_visit", pgettext_lazy("unit", "person-visits")),
        _counted("person", pgettext_lazy("unit", "people")),
        _counted("country", pgettext_lazy("unit", "countries and territories")),
        _counted("agreement", pgettext_lazy("unit", "agreements")),
        _counted("project", pgettext_lazy("unit", "projects")),
        _counted("aid_item", pgettext_lazy("unit", "aid items")),
        _counted("incident", pgettext_lazy("unit", "incidents")),
        _counted("book", pgettext_lazy("unit", "books")),
        _counted("language", pgettext_lazy("unit", "languages")),
        _counted("issue", pgettext_lazy("unit", "issues")),
        _counted("work", pgettext_lazy("unit", "works")),
        _counted("province", pgettext_lazy("unit", "provinces and cities")),
        _counted("model", pgettext_lazy("unit", "models")),
        _counted("commune", pgettext_lazy("unit", "communes")),
        _counted("district", pgettext_lazy("unit", "districts")),
        _counted("product", pgettext_lazy("unit", "products")),
        _counted("value_chain", pgettext_lazy("unit", "value chains")),
        _counted("school", pgettext_lazy("unit", "schools")),
        _counted("zone", pgettext_lazy("unit", "zones")),
        _counted("cluster", pgettext_lazy("unit", "clusters")),
        _counted("gate", pgettext_lazy("unit", "border gates")),
        _counted("enterprise", pgettext_lazy("unit", "enterprises")),
        _counted("year", pgettext_lazy("unit", "years")),
        _plain("session", pgettext_lazy("unit", "session number")),
        _plain("calendar_year", pgettext_lazy("unit", "year")),
        _plain("kilometre", _("km")),
        _plain("hectare", _("ha")),
        Unit("tonne_a_year", _("tonnes/year"), "tonne_a_year"),
        Unit("doctor_rate", _("doctors per 10,000 people"), "doctor_rate"),
        Unit("bed_rate", _("beds per 10,000 people"), "bed_rate"),
    )
}


class UnitMismatch(ValueError):
    """Two units that measure different things were mixed."""


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """``value`` of ``unit`` expressed in ``to``; raises UnitMismatch."""
    source, target = UNITS[unit], UNITS[to]
    if source.family != target.family:
        raise UnitMismatch(f"{unit} is not {to}")
    return value * source.factor / target.factor


def alternatives(unit: str) -> Iterable[Unit]:
    """The units a value of ``unit`` may be shown in, itself included."""
    family = UNITS[unit].family
    return (candidate for candidate in UNITS.values() if candidate.family == family)
