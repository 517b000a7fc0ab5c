"""A valid record of every register, so that one test serves them all.

Each field of work has ``tests/<app>/sample.py`` with ``SAMPLES``; a register
without one fails ``test_every_register_has_a_sample``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from reference.models import ReportingYear
from reference.periods import open_year
from registers import actions
from registers.contract import Register
from registers.declarations import registers
from registers.years import year_of

PDF = b"%PDF-1.4 a scanned paper"


@dataclass(frozen=True)
class Pick:
    """A row chosen by typing: what is typed, and the name that is then chosen."""

    typed: str
    name: str
    model: type[Model]

    @property
    def pk(self) -> int:
        return next(row.pk for row in self.model._default_manager.all() if str(row) == self.name)


class Tick(str):
    """One box that is ticked out of several."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What is typed into the form of one register.

    ``form`` has a text for every field that is filled in ("on" for a ticked
    box, a ``Pick`` or a list of them where a row is chosen); ``changed`` is
    one field with another text. ``nth`` is for registers that refuse two
    records alike: what is typed into the n-th. ``word`` is found by the search box, and
    ``filtered`` is a query only this record passes, ``empty`` one it does not.
    """

    register: str
    form: dict[str, Any]
    changed: tuple[str, str]
    word: str
    filtered: str
    empty: str
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    needs: Callable[[], None] = lambda: None
    nth: Callable[[int], dict[str, Any]] = lambda number: {}

    @property
    def of(self) -> Register:
        return registers()[self.register]

    def data(self, agency: Agency, record: Any = None, **other: Any) -> dict[str, Any]:
        """What a browser sends; of a ``record`` its lines are the ones that are changed."""
        typed = {"agency": str(agency.pk), "data_class": "ordinary", **self.form, **other}
        sent = {name: _sent(value) for name, value in typed.items()}
        for lines in self.of.lines:
            rows = self.lines.get(lines.name, [])
            sent[f"{lines.name}-TOTAL_FORMS"] = str(len(rows))
            sent[f"{lines.name}-INITIAL_FORMS"] = "0"
            stored = list(getattr(record, lines.name).all()) if record is not None else []
            for place, line in enumerate(stored):
                sent[f"{lines.name}-{place}-line"] = str(line.pk)
            for place, row in enumerate(rows):
                for name, value in row.items():
                    sent[f"{lines.name}-{place}-{name}"] = _sent(value)
        return {name: value for name, value in sent.items() if value is not None}

    def record(self, agency: Agency, by: User, **other: Any) -> Any:
        """A stored record, made the way the form makes it."""
        data = QueryDict(mutable=True)
        for name, value in self.data(agency, **other).items():
            data.setlist(name, value if isinstance(value, list) else [value])
        register = self.of
        start = register.model(**register.initial, data_class=register.data_class)
        form = register.form(data, register=register, by=by, instance=start)
        assert form.is_valid(), (form.errors, [lines.errors for lines in form.line_sets])
        form.instance.data_class = other.get("data_class", "ordinary")
        return actions.save(register, form.instance, by=by, together=form.save_together)


def _sent(value: Any) -> Any:
    if isinstance(value, list):
        return [_sent(one) for one in value]
    return str(value.pk) if isinstance(value, Pick) else value


def samples() -> dict[str, Sample]:
    """The samples of all fields of work, by the code of the register."""
    found: dict[str, Sample] = {}
    for config in apps.get_app_configs():
        if find_spec("tests") and _has_sample(config.name):
            for sample in import_module(f"tests.{config.name}.sample").SAMPLES:
                found[sample.register] = sample
    return found


def _has_sample(app: str) -> bool:
    try:
        return find_spec(f"tests.{app}.sample") is not None
    except ModuleNotFoundError:
        return False


def address(sample: Sample, name: str, *arguments: Any) -> str:
    """A page of the sample's register."""
    return reverse(f"registers:{name}", args=[sample.of.slug, *arguments])


def close_year_of(sample: Sample, record: Any) -> int:
    """Close the year the record counts in, and say which it is."""
    year = year_of(record.day, sample.of.calendar)
    open_year(year)
    ReportingYear.objects.filter(year=year).update(locked_on=timezone.localdate())
    return year
