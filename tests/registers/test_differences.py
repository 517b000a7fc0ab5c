"""Register against typed: how much they differ is told, asked about, explained and printed."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from accounts.models import Agency
from border.models import Incident, Kind, Side
from indicators.models import Explanation, Figure
from reference.places import Place
from reports.compose import compose
from reports.issue import Issue
from reports.printing import official_view

SEEN = "Số đã nhập 8, sổ cộng được 5, sổ ít hơn 3 vụ."
LABEL = "Vụ vi phạm Hiệp định về quy chế quản lý biên giới"
WHY = "Ba vụ do phía bạn thông báo, không lập hồ sơ trong sổ."


@pytest.fixture
def five_incidents(published):
    place = Place(name="xã Tân Thanh", kind="commune", is_on_border=True)
    place.save()
    for number in range(5):
        Incident(
            agency=Agency.objects.get(code="BDBP"),
            happened_on=dt.date(2019, 5, 1 + number),
            place=place,
            kind=Kind.GRAZING,
            side=Side.CHINA if number else Side.VIETNAM,
            breaks_agreement=True,
            description="Chăn thả gia súc",
        ).save()


@pytest.fixture
def client(five_incidents, compiler, client_of):
    return client_of(compiler)


def hints(client, code="BORDER.VIOLATION"):
    page = client.get("/so-lieu/2019/").content.decode()
    data = re.search(r'<script id="entry-data" type="application/json">(.*?)</script>', page, re.S)
    return [hint for hint in json.loads(data[1])["hints"] if hint["row"] == code]


def explain(client, hint, text=WHY):
    body = {"figure": hint["figure"], "kind": hint["kind"], "text": text}
    return client.post("/so-lieu/2019/giai-trinh/", json.dumps(body), "application/json")


def test_the_difference_is_a_question_with_the_registers_number_as_its_answer(client):
    (hint,) = hints(client)
    assert hint["kind"] == "register"
    assert hint["message"] == (
        f"{SEEN} Đề nghị sửa số liệu hoặc sổ; nếu cả hai đều đúng, ghi thuyết minh."
    )
    assert (hint["fix"], hint["explained"]) == ("5", None)


def test_who_takes_the_registers_number_is_asked_no_more(client):
    (hint,) = hints(client)
    figure = Figure.objects.get(pk=hint["figure"])
    body = {
        "indicator": figure.indicator,
        "side": "actual",
        "version": figure.version,
        "text": hint["fix"],
    }
    answer = client.post("/so-lieu/2019/o/", json.dumps(body), "application/json").json()
    assert "register" not in [one["kind"] for one in answer["hints"] if one["row"] == hint["row"]]


def test_an_explained_difference_stands_until_the_register_changes(client):
    (hint,) = hints(client)
    assert explain(client, hint).status_code == 200
    assert Explanation.objects.get().seen == SEEN
    assert hints(client)[0]["explained"] == WHY
    Incident.objects.filter(happened_on=dt.date(2019, 5, 1)).update(breaks_agreement=False)
    assert hints(client)[0]["explained"] is None


def test_a_difference_nobody_explained_is_told_on_the_run_and_stops_nothing(
    client, report_2019, compiler
):
    composed = compose(report_2019, compiler)
    told = [warning for warning in composed.warnings if SEEN in warning]
    assert told == [f"{LABEL}: {SEEN} Chưa có thuyết minh."]
    assert composed.explained is None


def test_explanations_are_an_annex_of_the_report(client, report_2019, compiler):
    explain(client, hints(client)[0])
    (parts,) = [one for one in hints(client, "DELEG.IN.PERSONS") if one["kind"] == "parts"]
    explain(client, parts, "Tổng công bố chưa gồm khách đi cùng phóng viên.")

    composed = compose(report_2019, compiler)
    told = [line.cells for line in composed.explained.lines]
    assert [cells[0] for cells in told] == ["1", "2"]
    assert (
        told[0][2],
        told[1][2],
    ) == ("Tổng 583, cộng ba thành phần được 731, lệch 148 lượt người.", (SEEN))
    assert told[1][3] == WHY
    assert any(warning.endswith(f"Thuyết minh: {WHY}") for warning in composed.warnings)

    view = official_view(composed, report_2019.office, Issue())
    titles = [(label, annex.title) for label, annex in view.numbered_annexes]
    assert titles == [
        ("Phụ lục I", "Tổng hợp chỉ tiêu năm 2019"),
        ("Phụ lục II", "Thuyết minh số liệu năm 2019"),
    ]


def test_other_explanations_are_printed_with_their_number(client, report_2019, compiler):
    figure = Figure.objects.current().get(indicator="TRADE.TOTAL", period__year=2019, side="actual")
    Explanation.objects.create(
        figure=figure, kind="outlier", seen="…", text="Có thêm kho ngoại quan.", written_by=compiler
    )
    (line,) = compose(report_2019, compiler).explained.lines
    assert line.cells[2] == "Thực hiện 4.750 triệu USD: khác xa các năm trước."
    assert line.cells[3] == "Có thêm kho ngoại quan."
