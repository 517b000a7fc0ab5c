"""The registers of 2018 and 2019 out of workbooks as offices keep them: the same year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from accounts.models import Agency, User
from imports import pipeline, tokens
from imports.contract import Choice
from imports.matching import match
from imports.models import Upload
from indicators import year_table
from indicators.computed import computation_of
from indicators.models import Figure
from jobs import actions as jobs
from registers import demo
from registers.contract import Register
from registers.declarations import registers
from registers.importing import RecordSource
from tests.registers import office

pytestmark = pytest.mark.django_db
State = Upload.State


@pytest.fixture
def compiler(person) -> User:
    """The published years, with nothing of what registers count, and the sample records."""
    call_command("load_published", verbosity=0)
    demo.load()
    Figure.objects.filter(indicator__in=computation_of(), side="actual").delete()
    return person("desk", agency=Agency.objects.get(code="SNGV"))


def counted(by: User) -> dict[tuple[str, int], Decimal | None]:
    """What the registers add up to, by indicator and year."""
    table = year_table.build([2018, 2019], by)
    return {
        (row.indicator.code, year): row.actual.number
        for year in (2018, 2019)
        for row in table.rows(year)
        if row.actual is not None and row.actual.is_computed
    }


def worked(upload: Upload) -> Upload:
    jobs.run(upload.job.pk)
    return Upload.objects.select_related("job").get(pk=upload.pk)


def imported(register: Register, content: bytes, by: User) -> Upload:
    """As a person imports it: days stand first, what looks alike is kept."""
    file = ContentFile(content, name=f"{register.slug}.xlsx")
    upload = worked(pipeline.receive(file, source=RecordSource(register, by), by=by))
    if upload.state == State.ASKING:
        assert {one["kind"] for one in upload.questions} <= {"date"}, upload.questions
        unmatched = [at for at, name in upload.matching.items() if not name]
        assert not unmatched, [upload.layout["titles"][at] for at in unmatched]
        answers = {one["key"]: "dmy" for one in upload.questions}
        upload = worked(pipeline.answer(upload, by=by, answers=answers))
    assert upload.state == State.READY, upload.message
    faults = [(row.number, row.faults) for row in upload.rows.filter(outcome="faulty")]
    assert faults == []
    if pipeline.undecided(upload):
        pipeline.choose(upload, by=by, choice=Choice.KEEP)
    upload = worked(pipeline.confirm(upload, by=by, token=tokens.sign(upload, by)))
    assert upload.state == State.DONE, upload.message
    return upload


def test_office_workbooks_of_every_register_give_the_same_year(compiler: User):
    before = counted(compiler)
    assert len(before) >= 30
    books = {code: office.workbook(one) for code, one in registers().items()}
    numbers = {
        code: one.model.objects.filter(one.where).count() for code, one in registers().items()
    }
    demo.remove()
    assert not any(one.model.objects.filter(one.where).exists() for one in registers().values())

    for code, register in registers().items():
        upload = imported(register, books[code], compiler)
        assert upload.written_rows == numbers[code], code
        assert upload.sheet == "Biểu tổng hợp"
        recognised = " ".join(upload.recognised)
        assert "A (TT)" in recognised
        assert "tổng cộng" in recognised and "Ô " not in recognised, (code, recognised)
    assert counted(compiler) == before


@pytest.mark.parametrize("code", sorted(registers()))
def test_ordinals_and_notes_are_known_in_every_register(code: str, desk: User):
    fields = RecordSource(registers()[code], desk).fields()
    found = match({0: "Số TT", 1: "Ghi chú"}, fields)
    assert found[0] == "order"
    assert found[1] in ("note", "notes_beside")
