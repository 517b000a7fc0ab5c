"""Reading records: what is alive, what somebody may see, which days are meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.base import ModelState

from accounts.models import User
from accounts.roles import Verb
from common.contracts import DataClass


def record_of(model: type[models.Model], held: Mapping[str, Any], *, db: str | None = None) -> Any:
    """A record that holds this, by its attributes; stored, where a database is told.

    As Django makes them, but without the signals and defaults of each field: for
    files of a hundred thousand rows. What a model's own ``__init__`` does is left out.
    """
    record = model.__new__(model)
    record._state = ModelState()
    if db is not None:
        record._state.adding, record._state.db = False, db
    record.__dict__.update(held)
    return record


class RecordQuerySet(models.QuerySet):
    """Every register's questions; each method names one idea and chains."""

    def plainly(self) -> Iterator[Any]:
        """The records with their own columns, made by ``record_of``.

        Who saved them and when is left out, and read where it is asked for.
        """
        model: Any = self.model
        fields = model._meta.concrete_fields
        names = [field.attname for field in fields if field.name not in model.KEPT_BY]
        for values in self.values_list(*names):
            yield record_of(self.model, dict(zip(names, values, strict=True)), db=self.db)

    def alive(self) -> Self:
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        return self.exclude(deleted_at=None)

    def reached_by(self, user: User, verb: Verb) -> Self:
        """The records this verb reaches: THE row scope of every register.

        A right is over agencies and a class of data, and each record carries
        both: its agency and its own label.
        """
        reach = {kind: user.reach(verb, kind) for kind in DataClass}
        if all(agencies is None for agencies in reach.values()):
            return self
        allowed = Q(pk__in=())
        for kind, agencies in reach.items():
            if agencies is None:
                allowed |= Q(data_class=kind)
            elif agencies:
                allowed |= Q(data_class=kind, agency_id__in=agencies)
        return self.filter(allowed)

    def visible_to(self, user: User) -> Self:
        return self.reached_by(user, Verb.READ)

    def editable_by(self, user: User) -> Self:
        return self.reached_by(user, Verb.ENTER)

    def exportable_by(self, user: User) -> Self:
        return self.visible_to(user).reached_by(user, Verb.EXPORT)

    def publishable(self) -> Self:
        """What may stand in a public table: a label that limits a record keeps it out."""
        return self.alive().filter(data_class=DataClass.ORDINARY)

    def in_days(self, first: dt.date, last: dt.date) -> Self:
        """The records that count between two days, both included."""
        day = self.model.DAY  # type: ignore[attr-defined]
        return self.filter(**{f"{day}__range": (first, last)})
