"""One source for many cells at once: all of them or none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Agency, User
from documents.models import SourceDocument
from indicators.actions import Conflict, Refused, cite
from indicators.models import Figure, Origin
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(db: None) -> SourceDocument:
    return SourceDocument.objects.create(subject="Báo cáo năm 2019", number="12/BC-SCT")


@pytest.fixture
def pair(agencies: dict[str, Agency], year_2019: ReportingYear) -> list[Figure]:
    return [_figure("TRADE.EXPORT", agencies["SCT"]), _figure("TRADE.IMPORT", agencies["SCT"])]


def _figure(code: str, agency: Agency, **fields: object) -> Figure:
    period = Period.objects.full_year(2019)
    known = {"side": "actual", "state": "value", "value": Decimal(2550), "note": "đã đối chiếu"}
    return Figure.objects.create(indicator=code, period=period, agency=agency, **(known | fields))


def test_every_cell_gets_a_new_version_with_the_source(
    pair: list[Figure], report: SourceDocument, officer: User
):
    cited = cite([figure.pk for figure in pair], report, "3", by=officer)

    for before, after in zip(pair, cited, strict=True):
        before.refresh_from_db()
        stored = Figure.objects.get(pk=after.pk)
        assert (before.is_current, stored.is_current, stored.version) == (False, True, 2)
        assert (stored.source, stored.source_page) == (report, "3")
        assert (stored.value, stored.note, stored.entered_by) == (2550, "đã đối chiếu", officer)


def test_a_cell_that_has_the_source_stays_as_it_is(
    pair: list[Figure], report: SourceDocument, officer: User
):
    first = cite([pair[0].pk], report, "3", by=officer)
    both = cite([first[0].pk, pair[1].pk], report, "3", by=officer)

    assert both[0].pk == first[0].pk
    assert Figure.objects.count() == 4


def test_an_inferred_figure_with_a_document_is_inferred_no_longer(
    agencies: dict[str, Agency], year_2019: ReportingYear, report: SourceDocument, officer: User
):
    inferred = _figure("TRADE.EXPORT", agencies["SCT"], origin=Origin.INFERRED)

    assert cite([inferred.pk], report, by=officer)[0].origin == Origin.TYPED


def test_one_cell_that_was_changed_meanwhile_stops_all(
    pair: list[Figure], report: SourceDocument, officer: User
):
    Figure.objects.filter(pk=pair[1].pk).update(is_current=False)
    newer = _figure("TRADE.IMPORT", pair[1].agency, version=2, value=2200)

    with pytest.raises(Conflict) as raised:
        cite([figure.pk for figure in pair], report, by=officer)

    assert raised.value.current == newer
    assert not Figure.objects.filter(source=report).exists()


def test_a_cell_of_another_agency_stops_all(
    pair: list[Figure], agencies: dict[str, Agency], report: SourceDocument, officer: User
):
    foreign = _figure("DELEG.OUT.COUNT", agencies["SNGV"])

    with pytest.raises(Refused):  # it is not even told that it exists
        cite([pair[0].pk, foreign.pk], report, by=officer)
    assert not Figure.objects.filter(source=report).exists()


def test_a_reader_cites_nothing(pair: list[Figure], report: SourceDocument, leader: User):
    with pytest.raises(PermissionDenied):
        cite([pair[0].pk], report, by=leader)


def test_a_locked_year_takes_no_source(pair: list[Figure], report: SourceDocument, officer: User):
    ReportingYear.objects.filter(year=2019).update(locked_on=dt.date(2019, 12, 20))

    with pytest.raises(PeriodRefusal):
        cite([pair[0].pk], report, by=officer)
