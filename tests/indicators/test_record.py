"""Saving a cell: every save is a version, and what cannot stand is refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.utils import translation

from accounts.models import Agency, User
from common.contracts import Calendar
from indicators.actions import Cell, Conflict, Content, Refused, record
from indicators.models import Figure, State
from reference.models import Period, ReportingYear
from reference.periods import PeriodRefusal, open_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def turnover(year_2019: ReportingYear, agencies: dict[str, Agency]) -> Cell:
    return _cell("TRADE.TOTAL", agencies["SCT"])


@pytest.fixture
def elsewhere() -> Iterator[DatabaseWrapper]:
    """A second connection: what another person's request does at the same moment."""
    other = connection.copy()
    yield other
    other.close()


def _cell(code: str, agency: Agency, year: int = 2019, side: str = "actual") -> Cell:
    period = Period.objects.full_year(year, Calendar.ADMINISTRATIVE)
    return Cell(indicator=code, period=period, agency=agency, side=side)


def _number(text: str, **more: object) -> Content:
    return Content(value=Decimal(text), **more)


def _parts(eleven: str, december: str) -> Content:
    return Content(eleven_months=Decimal(eleven), december_estimate=Decimal(december))


def test_a_first_save_is_version_one(turnover: Cell, officer: User):
    figure = record(turnover, _number("4750", status="estimate"), by=officer, seen_version=0)

    assert (figure.version, figure.value, figure.is_current) == (1, 4750, True)
    assert figure.entered_by == officer


def test_a_second_save_adds_a_version_and_keeps_the_first(turnover: Cell, officer: User):
    record(turnover, _number("4750"), by=officer, seen_version=0)
    record(turnover, _number("4751"), by=officer, seen_version=1)

    versions = turnover.versions().order_by("version")
    assert [(figure.value, figure.is_current) for figure in versions] == [
        (4750, False),
        (4751, True),
    ]


def test_an_unchanged_save_makes_no_version(turnover: Cell, officer: User):
    first = record(turnover, _number("4750", note="số của Sở"), by=officer, seen_version=0)
    again = record(turnover, _number("4750", note="số của Sở"), by=officer, seen_version=1)

    assert again == first
    assert turnover.versions().count() == 1


def test_a_save_over_a_version_nobody_saw_is_a_conflict(turnover: Cell, officer: User, desk: User):
    record(turnover, _number("2200"), by=desk, seen_version=0)

    with pytest.raises(Conflict) as conflict:
        record(turnover, _number("2210"), by=officer, seen_version=0)

    assert conflict.value.current.value == 2200
    assert turnover.versions().count() == 1


def test_an_emptied_cell_keeps_its_history_and_counts_on(turnover: Cell, officer: User):
    record(turnover, _number("4750"), by=officer, seen_version=0)

    assert record(turnover, Content(state=None), by=officer, seen_version=1) is None
    assert not turnover.versions().current().exists()
    assert record(turnover, _number("4760"), by=officer, seen_version=0).version == 2


def test_emptying_an_empty_cell_writes_nothing(turnover: Cell, officer: User):
    assert record(turnover, Content(state=None), by=officer, seen_version=0) is None
    assert not Figure.objects.exists()


def test_zero_missing_and_not_applicable_are_three_things(turnover: Cell, officer: User):
    zero = record(turnover, _number("0"), by=officer, seen_version=0)
    missing = record(turnover, Content(state=State.MISSING), by=officer, seen_version=1)
    never = record(turnover, Content(state=State.NOT_APPLICABLE), by=officer, seen_version=2)

    assert (zero.state, zero.value) == (State.ZERO, 0)
    assert (missing.state, missing.value) == (State.MISSING, None)
    assert (never.state, never.value) == (State.NOT_APPLICABLE, None)


def test_eleven_months_and_december_make_the_year(turnover: Cell, officer: User):
    figure = record(turnover, _parts("4310", "440"), by=officer, seen_version=0)

    assert figure.value == 4750
    assert (figure.eleven_months, figure.december_estimate) == (4310, 440)


def test_a_locked_year_takes_nothing(turnover: Cell, officer: User, year_2019: ReportingYear):
    year_2019.locked_on = dt.date(2019, 12, 20)
    year_2019.save()

    with translation.override("vi"), pytest.raises(PeriodRefusal, match="20/12/2019"):
        record(turnover, _number("4750"), by=officer, seen_version=0)


