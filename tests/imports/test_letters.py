"""A file typed with the fonts of old: converted and asked about, or refused by name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from imports import pipeline
from imports.models import Upload
from tests.imports import books
from tests.imports.standin import HEADINGS, Desk, TurnoverSource, turnover_source
from tests.trade.sample import gates

__all__ = ["turnover_source"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turnover_source")]
State = Upload.State


@pytest.fixture
def at_desk(desk: User) -> Desk:
    gates()
    return Desk(desk)


@pytest.fixture(params=["tcvn3", "vni"])
def asked(request: Any, at_desk: Desk) -> Upload:
    rows = [HEADINGS, ("01/2015", "HUUNGHI", "export", "7", "Kim ngạch cửa khẩu phụ, tổng cộng")]
    file = ContentFile(books.csv(rows, encoding=request.param), name="cu.csv")
    upload = at_desk.worked(pipeline.receive(file, source=TurnoverSource(), by=at_desk.user))
    assert upload.state == State.ASKING, upload.message
    return upload


def question(upload: Upload) -> Any:
    (found,) = [one for one in upload.questions if one["key"] == "encoding"]
    return found


def test_it_is_shown_converted_and_asked_about(asked: Upload):
    assert "Cửa khẩu" in str(question(asked)["samples"])
    assert [value for value, _label in question(asked)["options"]] == ["converted", "refused"]


def test_where_it_reads_well_it_is_imported_converted(at_desk: Desk, asked: Upload):
    upload = at_desk.worked(
        pipeline.answer(asked, by=at_desk.user, answers={"encoding": "converted"})
    )
    assert upload.state == State.READY
    assert upload.rows.get().values["note"] == "Kim ngạch cửa khẩu phụ, tổng cộng"


def test_where_it_does_not_it_is_refused_by_name(at_desk: Desk, asked: Upload):
    upload = at_desk.worked(
        pipeline.answer(asked, by=at_desk.user, answers={"encoding": "refused"})
    )
    assert upload.state == State.REFUSED
    assert "TCVN3" in upload.message or "VNI" in upload.message
    assert "Unicode" in upload.message


def test_a_csv_has_no_sheet_to_be_named(at_desk: Desk):
    upload = at_desk.upload([("01/2015", "HUUNGHI", "export", "7", "")])
    assert upload.recognised[0] == "Bảng bắt đầu ở dòng 1; số liệu ở dòng 2."
    assert "“”" not in at_desk.upload([]).message
