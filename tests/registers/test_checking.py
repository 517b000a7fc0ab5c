"""What a check says of rows: the record they are about, twins, closed years, rights, rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.contract import Choice, Outcome
from imports.matching import match
from reference.periods import open_year
from registers.declarations import registers
from registers.sheets.resources import resource_of
from tests.registers.exported import changed_cell, checked, exported, outcomes
from tests.registers.samples import samples


def rows_of(code: str, *rows: dict[str, Any]) -> list[list[Any]]:
    """A table with the columns these rows name."""
    titles = {column.name: str(column.label) for column in resource_of(code)().columns}
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [[titles[name] for name in names], *([row.get(name) for name in names] for row in rows)]


@pytest.fixture
def trade(db, agencies):
    found = samples()["trade"]
    found.needs()
    return found


MARCH = {
    "kind": "một tháng",
    "month": dt.date(2019, 3, 1),
    "gate": "Chi Ma",
    "flow": "xuất khẩu",
    "scope": "theo báo cáo của tỉnh",
    "value": Decimal("1250000"),
    "agency": "Sở Công Thương",
}


def one(code: str, by: Any, *rows: dict[str, Any]) -> Any:
    (found,) = checked(registers()[code], by, rows_of(code, *rows))
    return found


def march(**other: Any) -> dict[str, Any]:
    scope = dict(registers()["trade"].model._meta.get_field("scope").flatchoices)["report"]
    flow = dict(registers()["trade"].model._meta.get_field("flow").flatchoices)["export"]
    kind = dict(registers()["trade"].model._meta.get_field("kind").flatchoices)["month"]
    return MARCH | {"scope": str(scope), "flow": str(flow), "kind": str(kind)} | other


def test_a_row_of_turnover_is_about_the_one_with_the_same_goods(trade, agencies, desk):
    record = trade.record(agencies["SCT"], desk, month="3/2019")
    row = one("trade", desk, march(gate="Hữu Nghị"))
    assert (row.outcome, row.target, row.faults) == (Outcome.CHANGED, record.pk, [])
    assert row.shown == {"value": ["104.250.000,5", "1.250.000"]}
    assert one("trade", desk, march()).outcome is Outcome.NEW


def test_a_plan_stands_at_december_whatever_month_was_written(trade, agencies, desk):
    kind = str(dict(registers()["trade"].model._meta.get_field("kind").flatchoices)["plan"])
    record = trade.record(agencies["SCT"], desk, kind="plan", month="12/2019", value="1.250.000")
    row = one("trade", desk, march(kind=kind, gate="Hữu Nghị"))
    assert (row.outcome, row.target) == (Outcome.UNCHANGED, record.pk)


def test_two_rows_about_one_record_cannot_both_stand(trade, desk):
    table = rows_of("trade", march(), march(value=Decimal(5)), march())
    found = checked(registers()["trade"], desk, table)
    assert outcomes(found) == ["new", "faulty", "duplicate"]
    assert "2" in found[1].faults[0].message
    assert found[2].choices == (Choice.SKIP,)


def test_rules_of_the_model_are_told_at_their_cells(trade, desk):
    row = one("trade", desk, march(value=Decimal(-1), gate="Đường chuyên dụng"))
    told = {fault.field: fault for fault in row.faults}
    assert row.outcome is Outcome.FAULTY
    assert told.keys() == {"value", "gate"}
    assert told["value"].cell == "F2" and told["value"].value == "-1"


def test_an_unknown_gate_is_named_with_those_like_it(trade, desk):
    row = one("trade", desk, march(gate="Hữu Ngị"))
    assert "Hữu Nghị" in row.faults[0].message


def test_a_new_record_needs_its_columns_and_an_old_one_does_not(trade, agencies, desk):
    record = trade.record(agencies["SCT"], desk)
    row = one("trade", desk, {"record": Decimal(record.pk), "note": "Đã đối chiếu"})
    assert (row.outcome, set(row.before)) == (Outcome.CHANGED, {"note", "search_text"})
    whole = march()
    del whole["value"]
    row = one("trade", desk, whole)
    assert row.outcome is Outcome.FAULTY
    assert len(row.faults) == 1


def test_records_of_other_agencies_are_not_written(trade, agencies, officer, other_officer):
    assert one("trade", officer, march()).outcome is Outcome.NEW
    row = one("trade", other_officer, march())
    assert (row.outcome, len(row.faults)) == (Outcome.FAULTY, 1)
    bare = march()
    del bare["agency"]
    row = one("trade", officer, bare)
    assert (row.outcome, row.values["agency"]) == (Outcome.NEW, agencies["SCT"].pk)


def test_a_record_somebody_may_not_see_is_not_there(sample, agencies, desk, other_officer):
    record = sample.record(agencies["SCT"], desk, data_class="restricted")
    table = exported(sample.of, "xlsx")
    (row,) = checked(sample.of, other_officer, table)
    assert (row.outcome, row.target, row.shown) == (Outcome.FAULTY, None, {})
    table = changed_cell(sample.of, table, "record", Decimal(record.pk + 1000))
    (unknown,) = checked(sample.of, other_officer, table)
    assert unknown.faults[0].field == row.faults[0].field
    assert unknown.faults[0].message.replace(str(record.pk + 1000), "") == row.faults[
        0
    ].message.replace(str(record.pk), "")


def test_closed_years_are_told_row_by_row(sample, agencies, desk):
    record = sample.record(agencies["SCT"], desk)
    year = open_year(2019)
    year.locked_on = dt.date(2019, 12, 20)
    year.save()
    table = exported(sample.of, "xlsx")
    assert outcomes(checked(sample.of, desk, table)) == ["unchanged"]
    type(record).objects.all().update(deleted_at=record.created_at, deletion_reason="thử")
    table = changed_cell(sample.of, table, "record", None)
    (row,) = checked(sample.of, desk, table)
    assert row.outcome is Outcome.FAULTY
    assert "2019" in row.faults[0].message


def test_a_deleted_record_is_restored_first(sample, agencies, desk):
    record = sample.record(agencies["SCT"], desk)
    table = exported(sample.of, "xlsx")
    type(record).objects.all().update(deleted_at=record.created_at, deletion_reason="thử")
    (row,) = checked(sample.of, desk, table)
    assert (row.outcome, row.faults[0].field) == (Outcome.FAULTY, "record")


def test_twins_can_be_skipped_updated_or_kept(sample, agencies, desk):
    if not sample.of.twins:
        pytest.skip("no twins are told here")
    record = sample.record(agencies["SCT"], desk)
    table = changed_cell(sample.of, exported(sample.of, "xlsx"), "record", None)
    found = checked(sample.of, desk, [*table, table[1]])
    assert outcomes(found) == ["duplicate", "duplicate"]
    assert (found[0].target, found[0].choices) == (record.pk, tuple(Choice))
    assert found[0].before.keys() == found[0].values.keys()
    assert (found[1].target, found[1].choices) == (None, (Choice.SKIP, Choice.KEEP))


def test_queries_do_not_grow_with_rows(trade, agencies, desk):
    def queries(number: int) -> int:
        rows = [
            march(value=Decimal(n), month=dt.date(2008 + n // 12, n % 12 + 1, 1))
            for n in range(number)
        ]
        table = rows_of("trade", *rows)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert set(outcomes(checked(registers()["trade"], desk, table))) == {"new"}
        return len(asked)

    queries(2)
    assert queries(100) == queries(10)


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("scope", "số báo cáo của tỉnh", "report"),
        ("flow", "XK", "export"),
        ("flow", "NK", "import"),
        ("flow", "Xuất", "export"),
        ("flow", "Nhập", "import"),
    ],
)
def test_words_the_portal_itself_uses_are_taken_back(trade, desk, field, written, code):
    row = one("trade", desk, march(**{field: written}))
    assert (row.faults, row.values[field]) == ([], code)


def test_words_that_only_come_near_are_not_guessed(trade, desk):
    row = one("trade", desk, march(flow="X"))
    assert [fault.field for fault in row.faults] == ["flow"]


@pytest.mark.parametrize(
    ("code", "heading", "field"),
    [
        ("delegations_out", "Nước đến", "countries"),
        ("delegations_out", "Trưởng đoàn › Họ tên", "head"),
        ("delegations_out", "Trưởng đoàn › Chức vụ", "head_position"),
        ("delegations_in", "Trưởng đoàn › Họ tên", "head"),
        ("trade", "Trị giá (triệu USD)", "value"),
        ("trade", "Kim ngạch", "value"),
    ],
)
def test_headings_of_office_lists_are_known(code, heading, field):
    fields = [column.field for column in resource_of(code)().columns]
    assert match({0: heading}, fields)[0] == field


def test_no_heading_that_was_added_takes_one_from_another_field(db):
    for register in registers().values():
        columns = resource_of(register.code)().columns
        fields = [column.field for column in columns]
        for column in columns:
            for heading in (str(column.label), *register.headings.get(column.name, ())):
                assert match({0: heading}, fields)[0] == column.name, (register.code, heading)
