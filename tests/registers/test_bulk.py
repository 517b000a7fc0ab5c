"""Writing staged rows set-wise asks what writing one record asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Agency, User
from imports.contract import Changed, Checked, Choice, Outcome
from imports.models import Upload
from imports.opening import Refused
from imports.staging import stage
from reference.models import ReportingYear
from reference.periods import PeriodRefusal
from registers.declarations import registers
from registers.intake import bulk
from registers.intake.staged import keys
from tests.registers.samples import samples

Agencies = dict[str, Agency]


class Bench:
    """A register with a record, and rows staged for it."""

    def __init__(self, code: str, agency: Agency, by: User) -> None:
        sample = samples()[code]
        sample.needs()
        self.register, self.by = registers()[code], by
        self.record: Any = sample.record(agency, by)

    def staged(self, *rows: Checked) -> Upload:
        upload = Upload.objects.create(source="thu", by=self.by, size=1, sha256="0" * 64)
        stage(upload, rows)
        return upload

    def change(self, number: int = 2, **values: Any) -> Checked:
        before = {
            name: getattr(self.record, self.record._meta.get_field(name).attname) for name in values
        }
        key, version = self.record.pk, self.record.version
        return Checked(number, Outcome.CHANGED, "sửa", key, version, values=values, before=before)

    def write(self, *rows: Checked) -> int:
        with transaction.atomic():
            return bulk.write(self.register, self.staged(*rows), self.by)

    def now(self) -> Any:
        return self.register.model._default_manager.get(pk=self.record.pk)


@pytest.fixture
def incidents(agencies: Agencies, desk: User) -> Bench:
    return Bench("border", agencies["SCT"], desk)


@pytest.fixture
def agreements(agencies: Agencies, desk: User) -> Bench:
    return Bench("agreements", agencies["SCT"], desk)


def close(year: int) -> None:
    ReportingYear.objects.update_or_create(
        year=year, defaults={"locked_on": dt.date(year + 1, 1, 31)}
    )


def test_only_what_is_said_changes(incidents: Bench) -> None:
    before = incidents.now()
    assert incidents.write(incidents.change(handling="đã trao đổi thư")) == 1
    after = incidents.now()
    assert after.handling == "đã trao đổi thư"
    changed = {"handling", "version", "changed_at", "import_id", "changed_by_id", "search_text"}
    for field in before._meta.concrete_fields:
        if field.attname not in changed:
            assert getattr(after, field.attname) == getattr(before, field.attname)
    assert "da trao doi thu" in after.search_text


def test_a_record_that_is_not_as_it_was_met_stops_everything(incidents: Bench) -> None:
    stale = incidents.change(handling="x")
    stale.seen = 7
    with pytest.raises(Changed):
        incidents.write(stale)
    assert incidents.now().handling != "x"


def test_records_of_another_agency_are_refused(incidents: Bench, other_officer: User) -> None:
    incidents.by = other_officer
    with pytest.raises(PermissionDenied):
        incidents.write(incidents.change(handling="x"))


def test_no_record_is_passed_to_an_agency_that_is_not_ones_own(
    agencies: Agencies, officer: User
) -> None:
    bench = Bench("trade", agencies["SCT"], officer)
    with pytest.raises(PermissionDenied):
        bench.write(bench.change(agency=agencies["SNNMT"].pk))
    assert bench.now().agency == agencies["SCT"]


def test_a_closed_year_neither_loses_nor_gets_a_record(incidents: Bench) -> None:
    own, other = incidents.record.happened_on.year, incidents.record.happened_on.year - 3
    moved = incidents.change(happened_on=dt.date(other, 5, 5).isoformat())
    close(other)
    with pytest.raises(PeriodRefusal):
        incidents.write(moved)
    ReportingYear.objects.all().delete()
    close(own)
    with pytest.raises(PeriodRefusal):
        incidents.write(moved)
    assert incidents.now().happened_on.year == own


def test_an_agreement_lives_on_after_its_year_was_closed(agreements: Bench) -> None:
    close(agreements.record.signed_on.year)
    assert agreements.write(agreements.change(implementation="đang thực hiện")) == 1
    agreements.record = agreements.now()
    with pytest.raises(PeriodRefusal):
        agreements.write(agreements.change(title="tên khác"))


def test_what_the_database_refuses_is_said_in_words(agreements: Bench) -> None:
    day = agreements.record.signed_on - dt.timedelta(days=1)
    with pytest.raises(Refused, match="trước ngày ký"):
        agreements.write(agreements.change(effective_on=day.isoformat()))


def test_a_text_too_long_for_its_column_is_never_cut(incidents: Bench) -> None:
    with pytest.raises(Exception, match="too long"):
        incidents.write(incidents.change(marker="x" * 61))


def test_a_kept_twin_is_a_record_of_its_own(incidents: Bench) -> None:
    row = incidents.change(
        **{
            name: getattr(incidents.record, incidents.record._meta.get_field(name).attname)
            for name in ("place", "kind", "side", "description")
        },
        happened_on=incidents.record.happened_on.isoformat(),
        agency=incidents.record.agency_id,
    )
    row.outcome, row.choices = Outcome.DUPLICATE, (Choice.SKIP, Choice.UPDATE, Choice.KEEP)
    upload = incidents.staged(row)
    for choice, written, records in ((Choice.SKIP, 0, 1), (Choice.KEEP, 1, 2)):
        upload.rows.update(choice=choice)
        with transaction.atomic():
            assert bulk.write(incidents.register, upload, incidents.by) == written
        assert incidents.register.model._default_manager.count() == records
    undone = bulk.undo(incidents.register, upload, incidents.by)
    assert (undone.undone, undone.kept) == (1, ())
    assert incidents.register.model._default_manager.alive().get() == incidents.record


def test_reserved_keys_are_never_given_twice(incidents: Bench) -> None:
    model = incidents.register.model
    first, second = keys(model), keys(model)
    taken = [next(first) for _n in range(1500)] + [next(second) for _n in range(5)]
    assert len(set(taken)) == len(taken)
    assert incidents.record.pk not in taken
