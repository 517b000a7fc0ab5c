"""Which records a computed number counts; found by indicators by its name."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from common.contracts import Kind
from indicators.basis import Basis, Places
from indicators.computed import Span, Statement, computation_of
from indicators.declarations import indicators
from registers.contract import Register
from registers.declarations import by_slug, registers
from registers.models import Record


def samples(spans: list[Span], codes: Collection[str]) -> Places:
    """One query for each register, over its sample records alone."""
    found: Places = set()
    for register, fed in _by_register(codes):
        for code, days in _sample_days(register, fed).items():
            lives_on = _lives_on(register, code)
            found |= {(code, span.key) for span in spans if _meets(days, span, lives_on)}
    return found


def _by_register(codes: Iterable[str]) -> Iterator[tuple[Register, list[str]]]:
    known, fed = computation_of(), dict[str, list[str]]()
    for code in codes:
        if code in known:
            fed.setdefault(known[code].register, []).append(code)
    for slug, found in fed.items():
        register = by_slug(slug)
        if register is not None:
            yield register, found


def _sample_days(register: Register, codes: list[str]) -> dict[str, list[dt.date]]:
    """The days of the samples that count in each indicator, in order."""
    names = {f"n{place}": code for place, code in enumerate(codes)}
    counts = {
        name: Count("pk", filter=register.feeds[code]) if register.feeds.get(code) else Count("pk")
        for name, code in names.items()
    }
    rows: Any = register.model._default_manager.filter(register.where, is_demo=True)
    told = rows.alive().exclude(**{register.day: None}).order_by(register.day)
    listed = list(told.values(register.day).annotate(**counts).values_list(register.day, *names))
    return {
        code: [day for day, *numbers in listed if numbers[place]]
        for place, code in enumerate(names.values())
    }


def codes_counting(register: Register, pk: int) -> list[str]:
    """The indicators that count a record: those of every record, and those whose condition it
    meets. Put into SQL once: putting it together takes longer than running it."""
    asked = [code for code, condition in register.feeds.items() if condition]
    met = dict.fromkeys(asked, 0)
    if asked:
        inner, parameters = _counts_by_record(register.code)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({inner}) AS r WHERE r.key = %s", [*parameters, pk])
            for _key, *numbers in cursor.fetchall():  # none where it went meanwhile
                met = dict(zip(asked, numbers, strict=True))
    return [code for code in register.feeds if met.get(code, 1)]


@cache
def _counts_by_record(code: str) -> Statement:
    register = registers()[code]
    counts = {
        f"n{place}": Count("pk", filter=condition)
        for place, condition in enumerate(filter(None, register.feeds.values()))
    }
    rows: Any = register.model._default_manager.order_by().values(key=F("pk"))
    return rows.annotate(**counts).query.sql_with_params()


def _lives_on(register: Register, code: str) -> bool:
    """Whether a record counts on after its day: a stock, or money of later years."""
    is_stock = indicators()[code].kind is Kind.AT_DATE
    return is_stock or register.model.counted_days is not Record.counted_days


def _meets(days: list[dt.date], span: Span, lives_on: bool) -> bool:
    until = bisect_right(days, span.last)
    return until > (0 if lives_on else bisect_left(days, span.first))


def rows(code: str, year: int, span: Span, viewer: User) -> tuple[Register, Any] | None:
    """The records of one sum, as the list it links to filters them; all, also hidden ones."""
    computation = computation_of().get(code)
    register = by_slug(computation.register) if computation else None
    if computation is None or register is None:
        return None
    query = QueryDict(computation.queries.get(code, ""), mutable=True)
    query["year"] = str(year)
    all_rows: Any = register.model._default_manager.filter(register.where)
    chosen = register.filters(query, queryset=all_rows, register=register, user=viewer)
    found = chosen.qs.filter(register.feeds.get(code, Q()))
    if not _lives_on(register, code):
        found = found.filter(**{f"{register.day}__range": (span.first, span.last)})
    return register, register.model._default_manager.filter(pk__in=found.values("pk"))


def basis(code: str, year: int, span: Span, viewer: User) -> Basis | None:
    """What a sum stands on, for its panel."""
    found = rows(code, year, span, viewer)
    if found is None:
        return None
    register, counted = found
    told = counted.aggregate(all=Count("pk"), samples=Count("pk", filter=Q(is_demo=True)))
    latest = counted.select_related("changed_by").order_by("-changed_at", "-pk").first()
    query = f"?year={year}&{computation_of()[code].queries.get(code, '')}".rstrip("&")
    return Basis(
        register=register.label,
        url=reverse("registers:list", args=[register.slug]) + query,
        records=told["all"],
        samples=told["samples"],
        hidden=told["all"] - counted.visible_to(viewer).count(),
        changed_by=latest.changed_by if latest else None,
        changed_at=latest.changed_at if latest else None,
    )
