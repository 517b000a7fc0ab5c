"""What is shipped: the counts that are known, on the days they held."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter

import pytest

from accounts.loading import load_agencies
from accounts.models import Agency
from reference.entries import Certainty
from reference.gates import GateClass
from reference.loading import FILES
from reference.models import Country, Gate, GateStatus, Mechanism, Partner, Place, PlaceSuccession
from tests.reference_data import FOLDER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

BEFORE_2020 = dt.date(2019, 12, 31)
IN_2021 = dt.date(2021, 11, 1)
LAST_DAY_OF_DISTRICTS = dt.date(2025, 6, 30)
TODAY = dt.date(2025, 7, 1)
TURN = dt.date(2024, 5, 27)  # Tân Thanh and Cốc Nam become clearance routes
LOWEST = (Place.Kind.COMMUNE, Place.Kind.WARD, Place.Kind.TOWNSHIP)


def units(day: dt.date) -> Counter[str]:
    return Counter(Place.objects.on(day).filter(kind__in=LOWEST).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("day", "communes", "wards", "townships"),
    [
        (BEFORE_2020, 207, 5, 14),
        (IN_2021, 181, 5, 14),
        (dt.date(2024, 11, 30), 181, 5, 14),
        (dt.date(2024, 12, 1), 175, 5, 14),
        (TODAY, 61, 4, 0),
    ],
)
def test_the_units_of_each_day_are_as_many_as_there_were(day, communes, wards, townships):
    assert units(day) == Counter(commune=communes, ward=wards, township=townships) - Counter()


def test_eleven_districts_end_the_day_before_the_communes_of_today_begin():
    assert Place.objects.districts().on(LAST_DAY_OF_DISTRICTS).count() == 11
    assert Place.objects.districts().on(TODAY).count() == 0


def test_every_unit_that_ended_in_2025_has_a_successor_and_lies_in_a_district():
    ended = Place.objects.filter(valid_to=LAST_DAY_OF_DISTRICTS, kind__in=LOWEST)
    assert ended.count() == 194
    assert not ended.filter(successors=None).exists()
    assert not ended.filter(district=None).exists()


def test_only_what_was_divided_has_several_successors_and_says_so():
    divided = {
        place.name
        for place in Place.objects.filter(valid_to=LAST_DAY_OF_DISTRICTS)
        if place.successors.count() > 1
    }
    assert divided == {"xã Bính Xá", "xã Kiên Mộc"}
    assert PlaceSuccession.objects.filter(predecessor__name="xã Bính Xá", is_partial=True).count()


def test_a_place_of_2019_keeps_its_district():
    old = Place.objects.on(BEFORE_2020).get(name="xã Thượng Cường")
    assert str(old) == "xã Thượng Cường, huyện Chi Lăng"
    assert [place.name for place in old.successors.all()] == ["xã Bằng Mạc"]


def test_places_of_one_name_are_told_apart_by_their_district():
    names = (
        Place.objects.on(IN_2021).filter(name="xã Thụy Hùng").values_list("full_name", flat=True)
    )
    assert set(names) == {"xã Thụy Hùng, huyện Văn Lãng", "xã Thụy Hùng, huyện Cao Lộc"}


def test_the_communes_of_today_carry_the_codes_and_names_of_their_agencies():
    load_agencies(FOLDER / "agencies.csv")
    agencies = Agency.objects.filter(kind__in=("commune", "ward"))
    today = Place.objects.on(TODAY).filter(kind__in=LOWEST)
    assert dict(today.values_list("code", "name")) == dict(agencies.values_list("code", "name"))


def test_eleven_communes_of_today_lie_on_the_border_and_are_to_be_confirmed():
    border = Place.objects.on(TODAY).filter(is_on_border=True, kind=Place.Kind.COMMUNE)
    assert border.count() == 11
    assert set(border.values_list("border_certainty", flat=True)) == {Certainty.KNOWN}


def test_the_gates_of_2019_are_two_international_one_main_and_nine_secondary():
    day = dt.date(2019, 6, 30)
    classes = Gate.objects.on(day).as_of(day).values_list("class_then", flat=True)
    assert Counter(classes) == Counter(international=2, main=1, secondary=9)


@pytest.mark.parametrize("code", ["TANTHANH", "COCNAM"])
def test_two_gates_became_clearance_routes_of_huu_nghi(code):
    gate = Gate.objects.get(code=code)
    before, after = gate.status_on(TURN - dt.timedelta(days=1)), gate.status_on(TURN)
    assert (before.gate_class, before.parent) == (GateClass.SECONDARY, None)
    assert (after.gate_class, after.parent.code) == (GateClass.CLEARANCE_ROUTE, "HUUNGHI")


def test_a_gate_lies_in_the_commune_of_its_day():
    gate = Gate.objects.get(code="CHIMA")
    assert [str(place) for place in gate.places.on(BEFORE_2020)] == ["xã Yên Khoái, huyện Lộc Bình"]
    assert [str(place) for place in gate.places.on(TODAY)] == ["xã Mẫu Sơn"]


def test_every_gate_lies_in_one_commune_on_each_day_it_existed():
    for day in (BEFORE_2020, IN_2021, TODAY):
        for gate in Gate.objects.on(day):
            assert gate.places.on(day).count() == 1, (gate, day)


def test_countries_are_named_as_the_ministry_names_them():
    names = dict(Country.objects.values_list("iso2", "name"))
    assert [names[code] for code in ("US", "CN", "KR", "SG", "AU", "JP", "FR", "VN")] == [
        "Hoa Kỳ",
        "Trung Quốc",
        "Hàn Quốc",
        "Xinh-ga-po",
        "Ô-xtrây-li-a",
        "Nhật Bản",
        "Pháp",
        "Việt Nam",
    ]
    assert names["TW"] == "Đài Loan (Trung Quốc)"


def test_there_are_the_countries_of_the_united_nations_and_its_observers():
    assert Country.objects.filter(kind=Country.Kind.COUNTRY).count() == 193 + 2
    assert Country.objects.count() == 242
    assert Country.objects.foreign().count() == 241


def test_partners_lie_in_their_region():
    town = Partner.objects.get(name_latin="Pingxiang")
    assert (town.part_of.name_latin, town.part_of.part_of.name_latin) == ("Chongzuo", "Guangxi")
    assert town.country.iso2 == "CN"


def test_the_two_yearly_meetings_are_mechanisms_with_guangxi():
    for name in ("Chương trình Gặp gỡ đầu Xuân", "Hội nghị Ủy ban công tác liên hợp"):
        assert Mechanism.objects.get(name=name).partners.get().name_latin == "Guangxi"


def test_what_is_unsure_says_so():
    assert GateStatus.objects.get(gate__code="COSAU").certainty == Certainty.UNSURE
    assert Gate.objects.get(code="NACANG").certainty == Certainty.UNSURE
    for file in FILES:
        assert not file.model.objects.filter(certainty=Certainty.CONFIRMED).exists()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_say_for_each_row_how_sure_it_is(file):
    with (FOLDER / file.name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["certainty"] for row in rows} <= set(Certainty.values)
    assert "source" in rows[0]
    assert len({row["key"] for row in rows}) == len(rows)
