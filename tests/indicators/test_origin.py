"""Who entered a number, and for whom: told from who they were, never stored twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Agency, User
from documents.models import SourceDocument
from indicators.entry.origin import behalf_of, on_behalf
from indicators.models import Figure
from reference.models import Period, ReportingYear

SNGV = Agency(pk=1, code="SNGV", name="Sở Ngoại vụ", short_name="Sở Ngoại vụ")
PAPER = SourceDocument(number="12/BC-SCT", subject="Báo cáo năm 2019")


def test_who_enters_for_another_agency_is_named_with_the_document():
    assert on_behalf(2, [SNGV], set(), PAPER) == (
        "Nhập thay bởi Sở Ngoại vụ theo văn bản số 12/BC-SCT"
    )


def test_without_number_or_document_the_words_stay_true():
    assert on_behalf(2, [SNGV], set(), None) == "Nhập thay bởi Sở Ngoại vụ"
    unnumbered = SourceDocument(subject="Báo cáo năm 2019")
    assert on_behalf(2, [SNGV], set(), unnumbered) == (
        f"Nhập thay bởi Sở Ngoại vụ theo: {unnumbered.citation}"
    )


def test_ones_own_agency_and_those_it_succeeds_are_nobody_elses():
    assert on_behalf(1, [SNGV], set(), PAPER) == ""
    assert on_behalf(2, [SNGV], {2}, PAPER) == ""
    assert on_behalf(2, [], set(), PAPER) == ""


@pytest.fixture
def figure(agencies: dict[str, Agency], year_2019: ReportingYear, desk: User) -> Figure:
    return Figure.objects.create(
        indicator="TRADE.TOTAL",
        period=Period.objects.full_year(2019),
        agency=agencies["SCT"],
        side="actual",
        state="value",
        value=Decimal(4750),
        entered_by=desk,
        source=SourceDocument.objects.create(number="12/BC-SCT", subject="Báo cáo"),
    )


@pytest.mark.django_db
def test_panel_and_versions_say_it(figure: Figure, desk: User, client_of):
    page = client_of(desk).get(f"/nguon-so-lieu/{figure.pk}/").content.decode()

    assert "Nhập thay bởi Sở Ngoại vụ theo văn bản số 12/BC-SCT" in page


@pytest.mark.django_db
def test_it_counts_whom_the_person_worked_for_then(figure: Figure, desk: User):
    assert behalf_of([figure])[figure.pk] != ""
    day_before = figure.entered_at.date() - dt.timedelta(days=2)
    desk.role_holdings.update(valid_to=day_before)
    assert behalf_of([figure])[figure.pk] == ""


@pytest.mark.django_db
def test_a_successor_enters_its_own_figures(
    figure: Figure, desk: User, agencies: dict[str, Agency]
):
    agencies["SNGV"].succeeds.add(agencies["CTK"])
    agencies["CTK"].succeeds.add(agencies["SCT"])

    assert behalf_of([figure])[figure.pk] == ""


@pytest.mark.parametrize(
    ("given", "shown"),
    [("4855", "4.855"), ("53", "53"), ("trên 3400", "trên 3400"), ("4,75", "4,75")],
)
def test_plain_digits_of_a_source_are_shown_in_groups(given: str, shown: str):
    assert Figure(value_given=given).given == shown
