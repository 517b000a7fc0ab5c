"""The lines of a record in one cell: a row of text for each, its fields with bars between.

    bổ sung | 1.500.000,5 | USD | 10/09/2019 | Quyết định số 12

What is empty at the end is left away. A bar, a backslash or a line break
within a text has a backslash before it. As JSON a line is a dict of its
fields, with the key (``id``) of the stored line it is, or None.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import short_date
from imports.contract import FieldKind, Wrong
from registers.contract import Lines
from registers.lines import MAX_LINES
from registers.sheets import numerals
from registers.sheets.cells import Cell, NumberCell
from registers.sheets.choosing import hold
from registers.sheets.neutral import fitting, is_cut
from registers.sheets.tables import Tables

BAR = " | "
_SPLIT = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\(.)")
Line = dict[str, Any]


class LinesCell(Cell):
    """All lines of one kind."""

    kind = FieldKind.TEXT
    empty: Any = []

    def __init__(self, lines: Lines, cells: Mapping[str, Cell]) -> None:
        super().__init__(lines)
        self.lines, self.cells = lines, cells

    def __deepcopy__(self, memo: Any) -> Cell:
        return LinesCell(self.lines, {k: cell.__deepcopy__(memo) for k, cell in self.cells.items()})

    def be_with(self, tables: Tables) -> None:
        super().be_with(tables)
        for cell in self.cells.values():
            cell.be_with(tables)

    @property
    def order(self) -> str:
        """What stands in a line, for help and messages."""
        return BAR.join(str(cell.field.verbose_name) for cell in self.cells.values())

    @property
    def example(self) -> str:
        return BAR.join(_example(cell) for cell in self.cells.values())

    # --- out ---------------------------------------------------------------------------

    def of(self, record: Any) -> list[Line]:
        return [self._json(line) for line in getattr(record, self.lines.name).all()]

    def _json(self, line: Any) -> Line:
        return {"id": line.pk} | {name: cell.of(line) for name, cell in self.cells.items()}

    def written(self, value: Any) -> str:
        return "\n".join(map(self._written, value or ()))

    def _written(self, line: Line) -> str:
        texts = [_escaped(_written(cell, line[name])) for name, cell in self.cells.items()]
        while texts and not texts[-1]:
            texts.pop()
        return BAR.join(texts)

    # --- in ----------------------------------------------------------------------------

    def nothing(self) -> list[Line]:
        return self._counted([])

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return fitting(self.written(value))

    def read(self, value: Any) -> list[Line]:
        if is_cut(str(value)):
            raise Wrong(_("These lines were cut when they were exported. Export CSV instead."))
        rows = [row for row in str(value).split("\n") if row.strip()]
        found = []
        for number, row in enumerate(rows, 1):
            try:
                found.append(self._line(row))
            except Wrong as wrong:
                said = _("Line %(number)s: %(why)s") % {"number": number, "why": wrong}
                raise Wrong(said) from wrong
        return self._counted(found)

    def _line(self, row: str) -> Line:
        texts = [_bare(text) for text in _split(row)]
        if len(texts) > len(self.cells):
            raise Wrong(_("Too many parts. Write: %(order)s.") % {"order": self.order})
        texts += [""] * (len(self.cells) - len(texts))
        line: Line = {"id": None}
        for text, (name, cell) in zip(texts, self.cells.items(), strict=True):
            try:
                line[name] = cell.taken(cell.text_to(text) if text else None)
            except Wrong as wrong:
                raise Wrong(f"{capfirst(str(cell.field.verbose_name))}: {wrong}") from wrong
        try:
            self.instance(line).clean()
        except ValidationError as refusal:
            raise Wrong(" ".join(refusal.messages)) from refusal
        return line

    def _counted(self, found: list[Line]) -> list[Line]:
        least = self.lines.at_least
        if len(found) < least:
            said = ngettext(
                "At least %(count)s line is needed.", "At least %(count)s lines are needed.", least
            )
            raise Wrong(said % {"count": least} + " " + self.order)
        if len(found) > MAX_LINES:
            raise Wrong(_("At most %(count)s lines.") % {"count": MAX_LINES})
        keys = [tuple(line[name] for name in self.lines.once) for line in found]
        if self.lines.once and len(set(keys)) < len(keys):
            raise Wrong(_("Two lines are about the same: leave one of them."))
        return found

    def instance(self, line: Line) -> Any:
        made: Any = self.lines.model(pk=line["id"])
        for name, cell in self.cells.items():
            cell.put(made, line[name])
        return made

    def put(self, record: Any, value: Any) -> None:
        """The stored line stays itself where nothing of it changed."""
        stored = {line.pk: line for line in getattr(record, self.lines.name).all()}
        rows = [stored.get(line["id"]) or self.instance(line) for line in value]
        hold(record, self.lines.name, self.lines.model, rows)

    def same(self, given: Any, stored: Any) -> bool:
        """Lines have an order of their own; the one in the cell means nothing."""
        return sorted(map(_content, given)) == sorted(map(_content, stored))

    def matched(self, given: list[Line], stored: list[Line]) -> list[Line]:
        """The lines that are to stand, each with the key of the stored one it is."""
        keys: dict[str, list[int]] = {}
        for line in stored:
            keys.setdefault(_content(line), []).append(line["id"])
        return [
            line | {"id": known.pop(0) if (known := keys.get(_content(line))) else None}
            for line in given
        ]


def _content(line: Line) -> str:
    return json.dumps({name: value for name, value in line.items() if name != "id"}, sort_keys=True)


def _written(cell: Cell, value: Any) -> str:
    if isinstance(cell, NumberCell):
        return "" if value is None else numerals.grouped(Decimal(value))
    return cell.words(value)


def _example(cell: Cell) -> str:
    said = cell.example
    if isinstance(said, dt.date):
        return short_date(said)
    return numerals.grouped(Decimal(said)) if isinstance(said, int) else str(said)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _split(row: str) -> list[str]:
    """The parts between bars that have no backslash before them."""
    parts, last = [], 0
    for bar in _SPLIT.finditer(row):
        parts.append(row[last : bar.end() - 1])
        last = bar.end()
    return [*parts, row[last:]]


def _bare(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text.strip())
