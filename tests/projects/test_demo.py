"""The sample records of 2019 add up to what was published, by the loaded rate of the year."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from indicators import year_table
from indicators.models import Figure
from projects.demo import write
from projects.models import FdiProject, NgoAid, OdaProject
from registers import demo

ROOT = Path(__file__).resolve().parents[2]
TYPED_ONLY = {"NGO.SAMSUNG_SCHOOL_VALUE"}  # a plan of one project, no sum of records
GROUPS = ("FDI.", "ODA.", "NGO.")


@pytest.fixture
def table(published, reference_data, compiler):
    writer = demo.Writer("projects")
    write(writer)
    writer.store()
    return year_table.build([2018, 2019], compiler)


def test_the_sums_of_2019_are_the_published_figures(table):
    with (ROOT / "fixtures/published/figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["indicator"].startswith(GROUPS)
            and row["indicator"] not in TYPED_ONLY
            and row["side"] == "actual"
        ]
    assert len(rows) == 12
    for row in rows:
        found = table.row(row["indicator"], int(row["period"]))
        number, published = found.computed.number, Decimal(row["value"])
        if row["precision"] == "over":
            assert published < number <= published * Decimal("1.05"), row["indicator"]
        else:
            assert number == published, row["indicator"]
        assert found.register_gap is None


def test_every_sample_says_that_it_is_one(table):
    for model in (FdiProject, OdaProject, NgoAid):
        assert model.objects.exists() and not model.objects.filter(is_demo=False).exists()
    assert Figure.objects.exists()
