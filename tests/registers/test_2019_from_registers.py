"""The 2019 report out of the registers alone: it still prints what the province published."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import Agency
from indicators.computed import computation_of, gap
from indicators.declarations import indicators
from indicators.ledger import SAMPLE_MARK, Entry
from indicators.models import Figure
from registers import demo
from reports.annex import SAMPLE_NOTE
from reports.compose import compose
from reports.models import Report
from tests.reports.test_report_2019 import SENTENCES, words

FIGURES = Path(settings.BASE_DIR) / "fixtures" / "published" / "figures.csv"
# Counted one by one the people who came are more than the sum that was published.
COUNTED_OTHERWISE = {"DELEG.IN.PERSONS": (Decimal(583), Decimal(731))}

# A sum of records is no estimate and no "about"; the remark on 583 has nothing to say.
SAID_OTHERWISE = {
    "ước đạt 4.750 triệu USD, đạt 90,8% kế hoạch, giảm 2,2% so với năm 2018": (
        "đạt 4.750 triệu USD, đạt 90,8% kế hoạch, giảm 2,2% so với năm 2018"
    ),
    "ước đạt 137,5 triệu USD, đạt 100% kế hoạch, tăng 9,6% so với năm 2018": (
        "đạt 137,5 triệu USD, đạt 100% kế hoạch, tăng 9,6% so với năm 2018"
    ),
    "54 đoàn với 583 lượt người, giảm 15 đoàn, giảm 23 lượt người so với năm 2018": (
        "54 đoàn với 731 lượt người, giảm 15 đoàn, tăng 125 lượt người so với năm 2018"
    ),
    "cộng các thành phần được 731 lượt người": "731 lượt người",
    "trên 3.400 tỷ đồng": "3.419,93 tỷ đồng",
    "khoảng 900.000 USD": "USD",
}


def published() -> dict[str, tuple[Decimal, str]]:
    """The published value of 2019 and its precision word, where a register counts it."""
    with FIGURES.open(encoding="utf-8", newline="") as handle:
        return {
            row["indicator"]: (Decimal(row["value"]), row["precision"])
            for row in csv.DictReader(handle)
            if (row["period"], row["side"]) == ("2019", "actual")
            and row["indicator"] in computation_of()
        }


@pytest.fixture
def compiler(db, person):
    call_command("load_published", verbosity=0)
    return person("desk", agency=Agency.objects.get(code="SNGV"))


@pytest.fixture
def as_published(compiler):
    return compose(Report.objects.get(period__year=2019, outline="A"), compiler)


@pytest.fixture
def composed(compiler, as_published):
    """The report when nothing of what a register counts was ever typed."""
    demo.load()
    Figure.objects.filter(indicator__in=computation_of(), side="actual").delete()
    return compose(Report.objects.get(period__year=2019, outline="A"), compiler)


def annex_text(composed, code):
    """The number of 2019 in the annex of all indicators."""
    label = str(indicators()[code].label)
    for line in composed.annex.lines:
        if len(line.cells) > 5 and str(line.cells[1]).removeprefix("– ") == label:
            cell = line.cells[5]
            if isinstance(cell, Entry) and cell.indicator == code:
                return cell.text
    return None


def test_every_figure_a_register_counts_is_the_published_one(composed):
    wrong = {}
    for code, (value, precision) in published().items():
        actual = composed.table.row(code, 2019).actual
        if actual is None or not actual.is_computed:
            wrong[code] = "not counted"
        elif gap(value, actual.number, is_rough=bool(precision)) is not None:
            wrong[code] = (value, actual.number)
    assert wrong == COUNTED_OTHERWISE


def test_registers_count_nearly_all_that_was_published():
    assert len(published()) >= 30


def test_the_annex_prints_the_same_numbers(as_published, composed):
    for code, (_value, precision) in published().items():
        if precision or code in COUNTED_OTHERWISE:
            continue
        assert annex_text(composed, code) == f"{annex_text(as_published, code)}{SAMPLE_MARK}", code
    assert annex_text(composed, "DELEG.IN.PERSONS") == f"731{SAMPLE_MARK}"
    assert SAMPLE_NOTE in composed.annex.notes


def test_the_sentences_say_what_the_province_said(composed):
    said = words(composed).replace(SAMPLE_MARK, "").replace(SAMPLE_MARK.replace("\u00a0", " "), "")
    expected = [SAID_OTHERWISE.get(sentence, sentence) for sentence in SENTENCES]
    assert [sentence for sentence in expected if sentence not in said] == []


def test_beside_the_typed_583_the_register_has_731(compiler):
    demo.load()
    row = compose(Report.objects.get(period__year=2019, outline="A"), compiler).table.row(
        "DELEG.IN.PERSONS", 2019
    )
    assert (row.actual.number, row.computed.number, row.register_gap) == (583, 731, 148)


def test_samples_change_no_word_of_a_published_report(as_published, compiler):
    before = words(as_published)
    demo.load()
    assert words(compose(as_published.report, compiler)) == before
