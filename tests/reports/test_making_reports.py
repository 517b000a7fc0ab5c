"""Making the report of a period: who may, which periods and outlines, the list of all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reference.models import Period
from reports.models import IssuingOffice, Report
from reports.outlines import outlines

ClientOf = Callable[[User], Client]


@pytest.fixture
def reader(published: None, person) -> User:
    return person("leader", full_name="Triệu Văn Sơn")


@pytest.fixture
def choice(published: None) -> dict[str, object]:
    office = IssuingOffice.objects.get(code="SNGV")
    return {"year": 2023, "months": 12, "outline": "A", "office": office.pk}


def test_a_year_without_a_report_leads_the_desk_to_making_one(
    compiler: User, client_of: ClientOf
) -> None:
    page = client_of(compiler).get(reverse("reports:of_year", args=[2023]), follow=True)
    assert page.redirect_chain[-1][0] == "/bao-cao/lap/?year=2023"
    assert '<option value="2023" selected>' in page.content.decode()


def test_a_reader_is_told_that_there_is_no_report_yet(reader: User, client_of: ClientOf) -> None:
    page = client_of(reader).get(reverse("reports:of_year", args=[2023]))
    assert page.status_code == 200
    assert "Chưa có báo cáo năm 2023." in page.content.decode()


def test_only_the_desk_makes_a_report(
    reader: User, compiler: User, choice: dict, client_of: ClientOf
) -> None:
    address = reverse("reports:new")
    assert client_of(reader).post(address, choice).status_code == 403
    assert not Report.objects.filter(period__year=2023).exists()
    answer = client_of(compiler).post(address, choice, follow=True)
    assert "Đã lập báo cáo theo đề cương." in answer.content.decode()
    assert Report.objects.filter(period__year=2023).count() == 1


@pytest.mark.parametrize("months", [6, 9])
@pytest.mark.parametrize("outline", ["A", "B", "C"])
def test_a_report_of_the_first_months_has_its_own_period(
    compiler: User, choice: dict, client_of: ClientOf, months: int, outline: str
) -> None:
    asked = {**choice, "months": months, "outline": outline}
    page = client_of(compiler).post(reverse("reports:new"), asked, follow=True).content.decode()
    report = Report.objects.get(period__year=2023)
    assert (report.period.months, report.outline) == (months, outline)
    assert report.sections.count() == len(outlines()[outline].sections)
    assert f"{outlines()[outline].name} {months} tháng đầu năm 2023" in page
    assert f"Xuất báo cáo {months} tháng đầu năm 2023" in page


def test_what_has_been_made_is_opened_instead_of_made_again(
    compiler: User, choice: dict, client_of: ClientOf
) -> None:
    desk, address = client_of(compiler), reverse("reports:new")
    first = desk.post(address, choice)
    again = desk.post(address, choice)
    assert first.url == again.url
    assert "Báo cáo này đã được lập trước đó" in desk.get(again.url).content.decode()


def test_a_year_nobody_opened_is_refused_and_makes_no_period(
    compiler: User, choice: dict, client_of: ClientOf
) -> None:
    answer = client_of(compiler).post(reverse("reports:new"), {**choice, "year": 2050})
    assert answer.status_code == 422
    assert not Period.objects.filter(year=2050).exists()


@pytest.mark.parametrize(("field", "value"), [("months", 5), ("outline", "Z"), ("office", 999_999)])
def test_a_choice_that_is_not_offered_is_refused(
    compiler: User, choice: dict, client_of: ClientOf, field: str, value: object
) -> None:
    answer = client_of(compiler).post(reverse("reports:new"), {**choice, field: value})
    assert answer.status_code == 422
    assert Report.objects.filter(period__year=2023).count() == 0


def test_the_list_goes_from_the_newest_year_to_the_oldest(
    compiler: User, choice: dict, client_of: ClientOf
) -> None:
    desk = client_of(compiler)
    desk.post(reverse("reports:new"), {**choice, "year": 2019, "months": 6})
    desk.post(reverse("reports:new"), choice)
    rows = desk.get(reverse("reports:index")).context["rows"]
    listed = [(one.period.year, one.period.months, one.outline) for one, _outline in rows]
    assert listed == [
        (2023, 12, "A"),
        (2019, 12, "A"),
        (2019, 12, "B"),
        (2019, 6, "A"),
        (2017, 12, "B"),
    ]
