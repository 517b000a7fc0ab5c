"""Rows of a sheet against the figures of a year: what is new, changed, or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Verb
from common.contracts import Indicator
from documents.models import SourceDocument
from imports.contract import Checked, Outcome, Parsed
from indicators import year_table
from indicators.actions import Content, Refused, content_of
from indicators.declarations import indicators
from indicators.entry import hinting
from indicators.imported import columns, comparing, contents
from indicators.imported.contents import TO_BE_MADE, Carried
from indicators.imported.names import without_marks
from indicators.imported.placing import Place, Placing
from indicators.imported.rows import (
    Documents,
    IndicatorRow,
    fault,
    place_of,
)
from indicators.imported.standing import Standing
from indicators.imported.units import FileUnits
from indicators.models import Origin, Side
from indicators.models.figures import page_words
from indicators.spans import WHOLE_YEAR, Span


def readable(by: User) -> dict[str, Indicator]:
    """The rows of a year this person may know of."""
    return {
        code: row
        for code, row in indicators().items()
        if row.yearly and by.may(Verb.READ, data_class=row.data_class)
    }


class Checker:
    """Everything a check needs, read once; then asked row by row."""

    def __init__(
        self,
        year: int,
        by: User,
        *,
        file_units: FileUnits | None = None,
        origin: str = Origin.IMPORTED,
        carried: Carried | None = None,
        answers: Mapping[str, str] | None = None,
        span: Span = WHOLE_YEAR,
    ) -> None:
        """``carried``: source and place of every new number whose row names none; ``answers``:
        what was said of rows whose name is not enough."""
        self.year, self._origin = year, origin
        self._carried = carried or Carried()
        self._file_units = file_units or FileUnits()
        self._rows = readable(by)
        self._placing = Placing(self._rows, answers)
        self._standing = Standing(year, by, span=span)
        self._table = year_table.build(
            hinting.years_for(year), by, months=span.months, kind=span.kind
        )
        self._documents = Documents()
        self._met: dict[str, int] = {}
        self._good: list[tuple[IndicatorRow, Checked]] = []  # rows whose numbers can stand

    def check_all(self, rows: Iterable[Parsed]) -> list[Checked]:
        """Of all rows; what looks odd about a number is told once the others stand beside it."""
        found = [self.check(row) for row in rows]
        for row, result in self._good:
            self._remark(row, result)
        return found

    def check(self, parsed: Parsed) -> Checked:
        place = self._placing.place(parsed)
        if not place.code:
            return self._unplaced(parsed, place)
        if place.is_heading:  # a row without a number: nothing is said about its cells
            title = _title(place.name, self._rows[place.code])
            return Checked(parsed.number, Outcome.UNCHANGED, title)
        row = IndicatorRow(
            parsed,
            self._rows[place.code],
            self._documents,
            file_units=self._file_units,
            carried=self._carried,
            faults=list(parsed.faults),
        )
        self._met_before(row)
        return self._checked(row, place.name)

    # --- which row ---------------------------------------------------------------------

    def _unknown(self, place: Place) -> str:
        if place.likely:
            labels = ", ".join(f"“{self._rows[code].label}”" for code in place.likely)
            return _("The name may mean any of %(rows)s. Write it as the form has it.") % {
                "rows": labels
            }
        if like := self._placing.like(place.name):
            return _(
                "There is no such indicator. If “%(row)s” is meant, write it so; "
                "else remove the row."
            ) % {"row": like}
        return _(
            "There is no such indicator. Write the name as the form has it, or remove the row."
        )

    def _unplaced(self, parsed: Parsed, place: Place) -> Checked:
        """A heading, a row somebody said to leave out, or one nobody can place."""
        title = without_marks(place.name) or place.name
        result = Checked(parsed.number, Outcome.UNCHANGED, title)
        if place.is_left_out:
            said = _("Not imported: it was answered that this row is none of the indicators.")
            result.shown[columns.CHECK] = ["", said]
        elif not place.is_heading:
            result.outcome, result.title = Outcome.FAULTY, place.name
            unknown = fault(parsed, columns.NAME, self._unknown(place))
            result.faults = [*parsed.faults, unknown]
        return result

    def _met_before(self, row: IndicatorRow) -> None:
        first = self._met.setdefault(row.indicator.code, row.parsed.number)
        if first != row.parsed.number:
            row.fault(
                columns.NAME,
                _("Row %(number)s is about the same indicator. Keep one of the two.")
                % {"number": first},
            )

    # --- what of it --------------------------------------------------------------------

    def _checked(self, row: IndicatorRow, name: str) -> Checked:
        result = Checked(row.parsed.number, Outcome.UNCHANGED, _title(name, row.indicator))
        result.values = {"indicator": row.indicator.code, "cells": {}}
        after: dict[str, Content] = {}
        made: list[bool] = []
        for side, given in row.given().items():
            found = self._standing.find(row.indicator, side)
            before = content_of(found.figure)
            try:
                after[side] = content = contents.wanted(given, found.figure, self._origin)
            except Refused as refused:
                row.fault(place_of(row.parsed, side), str(refused))
                continue
            if not contents.differ(before, content):
                continue
            if refusal := self._standing.refusal(found, row.indicator, content):
                row.fault(place_of(row.parsed, side), refusal)
                continue
            made.append(found.figure is None)
            stored = contents.as_json(content)
            result.values["cells"][side] = {"seen": found.version, "content": stored}
            result.before[side] = contents.as_json(before) if found.figure else None
            result.shown |= _shown(side, before, content)
        self._compare(row, after, result)
        result.faults = row.faults
        if row.faults:
            result.outcome = Outcome.FAULTY
        elif made:
            result.outcome = Outcome.NEW if all(made) else Outcome.CHANGED
        return result

    def _compare(self, row: IndicatorRow, after: Mapping[str, Content], result: Checked) -> None:
        known = self._table.row(row.indicator.code, self.year)
        changed = comparing.with_contents(known, after, self.year)
        found = list(comparing.notes(self._table, changed, row.parsed.raw, row.factor))
        if found:
            result.shown[columns.CHECK] = ["", " ".join(found)]
        if row.faults:
            return
        self._good.append((row, result))
        for side in result.values["cells"]:
            value = comparing.value_of(known, side, after[side], self.year)
            if value is not None:
                self._table.put(value)

    def _remark(self, row: IndicatorRow, result: Checked) -> None:
        known = self._table.row(row.indicator.code, self.year)
        found = result.shown.get(columns.CHECK, ["", ""])[1:]
        for side in result.values["cells"]:
            is_percent = row.says_percent(place_of(row.parsed, side))
            found += comparing.odd(self._table, known, side, is_percent=is_percent)
        if any(found):
            result.shown[columns.CHECK] = ["", " ".join(filter(None, found))]


def _shown(side: str, before: Content, after: Content) -> dict[str, list[str]]:
    """The words of both by field, where they differ."""
    numbers = columns.PLAN if side == Side.PLAN else columns.ACTUAL
    both = {
        numbers: [contents.said(before), contents.said(after)],
        columns.NOTE: [before.note, after.note],
        columns.PAGE: [page_words(before.source_page), page_words(after.source_page)],
    }
    if before.source_id != after.source_id:
        both[columns.SOURCE] = [_citation(before.source_id), _citation(after.source_id)]
    return {name: words for name, words in both.items() if words[0] != words[1]}


def _citation(pk: int | None) -> str:
    if pk == TO_BE_MADE:
        return _("this file itself")
    document = SourceDocument.objects.filter(pk=pk).first() if pk else None
    return document.citation if document else ""


def _title(name: str, indicator: Indicator) -> str:
    written, label = without_marks(name), str(indicator.label)
    return label if written in ("", label) else f"{written} → {label}"
