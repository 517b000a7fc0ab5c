"""What a file has no column for is asked once, and put into its new rows alone."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import translation
from openpyxl import Workbook

from accounts.models import User
from delegations.choices import Status
from delegations.models import Outbound
from imports import pipeline, tokens
from imports.forms import AnswerForm
from imports.models import Upload
from jobs import actions as jobs
from registers.declarations import registers
from registers.importing import RecordSource, sources
from tests.registers.samples import samples
from trade.models import Turnover

pytestmark = pytest.mark.django_db
State = Upload.State
TRIPS = ("Tên đoàn", "Số người", "Quốc gia, vùng lãnh thổ", "Từ ngày", "Đến ngày")
TRIP = ("Đoàn khảo sát cửa khẩu", 12, "Trung Quốc", "15/03/2019", "18/03/2019")
GOODS = ("Cửa khẩu", "Giá trị (USD)")


class Clerk:
    """Somebody who imports rows into one register."""

    def __init__(self, code: str, user: User) -> None:
        samples()[code].needs()
        self.register, self.user = registers()[code], user

    def upload(self, *rows: tuple[Any, ...], name: str = "danh-sach", **how: Any) -> Upload:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        content = io.BytesIO()
        book.save(content)
        file = ContentFile(content.getvalue(), name=f"{name}.xlsx")
        source = RecordSource(self.register, self.user)
        return self._worked(pipeline.receive(file, source=source, by=self.user, **how))

    def answer(self, upload: Upload, **said: str) -> Upload:
        answers = {f"fill:{name}": text for name, text in said.items()}
        return self._worked(pipeline.answer(upload, by=self.user, answers=answers))

    def confirm(self, upload: Upload) -> Upload:
        token = tokens.sign(upload, self.user)
        return self._worked(pipeline.confirm(upload, by=self.user, token=token))

    def form(self, upload: Upload, sent: dict[str, str] | None = None) -> AnswerForm:
        source = RecordSource(self.register, self.user)
        columns = {f"column-{at}": name for at, name in upload.matching.items()}
        data = None if sent is None else columns | sent
        return AnswerForm(data, upload=upload, source=source)

    def _worked(self, upload: Upload) -> Upload:
        assert upload.job is not None
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job").get(pk=upload.pk)


@pytest.fixture
def trips(desk: User) -> Clerk:
    return Clerk("delegations_out", desk)


@pytest.fixture
def turnover(desk: User) -> Clerk:
    return Clerk("trade", desk)


def shown(upload: Upload) -> list[dict[str, str]]:
    source = next(one for one in sources(upload.by) if one.code == upload.source)
    with translation.override("vi"):
        rows = [source.shown(row) for row in upload.rows.order_by("number")]
    return [{name: new for name, (_old, new) in row.items()} for row in rows]


def test_whether_journeys_are_over_is_asked_once_for_the_file(trips: Clerk):
    upload = trips.upload(TRIPS, TRIP)
    assert upload.state == State.ASKING
    assert [one["key"] for one in upload.questions] == ["fill:pillar", "fill:status"]
    with translation.override("vi"):
        boxes = trips.form(upload).boxes()
        assert boxes[1].title == "Tệp không có cột “Tình trạng”. Tình trạng của mọi dòng mới:"
    assert boxes[1].samples == []

    upload = trips.answer(upload, status="ended", pillar="state")
    assert upload.state == State.READY
    (cells,) = shown(upload)
    with translation.override("vi"):
        assert cells["status"] == str(Status.ENDED.label)
    assert cells["data_class"] == "thông thường"  # the usual value, which nobody is asked for
    assert sum("Tệp không có cột" in sentence for sentence in upload.recognised) == 3
    trips.confirm(upload)
    assert Outbound.objects.get().status == Status.ENDED


def test_a_column_that_is_there_is_not_asked_about_and_its_empty_cells_are_faults(trips: Clerk):
    upload = trips.upload(
        (*TRIPS, "Trụ cột", "Tình trạng"),
        (*TRIP, "Ngoại giao Nhà nước", "đã kết thúc"),
        (*TRIP, "Ngoại giao Nhà nước", ""),
    )
    assert not [one for one in upload.questions if one["kind"] == "fill"]
    if upload.state == State.ASKING:
        upload = trips.answer(upload)
    faults = [fault["field"] for row in upload.rows.all() for fault in row.faults]
    assert "status" in faults


def test_an_answer_has_to_be_given_unless_a_column_is_matched(trips: Clerk):
    upload = trips.upload((*TRIPS, "Chuyến đi thế nào"), (*TRIP, "đã kết thúc"))
    assert not trips.form(upload, {"question-0": "state"}).is_valid()
    assert trips.form(upload, {"question-0": "state", "question-1": "ended"}).is_valid()
    matched = {"question-0": "state", "column-5": "status"}
    assert trips.form(upload, matched).is_valid()


def test_records_that_are_met_are_not_changed_by_what_was_said_of_all(
    turnover: Clerk, agencies, desk: User
):
    sample = samples()["trade"]
    record = sample.record(agencies["SCT"], desk, month="3/2019")
    upload = turnover.upload(GOODS, ("Hữu Nghị", 1250000), ("Chi Ma", 1))
    asked = [one["field"] for one in upload.questions if one["kind"] == "fill"]
    assert {"month", "flow", "scope"} <= set(asked)
    said = {"month": "3/2019", "flow": record.flow, "scope": record.scope}
    upload = turnover.answer(upload, **said)
    assert upload.state == State.READY, upload.questions
    met, new = upload.rows.order_by("number")
    assert (met.target, met.outcome) == (record.pk, "changed")
    assert list(shown(upload)[0]) == ["value"]
    assert new.outcome == "new"
    assert shown(upload)[1]["month"] == "03/2019"
    turnover.confirm(upload)
    assert Turnover.objects.get(pk=record.pk).value == Decimal(1250000)
    assert Turnover.objects.exclude(pk=record.pk).get().scope == record.scope


def test_a_month_nobody_can_read_is_asked_again(turnover: Clerk):
    upload = turnover.upload(GOODS, ("Hữu Nghị", 1250000))
    said = {"flow": "export", "scope": "report"}
    upload = turnover.answer(upload, month="tháng mười ba", **said)
    assert upload.state == State.ASKING
    assert "fill:month" not in upload.answers
    index = [one["key"] for one in upload.questions].index("fill:month")
    form = turnover.form(upload, {f"question-{index}": "13/2019"})
    assert form.errors[f"question-{index}"]


def test_rows_with_record_numbers_ask_for_nothing(trips: Clerk, agencies, desk: User):
    record = samples()["delegations_out"].record(agencies["SNGV"], desk)
    upload = trips.upload(("Số bản ghi", "Tên đoàn"), (record.pk, "Tên khác"))
    assert (upload.questions, upload.state) == ([], State.READY)
    assert upload.counts["changed"] == 1


# --- the corrected file ------------------------------------------------------------------

SAID = {"month": "3/2019", "flow": "export", "scope": "report"}


def with_numbers(turnover: Clerk, **answers: str) -> Upload:
    """A file with a fault whose questions are answered."""
    upload = turnover.upload(GOODS, ("Hữu Nghị", "6.500"), ("Ở đâu", "7.500"))
    assert upload.state == State.ASKING
    answers = {"number:B": "vi"} | {f"fill:{name}": said for name, said in SAID.items()}
    upload = turnover._worked(pipeline.answer(upload, by=turnover.user, answers=answers))
    assert (upload.state, upload.counts["faulty"]) == (State.READY, 1)
    return upload


def test_the_corrected_file_is_answered_as_the_first_and_says_so(turnover: Clerk):
    first = with_numbers(turnover)
    mended = (GOODS, ("Hữu Nghị", "6.500"), ("Chi Ma", "8.500"))
    upload = turnover.upload(*mended, name="sua-xong", corrects=first)
    assert (upload.state, upload.answers) == (State.READY, first.answers)
    assert "xuất khẩu" in upload.recognised[0] and "6.500 = 6500" in upload.recognised[0]
    assert turnover.form(upload)["question-0"].value() == "3/2019"
    values = upload.rows.order_by("number").values_list("values__value", flat=True)
    assert list(values) == ["6500.00", "8500.00"]

    again = turnover.upload(*mended, name="danh-sach-danh-dau-loi (1)")
    assert again.state == State.READY


def test_what_is_meant_anew_is_asked_anew(turnover: Clerk):
    first = with_numbers(turnover)
    other = ("Cửa khẩu", "Trị giá", "Giá trị (USD)")
    upload = turnover.upload(other, ("Chi Ma", "", "9.500"), corrects=first)
    assert upload.state == State.ASKING
    assert "number:C" not in upload.answers

    another = turnover.upload(GOODS, ("Chi Ma", "9.500"), name="thang-4")
    assert (another.state, another.answers) == (State.ASKING, {})


def test_a_column_under_the_same_letter_is_another_question(turnover: Clerk):
    first = with_numbers(turnover)
    swapped = ("Cửa khẩu", "Giá trị (triệu USD)")
    upload = turnover.upload(swapped, ("Chi Ma", "9.500"), corrects=first)
    assert "number:B" not in upload.answers
    assert upload.state == State.ASKING


def test_the_command_takes_the_same_keys(trips: Clerk, tmp_path, capsys):
    path = tmp_path / "doan.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in (TRIPS, TRIP)))
    answers = {"fill:status": "ended", "fill:pillar": "state"}
    call_command(
        "import_file",
        trips.register.slug,
        str(path),
        "--as",
        trips.user.username,
        "--answers",
        json.dumps(answers),
        "--confirm",
    )
    assert json.loads(capsys.readouterr().out)["written"] == 1
    assert Outbound.objects.get().status == Status.ENDED
