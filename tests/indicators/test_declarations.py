"""What the fields of work declare, held against the published figures."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.utils import translation

from common.contracts import Better, Change, Group, Indicator, Kind, PlanLabel
from common.units import UNITS, convert
from indicators.declarations import (
    check_declarations,
    contradictions,
    facts,
    groups,
    indicators,
)

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("trade", "delegations", "agreements", "projects", "border", "context")

# How often the province published a code; every code not named here: once.
PUBLISHED_OFTEN = {
    "DELEG.OUT.COUNT": 2,
    "DELEG.OUT.PERSONS": 2,
    "DELEG.IN.COUNT": 2,
    "DELEG.IN.PERSONS": 2,
    "TRADE.TOTAL": 7,
    "TRADE.EXPORT": 2,
    "TRADE.IMPORT": 2,
    "TRADE.LOCAL_EXPORT": 2,
    "ECON.GRDP_GROWTH": 2,
    "ECON.GRDP_PC": 2,
    "ECON.GRDP_PC_USD": 2,
    "ECON.BUDGET_REVENUE": 2,
    "SOC.POVERTY_RATE": 2,
}
FACTS_PUBLISHED_OFTEN = {"BORDER.LENGTH": 2, "BORDER.GATE.INTL": 2, "BORDER.GATE.MAIN": 2} | {
    "FX.RATE": 2
}
INFERRED = {
    "TRADE.TOTAL": 4,
    "TRADE.EXPORT": 2,
    "TRADE.IMPORT": 2,
    "TRADE.LOCAL_EXPORT": 3,
    "FDI.PROJECT_ACTIVE": 1,
    "BORDER.VIOLATION": 1,
    "DELEG.IN.COUNT": 1,
    "DELEG.IN.PERSONS": 1,
    "GOV.PCI_RANK": 1,
    "ECON.BUDGET_REVENUE": 1,
}
# Published beside the figures: they must follow from what is loaded.
PUBLISHED_PERCENT_OF_PLAN = {
    ("TRADE.TOTAL", 2019): "90.8",
    ("TRADE.EXPORT", 2019): "81",
    ("TRADE.IMPORT", 2019): "105.8",
    ("TRADE.LOCAL_EXPORT", 2019): "100",
}
PUBLISHED_CHANGE_IN_PERCENT = {
    ("TRADE.TOTAL", 2019): "-2.2",
    ("TRADE.EXPORT", 2019): "-13.7",
    ("TRADE.IMPORT", 2019): "15.8",
    ("TRADE.LOCAL_EXPORT", 2019): "9.6",
    ("TRADE.TOTAL", 2010): "7.9",
    ("TRADE.TOTAL", 2021): "52",
    ("ECON.BUDGET_REVENUE", 2021): "48",
}
PUBLISHED_CHANGE = {
    ("FDI.PROJECT_ACTIVE", 2019): 2,
    ("BORDER.VIOLATION", 2019): 4,
    ("DELEG.IN.COUNT", 2019): -15,
    ("DELEG.IN.PERSONS", 2019): -23,
    ("GOV.PCI_RANK", 2022): -21,
}
UNIT_AS_WRITTEN = {
    "tỷ USD": "billion_usd",
    "triệu USD": "million_usd",
    "USD": "usd",
    "tỷ USD/năm": "billion_usd_a_year",
    "tỷ đồng": "billion_vnd",
    "triệu đồng": "million_vnd",
    "%": "percent",
    "%/năm": "percent_a_year",
    "điểm %/năm": "points_a_year",
    "hạng": "rank",
    "hạng/63": "rank",
    "đoàn": "delegation",
    "lượt người": "person_visit",
    "người": "person",
    "quốc gia/VLT": "country",
    "bản": "agreement",
    "dự án": "project",
    "khoản": "aid_item",
    "vụ": "incident",
    "cuốn": "book",
    "thứ tiếng": "language",
    "số": "issue",
    "tác phẩm": "work",
    "tỉnh thành": "province",
    "mô hình": "model",
    "xã": "commune",
    "huyện": "district",
    "sản phẩm": "product",
    "chuỗi": "value_chain",
    "trường": "school",
    "khu": "zone",
    "cụm": "cluster",
    "ha": "hectare",
    "tấn/năm": "tonne_a_year",
    "bác sĩ/vạn dân": "doctor_rate",
    "giường/vạn dân": "bed_rate",
}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "fixtures" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIGURES = rows("published/figures.csv")
FACTS = rows("published/facts.csv")
VALUES = {(row["indicator"], row["period"], row["side"]): Decimal(row["value"]) for row in FIGURES}


def actual(code: str, year: int) -> Decimal:
    return VALUES[code, str(year), "actual"]


def test_the_declarations_contradict_nothing():
    assert check_declarations(None) == []


def test_every_code_of_the_fixtures_is_declared_and_every_declared_code_has_a_row():
    assert {row["indicator"] for row in FIGURES} == set(indicators())
    assert {row["code"] for row in FACTS} == set(facts())


def test_every_published_figure_reached_the_fixtures():
    published = Counter(row["indicator"] for row in FIGURES if row["origin"] == "published")
    assert published.keys() <= indicators().keys()
    assert all(number == PUBLISHED_OFTEN.get(code, 1) for code, number in published.items())
    assert published.total() == 116  # 117 rows, of which one is published twice


def test_every_published_fact_reached_the_fixtures():
    published = Counter(row["code"] for row in FACTS)
    assert published.keys() <= facts().keys()
    assert all(number == FACTS_PUBLISHED_OFTEN.get(code, 1) for code, number in published.items())


def test_every_inferred_base_is_loaded_as_inferred_and_approximate():
    inferred = [row for row in FIGURES if row["origin"] == "inferred"]
    assert Counter(row["indicator"] for row in inferred) == INFERRED
    assert all(row["precision"] == "about" and row["note"] for row in inferred)
    assert not any(row["source"] for row in inferred)


def test_no_cell_has_two_figures():
    assert len(VALUES) == len(FIGURES)
    assert len({(row["code"], row["year"]) for row in FACTS}) == len(FACTS)


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: f"{row['indicator']}-{row['period']}")
def test_a_figure_is_the_published_value_in_the_declared_unit(row):
    written, declared = UNIT_AS_WRITTEN[row["unit_given"]], indicators()[row["indicator"]].unit
    assert UNITS[written].family == UNITS[declared].family
    assert convert(Decimal(row["value_given"]), written, declared) == Decimal(row["value"])


def test_a_fact_has_the_declared_unit():
    assert all(facts()[row["code"]].unit == row["unit"] for row in FACTS)


def test_a_figure_names_a_known_source_and_agency():
    sources = {row["code"] for row in rows("published/sources.csv")}
    agencies = {row["code"] for row in rows("reference/agencies.csv")}
    published = [row for row in FIGURES if row["origin"] == "published"]
    assert {row["source"] for row in (*published, *FACTS)} <= sources
    assert {row["agency"] for row in FIGURES} <= agencies
    assert {row.agency for row in indicators().values()} <= agencies


def test_codes_of_sources_and_agencies_are_unique():
    for name in ("published/sources.csv", "reference/agencies.csv"):
        codes = [row["code"] for row in rows(name)]
        assert len(codes) == len(set(codes)), name


def test_what_is_planned_or_strived_for_is_no_result():
    plans = {row["indicator"] for row in FIGURES if row["plan_kind"] in ("target", "projected")}
    assert plans == {
        "SOC.POVERTY_RATE",
        "NGO.SAMSUNG_SCHOOL_VALUE",
        "PLAN.IND_PARK",
        "PLAN.IND_CLUSTER_MIN",
        "PLAN.IND_CLUSTER_MAX",
        "PLAN.IND_OCCUPANCY",
        "PLAN.BGEZ_INFRA_BUDGET",
    }
    assert ("SOC.POVERTY_RATE", "2023", "actual") not in VALUES
    published = [row for row in FIGURES if row["origin"] == "published"]
    assert all((row["side"] == "plan") == bool(row["plan_kind"]) for row in published)


@pytest.mark.parametrize(("cell", "percent"), PUBLISHED_PERCENT_OF_PLAN.items())
def test_the_published_share_of_plan_follows_from_the_figures(cell, percent):
    code, year = cell
    share = actual(code, year) / VALUES[code, str(year), "plan"] * 100
    assert round(share, 1) == Decimal(percent)


@pytest.mark.parametrize(("cell", "percent"), PUBLISHED_CHANGE_IN_PERCENT.items())
def test_the_published_change_in_percent_follows_from_the_figures(cell, percent):
    code, year = cell
    change = (actual(code, year) / actual(code, year - 1) - 1) * 100
    assert round(change, 1) == Decimal(percent)


@pytest.mark.parametrize(("cell", "change"), PUBLISHED_CHANGE.items())
def test_the_published_change_in_units_follows_from_the_figures(cell, change):
    code, year = cell
    assert actual(code, year) - actual(code, year - 1) == change


def test_parts_exist_and_share_the_unit_and_the_kind_of_their_total():
    totals = {code: row for code, row in indicators().items() if row.parts}
    assert set(totals) == {"TRADE.TOTAL", "DELEG.IN.COUNT", "DELEG.IN.PERSONS", "BORDER.VIOLATION"}
    for total in totals.values():
        for part in (indicators()[code] for code in total.parts):
            assert (part.unit, part.kind, part.scope) == (total.unit, total.kind, total.scope)
            assert part.child_of == total.code


def test_groups_follow_the_outline():
    assert list(groups()) == [
        "agreements",
        "delegations_out",
        "delegations_in",
        "trade",
        "fdi",
        "oda",
        "ngo",
        "culture",
        "information",
        "border",
        "overseas",
        "economy",
        "agriculture",
        "society",
        "governance",
        "targets",
    ]
    assert [row.group for row in indicators().values()] == sorted(
        (row.group for row in indicators().values()), key=list(groups()).index
    )


def test_orders_are_unique_and_leave_gaps():
    orders = [group.order for group in groups().values()]
    places = [(row.group, row.order) for row in indicators().values()]
    assert len(orders) == len(set(orders)) and len(places) == len(set(places))
    assert all(order % 10 == 0 for order in (*orders, *(order for _, order in places)))


def test_a_rank_or_an_incident_that_falls_is_better():
    for code in ("GOV.PCI_RANK", "GOV.DTI_RANK", "GOV.PGI_RANK", "BORDER.VIOLATION"):
        assert indicators()[code].better is Better.LOWER
    assert indicators()["GOV.PCI_RANK"].change is Change.PLACES
    assert indicators()["SOC.POVERTY_RATE"].better is Better.LOWER


def test_the_poverty_lines_of_2021_and_2023_differ():
    rate = indicators()["SOC.POVERTY_RATE"]
    assert rate.standard_in(2021) != rate.standard_in(2023)
    assert rate.standard_in(2021) and rate.standard_in(2023)


def test_targets_are_called_targets_and_revenue_is_budgeted():
    for code, row in indicators().items():
        if code.startswith("PLAN."):
            assert row.plan_label is PlanLabel.TARGET
    assert indicators()["ECON.BUDGET_REVENUE"].plan_label is PlanLabel.BUDGET
    assert indicators()["TRADE.TOTAL"].plan_label is PlanLabel.PLAN


def test_only_indicators_with_figures_of_spans_alone_are_no_yearly_rows():
    spans = {row["indicator"] for row in FIGURES} - {
        row["indicator"] for row in FIGURES if row["period"].isdigit()
    }
    assert spans == {code for code, row in indicators().items() if not row.yearly}


@pytest.mark.parametrize("app", FIELDS)
def test_every_label_has_a_vietnamese_translation(app):
    catalogue = polib.pofile(str(ROOT / app / "locale/vi/LC_MESSAGES/django.po"))
    translated = {entry.msgid for entry in catalogue.translated_entries()}
    assert len(translated) == len({entry.msgid for entry in catalogue})
    assert catalogue.metadata["Language"] == "vi" and not catalogue.fuzzy_entries()
    with translation.override(None):
        assert {str(label) for label in labels(app)} - {""} <= translated


def labels(app: str):
    module = __import__(f"{app}.indicators", fromlist=["GROUPS"])
    for declared in (*module.GROUPS, *module.INDICATORS, *module.FACTS):
        yield declared.label
        yield getattr(declared, "scope", "")


def test_no_label_is_translated_in_two_ways():
    """Django merges the apps' catalogues: the second translation would be lost."""
    meanings: dict[tuple[str | None, str], str] = {}
    for app in FIELDS:
        for entry in polib.pofile(str(ROOT / app / "locale/vi/LC_MESSAGES/django.po")):
            key = (entry.msgctxt, entry.msgid)
            assert meanings.setdefault(key, entry.msgstr) == entry.msgstr, key


