"""Slips and lists of people asked for several times at the same moment."""

from __future__ import annotations

import pytest

from accounts.models import Agency, User
from imports import pipeline, tokens
from imports.models import Upload
from imports.people import slips
from imports.people.users import UserSource
from jobs import actions as jobs
from tests.imports.office import MAI, THEN, USERS, Office
from tests.imports.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = Upload.State


@pytest.fixture
def office(admin_user: User, agencies: dict[str, Agency]) -> Office:
    return Office(admin_user, UserSource)


def test_each_person_gets_one_slip_however_often_they_are_asked_for(office: Office) -> None:
    upload = office.confirm(office.upload(USERS, THEN, MAI))
    drawn = at_once([lambda: slips.draw(upload, by=office.user)] * 4)
    found = [slip for sheets in drawn for sheet in sheets for slip in sheet]
    assert sorted(slip.person.username for slip in found) == ["mai.loc", "then.hoang"]
    for slip in found:
        assert User.objects.get(pk=slip.person.pk).check_password(slip.password)


def test_of_two_imports_of_the_same_people_one_is_checked_again(office: Office) -> None:
    uploads = [office.upload(USERS, THEN, MAI) for _time in range(2)]
    asked = [
        pipeline.confirm(upload, by=office.user, token=tokens.sign(upload, office.user))
        for upload in uploads
    ]
    at_once([lambda pk=upload.job_id: jobs.run(pk) for upload in asked])
    found = sorted(Upload.objects.values_list("state", "written_rows"))
    assert found == [(State.DONE, 2), (State.READY, 0)]
    assert Upload.objects.get(state=State.READY).counts == {"unchanged": 2}
    assert User.objects.filter(username__in=("then.hoang", "mai.loc")).count() == 2
