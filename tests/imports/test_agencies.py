"""Agencies from lists: added, changed, succeeded, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import Agency
from imports import pipeline
from tests.imports.office import AGENCIES, Office, State, counts, faults

pytestmark = pytest.mark.django_db


NEW = ("XTT", "Xã Tân Thanh", "Tân Thanh", "xã", "16/07/2025", "", "XTM; Xã Tân Thanh (cũ)")
OLD = ("XTTC", "Xã Tân Thanh (cũ)", "", "Xã", "", "30/06/2025", "")
OTHER = ("XTM", "Xã Tân Mỹ", "", "commune", "", "30/06/2025", "")


def test_agencies_come_with_who_they_succeed_also_in_the_same_file(offices: Office) -> None:
    upload = offices.upload(AGENCIES, NEW, OLD, OTHER)
    assert counts(upload) == {"new": 3}
    assert offices.confirm(upload).written_rows == 3
    agency = Agency.objects.get(code="XTT")
    assert sorted(earlier.code for earlier in agency.succeeds.all()) == ["XTM", "XTTC"]
    assert (agency.kind, agency.valid_from) == ("commune", dt.date(2025, 7, 16))
    assert "tan thanh" in agency.search_text


def test_an_agency_that_is_there_is_changed_by_its_code(offices: Office) -> None:
    row = ("SCT", "Sở Công Thương", "SCT", "department", "", "31/12/2030", "")
    upload = offices.upload(AGENCIES, row)
    assert counts(upload) == {"changed": 1}
    assert upload.rows.get().shown == {
        "short_name": ["Sở Công Thương", "SCT"],
        "valid_to": ["", "31/12/2030"],
    }
    offices.confirm(upload)
    assert Agency.objects.get(code="SCT").valid_to == dt.date(2030, 12, 31)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("", *NEW[1:6], ""), "A2"),
        (("sct", *NEW[1:6], ""), "A2"),
        ((*NEW[:3], "huyện lạ", "", "", ""), "D2"),
        ((*NEW[:4], "22/01/2020", "21/01/2020", ""), "F2"),
        ((*NEW[:6], "KHONGCO"), "G2"),
        ((*NEW[:6], "XTT"), "G2"),
    ],
)
def test_an_agency_that_cannot_stand_is_told_at_its_cell(
    offices: Office, row: tuple[str, ...], cell: str
) -> None:
    upload = offices.upload(AGENCIES, row)
    assert list(faults(upload)) == [cell]


def test_undo_deletes_agencies_nothing_refers_to_and_keeps_the_rest(
    offices: Office, person: Any
) -> None:
    changed = ("SCT", "Sở Công Thương", "SCT", "department", "", "", "")
    upload = offices.confirm(offices.upload(AGENCIES, NEW, OLD, OTHER, changed))
    person("data_entry", agency=Agency.objects.get(code="XTM"))
    upload = offices.undo(upload)
    assert upload.undone_rows == 3
    assert [row["title"] for row in upload.kept_rows] == ["XTM · Xã Tân Mỹ"]
    assert not Agency.objects.filter(code__in=("XTT", "XTTC")).exists()
    assert Agency.objects.get(code="SCT").short_name == "Sở Công Thương"


def test_an_agency_that_one_kept_succeeds_is_kept(offices: Office, person: Any) -> None:
    upload = offices.confirm(offices.upload(AGENCIES, NEW, OLD, OTHER))
    person("data_entry", agency=Agency.objects.get(code="XTT"))
    foreseen = pipeline.foresee(upload, by=offices.user)
    assert (foreseen.undone, len(foreseen.kept)) == (0, 3)
    assert offices.undo(upload).state == State.DONE