def row(code: str, **given) -> Indicator:
    standard = {"label": code, "unit": "project", "kind": Kind.IN_PERIOD, "group": "g", "order": 1}
    return Indicator(code=code, agency="SNGV", **{**standard, **given})


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (row("A", group="unknown"), "indicators.E002"),
        (row("A", parts=("B",)), "indicators.E003"),
        (row("A", child_of="B"), "indicators.E003"),
        (row("A", parts=("C",)), "indicators.E004"),
    ],
)
def test_a_contradiction_stops_start_up(declared, expected):
    known = {"A": declared, "C": row("C", unit="usd")}
    found = contradictions({"g": Group(code="g", label="g", order=1)}, known)
    assert [error.id for error in found] == [expected]


def test_the_communes_are_sixty_one_and_the_wards_four():
    kinds = Counter(row["kind"] for row in rows("reference/agencies.csv"))
    assert (kinds["commune"], kinds["ward"]) == (61, 4)


def test_places_named_after_people_keep_their_capital():
    names = {row["short_name"]: row["name"] for row in rows("reference/agencies.csv")}
    assert names["Hoàng Văn Thụ"] == "Xã Hoàng Văn Thụ"
    assert names["Lương Văn Tri"] == "Phường Lương Văn Tri"
    assert names["Đồng Đăng"] == "xã Đồng Đăng"
