"""Sample records: written once, marked, and removed with everything that is theirs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from accounts.loading import load_agencies
from registers import demo
from registers.counted import codes_counting
from registers.declarations import registers
from registers.demo import DemoRefusal, Writer, record_models

AGENCIES = Path(settings.BASE_DIR) / "fixtures" / "reference" / "agencies.csv"


@pytest.fixture
def loaded(reference_data, agencies):
    load_agencies(AGENCIES)
    return demo.load()


def test_every_register_has_samples_of_2018_and_2019(loaded):
    for register in registers().values():
        years = {row.day.year for row in register.model.objects.filter(register.where)}
        assert years >= {2018, 2019}, register.code
        assert set(register.model.objects.values_list("is_demo", flat=True)) == {True}


def test_loading_again_writes_nothing(loaded):
    counts = [model.objects.count() for model in record_models()]
    assert all(one.was_there for one in demo.load())
    assert [model.objects.count() for model in record_models()] == counts


def test_samples_are_found_by_their_words(loaded):
    assert not [
        row for model in record_models() for row in model.objects.all() if not row.search_text
    ]


def test_a_sample_tells_each_number_it_counts_in(loaded):
    spared = 0
    for register in registers().values():
        rows = register.model.objects.filter(register.where)
        for row in rows[:20]:
            counting = codes_counting(register, row.pk)
            meets = {
                code
                for code, condition in register.feeds.items()
                if rows.filter(condition, pk=row.pk).exists()
            }
            assert set(counting) == meets
            spared += len(register.feeds) - len(meets)
    assert spared


def test_what_people_entered_stays_when_samples_go(loaded):
    own = [model.objects.first() for model in record_models()]
    for row in own:
        type(row).objects.filter(pk=row.pk).update(is_demo=False)
    call_command("remove_demo", verbosity=0)
    assert [row for model in record_models() for row in model.objects.all()] == own
    for register in registers().values():
        for lines in register.lines:
            record = f"{_owner(lines, register)}__is_demo"
            assert not lines.model.objects.filter(**{record: True}).exists()


@pytest.mark.django_db(transaction=True)
def test_samples_that_were_removed_come_back_only_when_they_are_asked_for(agencies):
    call_command("load_published", verbosity=0)
    call_command("load_demo", unless_removed=True, verbosity=0)
    assert all(model.objects.exists() for model in record_models())
    call_command("remove_demo", verbosity=0)
    call_command("load_demo", unless_removed=True, verbosity=0)
    assert not any(model.objects.exists() for model in record_models())
    call_command("load_demo", verbosity=0)
    assert all(model.objects.exists() for model in record_models())


def test_the_history_of_a_removed_sample_stays(loaded):
    for model in record_models():
        number = model._base_manager.count()  # registers may share a table
        assert model.events.rel.related_model.objects.filter(pgh_label="insert").count() == number
    demo.remove()
    for model in record_models():
        gone = model.events.rel.related_model.objects.filter(pgh_label="delete")
        assert gone.count() > 0
        assert {event.pgh_context.metadata["command"] for event in gone} == {"remove_demo"}


def _owner(lines, register):
    return next(
        field.name
        for field in lines.model._meta.concrete_fields
        if field.related_model is register.model
    )


def test_samples_are_not_for_a_real_installation(db):
    with override_settings(DEMO_ACCOUNTS_ALLOWED=False), pytest.raises(DemoRefusal):
        demo.load()


def test_invented_numbers_add_up():
    writer = Writer("test")
    parts = writer.split(505, 53)
    assert (sum(parts), len(parts), min(parts) >= 1) == (505, 53, True)
    assert all(
        dt.date(2019, 1, 1) <= writer.day(2019) <= dt.date(2019, 12, 14) for _turn in range(200)
    )
