"""Whether a project is in force on a day: told alike by the database and by the record."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import OdaAct, OdaProject
from projects.stints import ON, Deed, Status
from tests.registers.samples import samples

START = dt.date(2015, 3, 10)


@pytest.fixture
def project(agencies, desk):
    """A project from 10/3/2015 to 31/12/2018 without acts."""
    samples()["oda"].needs()
    made = samples()["oda"].record(agencies["SCT"], desk)
    made.acts.all().delete()
    made.decided_on, made.started_on, made.ended_on = START, None, dt.date(2018, 12, 31)
    made.save()
    return made


def act(project, kind, day, until=None):
    return OdaAct.objects.create(project=project, kind=kind, done_on=day, until=until)


def in_force(project, day):
    return OdaProject.objects.in_force_on(day).filter(pk=project.pk).exists()


def test_a_project_runs_from_its_first_day_to_its_last(project):
    expected = {
        START - dt.timedelta(days=1): Status.PLANNED,
        START: Status.ACTIVE,
        dt.date(2018, 12, 31): Status.ACTIVE,
        dt.date(2019, 1, 1): Status.EXPIRED,
    }
    for day, status in expected.items():
        assert project.status_on(day) == status
        assert in_force(project, day) == (status in ON)


def test_an_extension_counts_from_the_day_it_was_decided(project):
    """Decided too late, there was nothing in force in between."""
    act(project, Deed.EXTENDED, dt.date(2019, 2, 1), dt.date(2020, 6, 30))
    for day, status in {
        dt.date(2019, 1, 15): Status.EXPIRED,
        dt.date(2019, 2, 1): Status.ACTIVE,
        dt.date(2020, 6, 30): Status.ACTIVE,
        dt.date(2020, 7, 1): Status.EXPIRED,
    }.items():
        assert project.status_on(day) == status
        assert in_force(project, day) == (status in ON)


def test_a_suspended_project_still_is_in_force_and_a_revoked_one_is_not(project):
    act(project, Deed.SUSPENDED, dt.date(2016, 5, 1))
    act(project, Deed.RESUMED, dt.date(2016, 9, 1))
    act(project, Deed.REVOKED, dt.date(2017, 1, 20))
    for day, status in {
        dt.date(2016, 4, 30): Status.ACTIVE,
        dt.date(2016, 5, 1): Status.SUSPENDED,
        dt.date(2016, 9, 1): Status.ACTIVE,
        dt.date(2017, 1, 19): Status.ACTIVE,
        dt.date(2017, 1, 20): Status.REVOKED,
    }.items():
        assert project.status_on(day) == status
        assert in_force(project, day) == (status in ON)


def test_what_was_over_by_a_day_had_begun(project):
    def over(day):
        return OdaProject.objects.over_by(day).filter(pk=project.pk).exists()

    assert not over(dt.date(2014, 1, 1))
    assert not over(dt.date(2018, 12, 31))
    assert over(dt.date(2019, 1, 1))


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_database_and_the_record_agree_on_every_day(project, data):
    """The rule stands twice; whatever is recorded, both tell the same."""
    days = st.dates(dt.date(2014, 12, 1), dt.date(2021, 12, 31))
    project.ended_on = data.draw(st.none() | st.dates(START, dt.date(2020, 12, 31)))
    project.started_on = data.draw(st.none() | st.dates(START, dt.date(2016, 12, 31)))
    if project.ended_on and project.started_on and project.ended_on < project.started_on:
        project.started_on = None
    project.save()
    project.acts.all().delete()
    for kind, day in data.draw(st.lists(st.tuples(st.sampled_from(Deed), days), max_size=5)):
        until = data.draw(st.dates(day, dt.date(2023, 1, 1))) if kind == Deed.EXTENDED else None
        act(project, kind, day, until)
    for day in data.draw(st.lists(days, min_size=3, max_size=6)):
        assert in_force(project, day) == (project.status_on(day) in ON), day
