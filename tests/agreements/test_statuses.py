"""The status of an agreement on any day: one of them in Python, many in SQL, the same answer."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Agency
from agreements.models import Act, Agreement
from agreements.statuses import later, standing
from agreements.words import IN_FORCE, ActKind, Renewal, Status

SIGNED = dt.date(2019, 2, 22)


@pytest.fixture
def agreement(agencies):
    """Makes agreements with acts: ``agreement(acts=[(day, kind, new last day)], expires_on=…)``."""

    def make(acts=(), **fields):
        made = Agreement.objects.create(
            **{
                "agency": agencies["SNGV"],
                "title": "Bản ghi nhớ",
                "level": "province",
                "own_party": "tỉnh Lạng Sơn",
                "signed_on": SIGNED,
                **fields,
            }
        )
        for done_on, kind, *ends in acts:
            Act.objects.create(
                agreement=made, done_on=done_on, kind=kind, expires_on=ends[0] if ends else None
            )
        return made

    return make


def on(agreement, day):
    """(status, last day), as both ways of asking say it."""
    one = standing(Agreement.objects.get(pk=agreement.pk), day)
    rows = Agreement.objects.filter(pk=agreement.pk)
    assert rows.with_status([one.status], day).exists()
    assert not rows.with_status(set(Status) - {one.status}, day).exists()
    if one.ends_on and one.status in (*IN_FORCE, Status.SUSPENDED):
        ahead = (one.ends_on - day).days
        assert rows.ending(day, ahead).exists()
        assert not rows.ending(day, ahead - 1).exists()
    return one.status, one.ends_on


def day(text):
    return dt.date.fromisoformat(text)


def test_without_acts_it_is_in_force_from_its_first_to_its_last_day(agreement):
    made = agreement(effective_on=day("2019-03-01"), expires_on=day("2024-02-29"))
    assert on(made, day("2019-02-28"))[0] == Status.PENDING
    assert on(made, day("2019-03-01"))[0] == Status.IN_FORCE
    assert on(made, day("2024-02-29"))[0] == Status.IN_FORCE
    assert on(made, day("2024-03-01"))[0] == Status.EXPIRED


def test_without_a_term_it_does_not_expire(agreement):
    assert on(agreement(), day("2099-01-01")) == (Status.IN_FORCE, None)


def test_acts_count_from_their_own_day(agreement):
    made = agreement(
        expires_on=day("2021-02-21"),
        acts=[
            (day("2020-05-01"), ActKind.AMENDED),
            (day("2021-01-15"), ActKind.EXTENDED, day("2024-02-21")),
            (day("2022-01-01"), ActKind.SUSPENDED),
            (day("2023-01-01"), ActKind.RESUMED),
            (day("2023-06-01"), ActKind.TERMINATED),
        ],
    )
    told = {
        "2020-04-30": (Status.IN_FORCE, "2021-02-21"),
        "2020-05-01": (Status.AMENDED, "2021-02-21"),
        "2021-01-15": (Status.EXTENDED, "2024-02-21"),
        "2022-01-01": (Status.SUSPENDED, "2024-02-21"),
        "2023-01-01": (Status.EXTENDED, "2024-02-21"),
        "2023-06-01": (Status.TERMINATED, "2024-02-21"),
        "2025-01-01": (Status.TERMINATED, "2024-02-21"),
    }
    for asked, (status, ends_on) in told.items():
        assert on(made, day(asked)) == (status, day(ends_on)), asked


def test_what_expired_is_in_force_again_once_it_is_extended(agreement):
    made = agreement(
        expires_on=day("2021-02-21"),
        acts=[(day("2021-06-01"), ActKind.EXTENDED, day("2024-02-21"))],
    )
    assert on(made, day("2021-05-31"))[0] == Status.EXPIRED
    assert on(made, day("2021-06-01"))[0] == Status.EXTENDED


def test_what_renews_itself_goes_on_by_whole_terms(agreement):
    made = agreement(expires_on=day("2020-01-31"), renewal=Renewal.AUTOMATIC, renewal_months=1)
    assert on(made, day("2020-01-31")) == (Status.IN_FORCE, day("2020-01-31"))
    assert on(made, day("2020-02-01")) == (Status.EXTENDED, day("2020-02-29"))
    assert on(made, day("2020-03-01")) == (Status.EXTENDED, day("2020-03-31"))
    Act.objects.create(agreement=made, done_on=day("2020-04-10"), kind=ActKind.TERMINATED)
    assert on(made, day("2020-04-10"))[0] == Status.TERMINATED


def test_what_ends_soon_is_found_and_no_other(agreement):
    today = day("2026-11-23")
    soon = agreement(title="sắp hết hạn", expires_on=day("2027-02-21"))
    rolling = agreement(
        title="tự gia hạn", expires_on=day("2021-01-31"), renewal="automatic", renewal_months=12
    )
    paused = agreement(expires_on=day("2027-01-01"), acts=[(day("2026-01-01"), "suspended")])
    agreement(expires_on=day("2027-02-22"))  # a day too far
    agreement(expires_on=day("2026-11-22"))  # ended
    agreement()  # without a term
    agreement(expires_on=day("2027-01-01"), acts=[(day("2026-01-01"), "terminated")])
    agreement(
        expires_on=day("2027-01-01"), acts=[(day("2026-01-01"), "extended", day("2030-01-01"))]
    )
    assert set(Agreement.objects.ending(today, 90)) == {soon, rolling, paused}


def test_in_force_means_also_amended_and_extended_but_not_signed_later(agreement):
    plain = agreement()
    extended = agreement(
        expires_on=day("2020-01-01"), acts=[(day("2019-06-01"), "extended", day("2025-01-01"))]
    )
    agreement(acts=[(day("2019-06-01"), "suspended")])
    agreement(signed_on=day("2020-06-01"))
    assert set(Agreement.objects.in_force(day("2019-12-31"))) == {plain, extended}


DAYS = st.dates(dt.date(2019, 2, 22), dt.date(2032, 12, 31))
TERMS = st.one_of(st.none(), DAYS)


class BothWaysAgree(TestCase):
    @settings(max_examples=80)
    @given(
        expires_on=TERMS,
        effective_on=TERMS,
        months=st.one_of(st.none(), st.integers(1, 40)),
        acts=st.lists(st.tuples(DAYS, st.sampled_from(ActKind), DAYS), max_size=5),
        asked=DAYS,
    )
    def test_whatever_was_recorded(self, expires_on, effective_on, months, acts, asked):
        if expires_on and effective_on and effective_on > expires_on:
            effective_on = None
        if expires_on is None:
            months = None
        made = Agreement.objects.create(
            agency=Agency.objects.get_or_create(code="SNGV", name="Sở Ngoại vụ")[0],
            title="x",
            level="province",
            own_party="tỉnh Lạng Sơn",
            signed_on=SIGNED,
            effective_on=effective_on,
            expires_on=expires_on,
            renewal=Renewal.AUTOMATIC if months else Renewal.NONE,
            renewal_months=months,
        )
        for done_on, kind, ends_on in acts:
            if kind != ActKind.EXTENDED or ends_on >= done_on:
                new_end = ends_on if kind == ActKind.EXTENDED else None
                Act.objects.create(agreement=made, done_on=done_on, kind=kind, expires_on=new_end)
        status, _ends = on(made, asked)
        assert (status in IN_FORCE) == Agreement.objects.in_force(asked).exists()


@pytest.mark.parametrize(
    ("months", "expected"),
    [(0, "2020-01-31"), (1, "2020-02-29"), (13, "2021-02-28"), (11, "2020-12-31")],
)
def test_months_end_where_a_month_has_fewer_days(months, expected):
    assert later(dt.date(2020, 1, 31), months) == day(expected)
