"""``manage.py import_file``: the same import from the shell, told as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from imports.models import Upload
from tests.imports.standin import HEADINGS, TurnoverSource, months, turnover_source
from tests.trade.sample import gates
from trade.models import Turnover

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
RESOURCE = TurnoverSource.code


@pytest.fixture
def run(desk: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    gates()

    def imported(rows: list[tuple[Any, ...]], *options: str, who: str = "") -> tuple[int, Any]:
        file = tmp_path / "bang.csv"
        lines = [";".join(map(str, line)) for line in [HEADINGS, *rows]]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            call_command("import_file", RESOURCE, str(file), "--as", who or desk.username, *options)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        return code, json.loads(capsys.readouterr().out)

    return imported


def test_a_clean_file_is_checked_and_nothing_is_written(run: Any) -> None:
    code, told = run(months(3))
    assert (code, told["state"], told["counts"]["new"]) == (0, "ready", 3)
    assert told["columns"]["D"] == "value"
    assert not Turnover.objects.exists()


def test_with_confirm_it_is_written(run: Any) -> None:
    code, told = run(months(3), "--confirm")
    assert (code, told["state"], told["written"]) == (0, "done", 3)
    assert Turnover.objects.count() == 3
    code, told = run(months(3))
    assert told["imported_before"]["by"]
    assert told["counts"]["unchanged"] == 3


def test_faults_are_told_with_cell_rule_and_message(run: Any) -> None:
    rows = [*months(1), ("02/2019", "HUUNGHI", "export", -5, "")]
    code, told = run(rows, "--confirm")
    assert code == 1
    (fault,) = told["faults"]
    assert (fault["cell"], fault["field"], fault["value"]) == ("D3", "value", "-5")
    assert fault["rule"] == "value"
    assert fault["message"] == "Giá trị không âm. Nhập lại."
    assert not Turnover.objects.exists()


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("13/2019", "HUUNGHI", "export", 5, ""), "month"),
        (("02/2019", "HUUNGHI", "export", "năm", ""), "number"),
        (("02/2019", "", "export", 5, ""), "required"),
        (("02/2019", "HUUNGHI", "export", -5, ""), "value"),
        (("02/2019", "KHONGCO", "export", 5, ""), "record"),
    ],
)
def test_the_rule_of_a_fault_is_a_code(run: Any, row: tuple[Any, ...], rule: str) -> None:
    _code, told = run([row])
    assert [fault["rule"] for fault in told["faults"]] == [rule]


def test_only_the_good_rows_are_written_on_demand(run: Any) -> None:
    rows = [*months(1), ("02/2019", "HUUNGHI", "export", -5, "")]
    code, told = run(rows, "--confirm", "--answers", '{"only_good": true}')
    assert (code, told["written"]) == (1, 1)


def test_what_is_ambiguous_is_refused_until_it_is_answered(run: Any) -> None:
    rows = [("01/2019", "HUUNGHI", "export", "6.500", "")]
    code, told = run(rows, "--confirm")
    assert (code, told["state"]) == (2, "asking")
    assert [question["key"] for question in told["questions"]] == ["number:D"]
    code, told = run(rows, "--confirm", "--answers", '{"number:D": "vi"}')
    assert (code, told["written"]) == (0, 1)
    assert Turnover.objects.get().value == 6500


def test_duplicates_need_a_word(run: Any) -> None:
    run([("01/2019", "HUUNGHI", "export", 5, "trùng")], "--confirm")
    rows = [("01/2019", "HUUNGHI", "export", 6, "trùng")]
    code, told = run(rows, "--confirm")
    assert (code, bool(told["message"])) == (2, True)
    code, told = run(rows, "--confirm", "--answers", '{"duplicates": "update"}')
    assert (code, told["written"]) == (0, 1)


def test_who_is_not_said_or_may_not_is_refused(run: Any, person: Any) -> None:
    assert run(months(1), who="khong-co")[0] == 2
    assert run(months(1), who=person().username)[0] == 2
    assert not Upload.objects.exists()


@pytest.mark.parametrize("answers", ["[]", "{", '{"columns": {"Z": "note"}}'])
def test_answers_that_make_no_sense_are_refused(run: Any, answers: str) -> None:
    code, told = run(months(1), "--answers", answers)
    assert code == 2
    assert told["message"]
