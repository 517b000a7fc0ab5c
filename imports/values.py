"""Rows of cells → rows of values: each different cell of a column is converted once.

What is ambiguous is read as the answers say, and is a fault where no answer
says anything: nothing is guessed. See ``imports.questions`` for the answers,
those people give and those the file gives itself (``settled``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise

from imports.answers import Answers
from imports.book import Broken, Row, Value, address
from imports.contract import Fault, Parsed
from imports.conversion import broken, converter, required
from imports.fields import Converted, Field, Wrong
from imports.headings import shown

# A column of mostly different cells gains nothing from a memo and must not fill the memory.
MOST_REMEMBERED = 20_000
_LONGEST_SHOWN = 200
_NOT_ASKED = object()

Convert = Callable[[Value], Converted]
Memo = dict[Any, Any]


class Reader:
    """Converts the rows of one file. Values of equal cells are the same object: do not
    change them."""

    def __init__(self, fields: Sequence[Field], answers: Mapping[str, str] | None = None) -> None:
        self._fields = {field.name: field for field in fields}
        self._answers = dict(answers or {})

    def parse(
        self,
        rows: Iterable[Row],
        matching: Mapping[int, str],
        *,
        sections: Mapping[int, str] | None = None,
        filled: Mapping[str, Any] | None = None,
    ) -> Iterator[Parsed]:
        """``sections``: what stands in the rows of sections, ``Layout.section_titles``;
        ``filled``: what was said of all rows, ``imports.filling``."""
        known = self._fields
        columns = {name: column for column, name in sorted(matching.items()) if name in known}
        loud = {n: c for n, c in columns.items() if not self._fields[n].is_silent}
        silent = [(name, column) for name, column in columns.items() if name not in loud]
        plan = [_Column(self._fields[n], c, Answers.of(self._answers, c)) for n, c in loud.items()]
        headings = _Sections(sections or {})
        of_all = filled or {}
        for row in rows:
            parsed = _parsed(row, plan, silent, columns, headings)
            parsed.filled = of_all
            yield parsed


class _Column:
    """One field at work: its converter and what it was asked already."""

    __slots__ = ("accept", "convert", "field", "index", "memo", "name")

    def __init__(self, field: Field, index: int, answers: Answers) -> None:
        self.field = field
        self.name = field.name
        self.index = index
        self.accept = field.accept
        self.memo: Memo = {}
        self.convert = converter(field, answers)

    def ask(self, cell: Value, key: object) -> Any:
        """The value to store, or the Wrong that says why there is none."""
        found: Any = None
        rule = "cell"
        try:
            if isinstance(cell, Broken):
                raise broken(cell)
            rule = self.field.kind.value
            if cell is not None and not (isinstance(cell, str) and not cell.strip()):
                found = self.convert(cell)
            rule = "required"
            if found is None and self.field.required:
                raise required(self.field)
            rule = "value"
            if self.accept is not None:
                found = self.accept(found)
        except Wrong as wrong:
            wrong.rule = rule
            found = wrong
        if len(self.memo) >= MOST_REMEMBERED:
            self.memo.clear()
        self.memo[key] = found
        return found


def _parsed(
    row: Row,
    plan: list[_Column],
    silent: list[tuple[str, int]],
    columns: Mapping[str, int],
    sections: _Sections,
) -> Parsed:
    cells = row.cells
    width = len(cells)
    values: dict[str, Any] = {}
    raw: dict[str, Value] = {}
    faults: list[Fault] = []
    for column in plan:
        cell = cells[column.index] if column.index < width else None
        raw[column.name] = cell
        # True is 1 for a dictionary; a cell that says TRUE is not the number one.
        key = cell if cell is not True and cell is not False else (cell,)
        found = column.memo.get(key, _NOT_ASKED)
        if found is _NOT_ASKED:
            found = column.ask(cell, key)
        if type(found) is Wrong:
            values[column.name] = None
            faults.append(_fault(column, row.number, cell, found))
        else:
            values[column.name] = found
    for name, index in silent:
        raw[name] = cells[index] if index < width else None
    return Parsed(row.number, values, raw, faults, columns, sections.above(row.number))


def _fault(column: _Column, number: int, cell: Value, wrong: Wrong) -> Fault:
    text = shown(cell)
    if len(text) > _LONGEST_SHOWN:
        text = text[:_LONGEST_SHOWN] + "…"
    said: str | Promise = wrong.args[0] if wrong.args else ""
    return Fault(column.name, address(column.index, number), text, str(said), wrong.rule)


class _Sections:
    def __init__(self, titles: Mapping[int, str]) -> None:
        self._numbers = sorted(titles)
        self._titles = titles

    def above(self, number: int) -> str:
        place = bisect_left(self._numbers, number)
        return self._titles[self._numbers[place - 1]] if place else ""
