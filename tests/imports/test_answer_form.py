"""The form of answers: a question many columns raise is asked once, and each may differ."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from imports.contract import Field, FieldKind
from imports.forms import AnswerForm
from imports.models import Upload
from tests.imports.standin import TurnoverSource

FIELDS = [
    Field(name="order", label="TT", is_silent=True),
    Field(name="ratio", label="% KH", is_silent=True, is_compared=True),
    Field(name="plan", label="KH", kind=FieldKind.NUMBER),
    Field(name="actual", label="TH", kind=FieldKind.NUMBER),
]
STYLES = [["vi", "6.500 = 6500"], ["en", "6.500 = 6,5"]]
OTHERS = [["vi", "1.200 = 1200"], ["en", "1.200 = 1,2"]]


class Given(TurnoverSource):
    def fields(self) -> list[Field]:
        return FIELDS


def question(key: str, options: list, field: str = "plan", **more: Any) -> dict[str, Any]:
    kind = key.partition(":")[0]
    return {"key": key, "kind": kind, "field": field, "samples": [["C5", "6.500"]],
            "options": options, "label": "", **more}  # fmt: skip


def form(*questions: dict, sent: dict | None = None, **answers: str) -> AnswerForm:
    upload = Upload(
        layout={"titles": {"0": "TT", "1": "% KH", "2": "KH", "3": "TH"}},
        matching={"0": "order", "1": "ratio", "2": "plan", "3": "actual"},
        questions=list(questions),
        answers={key.replace("_", ":"): said for key, said in answers.items()},
    )
    columns = {f"column-{at}": name for at, name in upload.matching.items()}
    data = None if sent is None else columns | sent
    return AnswerForm(data, upload=upload, source=Given())


STYLE = (question("number:C", STYLES), question("number:D", OTHERS, "actual"))


def test_a_question_of_two_columns_stands_there_once():
    (box,) = form(*STYLE).boxes()
    (other,) = box.others
    assert not box.differs
    assert [str(value) for value, _words in other.box.field.choices] == ["", "vi", "en"]
    assert other.box.initial == ""


def test_one_answer_holds_for_all_columns():
    answered = form(*STYLE, sent={"question-0": "vi"})
    assert answered.is_valid()
    assert answered.answers == {"number:C": "vi", "number:D": "vi"}


def test_a_column_may_be_answered_otherwise():
    answered = form(*STYLE, sent={"question-0": "vi", "question-1": "en"})
    assert answered.is_valid()
    assert answered.answers == {"number:C": "vi", "number:D": "en"}
    (box,) = form(*STYLE, number_C="vi", number_D="en").boxes()
    assert box.differs
    (box,) = form(*STYLE, number_C="vi", number_D="vi").boxes()
    assert not box.differs


def test_the_question_has_to_be_answered_once():
    assert not form(*STYLE, sent={"question-1": "en"}).is_valid()


def test_questions_of_other_kinds_and_units_of_other_names_are_asked_apart():
    million = [["1", "triệu USD"], ["0.000001", "USD"]]
    dong = [["1", "triệu đồng"], ["0.000001", "đồng"]]
    asked = form(
        *STYLE,
        question("unit:C", million),
        question("unit:D", dong, "actual"),
        question("date:E", [["dmy", "…"], ["mdy", "…"]]),
    )
    assert [len(box.others) for box in asked.boxes()] == [1, 0, 0, 0]


def test_a_row_is_no_question_about_columns_and_may_be_left_out():
    row = question("row:ra", [["", "—"], ["TRADE.EXPORT", "Xuất khẩu"]], label="Hàng ra")
    asked = form(row, sent={"question-0": ""})
    assert asked.is_valid()
    assert asked.boxes() == []
    (line,) = asked.rows()
    assert (line.name, line.cell) == ("Hàng ra", "C5")
    assert asked.answers == {"row:ra": ""}


def test_only_what_is_compared_is_called_a_check():
    with translation.override("vi"):
        uses = {column.heading: column.use for column in form().columns()}
    assert uses == {
        "TT": "không nhập", "% KH": "dùng để đối chiếu, không nhập", "KH": "", "TH": ""
    }  # fmt: skip


def test_nobody_goes_on_without_the_field_every_row_needs():
    class Named(TurnoverSource):
        def fields(self) -> list[Field]:
            return [Field(name="name", label="Tên", required=True, is_key=True), *FIELDS]

    upload = Upload(layout={"titles": {"0": "Họ tên"}}, matching={"0": ""})
    with translation.override("vi"):
        without = AnswerForm({"column-0": ""}, upload=upload, source=Named())
        assert not without.is_valid()
        assert "“Tên”" in str(without.non_field_errors())
        assert AnswerForm({"column-0": "name"}, upload=upload, source=Named()).is_valid()
