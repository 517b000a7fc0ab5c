"""Export → read → check: unchanged; edit one cell: exactly that change."""

from __future__ import annotations

import pytest
from django.utils import translation

from imports.contract import Outcome
from imports.headings import heading_key
from registers.declarations import registers
from registers.sheets.resources import resource_of
from tests.registers.exported import changed_cell, checked, exported


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(registers()))
def test_no_two_columns_have_one_heading(code, language):
    with translation.override(language):
        titles = [str(column.label) for column in resource_of(code)().columns]
        keys = [heading_key(title) for title in titles]
        assert len(set(keys)) == len(keys), titles


@pytest.fixture
def record(sample, agencies, desk):
    return sample.record(agencies["SCT"], desk)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_export_comes_back_unchanged(sample, record, desk, kind, language):
    with translation.override(language):
        table = exported(sample.of, kind)
        (row,) = checked(sample.of, desk, table)
    assert (row.outcome, row.faults) == (Outcome.UNCHANGED, [])
    assert row.target == record.pk


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_one_edited_cell_is_the_one_change(sample, record, desk, kind):
    name, value = sample.changed
    table = exported(sample.of, kind)
    (row,) = checked(sample.of, desk, changed_cell(sample.of, table, name, value))
    assert (row.outcome, row.faults) == (Outcome.CHANGED, [])
    assert set(row.values) == {name, "search_text"}
    assert row.values[name] == value
    assert list(row.shown) == [name]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_of_records_without_numbers_makes_them_anew(sample, record, desk, kind):
    table = exported(sample.of, kind)
    before = {
        column.name: column.export(record) for column in resource_of(sample.register)().columns
    }
    table = changed_cell(sample.of, table, "record", None)
    if sample.of.twins or sample.of.natural_key:
        (row,) = checked(sample.of, desk, table)
        wanted = Outcome.UNCHANGED if sample.of.natural_key else Outcome.DUPLICATE
        assert (row.outcome, row.faults, row.target) == (wanted, [], record.pk)
    type(record).objects.all().update(deleted_at=record.created_at, deletion_reason="thử")
    (row,) = checked(sample.of, desk, table)
    assert (row.outcome, row.faults) == (Outcome.NEW, [])
    assert before
