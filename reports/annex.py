"""The tables of a report: small ones in the text, and the annex of all indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.models import SourceDocument
from indicators.declarations import groups
from indicators.ledger import INFERRED_MARK, SAMPLE_MARK, Entry, Ledger
from indicators.models import Status
from indicators.rows import Row, Value
from indicators.wording import WHOLE_YEAR, say_period
from indicators.year_table import YearTable

SAMPLE_NOTE = "(**) Dữ liệu minh họa: số cộng từ sổ có bản ghi giả định."
INFERRED_NOTE = "(*) Tính ngược từ tỷ lệ hoặc mức thay đổi đã công bố, chưa có văn bản nguồn."


@dataclass(frozen=True)
class Column:
    heading: str
    width_mm: int
    kind: str = "text"  # text | number | center


@dataclass(frozen=True)
class Line:
    """One line of a table; a group line has only its heading."""

    cells: tuple[Entry | str | None, ...]
    kind: str = ""  # "" | group | empty | total


@dataclass
class Table:
    """Columns and lines, every number an entry of the ledger."""

    columns: tuple[Column, ...]
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _columns(year: int, months: int, status: str, *, with_sources: bool) -> tuple[Column, ...]:
    """The headings; a plan is the year's whatever the period."""
    actual = "TH (ước)" if status == Status.ESTIMATE else "TH"
    columns = (
        Column("TT", 8, "center"),
        Column("Chỉ tiêu", 40 if with_sources else 54),
        Column("ĐVT", 16, "center"),
        Column(f"TH {say_period(year - 1, months)}", 20, "number"),
        Column(f"KH {say_period(year)}", 20, "number"),
        Column(f"{actual} {say_period(year, months)}", 20, "number"),
        Column("% KH" if months == WHOLE_YEAR else "% KH năm", 12, "number"),
        Column("So cùng kỳ", 15, "number"),
    )
    return (*columns, Column("Nguồn", 14, "center")) if with_sources else columns


def _cells(row: Row, position: str, ledger: Ledger, place: str) -> list[Entry | str | None]:
    name = str(row.indicator.label)
    if row.indicator.child_of:
        name = f"– {name}"
    return [
        position,
        name,
        str(row.indicator.measure.label),
        ledger.value(row.last, place),
        ledger.value(row.plan, place),
        ledger.value(row.actual, place),
        ledger.ratio(row, place),
        ledger.difference(row, place),
    ]


def small_table(
    codes: Sequence[str], table: YearTable, ledger: Ledger, year: int, place: str
) -> Table | None:
    """A table inside a section; None where no row has an actual: plans are no results."""
    rows = [table.row(code, year) for code in codes]
    rows = [row for row in rows if not row.is_empty]
    if not any(row.actual for row in rows):
        return None
    made = Table(_columns(year, table.months, _status(rows), with_sources=False))
    for position, row in enumerate(rows, start=1):
        made.lines.append(Line(tuple(_cells(row, str(position), ledger, place))))
    _note_marks(made)
    return made


def indicator_annex(table: YearTable, ledger: Ledger, year: int, numbers: dict[int, int]) -> Table:
    """All indicators of a year by group, with the numbered sources below.

    A group without any number is one line that says so: nothing is hidden,
    and no page is filled with blanks.
    """
    rows = list(table.rows(year))
    made = Table(_columns(year, table.months, _status(rows), with_sources=True))
    position = 0
    for group in groups().values():
        inside = [row for row in rows if row.indicator.group == group.code]
        if not inside:
            continue
        if all(row.is_empty and row.last is None for row in inside):
            text = f"{group.label}: chưa có số liệu ({len(inside)} chỉ tiêu)"
            made.lines.append(Line((text,), "empty"))
            continue
        made.lines.append(Line((str(group.label),), "group"))
        for row in inside:
            position += 1
            cells = _cells(row, str(position), ledger, "annex")
            made.lines.append(Line((*cells, _sources(row, numbers))))
    made.notes.extend(_source_list(numbers))
    _note_marks(made)
    return made


def source_numbers(table: YearTable, year: int) -> dict[int, int]:
    """Source documents of a year's own figures, numbered in the order they are met.

    Last year's column has its sources in last year's report.
    """
    numbers: dict[int, int] = {}
    for row in table.rows(year):
        for value in _values(row):
            if value.source_id is not None:
                numbers.setdefault(value.source_id, len(numbers) + 1)
    return numbers


def _values(row: Row) -> Iterator[Value]:
    return (value for value in (row.actual, row.plan) if value is not None)


def _sources(row: Row, numbers: dict[int, int]) -> str:
    known = sorted({numbers[value.source_id] for value in _values(row) if value.source_id})
    return ", ".join(f"[{number}]" for number in known)


def _source_list(numbers: dict[int, int]) -> list[str]:
    found = SourceDocument.objects.in_bulk(numbers)
    return [f"[{number}] {found[pk].citation}." for pk, number in numbers.items()]


def _note_marks(table: Table) -> None:
    """What the signs behind numbers mean, where there are such."""
    texts = [cell.text for line in table.lines for cell in line.cells if isinstance(cell, Entry)]
    for mark, note in ((INFERRED_MARK, INFERRED_NOTE), (SAMPLE_MARK, SAMPLE_NOTE)):
        if any(text.endswith(mark) for text in texts):
            table.notes.append(note)


def _status(rows: Sequence[Row]) -> str:
    """ "ước" in the heading as soon as one of the values is an estimate."""
    statuses = {row.actual.status for row in rows if row.actual}
    return Status.ESTIMATE if Status.ESTIMATE in statuses else ""
