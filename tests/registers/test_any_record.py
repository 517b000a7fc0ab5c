"""Whatever a record holds: exported, read and checked it is unchanged; one edit is one change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from imports.contract import Outcome
from registers.sheets.cells import DayCell, FlagCell, MonthCell, NumberCell, TextCell
from registers.sheets.choosing import ChoiceCell
from registers.sheets.linecells import LinesCell
from registers.sheets.resources import resource_of
from tests.registers.exported import changed_cell, checked, exported, outcomes

RECORDS = 4
HARD = (
    *("=1+1", "==1+1", "'=1+1", "''@x", "+84 205", "-5", "- một\n- hai", "\tx", "@cmd", "＝1"),
    *("0123", "1.500", "1,5", "03/04/2019", "TRUE", "#N/A", "x", "-", "...", "_x0041_", "'", "a'b"),
    *("dòng 1\ndòng 2", "dòng 1\r\n\r\ndòng 2", "a | b \\ c \\n d|", "một; hai, ba và bốn", "#12"),
    *("Tổng cộng", "Ghi chú:", "(1)", '"', '""a"', "“x”", "a,b;c\td", "Hòa", "Hòa", "广西 🐉"),
    *("  hai  đầu  ", "x\x0bx", "\x1f", "<b>&amp;", "dài " * 200, "cuối\\"),
)
ALPHABET = "aàăđơưỵ AĐ01.,;:|\\'\"=+-@#\n\t\r_(){}广🐉"
TEXTS = st.one_of(st.sampled_from(HARD), st.text(ALPHABET, max_size=40))


def drawn(draw: Any, cell: Any) -> Any:
    """Any value a field of this kind can hold, as a form or another program would store it."""
    field = cell.field
    if isinstance(cell, FlagCell):
        return draw(st.booleans())
    if isinstance(cell, TextCell):
        text = draw(TEXTS).strip()
        return text[: field.max_length].strip() or ("" if field.blank else "x")
    if field.null and draw(st.booleans()):
        return None
    most = 32_000 if not cell.decimals else 10 ** (field.max_digits - cell.decimals) - 1
    number = draw(st.one_of(st.sampled_from([1, 2, 58_991, 1000, most]), st.integers(1, most)))
    number = min(number, most)
    if not cell.decimals:
        return number
    return Decimal(number) + Decimal(draw(st.integers(0, 9))) / 10**cell.decimals


FREE = (TextCell, NumberCell, FlagCell)
# What another field decides, or a constraint: they stay as the sample has them.
KEPT = {"renewal_months", "persons", "is_local"}


@st.composite
def contents(draw: Any, code: str) -> dict[str, Any]:
    cells = {name: column.cell for name, column in resource_of(code)().taken_in.items()}
    free = {name: cell for name, cell in cells.items() if type(cell) in FREE and name not in KEPT}
    found = {name: drawn(draw, cell) for name, cell in free.items()}
    lines = {
        name: {inner: drawn(draw, one) for inner, one in cell.cells.items() if type(one) in FREE}
        for name, cell in cells.items()
        if isinstance(cell, LinesCell)
    }
    return {"fields": found, "lines": lines}


def store(record: Any, content: dict[str, Any]) -> None:
    type(record).objects.filter(pk=record.pk).update(**content["fields"])
    for name, values in content["lines"].items():
        if values:
            getattr(record, name).all().update(**values)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_any_record_comes_back_unchanged(sample, agencies, desk, kind):
    records = [
        sample.record(agencies["SCT"], desk, **sample.nth(number)) for number in range(RECORDS)
    ]

    @settings(
        max_examples=3,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],  # each example reads a file: shrinking takes long
    )
    @given(st.lists(contents(sample.register), min_size=RECORDS, max_size=RECORDS))
    def any_contents(found: list[dict[str, Any]]) -> None:
        with transaction.atomic():
            for record, content in zip(records, found, strict=True):
                store(record, content)
            rows = checked(sample.of, desk, exported(sample.of, kind))
            told = [(row.title, row.shown, row.faults) for row in rows]
            assert outcomes(rows) == ["unchanged"] * RECORDS, told
            transaction.set_rollback(True)

    any_contents()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_each_cell_alone_is_one_change(sample, agencies, desk, kind):
    """Every field that can be changed by itself: its cell, and nothing else."""
    record = sample.record(agencies["SCT"], desk)
    table = exported(sample.of, kind)
    changes = {name: value for name, value in edits(sample).items()}
    assert changes
    for name, (typed, meant) in changes.items():
        (row,) = checked(sample.of, desk, changed_cell(sample.of, table, name, typed))
        assert (row.outcome, row.faults) == (Outcome.CHANGED, []), name
        assert (list(row.shown), row.values[name]) == ([name], meant)
        assert (row.target, row.seen) == (record.pk, record.version)


def edits(sample: Any) -> dict[str, tuple[Any, Any]]:
    """Field → what is typed into its cell, and what that means."""
    found: dict[str, tuple[Any, Any]] = {}
    for name, column in resource_of(sample.register)().taken_in.items():
        cell = column.cell
        if type(cell) is TextCell:
            found[name] = ("'=đổi\nrồi", "=đổi\nrồi")
        elif type(cell) is NumberCell and name not in KEPT:
            number = Decimal(77)
            found[name] = (number, f"{number:.{cell.decimals}f}" if cell.decimals else 77)
    return found


def test_zero_is_not_empty(sample, agencies, desk):
    record = sample.record(agencies["SCT"], desk)
    cells = resource_of(sample.register)().taken_in
    numbers = [
        name
        for name, column in cells.items()
        if type(column.cell) is NumberCell and column.cell.field.null and name not in KEPT
    ]
    for name in numbers:
        if name == "session_number":
            continue  # counted from 1
        for stored, typed in ((0, None), (None, Decimal(0))):
            type(record).objects.filter(pk=record.pk).update(**{name: stored})
            table = exported(sample.of, "xlsx")
            assert outcomes(checked(sample.of, desk, table)) == ["unchanged"]
            (row,) = checked(sample.of, desk, changed_cell(sample.of, table, name, typed))
            assert (row.outcome, row.faults) == (Outcome.CHANGED, [])
            assert row.values[name] == row.before[name] or row.values[name] != row.before[name]
            assert (row.values[name] is None) == (typed is None)


def test_a_text_longer_than_a_cell_is_not_cut_in_silence(sample, agencies, desk):
    record = sample.record(agencies["SCT"], desk)
    cells = resource_of(sample.register)().taken_in
    name = next(
        (
            n
            for n, column in cells.items()
            if type(column.cell) is TextCell and column.cell.field.max_length is None
        ),
        None,
    )
    assert name is not None
    long = "rất dài " * 5000
    type(record).objects.filter(pk=record.pk).update(**{name: long})
    table = exported(sample.of, "xlsx")
    assert outcomes(checked(sample.of, desk, table)) == ["unchanged"]
    place = [column.name for column in resource_of(sample.register)().columns].index(name)
    cut = table[1][place]
    (row,) = checked(sample.of, desk, changed_cell(sample.of, table, name, f"Mới {cut}"))
    assert row.outcome is Outcome.FAULTY
    assert row.faults[0].field == name


def test_days_and_months_are_days_in_a_workbook(sample, agencies, desk):
    sample.record(agencies["SCT"], desk)
    table = exported(sample.of, "xlsx")
    for place, column in enumerate(resource_of(sample.register)().columns):
        if isinstance(column.cell, DayCell) and table[1][place] is not None:
            assert isinstance(table[1][place], dt.date)
    assert MonthCell.number_format == "mm/yyyy" and ChoiceCell.number_format == ""
