"""What a row of turnover is of: period, flow, scope, customs regime, goods."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy


class Kind(models.TextChoices):
    """What a row covers; months add up, a year to date stands in where months are missing."""

    MONTH = "month", gettext_lazy("one month")
    TO_DATE = "to_date", gettext_lazy("from January to the month")
    PLAN = "plan", gettext_lazy("plan of the year")


class Flow(models.TextChoices):
    EXPORT = "export", gettext_lazy("exports")
    IMPORT = "import", gettext_lazy("imports")


class Scope(models.TextChoices):
    """Three ways of counting one year; they differ tenfold and are never added."""

    REPORT = "report", gettext_lazy("as in the province's own report")
    BRANCH = "branch", gettext_lazy("declared at the province's customs branch")
    GATES = "gates", gettext_lazy("all types of goods through the gates")


class Regime(models.TextChoices):
    TOGETHER = "", gettext_lazy("all regimes together")
    BUSINESS = "business", gettext_lazy("commercial trade")
    PROCESSING = "processing", gettext_lazy("processing and production for export")
    REEXPORT = "reexport", gettext_lazy("temporary import for re-export")
    REIMPORT = "reimport", gettext_lazy("temporary export for re-import")
    MERCHANTING = "merchanting", gettext_lazy("merchanting trade")
    TRANSIT = "transit", gettext_lazy("transit")
    BONDED = "bonded", gettext_lazy("bonded warehouse")
    RESIDENTS = "residents", gettext_lazy("trade of border residents")
    OTHER = "other", pgettext_lazy("customs regime", "other")


class Commodity(models.TextChoices):
    TOGETHER = "", gettext_lazy("all goods together")
    FRUIT = "fruit", gettext_lazy("fruit")
    FARM = "farm", gettext_lazy("farm produce")
    ANISE = "anise", gettext_lazy("star anise")
    JELLY = "jelly", gettext_lazy("black grass jelly")
    ROSIN = "rosin", gettext_lazy("rosin")
    WOOD = "wood", gettext_lazy("peeled veneer and wood")
    ORE = "ore", gettext_lazy("ores and minerals")
    ELECTRONICS = "electronics", gettext_lazy("electronic components")
    MACHINES = "machines", gettext_lazy("machines and equipment")
    VEHICLES = "vehicles", gettext_lazy("means of transport")
    CLOTH = "cloth", gettext_lazy("cloth and materials for garments")
    CRAFTS = "crafts", gettext_lazy("handicrafts")
    OTHER = "other", pgettext_lazy("group of goods", "other")
