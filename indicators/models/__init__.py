"""Figures: what was entered, in every version; facts; and where figures are used."""

from indicators.models.choices import Origin, PlanStage, Precision, Side, State, Status, YearPart
from indicators.models.figures import Assignment, Fact, Figure, FigureQuerySet, FigureUse
from indicators.models.remarks import Explanation, Remark, RemarkQuerySet

__all__ = [
    "Assignment",
    "Explanation",
    "Fact",
    "Figure",
    "FigureQuerySet",
    "FigureUse",
    "Origin",
    "PlanStage",
    "Precision",
    "Remark",
    "RemarkQuerySet",
    "Side",
    "State",
    "Status",
    "YearPart",
]
