"""Eleven months, estimated December, the year: two are typed, one is computed, and it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Agency, User
from indicators.actions import Refused
from indicators.entry import parts
from indicators.entry.parts import Parts
from indicators.models import Figure, YearPart
from reference.models import Period, ReportingYear
from reference.periods import period

ClientOf = Callable[[User], Client]


def _save(client: Client, version: int, **typed: str) -> dict[str, Any]:
    body = {"indicator": "TRADE.EXPORT", "side": "actual", "version": version} | typed
    response = client.post("/so-lieu/2019/o/", json.dumps(body), content_type="application/json")
    return response.json() | {"status_code": response.status_code}


def _stands(answer: dict[str, Any]) -> tuple[str, str, str, str]:
    names = ("eleven_months", "december_estimate", "text", "computed_part")
    return tuple(answer.get(name, "") for name in names)  # type: ignore[return-value]


# --- the rule, as arithmetic ---------------------------------------------------------

_size = st.decimals(0, 10**6, places=2)


@st.composite
def _settled(draw: st.DrawFn) -> Parts:
    eleven, december = draw(_size), draw(_size)
    computed = draw(st.sampled_from([part for part in YearPart if part != YearPart.NONE]))
    return Parts(eleven=eleven, december=december, year=eleven + december, computed=computed)


@given(before=_settled(), number=_size, typed=st.sampled_from(["year", "eleven", "december"]))
def test_whatever_is_typed_stands_and_the_three_add_up(before: Parts, number: Decimal, typed: str):
    try:
        if typed == "year":
            after = parts.typed_year(before, number)
        elif typed == "eleven":
            after = parts.typed_parts(before, number, None)
        else:
            after = parts.typed_parts(before, None, number)
    except Refused:
        return  # the computed one would fall below zero
    assert getattr(after, typed) == number
    assert after.eleven + after.december == after.year
    assert min(after.eleven, after.december) >= 0
    names = {"year": "year", "eleven": "eleven_months", "december": "december_estimate"}
    assert after.computed != names[typed]


@given(before=_settled(), number=_size)
def test_a_typed_part_changed_leaves_the_other_typed_one_alone(before: Parts, number: Decimal):
    before = Parts(
        eleven=before.eleven, december=before.december, year=before.year, computed=YearPart.YEAR
    )
    after = parts.typed_parts(before, number, None)

    assert (after.december, after.computed) == (before.december, YearPart.YEAR)


# --- on the screen ------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_computed_one_follows(client_of: ClientOf, desk: User, year_2019: ReportingYear):
    client = client_of(desk)

    both = _save(client, 0, eleven_months="4.310", december_estimate="440")
    assert _stands(both) == ("4.310", "440", "4.750", "year")
    assert _stands(_save(client, 1, eleven_months="4.300")) == ("4.300", "440", "4.740", "year")


@pytest.mark.django_db
def test_typing_into_the_computed_one_makes_another_computed(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    client = client_of(desk)
    _save(client, 0, eleven_months="4.310", december_estimate="440")

    year = _save(client, 1, text="4.760")
    assert _stands(year) == ("4.310", "450", "4.760", "december_estimate")
    december = _save(client, 2, december_estimate="440")
    assert _stands(december) == ("4.310", "440", "4.750", "year")


@pytest.mark.django_db
def test_december_beside_a_known_year_gives_the_eleven_months(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    client = client_of(desk)
    _save(client, 0, text="4.750")

    split = _save(client, 1, december_estimate="440")
    assert _stands(split) == ("4.310", "440", "4.750", "eleven_months")
    year = _save(client, 2, text="4.760")
    assert _stands(year) == ("4.320", "440", "4.760", "eleven_months")
    too_small = _save(client, 3, text="400")
    assert too_small["status_code"] == 422 and "riêng tháng 12" in too_small["message"]


@pytest.mark.django_db
def test_a_mark_or_emptied_parts_leave_the_year_alone(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    client = client_of(desk)
    _save(client, 0, eleven_months="4.310", december_estimate="440")

    assert _stands(_save(client, 1, eleven_months="")) == ("", "", "4.750", "")
    _save(client, 2, eleven_months="4.310")
    assert _stands(_save(client, 3, text="...")) == ("", "", "...", "")


@pytest.mark.django_db
def test_what_does_not_add_up_over_a_year_takes_no_parts(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    body = {"indicator": "DELEG.IN.COUNTRIES", "side": "actual", "version": 0}
    body |= {"eleven_months": "12", "december_estimate": "3"}
    response = client_of(desk).post(
        "/so-lieu/2019/o/", json.dumps(body), content_type="application/json"
    )

    assert response.status_code == 422
    assert "nhập số cả năm" in response.json()["message"]


@pytest.mark.django_db
def test_panel_and_history_tell_which_was_typed(
    client_of: ClientOf, desk: User, year_2019: ReportingYear
):
    client = client_of(desk)
    _save(client, 0, eleven_months="4.310", december_estimate="440")
    answer = _save(client, 1, text="4.760")

    panel = client.get(f"/nguon-so-lieu/{answer['figure']}/").content.decode()

    assert "<dt>TH 11 tháng</dt><dd>4.310 <small>(nhập trực tiếp)</small>" in panel
    assert "<dt>Ước tháng 12</dt><dd>450 <small>(do hệ thống tính)</small>" in panel
    assert "Cả năm 4.750 (do hệ thống tính)" in panel  # the version before


@pytest.mark.django_db
def test_a_figure_of_eleven_months_is_offered(
    client_of: ClientOf, desk: User, year_2019: ReportingYear, agencies: dict[str, Agency]
):
    Figure.objects.create(
        indicator="TRADE.EXPORT",
        period=period(Period.Kind.YEAR_TO_DATE, 2019, 11),
        agency=agencies["SCT"],
        side="actual",
        state="value",
        value=Decimal(2310),
    )
    page = client_of(desk).get("/so-lieu/2019/").content.decode()
    data = page.split('<script id="entry-data" type="application/json">')[1].split("</script>")[0]
    rules = json.loads(data)["rules"]

    assert rules["TRADE.EXPORT"]["eleven"] == "2.310"
    assert rules["TRADE.IMPORT"] == rules["TRADE.IMPORT"] | {"parts": True, "eleven": ""}
    assert "parts" not in rules["DELEG.IN.COUNTRIES"]
