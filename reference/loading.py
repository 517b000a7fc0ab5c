"""Loads reference data from the shipped files without undoing what people changed.

Every row remembers the key of the file's row it came from and the values it was
loaded with. Loading again adds rows that are new, renews values that still are
as they were loaded, and leaves alone values somebody changed since. A row people
made before it was shipped is taken as that row, with their values. Rows are ended
by their last day, never deleted, so nothing comes back by surprise.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from common.text import nfc
from reference.entries import Entry
from reference.gates import Gate, GateStatus
from reference.partners import Country, Mechanism, Partner
from reference.places import Place, PlaceSuccession


@dataclass(frozen=True)
class File:
    """One file: its rows go into a model, where ``alike`` tells that two rows are one thing."""

    name: str
    model: Any
    alike: tuple[str, ...]


# The rows of a file may name rows of the files before it, and earlier rows of their own.
FILES = (
    File("countries.csv", Country, ("iso2",)),
    File("partners.csv", Partner, ("name",)),
    File("mechanisms.csv", Mechanism, ("name",)),
    File("places.csv", Place, ("name", "district_id", "valid_from")),
    File("place_successions.csv", PlaceSuccession, ("place_id", "predecessor_id")),
    File("gates.csv", Gate, ("code",)),
    File("gate_statuses.csv", GateStatus, ("gate_id", "valid_from")),
)


@dataclass
class Loaded:
    """What a loading did; ``kept`` counts values of people that differ from the files'."""

    added: int = 0
    renewed: int = 0
    kept: int = 0


@transaction.atomic
def load_reference(folder: Path) -> Loaded:
    """Load every file of the folder; safe to repeat."""
    done = Loaded()
    for file in FILES:
        with (folder / file.name).open(encoding="utf-8", newline="") as handle:
            _Loading(file, list(csv.DictReader(handle)), done).run()
    return done


class _Loading:
    """One file on its way into its model."""

    def __init__(self, file: File, lines: list[dict[str, str]], done: Loaded) -> None:
        self.model, self.alike, self.lines, self.done = file.model, file.alike, lines, done
        columns = [self.model._meta.get_field(name) for name in lines[0] if name != "key"]
        self.plain = [column for column in columns if not column.many_to_many]
        self.links = [column for column in columns if column.many_to_many]
        self.ids: dict[Any, dict[str, int]] = {}
        self.fresh: list[Any] = []
        self.rows: dict[str, Any] = {}  # by the key of the file's row
        self.strangers: dict[tuple[Any, ...], Any] = {}  # rows people made
        for row in self.model.objects.prefetch_related(*(column.name for column in self.links)):
            if row.loaded_key:
                self.rows[row.loaded_key] = row
            else:
                self.strangers[self.likeness(row)] = row

    def run(self) -> None:
        for line in self.lines:
            given = self.model(loaded_key=line["key"])
            for column in self.plain:
                self.fill(given, column, nfc(line[column.name]).strip())
            given.loaded = {column.name: self.text(given, column) for column in self.plain}
            row = self.rows.get(line["key"]) or self.strangers.get(self.likeness(given))
            if row is None:
                self.add(given)
            else:
                self.renew(row, given)
        self.flush()
        for column in self.links:
            for line in self.lines:
                self.link(self.rows[line["key"]], column, line[column.name])

    def likeness(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.alike)

    def fill(self, given: Any, column: Any, text: str) -> None:
        if column.null and not text:
            setattr(given, column.attname, None)
        elif not column.many_to_one:
            setattr(given, column.attname, column.to_python(text))
        elif column.related_model is self.model:
            if self.rows[text].pk is None:
                self.flush()
            setattr(given, column.name, self.rows[text])
        else:
            setattr(given, column.attname, self.id_of(column.related_model, text))

    def id_of(self, model: Any, key: str) -> int:
        """The id of the row of another file with this key."""
        if model not in self.ids:
            named = model.objects.exclude(loaded_key=None)
            self.ids[model] = dict(named.values_list("loaded_key", "pk"))
        return self.ids[model][key]

    @staticmethod
    def text(row: Any, column: Any) -> str:
        """A value as it is remembered and compared."""
        return str(column.value_to_string(row))

    def add(self, given: Any) -> None:
        if isinstance(given, Entry):
            given.set_keys()
        self.fresh.append(given)
        self.rows[given.loaded_key] = given
        self.done.added += 1

    def flush(self) -> None:
        self.model.objects.bulk_create(self.fresh)
        self.fresh = []

    def renew(self, row: Any, given: Any) -> None:
        """Take over what the file says, except where somebody said otherwise."""
        untouched = self.model()
        self.rows[given.loaded_key] = row
        changed = False
        for name, text in given.loaded.items():
            column = self.model._meta.get_field(name)
            now = self.text(row, column)
            if now == text:
                continue
            if now != row.loaded.get(name, self.text(untouched, column)):
                self.done.kept += 1
                continue
            setattr(row, column.attname, getattr(given, column.attname))
            changed = True
        remembered = row.loaded | given.loaded
        if changed or row.loaded != remembered or row.loaded_key != given.loaded_key:
            row.loaded, row.loaded_key = remembered, given.loaded_key
            row.save()
        self.done.renewed += changed

    def link(self, row: Any, column: Any, text: str) -> None:
        """The rows of another file it stands in relation to, with semicolons between."""
        keys = filter(None, map(str.strip, text.split(";")))
        wanted = sorted(self.id_of(column.related_model, key) for key in keys)
        now = sorted(other.pk for other in getattr(row, column.name).all())
        loaded = row.loaded.get(column.name, [])
        if now not in (wanted, loaded):
            self.done.kept += 1
        elif loaded != wanted:
            getattr(row, column.name).set(wanted)
            row.loaded[column.name] = wanted
            row.save(update_fields=["loaded"])
