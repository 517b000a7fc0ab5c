"""Sample data of every register: written at once, said to be invented, removed at once.

A field of work has ``<app>/demo.py`` with ``write(demo)``. What it adds is marked
``is_demo`` for good, and that mark alone decides what is removed again.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from pghistory.models import Context

from accounts.models import Agency
from common.text import nfc
from reference.gates import Gate
from reference.partners import Country, Mechanism, Partner
from reference.periods import PeriodRefusal, days
from reference.places import Place
from registers.contract import Register
from registers.declarations import registers
from registers.models import Attachment, Record, RecordUse
from registers.years import refuse_closed

# The columns a row of reference data is called by, the surest first.
_CALLED = ("code", "iso2", "loaded_key", "name", "full_name", "short_name")


class DemoRefusal(Exception):
    """Sample data cannot be written or removed; the message says why."""


@dataclass(frozen=True)
class Done:
    """What happened to one kind of record: written, removed, or there before."""

    label: str
    records: int
    was_there: bool = False


class Writer:
    """What ``write`` of a field of work gets; stores everything when it is done.

    ``random`` is seeded by the field's name: the same records every time, and
    no field's depend on another's.
    """

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self._added: list[tuple[Record, Sequence[models.Model], dict[str, Any]]] = []
        self._known: dict[Any, dict[str, list[Any]]] = {}

    def add(self, record: Any, lines: Iterable[models.Model] = (), **many: Iterable[Any]) -> None:
        """A record with its lines (of all kinds) and its many-to-many rows by field name."""
        record.is_demo = True
        plain = [field.name for field in record._meta.concrete_fields if field.is_relation]
        record.clean_fields(exclude=[*plain, "search_text"])
        record.clean()
        self._added.append(
            (record, tuple(lines), {name: list(rows) for name, rows in many.items()})
        )

    # --- reference data, by code or name ------------------------------------------------

    def agency(self, name: str) -> Agency:
        return self._named(Agency, name)

    def country(self, name: str) -> Country:
        return self._named(Country, name)

    def gate(self, name: str) -> Gate:
        return self._named(Gate, name)

    def place(self, name: str, on: dt.date | None = None) -> Place:
        """A commune or district; ``on`` tells successive units of one name apart."""
        return self._named(Place, name, on)

    def partner(self, name: str) -> Partner:
        return self._named(Partner, name)

    def mechanism(self, name: str) -> Mechanism:
        return self._named(Mechanism, name)

    def _named(self, model: Any, name: str, on: dt.date | None = None) -> Any:
        found = self._names(model).get(_called(name), [])
        if on is not None:
            found = [row for row in found if row.existed_on(on)]
        if len(found) != 1:
            many = "several" if found else "no"
            raise DemoRefusal(
                f"{many} {model._meta.model_name} called {name!r}: "
                "load the reference data first, or name it by its code."
            )
        return found[0]

    def _names(self, model: Any) -> dict[str, list[Any]]:
        if model not in self._known:
            named: dict[str, list[Any]] = {}
            for row in model.objects.all():
                words = {getattr(row, column, None) for column in _CALLED}
                for word in {_called(word) for word in words if word}:
                    named.setdefault(word, []).append(row)
            self._known[model] = named
        return self._known[model]

    # --- invented, but adding up --------------------------------------------------------

    def day(self, year: int, first_month: int = 1, last_month: int = 12) -> dt.date:
        """Some day of the administrative year (or of months of it) that is a calendar day, too.

        It lies in the same year by both ways of counting: between 1 January and 14 December.
        """
        first = dt.date(year, first_month, 1)
        last = days("month", year, year, last_month, "administrative")[1]
        return first + dt.timedelta(days=self.random.randint(0, (last - first).days))

    def split(self, total: int, parts: int, least: int = 1) -> list[int]:
        """``parts`` whole numbers of at least ``least`` that add up to ``total``."""
        free = total - least * parts
        if free < 0:
            raise ValueError(f"{total} is too little for {parts} parts of at least {least}")
        cuts = sorted(self.random.randint(0, free) for _cut in range(parts - 1))
        edges = [0, *cuts, free]
        return [least + after - before for before, after in zip(edges, edges[1:], strict=False)]

    # --- storing ------------------------------------------------------------------------

    def store(self) -> None:
        """Everything that was added, in a few statements for each table."""
        for model, records in _by_model(record for record, _lines, _many in self._added).items():
            for record in records:
                record.set_keys()
            model._default_manager.bulk_create(records, batch_size=500)
        self._store_lines()
        self._store_many()
        for model, records in _by_model(record for record, _lines, _many in self._added).items():
            for record in records:  # what is searched may lie in the lines
                record.set_keys()
            model._default_manager.bulk_update(records, ["search_text"], batch_size=500)

    def _store_lines(self) -> None:
        rows: list[models.Model] = []
        for record, lines, _many in self._added:
            for line in lines:
                setattr(line, _owner(type(line), type(record)), record)
                rows.append(line)
        for model, lines in _by_model(rows).items():
            model._default_manager.bulk_create(lines, batch_size=500)

    def _store_many(self) -> None:
        rows: list[models.Model] = []
        for record, _lines, many in self._added:
            for name, others in many.items():
                field: Any = record._meta.get_field(name)
                ends = (field.m2m_field_name(), field.m2m_reverse_field_name())
                through = field.remote_field.through
                rows += [
                    through(**dict(zip(ends, (record, other), strict=True))) for other in others
                ]
        for model, links in _by_model(rows).items():
            model._default_manager.bulk_create(links, batch_size=500)


def _called(name: Any) -> str:
    """Names are told apart by their accents: Tân Thanh is not Tân Thành."""
    return nfc(str(name)).casefold()


def _by_model(rows: Iterable[Any]) -> dict[type[models.Model], list[Any]]:
    found: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


@cache
def _owner(line: type[models.Model], record: type[models.Model]) -> str:
    """The foreign key of a line to its record."""
    fields: Any = line._meta.concrete_fields
    return next(field.name for field in fields if field.related_model is record)


# --- the two commands -------------------------------------------------------------------


def record_models(app: str = "") -> list[type[Record]]:
    """The models registers keep their records in, of one field of work or of all."""
    found = dict.fromkeys(register.model for register in registers().values())
    return [model for model in found if app in ("", model._meta.app_label)]


def _writers() -> Iterator[tuple[Any, Any]]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.demo"):
            module = import_module(f"{config.name}.demo")
            if hasattr(module, "write"):
                yield config, module.write


def were_removed() -> bool:
    """Whether somebody removed the samples, and did not bring them back since."""
    latest = Context.objects.filter(metadata__command__in=("load_demo", "remove_demo"))
    found = latest.order_by("-created_at").first()
    return found is not None and found.metadata["command"] == "remove_demo"


@transaction.atomic
def load() -> list[Done]:
    """Write the sample records of every field of work that has none yet."""
    if not settings.DEMO_ACCOUNTS_ALLOWED:
        raise DemoRefusal("Sample data are not for a real installation.")
    done: list[Done] = []
    for config, write in _writers():
        kinds = record_models(config.label)
        was_there = any(_demo(model).exists() for model in kinds)
        if not was_there:
            demo = Writer(config.label)
            write(demo)
            with pghistory.context(command="load_demo"):
                demo.store()
            for model in kinds:
                _refuse_closed(model)
        done += [
            Done(str(model._meta.verbose_name_plural), _demo(model).count(), was_there)
            for model in kinds
        ]
    return done


@transaction.atomic
def remove() -> list[Done]:
    """Remove the sample records with lines and attachments; their history stays."""
    done: list[Done] = []
    for model in record_models():
        _refuse_closed(model)
        count = _demo(model).count()
        with pghistory.context(command="remove_demo"):
            for register in _registers_of(model):
                _remove_beside(register)
            try:
                _demo(model).delete()
            except ProtectedError as problem:
                raise DemoRefusal(
                    f"{model._meta.verbose_name_plural}: something that is no sample points "
                    f"at a sample record ({next(iter(problem.protected_objects))})."
                ) from problem
        done.append(Done(str(model._meta.verbose_name_plural), count))
    return done


def _remove_beside(register: Register) -> None:
    """What stands beside records without a key to them: uses in reports, attachments."""
    ours = Q(register=register.code, record_id__in=_demo(register.model).values("pk"))
    frozen = RecordUse.objects.filter(ours, is_frozen=True)
    if frozen.exists():
        reports = ", ".join(sorted(set(frozen.values_list("label", flat=True))))
        raise DemoRefusal(f"Sample records stand in what was issued: {reports}")
    RecordUse.objects.filter(ours).delete()
    kept = Attachment.objects.filter(ours)
    for attachment in kept.filter(source=None):
        transaction.on_commit(partial(attachment.file.storage.delete, str(attachment.file.name)))
    kept.delete()


def _refuse_closed(model: type[Record]) -> None:
    """A closed year keeps what it was closed with, samples as well."""
    rows = _demo(model)
    for register in _registers_of(model)[:1]:
        try:
            refuse_closed(rows.values_list(model.DAY, flat=True).distinct(), register.calendar)
        except PeriodRefusal as problem:
            raise DemoRefusal(str(problem)) from problem


def _registers_of(model: type[Record]) -> list[Register]:
    return [register for register in registers().values() if register.model is model]


def _demo(model: type[Record]) -> models.QuerySet[Any]:
    return model._default_manager.filter(is_demo=True).order_by("pk")
