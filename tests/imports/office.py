"""Who manages people and agencies, at an import of them; jobs are done at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Agency, User
from imports import pipeline, tokens
from imports.contract import Source
from imports.models import Upload
from imports.people.agencies import AgencySource
from imports.people.users import UserSource
from jobs import actions as jobs

State = Upload.State
ClientOf = Callable[[User], Client]

USERS = ("Họ và tên", "Tên đăng nhập", "Chức vụ", "Thư điện tử", "Đơn vị", "Vai trò", "Từ ngày",
         "Đến ngày")  # fmt: skip
AGENCIES = ("Mã", "Tên", "Tên viết tắt", "Loại", "Hiệu lực từ", "Hiệu lực đến", "Kế thừa")
THEN = ("Hoàng Thị Then", "then.hoang", "Chuyên viên", "then@langson.gov.vn", "SCT",
        "Cán bộ nhập liệu", "15/08/2019", "")  # fmt: skip
MAI = ("Lộc Thị Mai", "mai.loc", "", "", "Sở Ngoại vụ", "desk", "", "")


class Office:
    """An administrator at a source; jobs are done at once."""

    def __init__(self, user: User, source: type[Source]) -> None:
        self.user, self.source = user, source

    def upload(self, head: Iterable[str], *rows: Iterable[Any]) -> Upload:
        lines = io.StringIO()
        csv.writer(lines, delimiter=";").writerows((head, *rows))
        return self.give(ContentFile(lines.getvalue().encode(), name="danh-sach.csv"))

    def give(self, file: ContentFile) -> Upload:
        return self.worked(pipeline.receive(file, source=self.source(), by=self.user))

    def worked(self, upload: Upload) -> Upload:
        assert upload.job is not None
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job", "by").get(pk=upload.pk)

    def confirm(self, upload: Upload, **how: Any) -> Upload:
        token = tokens.sign(upload, self.user)
        return self.worked(pipeline.confirm(upload, by=self.user, token=token, **how))

    def undo(self, upload: Upload) -> Upload:
        return self.worked(pipeline.undo(upload, by=self.user))


@pytest.fixture
def users(admin_user: User, agencies: dict[str, Agency]) -> Office:
    return Office(admin_user, UserSource)


@pytest.fixture
def offices(admin_user: User, agencies: dict[str, Agency]) -> Office:
    return Office(admin_user, AgencySource)


def faults(upload: Upload) -> dict[str, str]:
    """Cell → what is said of it."""
    rows = upload.rows.order_by("number")
    return {fault["cell"]: fault["message"] for row in rows for fault in row.faults}


def counts(upload: Upload) -> dict[str, int]:
    assert upload.state == State.READY, (upload.state, upload.message, upload.questions)
    return upload.counts
