"""A block pasted into a year's table: a diff first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from documents.models import SourceDocument
from indicators.models import Figure
from reference.models import Period
from reference.periods import open_year

pytestmark = pytest.mark.django_db
ADDRESS = "/so-lieu/2019/dan/"
ROWS = ["TRADE.TOTAL", "TRADE.EXPORT", "TRADE.IMPORT"]


@pytest.fixture
def paste(year_2019, agencies, officer, client_of) -> Callable[..., Any]:
    """Sends a block as the screen does; ``paste(text)`` answers with status and JSON."""
    assert reverse("indicators:paste", args=[2019]) == ADDRESS

    def send(
        text: str, by: User = officer, to: str = ADDRESS, **more: Any
    ) -> tuple[int, dict[str, Any]]:
        sent = {"text": text, "rows": ROWS, "side": "plan"} | more
        answer = client_of(by).post(to, sent, content_type="application/json")
        return answer.status_code, answer.json()

    return send


def now(code: str, side: str = "actual") -> Decimal | None:
    figure = Figure.objects.current().filter(indicator=code, side=side).first()
    return figure and figure.value


def test_numbers_alone_go_where_the_cursor_stands(paste):
    text = "5.230\t4.750\r\n3.150\t2.550\r\n\t2.200\r\n"
    status, answer = paste(text)
    assert (status, answer["counts"]["new"]) == (200, 3)
    assert answer["rows"][0]["title"] == "Tổng kim ngạch xuất nhập khẩu"
    assert answer["rows"][0]["cells"] == [
        ["Kế hoạch 2019", "", "5.230"], ["Thực hiện 2019", "", "4.750"]
    ]  # fmt: skip
    assert not Figure.objects.exists()

    status, written = paste(text, digest=answer["digest"])
    assert (status, written["message"]) == (200, "Đã ghi 3 dòng.")
    assert sorted(written["figures"]) == sorted(Figure.objects.values_list("pk", flat=True))
    assert (now("TRADE.TOTAL", "plan"), now("TRADE.TOTAL")) == (5230, 4750)
    assert (now("TRADE.IMPORT", "plan"), now("TRADE.IMPORT")) == (None, 2200)
    assert set(Figure.objects.values_list("origin", flat=True)) == {"typed"}


def test_rows_with_names_go_where_the_names_say(paste):
    status, answer = paste("KNNK\ttriệu USD\t2.200\nKNXK\ttriệu USD\t2.550", side="actual")
    assert (status, answer["counts"]["new"]) == (200, 2)
    paste("KNNK\ttriệu USD\t2.200\nKNXK\ttriệu USD\t2.550", side="actual", digest=answer["digest"])
    assert (now("TRADE.IMPORT"), now("TRADE.EXPORT")) == (2200, 2550)


def test_headings_say_which_column_is_which(paste):
    text = (
        "TT\tChỉ tiêu\tĐVT\tTH 2018\tƯớc TH 2019\tKH 2019\tSo sánh (%)\n"
        '1\t"Kim ngạch\nxuất khẩu"\ttriệu USD\t2.955\tgần 2.550\t3.150\t81'
    )
    status, answer = paste(text)
    assert status == 200
    assert [cell[2] for cell in answer["rows"][0]["cells"]] == ["3.150", "gần 2.550 (ước)"]


def test_numbers_are_read_as_when_they_are_typed(paste):
    _status, answer = paste("6.500\n1.234,5")
    assert [row["cells"][0][2] for row in answer["rows"]] == ["6.500", "1.234,5"]
    _status, english = paste("6,500\n1,234.5")
    assert [row["cells"][0][2] for row in english["rows"]] == ["6.500", "1.234,5"]


@pytest.mark.parametrize(
    "text", ["1\t2\t3", "1\n2\n3\n4", "", "KNXK\t1\t2\t3", "1\n" * 501, "1" * 200_001]
)
def test_a_block_that_does_not_fit_is_refused_in_words(paste, text):
    status, answer = paste(text)
    assert status == 422
    assert answer["message"]


def test_a_block_with_a_fault_is_not_written_at_all(paste):
    status, answer = paste("3.150\nabc")
    assert answer["counts"]["faulty"] == 1
    value, _message, column = answer["rows"][1]["faults"][0]
    assert (value, column) == ("abc", "Kế hoạch 2019")
    status, answer = paste("3.150\nabc", digest=answer["digest"])
    assert (status, Figure.objects.count()) == (422, 0)


def test_what_changed_since_it_was_shown_is_shown_again(paste, agencies):
    _status, answer = paste("5.230\n3.150")
    Figure.objects.create(
        indicator="TRADE.EXPORT", period=Period.objects.full_year(2019), agency=agencies["SCT"],
        side="plan", state="value", value=3000,
    )  # fmt: skip
    status, fresh = paste("5.230\n3.150", digest=answer["digest"])
    assert (status, now("TRADE.EXPORT", "plan"), now("TRADE.TOTAL", "plan")) == (409, 3000, None)
    assert fresh["rows"][1]["cells"] == [["Kế hoạch 2019", "3.000", "3.150"]]
    assert paste("5.230\n3.150", digest=fresh["digest"])[0] == 200


def test_new_numbers_carry_the_open_document(paste, officer):
    document = SourceDocument.objects.create(subject="Báo cáo", number="12/BC-SCT")
    paste("5.230", digest=paste("5.230")[1]["digest"])
    more = {"source": document.pk, "source_page": "3"}
    answer = paste("5.230\n3.150", **more)[1]
    assert answer["counts"]["unchanged"] == 1
    paste("5.230\n3.150", digest=answer["digest"], **more)
    figures = Figure.objects.order_by("pk").values_list("source", "source_page")
    assert list(figures) == [(None, ""), (document.pk, "3")]


def test_cells_of_others_and_closed_years_are_not_written(paste, other_officer, year_2019):
    assert paste("5.230", by=other_officer)[1]["counts"]["faulty"] == 1
    year_2019.locked_on = "2019-12-20"
    year_2019.save()
    answer = paste("5.230")[1]
    assert answer["counts"]["faulty"] == 1
    assert paste("5.230", digest=answer["digest"])[0] == 422


@pytest.mark.parametrize(
    "more", [{"rows": "x"}, {"side": "both"}, {"rows": [["a"]] * 3}, {"source": "x"}]
)
def test_what_no_page_of_ours_sends_is_refused(paste, more):
    assert paste("1", **more)[0] in (200, 400, 422)
    assert not Figure.objects.exists()


# --- parts of the year ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "kind", "months"),
    [("6-thang", "year_to_date", 6), ("9-thang", "year_to_date", 9), ("thang-5", "month", 5)],
)
def test_a_block_goes_into_the_part_of_the_year_that_is_open(paste, span, kind, months):
    to = f"/so-lieu/2019/{span}/dan/"
    for text in ("2.300\n1.200", "KNXK\ttriệu USD\t1.200\nTổng KNXNK\ttriệu USD\t2.300"):
        status, answer = paste(text, to=to, side="actual")
        assert (status, answer["counts"]["faulty"]) == (200, 0)
    assert paste(text, to=to, side="actual", digest=answer["digest"])[0] == 200
    figures = Figure.objects.current().select_related("period")
    assert {figure.indicator: figure.value for figure in figures} == {
        "TRADE.TOTAL": 2300, "TRADE.EXPORT": 1200
    }  # fmt: skip
    assert {(one.period.kind, one.period.months) for one in figures} == {(kind, months)}


def test_a_part_of_the_year_takes_neither_plans_nor_headings_of_years(paste):
    to = "/so-lieu/2019/6-thang/dan/"
    assert paste("5.230\t2.300", to=to)[0] == 422
    status, answer = paste("Chỉ tiêu\tTH 2019\nKNXK\t2.550", to=to, side="actual")
    assert (status, "tiêu đề" in answer["message"].lower()) == (422, True)
    assert not Figure.objects.exists()


def test_pasted_numbers_get_the_hints_of_the_cells_and_may_stand(paste, agencies):
    open_year(2018)
    before = {"period": Period.objects.full_year(2018), "agency": agencies["SCT"]}
    Figure.objects.create(
        indicator="TRADE.EXPORT", side="actual", state="value", value=2955, **before
    )
    status, answer = paste("4760\n2550000\n2200", side="actual")
    notes = [row["note"] for row in answer["rows"]]
    assert (status, answer["counts"]["faulty"], answer["unsourced"]) == (200, 0, 3)
    assert "cộng" in notes[0]  # the parts in the block add up to something else
    assert "2.955" in notes[1]
    assert paste("4760\n2550000\n2200", side="actual", digest=answer["digest"])[0] == 200
