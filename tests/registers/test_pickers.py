"""Boxes that search on the server: what was typed in full is taken, else it is named."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from playwright.sync_api import Page, expect

from accounts.models import Agency
from reference.partners import Country
from registers.fields import PickerField, PickerMultipleField

pytestmark = pytest.mark.django_db


def sent(field, **typed: str):
    return field.clean(field.widget.value_from_datadict(typed, {}, "one"))


def test_a_name_typed_in_full_is_taken_without_accents_and_case(agencies):
    field = PickerField(Agency.objects.all())
    assert sent(field, one="", one_typed="so  CONG thuong") == agencies["SCT"]
    assert sent(field, one=str(agencies["SNGV"].pk), one_typed="") == agencies["SNGV"]


def test_several_take_the_one_that_was_typed_last(db):
    field = PickerMultipleField(Country.objects.all())
    china = Country.objects.create(name="Trung Quốc", iso2="CN")
    assert list(sent(field, one_typed="trung quoc")) == [china]


def test_what_nothing_is_called_is_named_in_the_message(agencies):
    for field in (PickerField(Agency.objects.all()), PickerMultipleField(Country.objects.all())):
        with pytest.raises(ValidationError, match="“sở công”"):
            sent(field, one="", one_typed="sở công")


def test_a_name_of_two_rows_is_not_guessed(agencies):
    Agency.objects.create(code="SCT2", name="Sở Công thương", kind="department")
    with pytest.raises(ValidationError, match="“so cong thuong”"):
        sent(PickerField(Agency.objects.all()), one_typed="so cong thuong")


def test_a_name_is_taken_on_the_day_of_the_record(agencies):
    Agency.objects.filter(code="SCT").update(valid_to="2019-06-30")
    field = PickerField(Agency.objects.all(), day_field="day")
    assert sent(field, one_typed="so cong thuong", day="05/3/2019") == agencies["SCT"]
    with pytest.raises(ValidationError):
        sent(field, one_typed="so cong thuong", day="05/3/2020")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_first_arrow_down_stays_on_what_is_marked(
    page: Page, live_server, sign_in, desk, agencies
):
    sign_in(page.context, desk, live_server.url)
    page.goto(f"{live_server.url}/so/vu-viec-bien-gioi/them/")
    box = page.locator(".picker[data-name='agency'] .picker-box")
    options = page.locator(".picker[data-name='agency'] [role=option]")

    def taken(*keys: str) -> str:
        box.fill("so")
        expect(options.nth(1)).to_be_visible()
        offered = [options.nth(at).get_attribute("data-label") for at in range(2)]
        for key in keys:
            box.press(key)
        return str(offered.index(box.input_value()))

    assert taken("ArrowDown", "Enter") == "0"
    box.fill("")
    assert taken("ArrowDown", "ArrowDown", "Enter") == "1"
    box.fill("so cong thuong")
    expect(options).to_have_count(1)
    box.press("Tab")
    expect(box).to_have_value("Sở Công Thương")
