"""By which day figures are due, counted in working days of Viet Nam."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from reference.deadlines import due_on, left_words, working_days_left
from reference.models import Period
from reference.periods import open_year, period

pytestmark = pytest.mark.django_db


def test_figures_of_a_year_are_due_two_working_days_after_it():
    open_year(2019)
    assert due_on(Period.objects.full_year(2019)) == dt.date(2019, 12, 17)  # 14/12 is a Saturday


def test_a_period_may_have_a_day_of_its_own():
    six = period(Period.Kind.YEAR_TO_DATE, 2019, 6)
    assert due_on(six) == dt.date(2019, 6, 18)
    six.due_on = dt.date(2019, 6, 10)
    assert due_on(six) == dt.date(2019, 6, 10)


def test_how_many_days_an_agency_has_is_a_setting(settings):
    settings.REPORT_DUE_WORKING_DAYS = 5
    open_year(2019)
    assert due_on(Period.objects.full_year(2019)) == dt.date(2019, 12, 20)


def test_nobody_is_due_at_tet():
    january = period(Period.Kind.MONTH, 2027, 1)
    january.last_day = dt.date(2027, 2, 3)
    assert due_on(january) == dt.date(2027, 2, 12)  # 4/2 to 10/2/2027 are free


def test_working_days_are_counted_up_to_the_due_day():
    due = dt.date(2019, 12, 17)
    assert working_days_left(due, dt.date(2019, 12, 12)) == 3
    assert working_days_left(due, dt.date(2019, 12, 15)) == 2
    assert working_days_left(due, dt.date(2019, 12, 17)) == 0
    assert working_days_left(due, dt.date(2020, 1, 6)) == 0


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2019, 12, 12), "còn 3 ngày làm việc"),
        (dt.date(2019, 12, 16), "còn 1 ngày làm việc"),
        (dt.date(2019, 12, 17), "hôm nay là hạn cuối"),
        (dt.date(2019, 12, 19), "quá hạn 2 ngày"),
    ],
)
def test_how_far_the_day_is_stands_in_words(today, words):
    with translation.override("vi"):
        assert left_words(dt.date(2019, 12, 17), today) == words


def test_over_a_week_end_plain_days_are_counted():
    with translation.override("vi"):
        assert left_words(dt.date(2019, 12, 15), dt.date(2019, 12, 13)) == "còn 2 ngày"


def test_an_administrator_sets_the_day_and_nothing_else(admin_user, client_of):
    open_year(2019)
    year = Period.objects.full_year(2019)
    address = f"/quan-tri/reference/period/{year.pk}/change/"

    answer = client_of(admin_user).post(address, {"due_on": "20/12/2019", "months": "6"})

    assert answer.status_code == 302
    year.refresh_from_db()
    assert (year.due_on, year.months) == (dt.date(2019, 12, 20), 12)
