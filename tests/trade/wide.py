"""Turnover as offices keep it: gates down, exports and imports side by side, titles above."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook

from accounts.models import User
from imports import pipeline, tokens
from imports.forms import AnswerForm
from imports.models import Upload
from jobs import actions as jobs
from registers.declarations import registers
from registers.importing import RecordSource
from tests.trade.sample import gates

HEAD: tuple[Any, ...] = ("TT", "Cửa khẩu", "Xuất khẩu", "Nhập khẩu", "Tổng")
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "Hữu Nghị", 120.5, 98.2, "=C7+D7"),
    (2, "Chi Ma", 12.5, 8.2, "=C8+D8"),
    (3, "Tân Thanh", 30, None, 30),
)
SUM = (None, "Tổng cộng", 163, 106.4, 269.4)


def workbook(
    rows: Iterable[Sequence[Any]] = (*ROWS, SUM),
    *heads: Sequence[Any],
    title: str = "Tháng 5 năm 2019",
    unit: str = "(ĐVT: triệu USD)",
    merged: Iterable[str] = (),
) -> bytes:
    """The first line of headings stands in row 5, numbers of columns under the last one."""
    book = Workbook()
    page = book.active
    page.title = "Biểu 01"
    page["A1"] = "SỞ CÔNG THƯƠNG TỈNH LẠNG SƠN"
    page["A2"] = "KIM NGẠCH XUẤT NHẬP KHẨU HÀNG HÓA QUA CÁC CỬA KHẨU"
    page["A3"], page["D4"] = title, unit
    for area in ("A2:E2", "A3:E3", *merged):
        page.merge_cells(area)
    heads = heads or (HEAD,)
    for number, head in enumerate(heads, 5):
        for place, text in enumerate(head, 1):
            if text is not None:
                page.cell(number, place, text)
    page.append([f"({place})" for place in range(1, len(heads[-1]) + 1)])
    for row in rows:
        page.append([_calculated(cell, row) for cell in row])
    page.append([])
    page.append([None, "Người lập biểu", None, "Giám đốc"])
    page.append([None, "(Ký, họ tên)", None, "(Ký, đóng dấu)"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _calculated(cell: Any, row: Sequence[Any]) -> Any:
    """What a spreadsheet stores beside a formula; openpyxl stores none."""
    is_formula = isinstance(cell, str) and cell.startswith("=")
    return round(sum(one or 0 for one in row[2:4]), 2) if is_formula else cell


class Office:
    """Somebody who imports turnover; jobs are done at once."""

    def __init__(self, user: User) -> None:
        gates()
        self.user = user
        self.source = RecordSource(registers()["trade"], user)

    def upload(self, content: bytes, name: str = "kim-ngach.xlsx", **how: Any) -> Upload:
        file = ContentFile(content, name=name)
        return self.worked(pipeline.receive(file, source=self.source, by=self.user, **how))

    def agreed(self, upload: Upload, **otherwise: str) -> Upload:
        """As a person does who finds what is proposed right: the form, sent as it stands."""
        sent = self.form(upload, **otherwise)
        assert sent.is_valid(), sent.errors
        return self.worked(
            pipeline.answer(upload, by=self.user, matching=sent.matching, answers=sent.answers)
        )

    def form(self, upload: Upload, **otherwise: str) -> AnswerForm:
        form = AnswerForm(upload=upload, source=self.source)
        said = {name: box.initial for name, box in form.fields.items() if box.initial is not None}
        for at, question in enumerate(upload.questions):
            is_of_all = question["kind"] == "fill"
            text = otherwise.get(question["field"] if is_of_all else question["kind"])
            said |= {} if text is None else {f"question-{at}": text}
        return AnswerForm(said, upload=upload, source=self.source)

    def confirm(self, upload: Upload) -> Upload:
        token = tokens.sign(upload, self.user)
        return self.worked(pipeline.confirm(upload, by=self.user, token=token))

    def undo(self, upload: Upload) -> Upload:
        return self.worked(pipeline.undo(upload, by=self.user))

    @staticmethod
    def worked(upload: Upload) -> Upload:
        assert upload.job is not None
        jobs.run(upload.job.pk)
        return Upload.objects.select_related("job", "by").get(pk=upload.pk)
