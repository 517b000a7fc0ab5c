"""The entry table: all of it is saved or nothing, and nobody's value is written over unseen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from reference.gates import Gate
from reference.models import ReportingYear
from reference.periods import open_year
from tests.registers.samples import samples
from trade.models import Turnover

TABLE = "/so/kim-ngach/bang/"
SHEET = {"kind": "month", "month": "11/2019", "scope": "report"}


@pytest.fixture
def gates(db):
    samples()["trade"].needs()
    return {gate.code: gate.pk for gate in Gate.objects.all()}


@pytest.fixture
def client(officer, client_of):
    return client_of(officer)


def cell(gate, flow, typed, base="", seen="", **more):
    place = f"{gate}-{flow}"
    sent = {f"v-{place}": typed, f"b-{place}": base, f"s-{place}": seen}
    return sent | {name.replace("_", "-") + f"-{place}": value for name, value in more.items()}


def stored(row):
    return f"{row.pk}:{row.version}"


def values():
    return {
        (row.gate.code, row.flow): row.value / 1_000_000
        for row in Turnover.objects.alive().select_related("gate")
    }


def test_a_table_stores_a_row_for_every_cell_that_was_typed(client, gates, agencies):
    data = (
        SHEET
        | cell(gates["HUUNGHI"], "export", "104,25")
        | cell(gates["CHIMA"], "import", "0")
        | cell(gates["TANTHANH"], "import", "")
    )
    answer = client.post(TABLE, data)
    assert answer.status_code == 302
    assert values() == {("HUUNGHI", "export"): Decimal("104.25"), ("CHIMA", "import"): 0}
    row = Turnover.objects.get(gate__code="HUUNGHI")
    assert (row.agency, row.scope, row.regime) == (agencies["SCT"], "report", "")
    assert row.value == 104_250_000
    # Sent again, it changes nothing.
    assert client.post(TABLE, data).status_code == 302
    assert Turnover.objects.count() == 2
    assert {one.version for one in Turnover.objects.all()} == {1}


def test_last_year_stands_beside(client, gates, agencies, desk):
    sample = samples()["trade"]
    sample.record(agencies["SCT"], desk, month="11/2018", value="200.000.000")
    page = client.get(TABLE, SHEET).content.decode()
    assert ">200</td>" in page
    sample.record(agencies["SCT"], desk, month="11/2019", value="150.000.000")
    assert "−25%" in client.get(TABLE, SHEET).content.decode()


def test_one_wrong_cell_keeps_all_of_them_from_being_saved(client, gates):
    page = client.post(
        TABLE,
        SHEET
        | cell(gates["HUUNGHI"], "export", "104,25")
        | cell(gates["CHIMA"], "export", "12 tr")
        | cell(gates["TANTHANH"], "export", "-1"),
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "không phải số" in text and "Kim ngạch không thể âm" in text
    assert 'value="104,25"' in text and 'value="12 tr"' in text
    assert not Turnover.objects.exists()


def test_a_cell_somebody_else_changed_is_asked_about(client, gates, desk, client_of):
    place = cell(gates["HUUNGHI"], "export", "100")
    client.post(TABLE, SHEET | place)
    row = Turnover.objects.get()
    mine = cell(gates["HUUNGHI"], "export", "120", "100", stored(row))
    theirs = cell(gates["HUUNGHI"], "export", "110", "100", stored(row))
    assert client_of(desk).post(TABLE, SHEET | theirs).status_code == 302
    other = cell(gates["CHIMA"], "export", "7")
    page = client.post(TABLE, SHEET | mine | other)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Vi Thị Mẫu" in text and "giữ 110" in text and "ghi 120" in text
    assert values() == {("HUUNGHI", "export"): 110}  # the other cell waits, too

    row.refresh_from_db()
    again = cell(gates["HUUNGHI"], "export", "120", "110", stored(row), keep="")
    again[f"keep-{gates['HUUNGHI']}-export-open"] = "1"
    assert client.post(TABLE, SHEET | again | other).status_code == 409  # nothing was chosen
    keep = {f"keep-{gates['HUUNGHI']}-export": "theirs"}
    assert client.post(TABLE, SHEET | again | keep | other).status_code == 302
    assert values() == {("HUUNGHI", "export"): 110, ("CHIMA", "export"): 7}
    keep = {f"keep-{gates['HUUNGHI']}-export": "mine"}
    assert client.post(TABLE, SHEET | again | keep).status_code == 302
    assert values()["HUUNGHI", "export"] == 120


def test_two_who_fill_the_same_empty_cell_meet(client, gates, desk, client_of):
    assert (
        client_of(desk).post(TABLE, SHEET | cell(gates["CHIMA"], "export", "5")).status_code == 302
    )
    page = client.post(TABLE, SHEET | cell(gates["CHIMA"], "export", "6"))
    assert page.status_code == 409
    assert values() == {("CHIMA", "export"): 5}
    # The same value twice is no conflict.
    assert client.post(TABLE, SHEET | cell(gates["CHIMA"], "export", "5")).status_code == 302


def test_a_cell_nobody_touched_takes_what_the_other_one_stored(client, gates, desk, client_of):
    client.post(TABLE, SHEET | cell(gates["HUUNGHI"], "export", "100"))
    row = Turnover.objects.get()
    untouched = cell(gates["HUUNGHI"], "export", "100", "100", stored(row))
    theirs = cell(gates["HUUNGHI"], "export", "110", "100", stored(row))
    client_of(desk).post(TABLE, SHEET | theirs)
    answer = client.post(TABLE, SHEET | untouched | cell(gates["CHIMA"], "export", "7"))
    assert answer.status_code == 302
    assert values() == {("HUUNGHI", "export"): 110, ("CHIMA", "export"): 7}


def test_an_emptied_cell_deletes_its_row_for_a_reason(client, gates):
    client.post(TABLE, SHEET | cell(gates["HUUNGHI"], "export", "100"))
    row = Turnover.objects.get()
    emptied = cell(gates["HUUNGHI"], "export", "", "100", stored(row))
    page = client.post(TABLE, SHEET | emptied)
    assert page.status_code == 422
    assert "ghi lý do" in page.content.decode()
    assert client.post(TABLE, SHEET | emptied | {"reason": "nhập nhầm tháng"}).status_code == 302
    row.refresh_from_db()
    assert (row.is_deleted, row.deletion_reason) == (True, "nhập nhầm tháng")


def test_a_value_a_thousand_times_last_years_is_asked_about(client, gates, agencies, desk):
    samples()["trade"].record(agencies["SCT"], desk, month="11/2018", value="104.000.000")
    typed = cell(gates["HUUNGHI"], "export", "104.000")
    page = client.post(TABLE, SHEET | typed)
    assert page.status_code == 422
    assert "triệu USD" in page.content.decode()
    assert Turnover.objects.count() == 1
    sure = {f"sure-{gates['HUUNGHI']}-export": "104.000"}
    assert client.post(TABLE, SHEET | typed | sure).status_code == 302


def test_a_closed_year_can_be_read_and_not_written(client, gates):
    open_year(2019)
    ReportingYear.objects.update(locked_on=timezone.localdate())
    page = client.get(TABLE, SHEET).content.decode()
    assert "đã chốt" in page and 'name="v-' not in page
    client.post(TABLE, SHEET | cell(gates["HUUNGHI"], "export", "100"))
    assert not Turnover.objects.exists()


def test_a_row_of_another_agency_is_neither_seen_nor_written_over(client, gates, agencies, desk):
    samples()["trade"].record(agencies["SNNMT"], desk, month="11/2019", value="9.000.000")
    assert ">9<" not in client.get(TABLE, SHEET).content.decode()
    page = client.post(TABLE, SHEET | cell(gates["HUUNGHI"], "export", "8"))
    assert page.status_code in (409, 422)
    assert "đơn vị khác" in page.content.decode()
    assert values() == {("HUUNGHI", "export"): 9}


def test_only_gates_that_were_open_stand_in_the_table(client, gates):
    def shown(month):
        page = client.get(TABLE, SHEET | {"month": month}).content.decode()
        return [code for code, pk in gates.items() if f'name="v-{pk}-export"' in page]

    assert shown("11/2019") == ["HUUNGHI", "CHIMA", "TANTHANH"]
    assert shown("03/2020") == ["HUUNGHI", "TANTHANH"]
    assert shown("05/2024") == ["HUUNGHI", "CHIMA", "TANTHANH", "DCD"]


def test_local_goods_have_no_imports(client, gates):
    page = client.get(TABLE, SHEET | {"is_local": "on"}).content.decode()
    assert f'name="v-{gates["HUUNGHI"]}-export"' in page
    assert f'name="v-{gates["HUUNGHI"]}-import"' not in page


def test_a_plan_is_of_the_whole_year(client, gates):
    sheet = SHEET | {"kind": "plan", "month": "03/2019"}
    client.post(TABLE, sheet | cell(gates["HUUNGHI"], "export", "3150"))
    row = Turnover.objects.get()
    assert (row.kind, row.month.month) == ("plan", 12)


def test_a_table_of_no_month_says_so(client, gates):
    page = client.get(TABLE, SHEET | {"month": "13/2019"})
    assert "không phải là tháng" in page.content.decode()
