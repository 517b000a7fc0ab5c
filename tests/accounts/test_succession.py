"""Agencies that are gone: their successors read and correct what they left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import Verb
from accounts.succession import heirs_on

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
GONE = dt.date(2025, 2, 28)


def agency(code: str, *, until: dt.date | None = None, after: tuple[Agency, ...] = ()) -> Agency:
    made = Agency.objects.create(code=code, name=f"Sở {code}", kind="department", valid_to=until)
    made.succeeds.add(*after)
    return made


@pytest.fixture
def chain() -> tuple[Agency, Agency, Agency]:
    """First became second, second became third."""
    first = agency("A", until=dt.date(2016, 6, 30))
    second = agency("B", until=GONE, after=(first,))
    return first, second, agency("C", after=(second,))


@pytest.fixture
def heir(person, chain) -> User:
    """Enters figures for the last of the three."""
    return person("data_entry", agency=chain[2])


def test_a_successor_reads_and_enters_what_all_before_it_owed(heir, chain):
    everybody = {one.pk for one in chain}
    assert heir.reach(Verb.READ) == everybody
    assert heir.reach(Verb.ENTER) == everybody
    assert heir.may(Verb.ENTER, agency_id=chain[0].pk)


def test_nobody_reads_what_came_after_them(person, chain):
    old = person("data_entry", agency=chain[0])
    assert old.reach(Verb.READ) == {chain[0].pk}


def test_an_agency_that_still_exists_answers_for_its_figures_itself(person):
    ending = agency("A", until=TODAY)
    living = agency("B")
    heir = person("agency_head", agency=agency("C", after=(ending, living)))
    own = {heir.role_holdings.get().agency_id}
    assert heir.reach(Verb.READ) == own | {ending.pk, living.pk}
    assert heir.reach(Verb.ENTER) == heir.reach(Verb.APPROVE) == own


def test_agencies_that_succeed_each_other_end_the_walk(person):
    one, other = agency("A", until=GONE), agency("B", until=GONE)
    one.succeeds.add(other)
    other.succeeds.add(one)
    assert person("data_entry", agency=one).reach(Verb.ENTER) == {one.pk, other.pk}
    assert heirs_on(TODAY) == {one.pk: (), other.pk: ()}


def test_who_reaches_everything_asks_for_no_succession(desk, chain):
    with CaptureQueriesContext(connection) as captured:
        assert desk.reach(Verb.READ) is None
    assert not any("agency_succeeds" in query["sql"] for query in captured)


def test_queries_do_not_grow_with_the_agencies_succeeded(heir, person):
    def queries(user: User) -> int:
        fresh = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as captured:
            for verb in (Verb.READ, Verb.ENTER, Verb.IMPORT):
                fresh.reach(verb)
        return len(captured)

    before = [agency(f"X{number}", until=GONE) for number in range(9)]
    many = person("data_entry", agency=agency("Y", after=tuple(before)))
    assert queries(heir) == queries(many) == 2


def test_heirs_are_those_that_exist_on_the_day(chain):
    first, second, third = chain
    assert heirs_on(dt.date(2026, 12, 14)) == {first.pk: (third,), second.pk: (third,)}
    assert heirs_on(dt.date(2019, 12, 14)) == {first.pk: (second,)}


def test_an_agency_that_was_split_has_several_heirs(chain):
    also = agency("D", after=(chain[1],))
    assert set(heirs_on(dt.date(2026, 12, 14))[chain[1].pk]) == {chain[2], also}
