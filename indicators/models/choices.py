"""What a figure's columns may say."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    PLAN = "plan", _("plan")
    ACTUAL = "actual", _("actual")


class State(models.TextChoices):
    """Zero, missing and not applicable are different things."""

    VALUE = "value", _("value")
    ZERO = "zero", _("nil in the period")
    MISSING = "missing", _("no data yet")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class Status(models.TextChoices):
    """How certain an actual value is; empty where the source does not say."""

    UNSTATED = "", _("not stated by the source")
    ESTIMATE = "estimate", _("estimate")
    PRELIMINARY = "preliminary", _("preliminary")
    OFFICIAL = "official", _("official")
    REVISED = "revised", _("revised")


class PlanStage(models.TextChoices):
    """What kind of plan a planned value is."""

    UNSTATED = "", _("not stated by the source")
    ASSIGNED = "assigned", _("assigned at the start of the year")
    REVISED = "revised", _("adjusted")
    PROJECTED = "projected", _("projected")
    TARGET = "target", _("aimed at")


class Precision(models.TextChoices):
    """The source's own word beside the number; printed, never dropped."""

    EXACT = "", _("exact")
    OVER = "over", _("over")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    ABOUT_NEARLY = "about_nearly", _("about, nearly")


class Origin(models.TextChoices):
    TYPED = "typed", _("typed")
    PUBLISHED = "published", _("published")
    IMPORTED = "imported", _("imported")
    COMPUTED = "computed", _("computed")
    INFERRED = "inferred", _("inferred")


class YearPart(models.TextChoices):
    """Of eleven months, December and the year, the one the portal computed from the others."""

    NONE = "", _("none")
    YEAR = "year", _("year")
    ELEVEN_MONTHS = "eleven_months", _("eleven months")
    DECEMBER = "december_estimate", _("estimated December")