@pytest.mark.django_db(transaction=True)
def test_a_year_is_not_closed_while_a_figure_is_being_saved(
    turnover: Cell, officer: User, elsewhere: DatabaseWrapper
):
    def close(cursor: CursorWrapper) -> None:
        cursor.execute("UPDATE reference_reportingyear SET locked_on = '2019-12-20'")

    with elsewhere.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
        with transaction.atomic():
            record(turnover, _number("4750"), by=officer, seen_version=0)
            with pytest.raises(OperationalError, match="lock timeout"):
                close(cursor)
        close(cursor)

    with pytest.raises(PeriodRefusal):
        record(turnover, _number("4751"), by=officer, seen_version=1)


@pytest.mark.django_db(transaction=True)
def test_a_save_waits_for_a_year_that_is_being_closed(
    turnover: Cell, officer: User, elsewhere: DatabaseWrapper
):
    with elsewhere.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE reference_reportingyear SET locked_on = '2019-12-20'")
        with (
            pytest.raises(OperationalError, match="lock timeout"),
            transaction.atomic(),
            connection.cursor() as here,
        ):
            here.execute("SET LOCAL lock_timeout = '200ms'")
            record(turnover, _number("4750"), by=officer, seen_version=0)
        cursor.execute("ROLLBACK")

    assert not Figure.objects.exists()


def test_a_period_that_has_not_begun_takes_its_plan_only(agencies: dict[str, Agency], desk: User):
    open_year(2026)
    before = dt.date(2025, 12, 14)
    plan = _cell("TRADE.TOTAL", agencies["SCT"], 2026, "plan")
    actual = _cell("TRADE.TOTAL", agencies["SCT"], 2026, "actual")

    assert record(plan, _number("5000"), by=desk, seen_version=0, today=before).version == 1
    with pytest.raises(PeriodRefusal, match="15/12/2025"):
        record(actual, _number("1"), by=desk, seen_version=0, today=before)
    assert record(actual, _number("1"), by=desk, seen_version=0, today=dt.date(2025, 12, 15))


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("DELEG.OUT.COUNT", _number("-15")),
        ("DELEG.OUT.COUNT", _number("5.5")),
        ("GOV.PCI_RANK", _number("15.5")),
        ("TRADE.TOTAL", _number("1" + "0" * 18)),
        ("TRADE.TOTAL", _parts("4760", "-10")),
        ("TRADE.TOTAL", _parts("-10", "4760")),
        ("DELEG.OUT.COUNT", _parts("50.5", "2.5")),
        ("TRADE.TOTAL", Content(state=State.VALUE)),
        ("TRADE.TOTAL", _number("1", status="certain")),
        ("TRADE.TOTAL", _number("1", precision="roughly")),
        ("TRADE.TOTAL", Content(state="perhaps")),
        ("TRADE.UNKNOWN", _number("1")),
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused(
    code: str, content: Content, turnover: Cell, agencies: dict[str, Agency], desk: User
):
    with pytest.raises(Refused):
        record(_cell(code, agencies["SCT"]), content, by=desk, seen_version=0)
    assert not Figure.objects.exists()


def test_growth_may_be_negative(agencies: dict[str, Agency], year_2019: object, desk: User):
    period = Period.objects.full_year(2019, Calendar.CALENDAR)
    cell = Cell(indicator="ECON.GRDP_GROWTH", period=period, agency=agencies["CTK"], side="actual")

    assert record(cell, _number("-1.5"), by=desk, seen_version=0).value == Decimal("-1.5")


def test_an_officer_enters_for_the_own_agency_only(
    turnover: Cell, other_officer: User, leader: User
):
    for stranger in (other_officer, leader):
        with pytest.raises(PermissionDenied):
            record(turnover, _number("1"), by=stranger, seen_version=0)
    assert not Figure.objects.exists()


def test_a_negative_count_says_what_to_do(agencies: dict[str, Agency], year_2019, desk: User):
    cell = _cell("DELEG.OUT.COUNT", agencies["SNGV"])

    with translation.override("vi"), pytest.raises(Refused) as refused:
        record(cell, _number("-15"), by=desk, seen_version=0)

    assert "không thể âm (-15)" in str(refused.value)
    assert "hệ thống tự tính" in str(refused.value)
