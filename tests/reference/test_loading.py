"""Loading reference data again: what people changed stays, the rest follows the files."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from reference.loading import Loaded, load_reference
from reference.models import Country, Gate, GateStatus, Mechanism, Partner, Place
from tests.reference_data import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may change."""
    return Path(shutil.copytree(FOLDER, tmp_path / "reference"))


def rewrite(path: Path, key: str, **values: str) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        if row["key"] == key:
            row.update(values)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_loading_twice_changes_nothing(reference_data, django_assert_max_num_queries):
    assert reference_data.added > 800
    with django_assert_max_num_queries(60):
        assert load_reference(FOLDER) == Loaded()


def test_what_an_administrator_changed_stays(reference_data, folder):
    france = Country.objects.get(iso2="FR")
    france.name = "Cộng hòa Pháp"
    france.save()
    rewrite(folder / "countries.csv", "FR", name="Nước Pháp", aliases="Phú Lang Sa")
    assert load_reference(folder) == Loaded(renewed=1, kept=1)
    france.refresh_from_db()
    assert (france.name, france.aliases) == ("Cộng hòa Pháp", "Phú Lang Sa")
    assert "phu lang sa" in france.search_text


def test_a_corrected_file_renews_what_nobody_touched(reference_data, folder):
    rewrite(folder / "gate_statuses.csv", "PONHUNG@dau", operation="closed", certainty="T")
    assert load_reference(folder) == Loaded(renewed=1)
    status = GateStatus.objects.get(gate__code="PONHUNG")
    assert (status.operation, status.certainty) == ("closed", "T")


def test_a_renamed_district_renames_its_communes(reference_data, folder):
    rewrite(folder / "places.csv", "187", name="huyện Chi Lăng cũ")
    load_reference(folder)
    assert str(Place.objects.get(name="xã Thượng Cường")).endswith(", huyện Chi Lăng cũ")


def test_a_changed_code_does_not_bring_the_row_again(reference_data):
    Gate.objects.filter(code="CHIMA").update(code="CHI-MA")
    assert load_reference(FOLDER) == Loaded(kept=1)
    assert Gate.objects.count() == 14


def test_changed_relations_stay(reference_data, folder):
    mechanism = Mechanism.objects.get(name="Hội đàm cấp huyện, xã")
    mechanism.partners.set([Partner.objects.get(name_latin="Nanning")])
    assert load_reference(FOLDER).kept == 1
    assert mechanism.partners.get().name_latin == "Nanning"


def test_new_relations_of_a_file_are_taken_over(reference_data, folder):
    rewrite(folder / "mechanisms.csv", "GGDX", partners="QUANGTAY;SUNGTA")
    assert load_reference(folder).kept == 0
    assert Mechanism.objects.get(loaded_key="GGDX").partners.count() == 2


def test_a_row_somebody_made_before_is_taken_as_the_shipped_one():
    made = Country.objects.create(name="Nhật", iso2="JP", certainty="C")
    load_reference(FOLDER)
    made.refresh_from_db()
    assert (made.name, made.iso3, made.loaded_key) == ("Nhật", "JPN", "JP")
    assert Country.objects.filter(iso2="JP").count() == 1
