"""A file with exports and imports side by side is led to the entry table."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from imports import pipeline
from imports.layout import Layout
from jobs import actions as jobs
from registers.declarations import registers
from registers.importing import RecordSource
from trade.side_by_side import sheet_of, table_of

FORM = """KIM NGẠCH XUẤT NHẬP KHẨU QUA CÁC CỬA KHẨU;;;;
Tháng 5 năm 2019;;;;
(ĐVT: triệu USD);;;;
TT;Cửa khẩu;Xuất khẩu;Nhập khẩu;Tổng
1;Hữu Nghị;120,5;98,2;218,7
2;Chi Ma;12,5;8,2;20,7
;Tổng cộng;133;106,4;239,4
"""


def layout(*titles: str, above: tuple[str, ...] = ()) -> Layout:
    return Layout("Sheet1", (1,), 2, 3, dict(enumerate(titles)), above=above)


def test_the_customary_form_is_led_to_the_table_of_its_month(desk, client_of):
    source = RecordSource(registers()["trade"], desk)
    file = ContentFile(FORM.encode(), name="kn.csv")
    upload = pipeline.receive(file, source=source, by=desk)
    jobs.run(upload.job.pk)
    page = client_of(desk).get(reverse("imports:show", args=[upload.pk])).content.decode()
    assert reverse("trade:table") + "?kind=month&amp;month=05%2F2019" in page


@pytest.mark.parametrize(
    ("title", "kind", "month"),
    [
        ("Tháng 5 năm 2019", "month", "05/2019"),
        ("KNXNK tháng 11/2019", "month", "11/2019"),
        ("Báo cáo 9 tháng đầu năm 2019", "to_date", "09/2019"),
        ("9 tháng năm 2019", "to_date", "09/2019"),
    ],
)
def test_the_period_is_read_from_the_title(title, kind, month):
    values = sheet_of("SỞ CÔNG THƯƠNG", title).values()
    assert (values["kind"], values["month"]) == (kind, month)


@pytest.mark.parametrize("title", ["", "Năm 2019", "tháng 13 năm 2019"])
def test_no_period_is_made_up(title):
    assert sheet_of(title) is None


def test_other_tables_are_led_nowhere():
    assert table_of(layout("Cửa khẩu", "Chiều", "Tháng", "Giá trị (USD)")) is None
    assert table_of(layout("Nước", "Xuất khẩu", "Nhập khẩu")) is None
    assert table_of(layout("Tên cửa khẩu", "KN › XK", "KN › NK")) is not None
