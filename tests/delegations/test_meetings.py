"""Sessions of mechanisms, talks and conferences."""

from __future__ import annotations

import datetime as dt

import pytest

from delegations.models import Meeting
from tests.registers.samples import samples

LIST = "/so/hoi-nghi-co-che/"


@pytest.fixture
def meeting(agencies, desk):
    sample = samples()["meetings"]
    sample.needs()
    return lambda **other: sample.record(agencies["SNGV"], desk, **other)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mechanism": ""}, "Chọn cơ chế hợp tác"),
        ({"session_number": "0"}, "Phiên họp đánh số từ 1."),
        ({"ended_on": "19/02/2019"}, "Ngày cuối (19/02/2019) trước ngày đầu (20/02/2019)."),
        ({"our_delegates": "-1"}, "0"),
        ({"kind": ""}, "Chưa nhập ô này."),
    ],
)
def test_what_cannot_be_is_refused_in_words(meeting, agencies, desk, client_of, typed, said):
    data = samples()["meetings"].data(agencies["SNGV"], **typed)
    page = client_of(desk).post(f"{LIST}them/", data)
    assert page.status_code == 422 and said in page.content.decode()
    assert not Meeting.objects.exists()


def test_talks_need_no_mechanism(meeting):
    assert meeting(kind="talks", mechanism="", session_number="").mechanism is None


def test_one_session_of_a_mechanism_is_not_entered_twice_unasked(
    meeting, agencies, desk, client_of
):
    meeting()
    data = samples()["meetings"].data(
        agencies["SNGV"], title="Tên khác", began_on="25/02/2019", ended_on="26/02/2019"
    )
    page = client_of(desk).post(f"{LIST}them/", data)
    assert page.status_code == 422 and "Giống bản ghi đã có" in page.content.decode()


def test_planned_meetings_are_listed_for_the_plan(meeting):
    meeting()
    planned = meeting(status="planned", session_number="11")
    found = Meeting.objects.publishable().planned()
    assert list(found.in_days(dt.date(2019, 1, 1), dt.date(2019, 12, 31))) == [planned]
