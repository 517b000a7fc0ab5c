"""A register nobody needs: it shows what a sixth one takes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from common.text import NormalCharField
from history.tracking import tracked
from reference.partners import Country
from registers.models import NO_HISTORY, Line, Record


@tracked(exclude=NO_HISTORY)
class Visit(Record):
    DAY = "began_on"

    title = NormalCharField("title", max_length=200)
    began_on = models.DateField("first day")
    ended_on = models.DateField("last day", null=True, blank=True)
    persons = models.PositiveIntegerField("persons", default=0)
    cost = models.DecimalField("cost", max_digits=14, decimal_places=2, null=True, blank=True)
    countries = models.ManyToManyField(Country, verbose_name="countries", blank=True)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=("began_on", "id"), condition=Q(deleted_at=None), name="visit_day"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.began_on and self.ended_on and self.ended_on < self.began_on:
            raise ValidationError({"ended_on": "The last day is before the first day."})


@tracked()
class VisitCountry(Visit.countries.through):
    class Meta:
        proxy = True


@tracked()
class Host(Line):
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="hosts")
    name = NormalCharField("name", max_length=100)
    persons = models.PositiveIntegerField("persons", default=1)

    def __str__(self) -> str:
        return self.name
